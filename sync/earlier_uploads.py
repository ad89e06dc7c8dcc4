"""This file remembers what a person's same workbook said when they uploaded it before, without downloading again.

Compared only with its download, last week's changes would look like clashes with themselves:

| the cell says now | it is taken as |
| --- | --- |
| what it said at the last upload | unchanged, whatever the plan has become since |
| other words than ever before | changed since the last upload |
| other words than those a clash or combination ended with | what the merge's own table says of them |
| the download's words again, not the last upload's | a clash: taken back, or an older copy; a person chooses |

An upload that the workbook holds next to nothing of was of another copy of the download, edited apart, and is left
out: between two copies the merge's own table decides, whoever brings them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

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
FEWEST_BACK = 3  # cells that went back to the download's words: fewer may have been taken back by hand


@dataclass(frozen=True)
class Upload:
    """What one earlier upload found each field saying, and made it say; `kinds` by record."""

    found: Mapping[Place, Value]
    said: Mapping[Place, Value]
    kinds: Mapping[str, Kind]

    def is_of_another_copy(self, base: Snapshot, stated: Mapping[str, Stated]) -> bool:
        """Whether the workbook has next to nothing of it: then a second copy of the download was edited apart."""
        carried = back = 0
        for (id, name), last in self.said.items():
            if name == "present" or (which := BY_NAME.get((self.kinds[id], name))) is None:
                continue
            first = _first(base, id, name)
            stands = id in stated and name in stated[id].values
            now = stated[id].values[name].value if stands else None
            if not fields.same(which, first, last) and (stands or id not in base):
                carried += fields.same(which, now, last)
                back += fields.same(which, now, first)
        return back >= FEWEST_BACK and back > carried * 2


@dataclass(frozen=True)
class Earlier:
    """One person's earlier uploads of one download, the first one first."""

    uploads: tuple[Upload, ...] = ()

    @cached_property
    def said(self) -> Mapping[Place, Value]:
        """What they last made each field say."""
        return {place: value for upload in self.uploads for place, value in upload.said.items()}

    @cached_property
    def kinds(self) -> Mapping[str, Kind]:
        """The kind of each record they changed."""
        return {id: kind for upload in self.uploads for id, kind in upload.kinds.items()}

    def of_this_copy(self, base: Snapshot, stated: Mapping[str, Stated]) -> "Earlier":
        """Without the uploads of another copy; itself where all are of this one."""
        kept = tuple(upload for upload in self.uploads if not upload.is_of_another_copy(base, stated))
        return self if len(kept) == len(self.uploads) else Earlier(kept)

    def with_added(self, base: Snapshot) -> Snapshot:
        """The base with the records that the earlier uploads added, so that their rows are known again."""
        added = [id for id in self.kinds if id not in base and self.said.get((id, "present"))]
        return Snapshot([*base.values(), *(self._item(id) for id in added)])

    def settle(self, base: Snapshot, stated: Mapping[str, Stated]) -> tuple[Snapshot, frozenset[Place]]:
        """The base as the workbook last said it, and the places where it went back to the download's words."""
        items = dict(base)
        back: set[Place] = set()
        combined = self._combined(base)
        for (id, name), last in self.said.items():
            which = BY_NAME.get((self.kinds[id], name))
            if which is None or id not in items or id not in stated or name not in stated[id].values:
                continue
            first, now = items[id].get(name), stated[id].values[name].value
            if fields.same(which, now, first) and not fields.same(which, first, last):
                back.add((id, name))
            elif fields.same(which, now, last) or (id, name) not in combined:
                items[id] = replace(items[id], values={**items[id].values, name: last})
        return Snapshot(items.values()), frozenset(back)

    def _combined(self, base: Snapshot) -> frozenset[Place]:
        """The places where the last upload met words of somebody else's, so that the workbook's own are not known."""
        last: dict[Place, Value] = {}
        met: set[Place] = set()
        for upload in self.uploads:
            for (id, name), said in upload.said.items():
                which, was = BY_NAME.get((self.kinds[id], name)), last.get((id, name), _first(base, id, name))
                new = upload.said.get((id, "present"))
                own = which is None or new or fields.same(which, upload.found[id, name], was)
                (met.discard if own else met.add)((id, name))
                last[id, name] = said
        return frozenset(met)

    def _item(self, id: str) -> Item:
        kind = self.kinds[id]
        parent = self.said.get((id, "parent"))
        values = {row.name: self.said.get((id, row.name)) for row in fields.of(kind)}
        return Item(id, kind, None if parent is None else str(parent), 0.0, True, values)


def earlier_uploads(session: Session, plan: Plan, by: Person | None, origin: Origin | None) -> Earlier:
    """This person's uploads of this download; none for somebody new or a workbook without a heading."""
    if by is None or origin is None:
        return Earlier()
    found = select(Revision).where(
        Revision.plan_id == plan.id,
        Revision.by_id == by.id,
        Revision.source == Source.WORKBOOK,
        Revision.base == origin.revision,
    )
    ordered = found.order_by(Revision.number).options(selectinload(Revision.changes))
    return Earlier(tuple(_upload(revision) for revision in session.scalars(ordered)))


def _first(base: Snapshot, id: str, name: str) -> Value:
    return base[id].get(name) if id in base else None


def _upload(revision: Revision) -> Upload:
    found = {(change.record_id, change.field): change.before for change in revision.changes}
    said = {(change.record_id, change.field): change.after for change in revision.changes}
    return Upload(found, said, {change.record_id: Kind(change.kind) for change in revision.changes})


def asked_again(decisions: Sequence[Decision], back: frozenset[Place], earlier: Earlier) -> list[Decision]:
    """The decisions, where a cell that went back to the download's words is a clash and not simply kept."""
    return [
        d._replace(outcome=Outcome.CONFLICT, base=earlier.said[d.record, d.field])
        if d.outcome is Outcome.KEEP and d.field and (d.record, d.field) in back
        else d
        for d in decisions
    ]
