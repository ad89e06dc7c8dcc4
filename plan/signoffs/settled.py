"""This file is what became of returned lines that somebody else settled: whoever had a hand in them shall see it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from plan import history
from plan.models import Decision, LettingGo, Outcome, Person, Plan, Revision
from plan.signoffs.lines import changes_by_record
from plan.signoffs.returned import Returned, Touched, hands_in, together, touched_since, with_their_place

TOLD_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Settled:
    """A returned line that a colleague settled: who and when, and whether they let it go or changed the words."""

    line: Returned
    by: str
    at: datetime
    is_let_go: bool


@dataclass(frozen=True)
class _End:
    by_id: int | None
    by: str
    at: datetime
    is_let_go: bool


def settled_by_others(session: Session, plan: Plan, person: Person, at: datetime) -> list[Settled]:
    """The lines returned to this person among others that one of the others settled lately, newest first.

    `at` is the moment now.
    """
    since = at - TOLD_FOR
    found = list(_returned(session, plan, since))
    touched = changes_by_record(session, {decision.record_id for decision in found}) if found else {}
    gone = _let_go(session, found)
    mine = []
    ends: dict[int, _End] = {}
    for some in together(found):
        end = _end(some, touched, gone)
        hands = hands_in(some, touched)
        if end and end.at >= since and end.by_id != person.id and person.id in hands:
            ends[some[0].id] = end
            mine.append((some, hands))
    lines = with_their_place(history.now(session, plan), mine) if mine else []
    settled = (Settled(line, (end := ends[line.id]).by, end.at, end.is_let_go) for line in lines)
    return sorted(settled, key=lambda one: one.at, reverse=True)


def _returned(session: Session, plan: Plan, since: datetime) -> Iterator[Decision]:
    """What was returned and not let go before that moment."""
    before = select(LettingGo.decision_id).where(LettingGo.at < since)
    return iter(
        session.scalars(
            select(Decision)
            .join(Revision)
            .where(
                Revision.plan_id == plan.id,
                Decision.outcome == Outcome.RETURNED.value,
                Decision.id.not_in(before),
            )
            .options(joinedload(Decision.revision))
            .order_by(Revision.number.desc(), Decision.id)
        )
    )


def _let_go(session: Session, found: Sequence[Decision]) -> dict[int, _End]:
    ids = [decision.id for decision in found]
    rows = select(LettingGo.decision_id, LettingGo.at, Person.id, Person.name).join(Person)
    ends = session.execute(rows.where(LettingGo.decision_id.in_(ids))) if ids else ()
    return {decision: _End(by, name, at, True) for decision, at, by, name in ends}


def _end(decisions: Sequence[Decision], touched: Touched, gone: dict[int, _End]) -> _End | None:
    change = touched_since(decisions, touched)
    if change is None:
        return gone.get(decisions[0].id)
    revision = change.revision
    return _End(revision.by_id, revision.by_name, revision.at, False)
