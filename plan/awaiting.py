"""This file keeps the list of what awaits sign-off in step with each change (design 4)."""

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from plan.fields import BY_NAME, Kind, Value
from plan.ledger import Moved
from plan.models import Awaiting

STRUCTURE_SIGNED = frozenset({"present", "parent"})


def needs_sign_off(kind: Kind, field: str) -> bool:
    """Whether a lead signs this field off: the fields the table says, and that a record is there, and where."""
    if kind is Kind.PLAN:
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
    waiting = _rows(session, plan_id, {m.record for m in moved})
    for move in moved:
        row = waiting.get((move.record, move.field))
        if row is None:
            row = Awaiting(
                record_id=move.record, field=move.field, plan_id=plan_id, kind=move.kind.value, signed=move.before,
                since=revision,
            )
            if not says_the_same(move.field, row.signed, move.after):
                session.add(row)
                waiting[move.record, move.field] = row
        elif says_the_same(move.field, row.signed, move.after):
            session.delete(row)
            del waiting[move.record, move.field]
    session.flush()


def settle(session: Session, plan_id: str, decided: Iterable[tuple[str, str]]) -> None:
    """Take these (record, field) pairs off the list: what they say now is what is signed."""
    for record, field in decided:
        session.execute(
            delete(Awaiting).where(
                Awaiting.plan_id == plan_id, Awaiting.record_id == record, Awaiting.field == field
            )
        )


def settle_all(session: Session, plan_id: str) -> None:
    """Take everything off the list: the whole position is agreed."""
    session.execute(delete(Awaiting).where(Awaiting.plan_id == plan_id))


def of_plan(session: Session, plan_id: str) -> list[Awaiting]:
    """Everything of a plan that awaits sign-off, oldest first."""
    return list(
        session.scalars(
            select(Awaiting).where(Awaiting.plan_id == plan_id).order_by(Awaiting.since, Awaiting.record_id)
        )
    )


def _rows(session: Session, plan_id: str, records: set[str]) -> dict[tuple[str, str], Awaiting]:
    if not records:
        return {}
    found = select(Awaiting).where(Awaiting.plan_id == plan_id)
    if len(records) < 500:  # SQLite takes a limited number of values in one statement
        found = found.where(Awaiting.record_id.in_(records))
    return {(row.record_id, row.field): row for row in session.scalars(found)}
