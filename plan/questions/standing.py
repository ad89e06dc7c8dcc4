"""This file reads the plan as it stands: its position on the day, and what awaits sign-off."""

from datetime import date

from sqlalchemy.orm import Session

from plan import awaiting, history, timescale
from plan.models import Awaiting, Plan
from plan.questions.position import Position, due_words, family
from plan.snapshot import Snapshot

__all__ = ["Position", "due_words", "family", "position"]


def position(session: Session, plan: Plan, today: date) -> Position:
    """The plan as it stands now, read at once."""
    snapshot = history.now(session, plan)
    stated = timescale.canonical_date(plan.position_date)
    rows = awaiting.of_plan(session, plan.id)
    waiting = undecided(snapshot, rows)
    begun = awaiting.begun(session, plan.id) if rows else {}
    since = {(row.record_id, row.field): begun[row.since] for row in rows if (row.record_id, row.field) in waiting}
    return Position(snapshot, waiting, plan.year or today.year, stated or today, stated is None, since=since)


def undecided(snapshot: Snapshot, rows: list[Awaiting]) -> frozenset[tuple[str, str]]:
    """What a lead has to decide on, (record, field): no words of a record removed before it was ever signed off."""
    presence = {row.record_id for row in rows if row.field == "present"}
    return frozenset(
        (row.record_id, row.field)
        for row in rows
        if row.record_id in presence or (row.record_id in snapshot and snapshot[row.record_id].present)
    )
