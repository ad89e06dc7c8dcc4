"""This file is one table as it stands on a sheet: its headings, and the rows under them."""

from dataclasses import dataclass
from functools import cached_property

from sync.detect.heads import Head, says_again
from sync.grid import Cell, Grid


@dataclass(frozen=True)
class Block:
    """A table as it stands on a sheet. `above` is the row before it that belongs to another table, or 0."""

    grid: Grid
    heading_rows: tuple[int, ...]
    heads: tuple[Head, ...]
    first_row: int
    last_row: int
    above: int = 0

    @cached_property
    def signature(self) -> tuple[str, ...]:
        """The headings as compared: tables alike have the same, wherever they stand."""
        return tuple(head.plain for head in self.heads)

    def row(self, row: int) -> list[Cell]:
        """The cells of one row, one for each heading; blank ones with their fill."""
        return [_seen(self.grid, row, head.col) for head in self.heads]

    def repeats_headings(self, row: int) -> bool:
        """Whether a row only says the headings again, as after a page break."""
        said = [(head, cell) for head, cell in zip(self.heads, self.row(row), strict=True) if not cell.blank]
        return len(said) > 1 and all(says_again(head, cell) for head, cell in said)


def _seen(grid: Grid, row: int, col: int) -> Cell:
    fill = grid.blank_fills.get((row, col))
    return Cell(fill=fill) if fill else grid.at(row, col)
