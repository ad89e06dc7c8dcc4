"""This file keeps the list of what awaits sign-off in step with each change (design 4)."""

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, insert, literal, select, tuple_
from sqlalchemy.orm import Session

from plan.fields import BY_NAME, Kind, Value
from plan.ledger import Moved
from plan.models import Awaiting, Change, Outcome, Revision, Source

STRUCTURE_SIGNED = frozenset({"present", "parent"})
NEVER_SIGNED = frozenset({Kind.PLAN, Kind.CYCLE})

MANY = 1_000  # lines
LINE = ("record_id", "field", "plan_id", "kind", "signed", "since")

Waiting = dict[tuple[str, str], tuple[Value, int]]
"""(record, field) -> its signed-off value, and the number of the revision in which it moved away from it."""


def needs_sign_off(kind: Kind, field: str) -> bool:
    """Whether a lead signs this field off: the fields the table says, and that a record is there, and where."""
    if kind in NEVER_SIGNED:
        return False
    row = BY_NAME.get((kind, field))
    return row.signed_off if row else field in STRUCTURE_SIGNED


def says_the_same(field: str, one: Value, other: Value) -> bool:
    """Whether signed-off and current value leave nothing to decide: the exact words, for a signature binds those.

    A record that never was there equals a removed one.
    """
    return bool(one) == bool(other) if field == "present" else one == other


def follow(session: Session, plan_id: str, moves: Iterable[Moved], revision: int) -> None:
    """Add what has now moved away from its signed-off value; drop what has come back to it."""
    moved = [m for m in moves if needs_sign_off(m.kind, m.field)]
    rows = _rows(session, plan_id, {m.record for m in moved})
    waiting = {place: (row.signed, row.since) for place, row in rows.items()}
    for move in moved:
        _move(waiting, (move.record, move.field), move.before, move.after, revision)
    kinds = {(m.record, m.field): m.kind for m in moved}
    for place in kinds.keys() & rows.keys():
        _keep(session, rows[place], waiting.get(place))
    session.flush()
    new = {place: kind for place, kind in kinds.items() if place not in rows and place in waiting}
    if len(new) == len(moved) > MANY:
        _begin_all(session, plan_id, moved, revision)
    else:
        _begin(session, plan_id, new, waiting)


def settle(session: Session, plan_id: str, decided: Iterable[tuple[str, str]]) -> None:
    """Take these (record, field) pairs off the list: what they say now is what is signed."""
    for record, field in decided:
        session.execute(
            delete(Awaiting).where(Awaiting.plan_id == plan_id, Awaiting.record_id == record, Awaiting.field == field)
        )


def settle_all(session: Session, plan_id: str) -> None:
    """Take everything off the list: the whole position is agreed."""
    session.execute(delete(Awaiting).where(Awaiting.plan_id == plan_id))


@dataclasses.dataclass
class Replay:
    """What should await sign-off by the history alone, revision after revision; `verify` holds the table against it."""

    waiting: Waiting = dataclasses.field(default_factory=dict)

    def take(self, revision: Revision) -> None:
        """Go on by one revision: what it changed, then what was decided in it."""
        for change in revision.changes:
            if needs_sign_off(Kind(change.kind), change.field):
                place = change.record_id, change.field
                _move(self.waiting, place, change.before, change.after, revision.number)
        for decision in revision.decisions:
            if decision.outcome == Outcome.SIGNED_OFF:
                self.waiting.pop((decision.record_id, decision.field), None)
        if revision.source == Source.BASELINE:
            self.waiting.clear()


def of_plan(session: Session, plan_id: str) -> list[Awaiting]:
    """Everything of a plan that awaits sign-off, oldest first."""
    return list(
        session.scalars(
            select(Awaiting).where(Awaiting.plan_id == plan_id).order_by(Awaiting.since, Awaiting.record_id)
        )
    )


def begun(session: Session, plan_id: str) -> dict[int, datetime]:
    """By number, the moment of each revision in which something of a plan began to await sign-off."""
    numbers = select(Awaiting.since).where(Awaiting.plan_id == plan_id)
    found = select(Revision.number, Revision.at).where(Revision.plan_id == plan_id, Revision.number.in_(numbers))
    return {row.number: row.at for row in session.execute(found)}


def _move(waiting: Waiting, place: tuple[str, str], before: Value, after: Value, revision: int) -> None:
    """Follow one change: a field begins to wait when it leaves its signed value, and ceases when it is back."""
    signed, _since = waiting.setdefault(place, (before, revision))
    if says_the_same(place[1], signed, after):
        del waiting[place]


def _keep(session: Session, row: Awaiting, waits: tuple[Value, int] | None) -> None:
    if waits is not None:
        row.signed, row.since = waits
        session.add(row)
    elif row in session:
        session.delete(row)


def _begin(session: Session, plan_id: str, kinds: Mapping[tuple[str, str], Kind], waiting: Waiting) -> None:
    """Put these on the list, which did not wait before."""
    new = [
        {"record_id": record, "field": field, "plan_id": plan_id, "kind": str(kind), "signed": signed, "since": since}
        for (record, field), kind in kinds.items()
        for signed, since in [waiting[record, field]]
    ]
    if new:
        session.connection().execute(insert(Awaiting), new)


def _begin_all(session: Session, plan_id: str, moved: Iterable[Moved], number: int) -> None:
    """Put every change of a revision on the list that a lead signs off: none of them waited before, each once.

    The database copies the hundred thousand lines of an import out of its history in a third of the time.
    """
    signed_off = {(str(m.kind), m.field) for m in moved}
    revision = select(Revision.id).where(Revision.plan_id == plan_id, Revision.number == number).scalar_subquery()
    lines = select(Change.record_id, Change.field, literal(plan_id), Change.kind, Change.before, literal(number)).where(
        Change.revision_id == revision, tuple_(Change.kind, Change.field).in_(signed_off)
    )
    session.execute(insert(Awaiting).from_select(LINE, lines))


def _rows(session: Session, plan_id: str, records: set[str]) -> dict[tuple[str, str], Awaiting]:
    if not records:
        return {}
    found = select(Awaiting).where(Awaiting.plan_id == plan_id)
    if len(records) < 500:  # SQLite takes a limited number of values in one statement
        found = found.where(Awaiting.record_id.in_(records))
    return {(row.record_id, row.field): row for row in session.scalars(found)}
