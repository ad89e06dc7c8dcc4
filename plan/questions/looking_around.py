"""This file finds what a position is held against: past timescales, the last board, who owes, who decides."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan import cycles, history, signoffs
from plan.cycles import Cycle
from plan.fields import Kind, Value
from plan.models import Change, Decision, Outcome, Plan, Revision
from plan.questions.facets import NOBODY
from plan.questions.moves import Moves, moved
from plan.questions.position import Position, Surroundings
from plan.snapshot import Snapshot


def surrounded(session: Session, plan: Plan, position: Position, today: date) -> Position:
    """The position with all that it is held against. `today` chooses the cycle, the position's day the lateness."""
    every = cycles.of_plan(session, plan)
    last = next((cycle for cycle in reversed(every) if cycle.is_cut_off(today)), None)
    board = next((cycle for cycle in every if cycle.board >= today), None)
    open_now = next((cycle for cycle in every if cycle.is_open(today)), None)
    around = Surroundings(
        moves=moves(session, plan, position.year),
        board=board.board if board else None,
        board_title=board.title if board else "",
        held=today - position.day,
        last=_as_it_was(session, plan, position, last),
        last_title=last.title if last else "",
        owing=_owing(session, plan, position, open_now),
        open_title=open_now.title if open_now else "",
        cut_off=open_now.cut_off if open_now else None,
        deciders=_deciders(session, plan, position, today),
    )
    return replace(position, around=around)


def _as_it_was(session: Session, plan: Plan, position: Position, last: Cycle | None) -> Snapshot | None:
    """The plan at the cut-off of a cycle; None before there was any plan."""
    number = cycles.position_of(session, plan, last) if last else 0
    return history.as_at(session, plan, number, standing=position.snapshot) if number else None


def _owing(session: Session, plan: Plan, position: Position, open_now: Cycle | None) -> frozenset[str] | None:
    if open_now is None:
        return None
    asked = cycles.asked_of(session, plan, open_now, position.snapshot)
    return frozenset(one.item.id for one in asked if one.update is None and one.item.kind is Kind.REQUIREMENT)


def moves(session: Session, plan: Plan, year: int, until: int | None = None) -> dict[str, Moves]:
    """By action, what became of its timescale since it was first said (until a revision, if one is given)."""
    said: dict[str, list[Value]] = defaultdict(list)
    of_timescales = (Change.kind == Kind.ACTION.value, Change.field == "timescale", Revision.plan_id == plan.id)
    found = select(Change.record_id, Change.before, Change.after).join(Revision).where(*of_timescales)
    if until is not None:
        found = found.where(Revision.number <= until)
    for record, before, after in session.execute(found.order_by(Revision.number, Change.id)):
        if not said[record] and before is not None:
            said[record].append(before)
        said[record].append(after)
    agreed = _agreed(session, plan)
    return {record: moved(words, year, agreed.get((record, str(words[-1])), "")) for record, words in said.items()}


def _agreed(session: Session, plan: Plan) -> Mapping[tuple[str, str], str]:
    """Who signed which timescale off, by action and words."""
    found = (
        select(Decision.record_id, Decision.after, Revision.by_name)
        .join(Revision)
        .where(
            Revision.plan_id == plan.id,
            Decision.field == "timescale",
            Decision.outcome == Outcome.SIGNED_OFF.value,
        )
        .order_by(Revision.number)
    )
    return {(record, str(after)): by for record, after, by in session.execute(found)}


def _deciders(session: Session, plan: Plan, position: Position, today: date) -> dict[str, str]:
    """By requirement that waits, the names of those who may decide on it, in one group."""
    if not position.waiting:
        return {}
    powers = signoffs.all_powers(session, today)
    names: dict[str, set[str]] = defaultdict(set)
    for line in signoffs.lines(session, plan):
        if line.requirement is not None:
            names[line.requirement.id].update(signoffs.names_for(line, powers))
    return {id: " or ".join(sorted(found)) or NOBODY for id, found in names.items()}
