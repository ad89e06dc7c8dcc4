"""This file undoes one saved step as a new one, and leaves alone what has been changed since."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan import edits, history, questions
from plan.edits import Edit
from plan.fields import Kind, Value
from plan.ledger import Step
from plan.models import Change, Plan, Revision, Source
from plan.snapshot import Item, Snapshot

CAN_BE_UNDONE = frozenset({Source.BROWSER, Source.WORKBOOK, Source.UNDO})


class CannotUndo(Exception):
    """This step cannot be undone; the message says why and what to do instead."""


@dataclass(frozen=True)
class LeftAlone:
    """A field (or, as `present`, a whole record) that undoing does not touch: it has been changed since."""

    kind: Kind
    record: str
    field: str
    now: Value
    before: Value

    @property
    def token(self) -> str:
        """The fingerprint of what it says now, so that a choice made on a page holds for these words only."""
        return hashlib.sha256(json.dumps(self.now).encode()).hexdigest()[:16]


class Undone(NamedTuple):
    """The new revision, None where nothing was left to undo, and what was left alone."""

    revision: Revision | None
    left_alone: list[LeftAlone]


def undo(session: Session, plan: Plan, number: int, step: Step, also: Collection[tuple[str, str]] = ()) -> Undone:
    """Set back what revision `number` changed, as a new revision.

    What has been changed since stays, unless its (record, field) is among `also`; a record that the revision
    added stays while later words or records depend on it, unless (record, "present") is. Raises CannotUndo
    for a step that is no edit or upload, and what `edits.apply` raises. The caller holds the write lock.
    """
    back, left = _sorted(session, plan, number, also)
    return Undone(edits.apply(session, plan, back, step), left)


def changed_since(session: Session, plan: Plan, number: int) -> list[LeftAlone]:
    """What undoing revision `number` would leave alone. Raises CannotUndo like `undo`."""
    return _sorted(session, plan, number, ())[1]


def _sorted(
    session: Session, plan: Plan, number: int, also: Collection[tuple[str, str]]
) -> tuple[list[Edit], list[LeftAlone]]:
    revision = _undoable(questions.revision(session, plan, number), number)
    snapshot = history.now(session, plan)
    added = {c.record_id for c in revision.changes if c.field == "present" and c.before is None}
    later = _touched_later(session, plan, number)
    back: list[Edit] = []
    left: list[LeftAlone] = []
    for change in revision.changes:
        if change.record_id in added and change.field != "present":
            continue  # a record that goes keeps its words, so that it can be brought back whole
        current = _current(snapshot[change.record_id], change.field)
        target: Value = False if change.record_id in added else change.before
        grown = change.record_id in added and _has_grown(snapshot, change.record_id, added, later)
        if current == target:
            continue
        if (current != change.after or grown) and (change.record_id, change.field) not in also:
            left.append(LeftAlone(Kind(change.kind), change.record_id, change.field, current, target))
        else:
            back.append(Edit(Kind(change.kind), change.record_id, change.field, target))
    return back, left


def _undoable(revision: Revision | None, number: int) -> Revision:
    if revision is None:
        raise CannotUndo(f"There is no revision {number} in this plan. Nothing was changed; look in the history.")
    if revision.source not in CAN_BE_UNDONE:
        raise CannotUndo(
            f"Revision {number} is not an edit or an upload ({revision.source}), so it cannot be undone. "
            "Nothing was changed; edit the plan instead."
        )
    return revision


def _touched_later(session: Session, plan: Plan, number: int) -> frozenset[str]:
    """The records that any later revision changed."""
    found = select(Change.record_id).join(Revision).where(Revision.plan_id == plan.id, Revision.number > number)
    return frozenset(session.scalars(found.distinct()))


def _has_grown(snapshot: Snapshot, id: str, added: Collection[str], later: Collection[str]) -> bool:
    """Whether an added record has words or records that came after it and would vanish with it."""
    under = [item for item in snapshot.values() if item.present and item.parent == id]
    return id in later or any(item.id not in added or _has_grown(snapshot, item.id, added, later) for item in under)


def _current(item: Item, field: str) -> Value:
    structure: Mapping[str, Value] = {
        "present": item.present,
        "parent": item.parent,
        "position": item.position,
    }
    return structure[field] if field in structure else item.get(field)
