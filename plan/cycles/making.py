"""This file makes cycles: a whole year from a rhythm, leaving out what there is already."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from plan import edits, rhythm
from plan.cycles.standing import Cycle, of_plan
from plan.edits import Edit
from plan.fields import Kind, Value
from plan.ledger import Step
from plan.models import Plan, new_id
from plan.rhythm import Dates


class Made(NamedTuple):
    """How many cycles were made, and how many were left out because another is open on their days."""

    cycles: int
    left_out: int


def make(session: Session, plan: Plan, wanted: Sequence[Dates], step: Step) -> Made:
    """Add these cycles as one revision, but those that would be open at once with one that there is.

    Raises what `edits.apply` raises. The caller holds the write lock.
    """
    there = of_plan(session, plan)
    titles = rhythm.titles([dates.board for dates in wanted])
    new = [(title, dates) for title, dates in zip(titles, wanted, strict=True) if not _overlaps(dates, there)]
    made = [edit for title, dates in new for edit in _edits(plan, title, dates)]
    edits.apply(session, plan, made, step)
    return Made(len(new), len(wanted) - len(new))


def add(session: Session, plan: Plan, values: Mapping[str, Value], step: Step) -> str:
    """Add one cycle with these values, as a person typed them, and say its id. Raises what `edits.apply` raises."""
    id = new_id()
    edits.apply(session, plan, edits.new(Kind.CYCLE, id, plan.id, values), step)
    return id


def remove(session: Session, plan: Plan, id: str, step: Step) -> None:
    """Take a cycle out. Raises Invalid once its pack is frozen."""
    edits.apply(session, plan, edits.remove(Kind.CYCLE, id), step)


def _overlaps(dates: Dates, there: Sequence[Cycle]) -> bool:
    return any(dates.opens <= one.cut_off and one.opens <= dates.cut_off for one in there)


def _edits(plan: Plan, title: str, dates: Dates) -> list[Edit]:
    days = {"opens": dates.opens, "cut_off": dates.cut_off, "board_date": dates.board}
    return edits.new(
        Kind.CYCLE, new_id(), plan.id, {"title": title, **{name: day.isoformat() for name, day in days.items()}}
    )
