"""This file is the shape of what changed: themes, their sentences, and the records each sentence speaks of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from plan.fields import Kind, Value


class Sort(StrEnum):
    """What a sentence tells, in the order in which a theme's sentences stand."""

    STATUS = "status"
    IMPACT = "impact"
    ADDED = "added"
    REMOVED = "removed"
    TIMESCALE = "timescale"
    FIGURE = "figure"
    REWORDED = "reworded"


@dataclass(frozen=True)
class Agreement:
    """That somebody signed a value off, and in whose place."""

    value: Value
    by: str
    on: date
    on_behalf_of: str = ""


@dataclass(frozen=True)
class Way:
    """What is told of the way between two moments, beside the two snapshots.

    By (record, field), `agreements` are the newest, and `authors` name who last wrote there. `moves` says by action
    how often its timescale had moved by the later moment, the first promise not counted.
    """

    agreements: Mapping[tuple[str, str], Agreement] = field(default_factory=dict)
    authors: Mapping[tuple[str, str], str] = field(default_factory=dict)
    moves: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """One record that a sentence speaks of: which field, from what to what, and that in words.

    `requirement` is the id of the requirement it belongs to, empty for a theme.
    """

    kind: Kind
    record: str
    requirement: str
    field: str
    before: Value
    after: Value
    words: str


@dataclass(frozen=True)
class Sentence:
    """One thing that changed, or several alike counted together."""

    sort: Sort
    words: str
    places: tuple[Place, ...]

    @property
    def count(self) -> int:
        """How many records it speaks of."""
        return len(self.places)


@dataclass(frozen=True)
class ChangedTheme:
    """A theme and what changed under it. `id` is empty for what stands under none."""

    id: str
    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Changed:
    """What changed between two moments. Themes without a change are left out."""

    themes: tuple[ChangedTheme, ...]

    @property
    def count(self) -> int:
        """How many changes there are in all."""
        return sum(sentence.count for theme in self.themes for sentence in theme.sentences)
