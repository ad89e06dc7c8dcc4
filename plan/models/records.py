"""This file is the plan's records: what the plan says now. Only `plan.edits` writes here (design 3)."""

from collections.abc import Mapping
from typing import ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from plan.fields import Kind
from plan.models.base import Base, new_id


class Record:
    """What every record has besides its fields: where it stands, in which order, and whether it is there."""

    kind: ClassVar[Kind]

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    parent: Mapped[str | None]
    position: Mapped[float] = mapped_column(default=0.0)
    present: Mapped[bool] = mapped_column(default=True)


class OfPlan(Record):
    """A record that belongs to a plan."""

    @declared_attr
    def plan_id(cls) -> Mapped[str]:
        return mapped_column(ForeignKey("plan.id"), index=True)


class Plan(Record, Base):
    """One improvement plan. `year` is the April its financial year begins in; `slug` stands in addresses."""

    __tablename__ = "plan"
    kind = Kind.PLAN

    slug: Mapped[str] = mapped_column(unique=True)
    sample: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str | None]
    council: Mapped[str | None]
    notice_date: Mapped[str | None]
    year: Mapped[int | None]
    position_date: Mapped[str | None]
    marking: Mapped[str | None]
    scale_red: Mapped[str | None]
    scale_amber: Mapped[str | None]
    scale_green: Mapped[str | None]
    scale_blue: Mapped[str | None]


class Theme(OfPlan, Base):
    """A heading of the plan; `required_by` is an ISO date."""

    __tablename__ = "theme"
    kind = Kind.THEME

    title: Mapped[str | None]
    required_by: Mapped[str | None]


class Requirement(OfPlan, Base):
    """One numbered demand of the Notice."""

    __tablename__ = "requirement"
    kind = Kind.REQUIREMENT

    reference: Mapped[str | None]
    text: Mapped[str | None]
    status: Mapped[str | None]
    status_reason: Mapped[str | None]
    impact_status: Mapped[str | None]
    lead: Mapped[str | None]
    team: Mapped[str | None]
    publication: Mapped[str | None]


class Achievement(OfPlan, Base):
    """A thing done towards a requirement, with its evidence; evidence alone has no `text`."""

    __tablename__ = "achievement"
    kind = Kind.ACHIEVEMENT

    text: Mapped[str | None]
    evidence: Mapped[str | None]
    publication: Mapped[str | None]


class Action(OfPlan, Base):
    """An area for development: what will be done, by whom, by when."""

    __tablename__ = "action"
    kind = Kind.ACTION

    reference: Mapped[str | None]
    text: Mapped[str | None]
    lead: Mapped[str | None]
    timescale: Mapped[str | None]
    status: Mapped[str | None]
    progress: Mapped[str | None]
    evidence: Mapped[str | None]
    publication: Mapped[str | None]


class Indicator(OfPlan, Base):
    """A figure followed over time."""

    __tablename__ = "indicator"
    kind = Kind.INDICATOR

    name: Mapped[str | None]
    unit: Mapped[str | None]
    target: Mapped[float | None]
    better: Mapped[str | None]
    publication: Mapped[str | None]


class Reading(OfPlan, Base):
    """An indicator's value for one month or quarter, `period` "2013-05" or "2013-Q1"."""

    __tablename__ = "reading"
    kind = Kind.READING

    period: Mapped[str | None]
    value: Mapped[float | None]


class Audit(OfPlan, Base):
    """An audit of cases by grade; the four grades add up to `total`."""

    __tablename__ = "audit"
    kind = Kind.AUDIT

    title: Mapped[str | None]
    as_at: Mapped[str | None]
    total: Mapped[int | None]
    outstanding: Mapped[int | None]
    good: Mapped[int | None]
    adequate: Mapped[int | None]
    inadequate: Mapped[int | None]
    publication: Mapped[str | None]


class Cycle(OfPlan, Base):
    """One round of reporting to the board; the dates are ISO dates."""

    __tablename__ = "cycle"
    kind = Kind.CYCLE

    title: Mapped[str | None]
    opens: Mapped[str | None]
    cut_off: Mapped[str | None]
    board_date: Mapped[str | None]


AnyRecord = Plan | Theme | Requirement | Achievement | Action | Indicator | Reading | Audit | Cycle

MODELS: Mapping[Kind, type[AnyRecord]] = {
    Kind.PLAN: Plan,
    Kind.THEME: Theme,
    Kind.REQUIREMENT: Requirement,
    Kind.ACHIEVEMENT: Achievement,
    Kind.ACTION: Action,
    Kind.INDICATOR: Indicator,
    Kind.READING: Reading,
    Kind.AUDIT: Audit,
    Kind.CYCLE: Cycle,
}

for _model in MODELS.values():
    if _model is not Plan:
        Index(f"ix_{_model.__tablename__}_parent", _model.parent)
