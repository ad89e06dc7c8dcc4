"""This file is what a workbook said, as plain values: pieces of records, where each stood, what was not understood."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from plan.fields import Kind, Value
from plan.rag import Status
from sync.layout import Layout


class Said(NamedTuple):
    """What one cell (or one line of a cell, counted from 0) says of one field. A blank cell says None.

    `by_fill`: the cell holds no words, its colour says it.
    """

    value: Value
    sheet: str
    cell: str
    line: int | None = None
    by_fill: bool = False


@dataclass(frozen=True)
class Piece:
    """One record as the workbook tells it.

    `key` numbers the pieces in reading order; `parent` is the key of the piece it stands under (None for a theme,
    or where the workbook does not say). `values` holds each statement of a field: several where the workbook
    repeats a requirement's words on each of its rows. `hints` are the ids of this kind on its row of the hidden column.
    `rows` are the sheet rows the piece stands on.
    """

    key: int
    kind: Kind
    parent: int | None
    values: Mapping[str, tuple[Said, ...]]
    sheet: str
    rows: tuple[int, ...]
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """Something that was not understood and left alone: where, what was found, what would work."""

    sheet: str
    cell: str | None
    found: str
    message: str


@dataclass(frozen=True)
class UnknownStatus:
    """Words of status cells that mean no colour until somebody says which: "Complete", in 14 cells.

    `cells` are (sheet, address); `suggested` is the colour that all of them are filled with, if they are.
    """

    words: str
    cells: tuple[tuple[str, str], ...]
    suggested: Status | None = None

    @property
    def count(self) -> int:
        """In how many cells the words stand."""
        return len(self.cells)


@dataclass(frozen=True)
class Origin:
    """What the heading of the hidden column says: the plan a download came from, its revision, which position."""

    plan: str
    revision: int
    signed_off: bool = False


@dataclass(frozen=True)
class Reading:
    """Everything a workbook said. `kinds` are the (kind, field) pairs that some column speaks of."""

    layout: Layout
    pieces: tuple[Piece, ...]
    problems: tuple[Problem, ...] = ()
    origin: Origin | None = None
    title: str | None = None
    position_date: str | None = None
    marking: str | None = None
    notes: tuple[str, ...] = field(default=())
    scale: Mapping[Status, str] = field(default_factory=dict)  # what the workbook's own key says of each colour
    unknown_statuses: tuple[UnknownStatus, ...] = ()

    @property
    def speaks_of(self) -> frozenset[tuple[Kind, str]]:
        """The fields that some column of the layout holds."""
        return frozenset(pair for t in self.layout.tables for c in t.columns for pair in c.says)
