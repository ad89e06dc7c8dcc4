"""This file is one sheet's plain content: its cells, merges and tables, without any workbook library."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property, lru_cache
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple

Content = str | int | float | bool | date | time | None
Place = tuple[int, int]
"""Row and column, both counted from 1."""


class Cell(NamedTuple):
    """What one cell holds. Where `formula` is set, the value is its stored result (None: it has none)."""

    value: Content = None
    number_format: str = "General"
    fill: str | None = None
    formula: str | None = None
    italic: bool = False
    is_date: bool = False
    is_error: bool = False

    @property
    def blank(self) -> bool:
        """Whether a person sees nothing there: no value, and no formula that should have given one."""
        return self.value is None and self.formula is None

    @property
    def words(self) -> str:
        """The text of a text cell; empty for numbers, dates, formulas without a result and blanks."""
        return self.value if isinstance(self.value, str) else ""


class Box(NamedTuple):
    """A merged range, its last row and column included."""

    top: int
    left: int
    bottom: int
    right: int


BLANK = Cell()
_NO_CELLS: Mapping[int, Cell] = MappingProxyType({})


@dataclass(frozen=True)
class Grid:
    """One sheet. `cells` holds only those with content: `last_row` and `last_col` end where content ends."""

    sheet: str
    visible: bool = True
    cells: Mapping[Place, Cell] = field(default_factory=dict)
    merges: tuple[Box, ...] = ()
    tables: tuple[tuple[str, str], ...] = ()
    filter_ref: str | None = None
    hidden_columns: frozenset[str] = frozenset()
    margins: tuple[str, ...] = ()  # the words of the printed header and footer
    blank_fills: Mapping[Place, str] = field(default_factory=dict)  # of cells without content beside those with some
    unread_rules: tuple[Box, ...] = ()  # where rules give statuses' colours in a way that could not be worked out
    noted: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was found out by looking at the whole sheet, so that it is looked through once."""

    @cached_property
    def last_row(self) -> int:
        """The last row that holds anything; 0 on an empty sheet."""
        return max(self._by_row, default=0)

    @cached_property
    def last_col(self) -> int:
        """The last column that holds anything; 0 on an empty sheet."""
        return max((next(reversed(cells)) for cells in self._by_row.values()), default=0)

    @cached_property
    def _by_row(self) -> Mapping[int, dict[int, Cell]]:
        rows: dict[int, dict[int, Cell]] = {}
        for row, cells in groupby(sorted(self.cells), itemgetter(0)):
            rows[row] = {place[1]: self.cells[place] for place in cells}
        return rows

    @cached_property
    def _rows(self) -> list[int]:
        return list(self._by_row)

    @cached_property
    def left_behind(self) -> bool:
        """Whether a program moved rows and left the merged ranges where they were: one hides words under a blank."""
        return any(self.at(box.top, box.left).blank and self._hides_words(box) for box in self.merges)

    def _hides_words(self, box: Box) -> bool:
        return any(
            box.left <= col <= box.right and not self.at(row, col).blank
            for row in self.rows_between(box.top, box.bottom)
            for col in self.columns_of(row)
        )

    @cached_property
    def _merged(self) -> Mapping[int, list[Box]]:
        """The merged ranges by the rows with content that they lie on: a range may be as large as the sheet."""
        merged: dict[int, list[Box]] = {}
        for box in () if self.left_behind else self.merges:
            for row in self.rows_between(box.top, box.bottom):
                merged.setdefault(row, []).append(box)
        return merged

    def at(self, row: int, col: int) -> Cell:
        """The cell itself, blank where there is none or where a merge covers it."""
        return self.cells.get((row, col), BLANK)

    def row(self, row: int) -> Mapping[int, Cell]:
        """The cells of a row that hold anything by their columns, from left to right."""
        return self._by_row.get(row, _NO_CELLS)

    def columns_of(self, row: int) -> list[int]:
        """The columns of a row that hold anything, from left to right."""
        return list(self.row(row))

    def rows(self) -> Iterator[int]:
        """The rows that hold anything, from the top."""
        return iter(self._by_row)

    def rows_between(self, first: int, last: int) -> list[int]:
        """The rows from `first` to `last` that hold anything."""
        return self._rows[bisect_left(self._rows, first) : bisect_right(self._rows, last)]

    def rows_below(self, row: int) -> list[int]:
        """The rows after this one that hold anything."""
        return self._rows[bisect_right(self._rows, row) :]

    def fill_at(self, row: int, col: int) -> str | None:
        """The colour that a person sees behind a cell, with content or without: "RRGGBB"."""
        cell = self.cells.get((row, col))
        return cell.fill if cell else self.blank_fills.get((row, col))

    def merge_at(self, row: int, col: int) -> Box | None:
        """The merged range that covers this place, if one does; none on a row that holds nothing."""
        here = self._merged.get(row)
        return next((box for box in here if box.left <= col <= box.right), None) if here else None

    def anchor(self, row: int, col: int) -> Place:
        """The place whose value is seen here: the first cell of its merged range, or the place itself."""
        box = self.merge_at(row, col)
        return (box.top, box.left) if box else (row, col)


@lru_cache(maxsize=1024)
def letter(col: int) -> str:
    """The letters of a column: 1 is "A", 27 is "AA"."""
    letters = ""
    while col:
        col, left = divmod(col - 1, 26)
        letters = chr(65 + left) + letters
    return letters


@lru_cache(maxsize=1024)
def number(letters: str) -> int:
    """The number of a column: "A" is 1, "AA" is 27."""
    col = 0
    for mark in letters.upper():
        col = col * 26 + ord(mark) - 64
    return col


def address(row: int, col: int) -> str:
    """A place as people write it: row 4, column 3 is "C4"."""
    return f"{letter(col)}{row}"


def place(address: str) -> Place:
    """The row and column of "C4". Raises ValueError for anything else."""
    found = re.fullmatch(r"\$?([A-Za-z]{1,3})\$?(\d+)", address)
    if not found:
        raise ValueError(f"“{address}” is no cell.")
    return int(found[2]), number(found[1])


def boxes(ref: str) -> tuple[Box, ...]:
    """The boxes of a range such as "A4:J121": one, or none where the words are no range."""
    first, _, last = ref.partition(":")
    try:
        (top, left), (bottom, right) = place(first), place(last or first)
    except ValueError:
        return ()
    return (Box(top, left, bottom, right),)
