"""This file remembers what a person's same workbook said when they uploaded it before, without downloading again.

Compared only with its download, last week's changes would look like clashes with themselves:

| the cell says now | it is taken as |
| --- | --- |
| what it said at the last upload | unchanged, whatever the plan has become since |
| other words than ever before | changed since the last upload |
| the download's words again, not the last upload's | a clash: taken back, or an older copy; a person chooses |
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from plan import fields
from plan.fields import BY_NAME, Kind, Value
from plan.models import Person, Plan, Revision, Source
from plan.snapshot import Item, Snapshot
from sync.merge import Decision, Outcome, Stated
from sync.reading import Origin

Place = tuple[str, str]
"""A record's id and a field."""


@dataclass(frozen=True)
class Earlier:
    """What earlier uploads of one download by one person made each field say; `kinds` by record."""

    said: Mapping[Place, Value]
    kinds: Mapping[str, Kind]

    def with_added(self, base: Snapshot) -> Snapshot:
        """The base with the records that the earlier uploads added, so that their rows are known again."""
        added = [id for id in self.kinds if id not in base and self.said.get((id, "present"))]
        return Snapshot([*base.values(), *(self._item(id) for id in added)])

    def settle(self, base: Snapshot, stated: Mapping[str, Stated]) -> tuple[Snapshot, frozenset[Place]]:
        """The base as the workbook last said it, and the places where it went back to the download's words."""
        items = dict(base)
        back: set[Place] = set()
        for (id, name), last in self.said.items():
            which = BY_NAME.get((self.kinds[id], name))
            if which is None or id not in items or id not in stated or name not in stated[id].values:
                continue
            first, now = items[id].get(name), stated[id].values[name].value
            if fields.same(which, now, first) and not fields.same(which, first, last):
                back.add((id, name))
            else:
                items[id] = replace(items[id], values={**items[id].values, name: last})
        return Snapshot(items.values()), frozenset(back)

    def _item(self, id: str) -> Item:
        kind = self.kinds[id]
        parent = self.said.get((id, "parent"))
        values = {row.name: self.said.get((id, row.name)) for row in fields.of(kind)}
        return Item(id, kind, None if parent is None else str(parent), 0.0, True, values)


def earlier_uploads(session: Session, plan: Plan, by: Person | None, origin: Origin | None) -> Earlier:
    """What this person's uploads of this download said; nothing for somebody new or a workbook without a heading."""
    if by is None or origin is None:
        return Earlier({}, {})
    found = select(Revision).where(
        Revision.plan_id == plan.id,
        Revision.by_id == by.id,
        Revision.source == Source.WORKBOOK,
        Revision.base == origin.revision,
    )
    said: dict[Place, Value] = {}
    kinds: dict[str, Kind] = {}
    for revision in session.scalars(found.order_by(Revision.number).options(selectinload(Revision.changes))):
        for change in revision.changes:
            said[change.record_id, change.field] = change.after
            kinds[change.record_id] = Kind(change.kind)
    return Earlier(said, kinds)


def asked_again(decisions: Sequence[Decision], back: frozenset[Place], earlier: Earlier) -> list[Decision]:
    """The decisions, where a cell that went back to the download's words is a clash and not simply kept."""
    return [
        replace(d, outcome=Outcome.CONFLICT, base=earlier.said[d.record, d.field])
        if d.outcome is Outcome.KEEP and d.field and (d.record, d.field) in back
        else d
        for d in decisions
    ]
