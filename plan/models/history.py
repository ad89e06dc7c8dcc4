"""This file is the one history: revisions, their changes and decisions (append-only), and what awaits sign-off."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from plan.fields import Value
from plan.models.base import Base, Instant, Said
from plan.models.people import Person


class Source(StrEnum):
    """Where a revision came from."""

    BROWSER = "browser"
    WORKBOOK = "workbook"
    IMPORT = "import"
    SIGN_OFF = "sign-off"
    BASELINE = "baseline"
    UNDO = "undo"


class Outcome(StrEnum):
    """What became of a line: what a lead decided on it, or that its author withdrew it before."""

    SIGNED_OFF = "signed off"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class Revision(Base):
    """One saved step of a plan. `number` counts from 1 in each plan; `hash` binds it to all before it."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"))
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    by_name: Mapped[str]
    source: Mapped[str]
    note: Mapped[str | None]
    file: Mapped[str | None]
    base: Mapped[int | None]  # for a workbook: the revision it was downloaded at
    previous_hash: Mapped[str]
    hash: Mapped[str]

    by: Mapped[Person | None] = relationship()
    changes: Mapped[list["Change"]] = relationship(order_by="Change.id", back_populates="revision")
    decisions: Mapped[list["Decision"]] = relationship(order_by="Decision.id", back_populates="revision")


class Change(Base):
    """One field of one record in a revision, before and after; from a workbook, with its sheet and cell."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_record_id_field", "record_id", "field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    kind: Mapped[str]
    record_id: Mapped[str]
    field: Mapped[str]
    before: Mapped[Value] = mapped_column(Said)
    after: Mapped[Value] = mapped_column(Said)
    sheet: Mapped[str | None]
    cell: Mapped[str | None]

    revision: Mapped[Revision] = relationship(back_populates="changes")


class Decision(Base):
    """What was decided on one field: the words signed before, the exact words decided on, and why."""

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_record_id_field", "record_id", "field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    kind: Mapped[str]
    record_id: Mapped[str]
    field: Mapped[str]
    outcome: Mapped[str]
    before: Mapped[Value] = mapped_column(Said)
    after: Mapped[Value] = mapped_column(Said)
    reason: Mapped[str | None]
    on_behalf_of: Mapped[str | None]

    revision: Mapped[Revision] = relationship(back_populates="decisions")


class Awaiting(Base):
    """A field whose current value differs from its signed-off one: a reading of the history, proved by `verify`.

    `since` is the number of the revision in which it first moved away from what was signed.
    """

    __tablename__ = "awaiting"

    record_id: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"), index=True)
    kind: Mapped[str]
    signed: Mapped[Value] = mapped_column(Said)
    since: Mapped[int]


class LettingGo(Base):
    """That somebody let go of words that were returned to them; the decision itself stays as it is."""

    __tablename__ = "letting_go"

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Instant)
