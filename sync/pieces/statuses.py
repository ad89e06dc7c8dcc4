"""This file reads status cells: by their word, and where they have none by the colour they are filled with."""

from dataclasses import dataclass
from functools import cached_property

from plan import rag
from plan.fields import Field, Value
from plan.rag import Status
from sync.cells import Reader, Unread
from sync.fills import is_pale, status_of
from sync.grid import Cell, Grid, address, number
from sync.layout import Table
from sync.pieces.gathering import Gathering
from sync.reading import Said

_SEVERAL = 3


@dataclass(frozen=True)
class StatusCells:
    """The status cells of one table."""

    table: Table
    grid: Grid
    gathering: Gathering

    def said(self, row: int, col: int, which: Field) -> Said | None:
        """What one cell says; None, with the words noted, where nobody has said yet what they mean."""
        cell, at, fill = self.grid.at(row, col), address(row, col), self.fill(row, col)
        if cell.blank:
            if fill is None:
                self._tell_of_rules(row, col, at)
            return Said(fill.value if fill else None, self.table.sheet, at, by_fill=fill is not None)
        status = self._read(which, cell)
        if isinstance(status, Unread):
            self.gathering.problem(self.table.sheet, at, status.found, status.message)
            if not cell.is_error and cell.value is not None:
                self.gathering.unknown_status(Said(status.found, self.table.sheet, at), fill)
            return None
        if status and fill and status != fill.value:
            self._disagree(at, Status(str(status)), fill)
        return Said(status, self.table.sheet, at)

    def _read(self, which: Field, cell: Cell) -> Value | Unread:
        """What a cell's word says, or why nothing; the few words of a column are understood once each."""
        if which.name not in self._readers:
            self._readers[which.name] = Reader(which, self.gathering.meanings)
        return self._readers[which.name].read(cell)

    @cached_property
    def _readers(self) -> dict[str, Reader]:
        return {}

    def fill(self, row: int, col: int) -> Status | None:
        """The status that a cell's colour shows; none where the colour is the column's, the row's or a merge's."""
        status = status_of(self.grid.fill_at(row, col))
        if status is None or self._is_covered(row, col) or self._is_plain(col) or self._is_rows(row, col):
            return None
        return status

    @cached_property
    def _columns(self) -> list[int]:
        return [number(column.letter) for column in self.table.columns]

    def _is_plain(self, col: int) -> bool:
        """Whether a column's one colour is only how it looks."""
        if col not in self._looks:
            self._looks[col] = col in self._columns and self._has_one_look(col)
        return self._looks[col]

    @cached_property
    def _looks(self) -> dict[int, bool]:
        return {}

    def _has_one_look(self, col: int) -> bool:
        below = self.grid.rows_between(self.table.first_row, self.table.last_row)
        fills = {fill for row in below if (fill := self.grid.fill_at(row, col)) or not self._is_covered(row, col)}
        if len(fills) != 1:
            return False
        only = fills.pop()
        headed = self.grid.fill_at(*self.grid.anchor(self.table.heading_rows[-1], col)) == only
        # One pale colour all the way down marks where to write rather than how all is going.
        return only is None or headed or (is_pale(only) and len(below) >= _SEVERAL)

    def _is_covered(self, row: int, col: int) -> bool:
        return self.grid.anchor(row, col) != (row, col)

    def _is_rows(self, row: int, col: int) -> bool:
        """Whether most other cells of the row have the same fill: a stripe, a banner or a closed row."""
        own, cells, blank_fills = self.grid.fill_at(row, col), self.grid.row(row), self.grid.blank_fills
        others = [other for other in self._columns if other != col]
        fills = [cells[at].fill if at in cells else blank_fills.get((row, at)) for at in others]
        return len(others) > 1 and fills.count(own) * 2 > len(others)

    def _tell_of_rules(self, row: int, col: int, at: str) -> None:
        """Say once of a column that its colours come from a rule that could not be worked out."""
        covering = any(box.top <= row <= box.bottom and box.left <= col <= box.right for box in self.grid.unread_rules)
        if covering and col not in self._told_of:
            self._told_of.add(col)
            self.gathering.problem(
                self.table.sheet,
                at,
                "a colour that comes from a rule",
                "The colours of this column come from a rule of conditional formatting that could not be worked out: "
                "cells without a word there are read as no status. Nothing is cleared; write the word of the colour "
                "into the cells, or set the status in the plan.",
            )

    @cached_property
    def _told_of(self) -> set[int]:
        return set()

    def _disagree(self, at: str, status: Status, fill: Status) -> None:
        self.gathering.problem(
            self.table.sheet,
            at,
            f"{rag.say(status)}, coloured {fill.value}",
            f"The cell says {status.value} but is coloured {fill.value}. The word is taken. Colour the cell to match, "
            "or correct the word, and upload the workbook again.",
        )
