"""This file gathers what a workbook says into pieces, one for each record, however many rows speak of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from plan import rag
from plan.fields import Kind
from plan.rag import Status
from sync.cells import Meanings
from sync.reading import Piece, Problem, Said, UnknownStatus
from sync.splits import Splits


@dataclass
class Telling:
    """One record while it is being gathered."""

    key: int
    kind: Kind
    parent: int | None
    sheet: str
    rows: list[int] = field(default_factory=list)
    values: dict[str, list[Said]] = field(default_factory=dict)
    hints: list[str] = field(default_factory=list)

    def say(self, name: str, said: Said) -> None:
        """Add one more statement of a field."""
        self.values.setdefault(name, []).append(said)

    def stand_on(self, sheet: str, row: int, hints: Sequence[str]) -> None:
        """Note a row of the piece's own sheet, and the ids that the hidden column names there."""
        if sheet == self.sheet and row not in self.rows[-1:]:
            self.rows.append(row)
        if hints:
            self.hints += [id for id in hints if id not in self.hints]

    def first(self, name: str) -> str | None:
        """The first words said of a field."""
        value = next((said.value for said in self.values.get(name, []) if said.value is not None), None)
        return None if value is None else str(value)

    def piece(self) -> Piece:
        """The piece as it is handed on."""
        values = {name: tuple(said) for name, said in self.values.items()}
        return Piece(self.key, self.kind, self.parent, values, self.sheet, tuple(self.rows), tuple(self.hints))


@dataclass
class Gathering:
    """All that has been gathered, and where to find a theme or a requirement that was told before."""

    told: list[Telling] = field(default_factory=list)
    meanings: Meanings = field(default_factory=dict)  # of status words, normalised
    splits: Splits = field(default_factory=dict)  # which cells with several actions are split
    problems: list[Problem] = field(default_factory=list)
    unknown: dict[str, list[tuple[Said, Status | None]]] = field(default_factory=dict)  # status words, with fills
    themes: dict[str, Telling] = field(default_factory=dict)
    numbered: dict[str, list[Telling]] = field(default_factory=dict)
    unnumbered: dict[str, Telling] = field(default_factory=dict)

    def begin(self, kind: Kind, parent: Telling | None, sheet: str) -> Telling:
        """A new record, next in reading order."""
        telling = Telling(len(self.told) + 1, kind, parent.key if parent else None, sheet)
        self.told.append(telling)
        return telling

    def theme(self, words: str, said: Said) -> Telling:
        """The theme of this title: a new one, or the one that has these words already."""
        known = self.themes.get(plainly(words))
        if known is None:
            known = self.themes[plainly(words)] = self.begin(Kind.THEME, None, said.sheet)
        known.say("title", said)
        return known

    def problem(self, sheet: str, cell: str | None, found: str, message: str) -> None:
        """Note something that was left alone."""
        self.problems.append(Problem(sheet, cell, found, message))

    def unknown_status(self, said: Said, fill: Status | None) -> None:
        """Note words of a status cell that mean no colour yet, and the status that the cell's fill shows."""
        self.unknown.setdefault(rag.normalise(str(said.value)), []).append((said, fill))

    def unknown_statuses(self) -> tuple[UnknownStatus, ...]:
        """Each of these words once, with all the cells it stands in."""
        return tuple(_unknown(told) for told in self.unknown.values())

    def pieces(self) -> tuple[Piece, ...]:
        """Everything gathered, in reading order."""
        return tuple(telling.piece() for telling in self.told)


def _unknown(told: list[tuple[Said, Status | None]]) -> UnknownStatus:
    fills = {fill for _, fill in told}
    suggested = fills.pop() if len(fills) == 1 else None
    cells = tuple((said.sheet, said.cell) for said, _ in told)
    return UnknownStatus(str(told[0][0].value).strip(), cells, suggested)


@lru_cache(maxsize=2048)
def plainly(words: str) -> str:
    """Words as compared to tell whether two cells name the same thing: spaces and capitals mean nothing."""
    return " ".join(words.split()).casefold()
