"""This file makes a short workbook of a long one: the first rows of each sheet, and those of certain records."""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sync.grid import Box, Grid, address, letter, place
from sync.ooxml import CellEdit, Coloured
from sync.opening.book import some_rows
from sync.opening.plain_rows import NotPlain
from sync.opening.some_rows import TooMany
from sync.row_ids import read_heading

FIRST = 30  # rows that are always read: titles, headings, and enough to see how the workbook says things


class NoDigest(Exception):
    """The workbook cannot be shortened so that it surely reads the same."""


class Heading(NamedTuple):
    """Where the hidden column's heading stands."""

    sheet: str
    letter: str
    row: int


@dataclass(frozen=True)
class Digest:
    """The sheets with the rows that were left closed up; `rows` gives each row's number in the workbook."""

    sheets: tuple[Grid, ...]
    rows: Mapping[str, Sequence[int]]

    def as_it_lies(self, edit: CellEdit) -> CellEdit:
        """The same change named by the workbook's own rows."""
        value = edit.value
        if isinstance(value, Coloured) and value.like:
            value = value._replace(like=self._own(edit.sheet, value.like))
        return CellEdit(edit.sheet, self._own(edit.sheet, edit.cell), value)

    def headings(self) -> list[Heading]:
        """The hidden column's heading on each sheet that has one. It stands among the first rows."""
        return [
            Heading(grid.sheet, letter(col), row)
            for grid in self.sheets
            for (row, col), cell in grid.cells.items()
            if row <= FIRST and read_heading(cell.value)
        ]

    def _own(self, sheet: str, cell: str) -> str:
        row, col = place(cell)
        return address(row if row <= FIRST else self.rows[sheet][row - FIRST - 1], col)


def digest_of(content: bytes, ids: Collection[str]) -> Digest:
    """The rows of these records and the first of each sheet. Raises NoDigest, and Refused for a damaged workbook."""
    try:
        sheets = some_rows(content, ids, FIRST)
    except (NotPlain, TooMany) as why:
        raise NoDigest from why
    later = {grid.sheet: [row for row in grid.rows() if row > FIRST] for grid in sheets}
    return Digest(tuple(_closed_up(grid, later[grid.sheet]) for grid in sheets), later)


def _closed_up(grid: Grid, later: Sequence[int]) -> Grid:
    """The later rows moved up to follow the first ones.

    A merged range whose first row is left out goes with it: what it hides is blank all the same.
    """
    moved = {row: FIRST + at for at, row in enumerate(later, start=1)}
    return replace(
        grid,
        cells={(moved.get(row, row), col): cell for (row, col), cell in grid.cells.items()},
        blank_fills={(moved.get(row, row), col): fill for (row, col), fill in grid.blank_fills.items()},
        merges=tuple(_moved(box, moved, later) for box in grid.merges if box.top <= FIRST or box.top in moved),
        tables=(),
        filter_ref=None,
    )


def _moved(box: Box, moved: Mapping[int, int], later: Sequence[int]) -> Box:
    last = FIRST + bisect_right(later, box.bottom)
    return box._replace(top=moved.get(box.top, box.top), bottom=min(box.bottom, last))
