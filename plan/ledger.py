"""This file writes history and proves it: one revision at a time, each carrying the hash of the one before it."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from plan.fields import Kind, Value
from plan.models import Change, Decision, Person, Plan, Revision, Source

FIRST_HASH = "0" * 64
COMMAND_LINE = "Command line"


class Moved(NamedTuple):
    """One field of one record, before and after; from a workbook, with its sheet and cell.

    The hash of a revision is over these fields in this order: another order would break every chain there is.
    """

    kind: Kind
    record: str
    field: str
    before: Value
    after: Value
    sheet: str | None = None
    cell: str | None = None


@dataclass(frozen=True)
class Step:
    """Who takes a step, when, from where: what every revision says of itself. `by` is None on the command line."""

    by: Person | None
    at: datetime
    source: Source
    note: str | None = None
    file: str | None = None
    base: int | None = None


def latest(session: Session, plan_id: str) -> int:
    """The number of the plan's newest revision, 0 before the first."""
    found = session.scalar(select(func.max(Revision.number)).where(Revision.plan_id == plan_id))
    return found or 0


def head(session: Session, plan_id: str) -> Revision | None:
    """The plan's newest revision, whose hash binds all before it; None before the first."""
    found = select(Revision).where(Revision.plan_id == plan_id).order_by(Revision.number.desc()).limit(1)
    return session.scalar(found)


def write(
    session: Session, plan: Plan, step: Step, moves: Iterable[Moved], decisions: Sequence[Decision] = ()
) -> Revision:
    """Add the next revision of the plan with its changes and decisions, in the caller's transaction.

    The transaction holds the write lock since it began (plan.database), so no other revision comes between.
    """
    lines = list(moves)
    previous = head(session, plan.id)
    revision = Revision(
        plan_id=plan.id,
        number=previous.number + 1 if previous else 1,
        at=step.at.astimezone(UTC),  # as it will be read back, or the hash would not match
        by_id=step.by.id if step.by else None,
        by_name=step.by.name if step.by else COMMAND_LINE,
        source=step.source.value,
        note=step.note,
        file=step.file,
        base=step.base,
        previous_hash=previous.hash if previous else FIRST_HASH,
        decisions=list(decisions),
    )
    revision.hash = _digest(revision, lines)
    session.add(revision)
    session.flush()
    if lines:
        session.connection().execute(insert(Change), [_row(revision, line) for line in lines])
    return revision


def digest(revision: Revision) -> str:
    """The SHA-256 over everything a revision says, the hash of the one before it included, as 64 hex digits."""
    lines = [(c.kind, c.record_id, c.field, c.before, c.after, c.sheet, c.cell) for c in revision.changes]
    return _digest(revision, lines)  # as plain words: what was tampered with may name a kind that there is not


def _row(revision: Revision, line: Moved) -> dict[str, Value]:
    return {
        "revision_id": revision.id,
        "kind": str(line.kind),
        "record_id": line.record,
        "field": line.field,
        "before": line.before,
        "after": line.after,
        "sheet": line.sheet,
        "cell": line.cell,
    }


def _digest(revision: Revision, changes: Sequence[Sequence[Value]]) -> str:
    said = {
        "plan": revision.plan_id,
        "number": revision.number,
        "at": revision.at.isoformat(),
        "by": [revision.by_id, revision.by_name],
        "source": revision.source,
        "note": revision.note,
        "file": revision.file,
        "base": revision.base,
        "previous": revision.previous_hash,
        "changes": changes,  # each written as the list of what it says, in the order of its fields
        "decisions": [
            [d.kind, d.record_id, d.field, d.outcome, d.before, d.after, d.reason, d.on_behalf_of]
            for d in revision.decisions
        ],
    }
    written = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()
