"""This file finds the revision a workbook without a heading differs from least, walking history backwards."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from plan import timescale
from plan.fields import BY_NAME, Kind, Shape, Value
from plan.models import Plan, Revision
from plan.snapshot import Snapshot
from sync.merge import Stated

Told = tuple[Kind, str, Value]
"""One value wherever it stands: whose row it is on does not matter here, for a row may not be recognised yet."""


def nearest_revision(session: Session, plan: Plan, now: Snapshot, stated: Mapping[str, Stated]) -> int:
    """The number of the revision whose words differ least from the workbook's; the newest of those equally near."""
    apart = _apart(now, stated)
    found = select(Revision).where(Revision.plan_id == plan.id).order_by(Revision.number.desc())
    best: tuple[int, int] | None = None
    for revision in session.scalars(found.options(selectinload(Revision.changes))):
        if best is None or apart.count < best[0]:
            best = apart.count, revision.number
        for change in reversed(revision.changes):
            apart.set(Kind(change.kind), change.record_id, change.field, change.before)
    return best[1] if best else 0


@dataclass
class _Apart:
    """How many values the plan tells and the workbook does not, or the other way about."""

    spoken: frozenset[tuple[Kind, str]]
    more: Counter[Told] = field(default_factory=Counter)
    held: dict[str, dict[str, Value]] = field(default_factory=dict)
    count: int = 0

    def set(self, kind: Kind, record: str, name: str, value: Value) -> None:
        """Let the plan hold another value, and keep the count right."""
        before = self.held.setdefault(record, {})
        after = {**before, name: value}
        changed = before if name == "present" else [name]
        self._tell(kind, before, changed, -1)
        self._tell(kind, after, changed, +1)
        self.held[record] = after

    def add(self, told: Told, by: int) -> None:
        """Count a value once more, or once less, on the plan's side."""
        self.count += abs(self.more[told] + by) - abs(self.more[told])
        self.more[told] += by

    def _tell(self, kind: Kind, values: Mapping[str, Value], names: Iterable[str], by: int) -> None:
        for name in names if values.get("present") else ():
            if (kind, name) in self.spoken and values.get(name) is not None:
                self.add(_told(kind, name, values[name]), by)


def _apart(now: Snapshot, stated: Mapping[str, Stated]) -> _Apart:
    apart = _Apart(frozenset((one.kind, name) for one in stated.values() for name in one.values))
    for one in stated.values():
        for name, said in one.values.items():
            if said.value is not None:
                apart.add(_told(one.kind, name, said.value), -1)
    for item in now.values():
        for name, value in {"present": item.present, **item.values}.items():
            apart.set(item.kind, item.id, name, value)
    return apart


def _told(kind: Kind, name: str, value: Value) -> Told:
    dated = BY_NAME[kind, name].shape in (Shape.TIMESCALE, Shape.DATE)
    day = timescale.canonical_date(str(value)) if dated else None
    return kind, name, day.isoformat() if day else value
