"""This file is what the challenges look at, and what one of them finds."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from plan.fields import Kind, Value
from plan.questions.naming import name
from plan.questions.position import Position
from plan.snapshot import Item, Snapshot


@dataclass(frozen=True)
class Ground:
    """The plan on a day, its signed-off position, and the plan as it stood at the ends of past cycles, oldest first."""

    position: Position
    signed: Snapshot
    earlier: tuple[Snapshot, ...] = ()

    @property
    def snapshot(self) -> Snapshot:
        """The plan as it stands."""
        return self.position.snapshot

    def requirements(self) -> list[Item]:
        """Every requirement that stands under a theme of the plan, in order."""
        plan = self.snapshot.plan
        themes = self.snapshot.under(plan.id if plan else None, Kind.THEME)
        return [one for theme in themes for one in self.snapshot.under(theme.id, Kind.REQUIREMENT)]

    def under(self, kind: Kind) -> list[Item]:
        """Every record of this kind under those requirements."""
        return [item for one in self.requirements() for item in self.snapshot.under(one.id, kind)]

    def name(self, item: Item) -> str:
        """The record in a few words."""
        return name(self.snapshot, item)


@dataclass(frozen=True)
class Place:
    """The field that mends a finding."""

    kind: Kind
    record: str
    field: str


@dataclass(frozen=True)
class Finding:
    """One awkward question: which rule, of which record, in a sentence, and where it is mended.

    `fingerprint` is of what the finding rests on: while it stays, an answer holds.
    """

    rule: str
    kind: Kind
    record: str
    requirement: str
    sentence: str
    place: Place
    fingerprint: str


@dataclass(frozen=True)
class Found:
    """What a rule's test says of a record: the sentence, the field that mends it, and the values it rests on."""

    item: Item
    sentence: str
    place: Place
    substance: tuple[Value, ...]


def finding(ground: Ground, rule: str, found: Found) -> Finding:
    """The finding of a rule's test, with the fingerprint of its substance."""
    requirement = ground.snapshot.requirement_of(found.item.id)
    return Finding(
        rule,
        found.item.kind,
        found.item.id,
        requirement.id if requirement else "",
        found.sentence,
        found.place,
        fingerprint((rule, found.item.id, *found.substance)),
    )


def fingerprint(substance: Iterable[Value]) -> str:
    """Sixteen hexadecimal digits that change when any of these values does."""
    told = json.dumps(list(substance), ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:16]
