"""This file says which cycle a day belongs to, and between which revisions a cycle's changes lie."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan import history
from plan.models import Cycle as Record
from plan.models import Plan


@dataclass(frozen=True)
class Cycle:
    """One round of reporting; all its days are included."""

    id: str
    title: str
    opens: date
    cut_off: date
    board: date

    def is_open(self, on: date) -> bool:
        """Whether updates are asked for on this day."""
        return self.opens <= on <= self.cut_off

    def is_cut_off(self, on: date) -> bool:
        """Whether its cut-off lies behind, so that changes belong to the next cycle and its pack can be frozen."""
        return on > self.cut_off


class Bounds(NamedTuple):
    """The plan as at revision `revision_from` is where a cycle began, as at `revision_to` where it ended.

    So its changes are those of the revisions after the first and up to the second.
    """

    revision_from: int
    revision_to: int


def of_plan(session: Session, plan: Plan) -> list[Cycle]:
    """All cycles of the plan, earliest first."""
    found = select(Record.id, Record.title, Record.opens, Record.cut_off, Record.board_date)
    rows = session.execute(found.where(Record.plan_id == plan.id, Record.present).order_by(Record.opens))
    return [Cycle(id, str(title), *(date.fromisoformat(str(day)) for day in days)) for id, title, *days in rows]


def find(session: Session, plan: Plan, id: str) -> Cycle | None:
    """The plan's cycle with this id, None where there is none or it was taken out."""
    return next((cycle for cycle in of_plan(session, plan) if cycle.id == id), None)


def current(session: Session, plan: Plan, on: date) -> Cycle | None:
    """The cycle that a change made on this day belongs to: the first whose cut-off has not passed."""
    return next((cycle for cycle in of_plan(session, plan) if not cycle.is_cut_off(on)), None)


def previous(session: Session, plan: Plan, on: date) -> Cycle | None:
    """The last cycle whose cut-off has passed on this day: what "the last board" means; None before the first."""
    return next((cycle for cycle in reversed(of_plan(session, plan)) if cycle.is_cut_off(on)), None)


def open_on(session: Session, plan: Plan, on: date) -> Cycle | None:
    """The cycle in which updates are asked for on this day."""
    return next((cycle for cycle in of_plan(session, plan) if cycle.is_open(on)), None)


def before(session: Session, plan: Plan, cycle: Cycle) -> Cycle | None:
    """The cycle before this one."""
    return next((one for one in reversed(of_plan(session, plan)) if one.cut_off < cycle.cut_off), None)


def bounds(session: Session, plan: Plan, cycle: Cycle) -> Bounds:
    """The revisions between which a cycle's changes lie: from the cut-off before it (the first: from the day before it
    opens) to the end of its own cut-off day.
    """
    last = before(session, plan, cycle)
    begins = last.cut_off if last else cycle.opens - timedelta(days=1)
    return Bounds(history.number_at(session, plan, begins), history.number_at(session, plan, cycle.cut_off))
