"""This file holds a workbook beside the plan: which record each row is, what stands in each cell, what is alive."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from plan.fields import Kind
from plan.snapshot import Item, Snapshot
from sync.grid import BLANK, Cell, Grid, number
from sync.layout import Column, Table
from sync.reading import Piece, Reading

LISTED = (Kind.ACHIEVEMENT, Kind.ACTION)
Row = tuple[str, int]


class Page:
    """A reading, the records its pieces are, and the plan as it shall be written."""

    def __init__(self, sheets: Sequence[Grid], reading: Reading, ids: Mapping[int, str], target: Snapshot) -> None:
        self.sheets = {grid.sheet: grid for grid in sheets}
        self.reading, self.ids, self.target = reading, ids, target
        self.tables = reading.layout.tables

    def item(self, piece: Piece) -> Item | None:
        """The record a piece is, None where the plan has taken it out."""
        id = self.ids[piece.key]
        return self.target[id] if self.alive(id) else None

    def alive(self, id: str | None) -> bool:
        """Whether a record and all it stands under are there."""
        while id is not None:
            item = self.target.get(id)
            if item is None or not item.present:
                return False
            id = item.parent
        return True

    def tables_of(self, sheet: str, rows: Iterable[int]) -> list[Table]:
        """The tables of a sheet that hold any of these rows."""
        wanted = set(rows)
        return [t for t in self.tables if t.sheet == sheet and wanted & set(range(t.first_row, t.last_row + 1))]

    def cell(self, sheet: str, letter: str, row: int) -> Cell:
        """What stands in a cell now."""
        grid = self.sheets.get(sheet)
        return grid.at(row, number(letter)) if grid else BLANK

    def column_cells(self, sheet: str, letter: str) -> list[Cell]:
        """The cells with content of a column, within the sheet's tables."""
        grid = self.sheets[sheet]
        col = number(letter)
        rows = {row for t in self.tables if t.sheet == sheet for row in range(t.first_row, t.last_row + 1)}
        return [cell for (row, at), cell in grid.cells.items() if at == col and row in rows]

    @cached_property
    def by_id(self) -> Mapping[str, Piece]:
        """The piece of each record that stands in the workbook."""
        return {self.ids[piece.key]: piece for piece in self.reading.pieces}

    @cached_property
    def on_row(self) -> Mapping[Row, list[Piece]]:
        """The pieces that stand on each row (a requirement on all rows of its block)."""
        found: dict[Row, list[Piece]] = {}
        for piece in self.reading.pieces:
            for row in piece.rows:
                found.setdefault((piece.sheet, row), []).append(piece)
        return found

    @cached_property
    def owner(self) -> Mapping[Row, str]:
        """The requirement each row belongs to: its own, or that of the records on it (in a table of its own)."""
        owners: dict[Row, str] = {}
        parents = {piece.key: piece for piece in self.reading.pieces}
        for place, pieces in self.on_row.items():
            for piece in pieces:
                head = piece if piece.kind is Kind.REQUIREMENT else parents.get(piece.parent or -1)
                if head is not None and head.kind is Kind.REQUIREMENT:
                    owners[place] = self.ids[head.key]
        return owners

    def block(self, requirement: str, table: Table) -> list[int]:
        """The rows of a table that belong to a requirement, in order."""
        return sorted(
            row
            for (sheet, row), owner in self.owner.items()
            if sheet == table.sheet and owner == requirement and table.first_row <= row <= table.last_row
        )


def columns_for(table: Table, kind: Kind) -> list[Column]:
    """The columns of a table that hold one kind of record, months' columns aside."""
    return [c for c in table.columns if c.kind is kind and c.field and not c.period]


def is_listed(table: Table, kind: Kind) -> bool:
    """Whether a table lists several records of this kind in one cell."""
    return any(c.lines for c in columns_for(table, kind))
