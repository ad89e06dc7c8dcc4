"""This file keeps the days of cycles whole: in order, never two open at once, and fixed once a pack is frozen."""

from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from plan.fields import Invalid
from plan.ledger import Moved
from plan.models import Cycle, Pack
from plan.timescale import say_date

FIXED = frozenset({"present", "opens", "cut_off"})


def check(session: Session, cycle: Cycle, moved: Moved) -> None:
    """Raise Invalid with a sentence where a change would leave a cycle with days that cannot be."""
    with session.no_autoflush:
        if moved.field in FIXED and session.scalar(select(exists().where(Pack.cycle_id == cycle.id))):
            raise Invalid(
                f"The pack of “{cycle.title}” is frozen, so its opening and cut-off stay as they were. Nothing was "
                "changed; add another cycle for later changes."
            )
        if cycle.present:
            _check_order(cycle)
            _check_apart(session, cycle)


def _check_order(cycle: Cycle) -> None:
    opens, cut_off, board = cycle.opens, cycle.cut_off, cycle.board_date
    if opens is None or cut_off is None or board is None:
        raise Invalid(
            "A cycle needs three days: when it opens, its cut-off and the board. Nothing was saved; write all three."
        )
    if not opens <= cut_off <= board:  # ISO dates stand in their own order
        raise Invalid(
            "A cycle opens first, then comes its cut-off, then the board; they may fall on one day. Nothing was saved; "
            "put the days in order."
        )


def _check_apart(session: Session, cycle: Cycle) -> None:
    other = session.execute(
        select(Cycle.title, Cycle.opens, Cycle.cut_off)
        .where(Cycle.plan_id == cycle.plan_id, Cycle.id != cycle.id, Cycle.present)
        .where(Cycle.opens <= cycle.cut_off, Cycle.cut_off >= cycle.opens)
        .limit(1)
    ).first()
    if other is not None:
        opens, cut_off = (say_date(date.fromisoformat(str(day))) for day in (other.opens, other.cut_off))
        raise Invalid(
            f"“{other.title}” is open from {opens} to {cut_off}, and two cycles are never open at once. "
            "Nothing was saved; choose days outside it."
        )
