"""This file holds two snapshots side by side: what could be seen then and can be seen now, and how it is named."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from plan import periods, timescale
from plan.changed.values import Place, Way
from plan.fields import BY_NAME, Kind, Shape, Value, say
from plan.questions.naming import name, shorten
from plan.questions.position import family
from plan.snapshot import Item, Snapshot

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NOUNS: Mapping[Kind, str] = {
    Kind.THEME: "theme",
    Kind.REQUIREMENT: "requirement",
    Kind.ACHIEVEMENT: "achievement",
    Kind.ACTION: "action",
    Kind.INDICATOR: "figure",
    Kind.READING: "reading",
    Kind.AUDIT: "audit",
}


@dataclass(frozen=True)
class Ground:
    """Two snapshots, the earlier and the later, and what is told of the way between them."""

    before: Snapshot
    after: Snapshot
    told: Way

    def then(self, id: str) -> Item | None:
        """The record as it could be seen before, None where it could not: what stands under a removed one cannot."""
        return self._before.get(id)

    def now(self, id: str) -> Item | None:
        """The record as it can be seen after, None where it cannot."""
        return self._after.get(id)

    def both(self, id: str) -> tuple[Item, Item] | None:
        """The record before and after, None unless it is there at both moments."""
        then, now = self.then(id), self.now(id)
        return (then, now) if then and now else None

    def name(self, item: Item) -> str:
        """The record in a few words: an achievement with its requirement, for it has no number."""
        snapshot = self.after if self.now(item.id) else self.before
        words = name(snapshot, item)
        if item.kind in (Kind.ACHIEVEMENT, Kind.INDICATOR, Kind.AUDIT):
            requirement = snapshot.requirement_of(item.id)
            return f"{words} of {name(snapshot, requirement)}" if requirement else words
        return words

    def place(self, item: Item, field: str, before: Value, after: Value, words: str) -> Place:
        """A place of a sentence that speaks of this record."""
        snapshot = self.after if self.now(item.id) else self.before
        requirement = snapshot.requirement_of(item.id)
        return Place(item.kind, item.id, requirement.id if requirement else "", field, before, after, words)

    def agreed(self, item: Item, field: str, value: Value) -> str:
        """Who signed this very value off, in a clause; else who wrote it; empty where nothing is told."""
        agreement = self.told.agreements.get((item.id, field))
        if agreement and agreement.value == value:
            instead = f" for {agreement.on_behalf_of}" if agreement.on_behalf_of else ""
            return f"signed off by {agreement.by}{instead} on {timescale.say_date(agreement.on)}"
        author = self.told.authors.get((item.id, field))
        return f"by {author}, not signed off yet" if author else ""

    @cached_property
    def _before(self) -> Mapping[str, Item]:
        return seen(self.before)

    @cached_property
    def _after(self) -> Mapping[str, Item]:
        return seen(self.after)


def seen(snapshot: Snapshot) -> dict[str, Item]:
    """Every record that a reader of the plan sees: its themes, their requirements and what stands under them."""
    plan = snapshot.plan
    themes = snapshot.under(plan.id if plan else None, Kind.THEME)
    requirements = [one for theme in themes for one in snapshot.under(theme.id, Kind.REQUIREMENT)]
    under = [item for one in requirements for item in family(snapshot, one)]
    return {item.id: item for item in ([plan] if plan else []) + themes + under}


def count(number: int, noun: str) -> str:
    """A number with its noun, in words up to ten: "three achievements"."""
    said = NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"
    return f"{said} {noun}" if number == 1 else f"{said} {noun}s"


def listed(words: Iterable[str]) -> str:
    """Several things one after another: "2, 5 and 7"."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def said(item: Item, field: str, value: Value) -> str:
    """A field's value as a sentence quotes it; "nothing" where it is blank."""
    row = BY_NAME[item.kind, field]
    if value is None:
        return "nothing"
    if row.shape is Shape.STATUS:
        return str(value)
    if row.shape is Shape.PERIOD:
        return periods.say(value)
    words = shorten(say(row, value))
    return f"“{words}”" if row.shape in (Shape.LINE, Shape.TEXT, Shape.TIMESCALE, Shape.TEAM) else words
