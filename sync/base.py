"""This file finds the revision a workbook without a heading differs from least, walking history backwards."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from plan import fields
from plan.fields import BY_NAME, Kind, Value
from plan.models import Plan, Revision
from plan.snapshot import Snapshot
from sync.merge import Stated


def nearest_revision(session: Session, plan: Plan, now: Snapshot, stated: Mapping[str, Stated]) -> int:
    """The number of the revision with the fewest differing fields and records; the newest of those equally near."""
    held: dict[tuple[str, str], Value] = {
        (item.id, name): value for item in now.values() for name, value in _fields_of(item.present, item.values)
    }
    differs = {key for key in {*held, *_keys(stated)} if _differs(stated, key, held.get(key), now)}
    found = select(Revision).where(Revision.plan_id == plan.id).order_by(Revision.number.desc())
    best: tuple[int, int] | None = None
    for revision in session.scalars(found.options(selectinload(Revision.changes))):
        if best is None or len(differs) < best[0]:
            best = len(differs), revision.number
        for change in reversed(revision.changes):
            key = change.record_id, change.field
            held[key] = change.before
            (differs.add if _differs(stated, key, change.before, now) else differs.discard)(key)
    return best[1] if best else 0


def _fields_of(present: bool, values: Mapping[str, Value]) -> list[tuple[str, Value]]:
    return [("present", present), *values.items()]


def _keys(stated: Mapping[str, Stated]) -> set[tuple[str, str]]:
    return {(id, name) for id, one in stated.items() for name in ("present", *one.values)}


def _differs(stated: Mapping[str, Stated], key: tuple[str, str], held: Value, now: Snapshot) -> bool:
    """Whether the workbook says otherwise than the plan held; what it does not speak of never differs."""
    id, name = key
    one = stated.get(id)
    if name == "present":
        spoken = one is not None or (id in now and now[id].kind in {s.kind for s in stated.values()})
        return spoken and bool(held) != (one is not None)
    if one is None or name not in one.values:
        return False
    row = BY_NAME.get((Kind(one.kind), name))
    return row is not None and not fields.same(row, held, one.values[name].value)
