"""This file is a table's columns while it is being settled which of them means which field."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from plan.fields import Kind
from sync.detect.heads import Head
from sync.detect.sample import Sample
from sync.headings import Word

Claim = tuple[Kind, str]

REQUIREMENT_TEXT: Claim = (Kind.REQUIREMENT, "text")
REQUIREMENT_REFERENCE: Claim = (Kind.REQUIREMENT, "reference")
ACHIEVEMENT_TEXT: Claim = (Kind.ACHIEVEMENT, "text")
ACHIEVEMENT_EVIDENCE: Claim = (Kind.ACHIEVEMENT, "evidence")
ACTION_TEXT: Claim = (Kind.ACTION, "text")


@dataclass
class Draft:
    """A table's columns while they are being settled, counted from 0; `claims` says what each means."""

    heads: Sequence[Head]
    sample: Sample
    claims: dict[int, Claim] = field(default_factory=dict)
    lines: set[int] = field(default_factory=set)
    numbered: set[int] = field(default_factory=set)  # requirements' words that begin with their number
    clashes: list[tuple[int, ...]] = field(default_factory=list)
    waiting: set[int] = field(default_factory=set)  # months to come, whose cells hold nothing yet
    passed: set[int] = field(default_factory=set)  # lost their field to a plainer one, or to a clash

    def having(self, *words: Word) -> list[int]:
        """The columns not yet settled whose headings mean one of these."""
        settled = {*self.claims, *self.passed}
        return [i for i in range(len(self.heads)) if i not in settled and self.word(i) in words]

    def word(self, i: int) -> Word | None:
        """What a column's heading means."""
        meaning = self.heads[i].meaning
        return meaning.word if meaning else None

    def of(self, i: int) -> Kind | None:
        """Whose a column says itself that it is, in its heading or in the band above."""
        meaning = self.heads[i].meaning
        return meaning.of if meaning else None

    def rank(self, i: int) -> int:
        """How plain the heading's word is; the lower, the plainer."""
        meaning = self.heads[i].meaning
        return meaning.rank if meaning else 99

    def claimed(self, claim: Claim) -> list[int]:
        """The columns settled as this field."""
        return [i for i, each in self.claims.items() if each == claim]

    def first(self, claim: Claim) -> int | None:
        """The leftmost column settled as this field."""
        return min(self.claimed(claim), default=None)

    def claim(self, columns: Iterable[int], claim: Claim, *, lines: bool = False) -> None:
        """Settle columns as a field."""
        for i in columns:
            self.claims[i] = claim
            if lines:
                self.lines.add(i)

    @property
    def has_actions(self) -> bool:
        return bool(self.claimed(ACTION_TEXT))

    @property
    def of_achievements_alone(self) -> bool:
        return bool(self.claimed(ACHIEVEMENT_TEXT)) and not self.has_requirements

    @property
    def has_requirements(self) -> bool:
        return bool(self.claimed(REQUIREMENT_TEXT))

    def of_several_months(self) -> list[list[int]]:
        """The columns whose headings are the same but for a month, together."""
        alike: dict[tuple[str, str], list[int]] = {}
        for i, head in enumerate(self.heads):
            if head.meaning and not head.period:
                alike.setdefault((head.plain, head.context), []).append(i)
        return [columns for columns in alike.values() if len(columns) > 1]

    def one_column_a_field(self) -> None:
        """Of several columns for one field the plainest is read; with one heading twice, neither is."""
        for claim in set(self.claims.values()) - {(Kind.READING, "value")}:
            columns = sorted(self.claimed(claim), key=lambda i: (self.of(i) is None, self.rank(i), i))
            same = [i for i in columns if self.heads[i].plain == self.heads[columns[0]].plain]
            if len(same) > 1:
                self.clashes.append(tuple(sorted(same)))
            for i in columns if len(same) > 1 else columns[1:]:
                del self.claims[i]
                self.lines.discard(i)
                self.passed.add(i)
