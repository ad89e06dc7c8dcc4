"""This file holds a workbook beside the plan: which record each row is, what stands in each cell, what is alive."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from plan.fields import Kind
from plan.rag import Status
from plan.snapshot import Item, Snapshot
from sync.grid import BLANK, Cell, Grid, number, place
from sync.key import find_key
from sync.layout import NO_STATUS, Column, Table
from sync.reading import Piece, Reading
from sync.splits import chosen, told_apart

LISTED = (Kind.ACHIEVEMENT, Kind.ACTION)
Row = tuple[str, int]
_TableRow = tuple[int, int]  # a table by its place in the layout; reckoning its hash for each row takes long


class Page:
    """A reading, the records its pieces are, and the plan as it shall be written."""

    def __init__(self, sheets: Sequence[Grid], reading: Reading, ids: Mapping[int, str], target: Snapshot) -> None:
        self.sheets = {grid.sheet: grid for grid in sheets}
        self.reading, self.ids, self.target = reading, ids, target
        self.tables = reading.layout.tables

    def item(self, piece: Piece) -> Item | None:
        """The record a piece is, None where the plan has taken it out, or to another requirement."""
        id = self.ids[piece.key]
        return self.target[id] if self.alive(id) and not self.moved(piece) else None

    def moved(self, piece: Piece) -> bool:
        """Whether the plan has the record under another requirement of the workbook than this."""
        id = self.ids[piece.key]
        if piece.kind not in LISTED or piece.parent is None or id not in self.target:
            return False
        stands, above = self.target[id].parent, self.ids[piece.parent]
        return stands != above and above in self.target and stands in self._requirements

    @cached_property
    def _requirements(self) -> frozenset[str]:
        return frozenset(self.ids[piece.key] for piece in self.reading.pieces if piece.kind is Kind.REQUIREMENT)

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
        wanted = list(rows)
        return [t for t in self.tables if t.sheet == sheet and any(t.first_row <= r <= t.last_row for r in wanted)]

    def table_of(self, piece: Piece) -> Table | None:
        """The table a piece stands in: of several beside each other, the one that holds its cells."""
        here = self.tables_of(piece.sheet, piece.rows[:1])
        if len(here) < 2:
            return next(iter(here), None)
        cells = {said.cell for values in piece.values.values() for said in values if said.sheet == piece.sheet}
        return next((t for t in here if any(_holds(t, cell) for cell in cells)), here[0])

    def is_listed(self, piece: Piece) -> bool:
        """Whether a piece stands in a cell that may list several."""
        table = self.table_of(piece) if piece.kind in LISTED else None
        if table is None:
            return False
        return is_listed(table, piece.kind) or (piece.kind is Kind.ACTION and self.is_split(table, piece.rows[0]))

    def is_split(self, table: Table, row: int) -> bool:
        """Whether a row's actions are lines of one cell, as somebody chose for it, and any of them is still there."""
        return bool(self.told_apart(table, row)) and any(self.item(p) for p in self._actions(table, row))

    def told_apart(self, table: Table, row: int) -> Collection[str]:
        """The fields of a row's actions that its cells tell apart by lines, as somebody chose for that row."""
        splits = self.reading.layout.splits
        actions = self._actions(table, row) if splits else []
        if len(actions) < 2:
            return ()
        lines = [str(said.value) for piece in actions for said in piece.values.get("text", ())]
        return told_apart(chosen(splits, lines, actions[0].hints))

    def _actions(self, table: Table, row: int) -> list[Piece]:
        here = (piece for piece in self.on_row.get((table.sheet, row), ()) if piece.kind is Kind.ACTION)
        return [piece for piece in here if self.table_of(piece) == table]

    def cell(self, sheet: str, letter: str, row: int) -> Cell:
        """What stands in a cell now."""
        grid = self.sheets.get(sheet)
        return grid.at(row, number(letter)) if grid else BLANK

    def said_in(self, sheet: str, address: str) -> Iterator[tuple[Kind, str, str]]:
        """The fields, each with its record, that a cell speaks of or could."""
        row, col = place(address)
        for piece in self.reading.pieces:
            for name, told in piece.values.items():
                if any((said.sheet, said.cell) == (sheet, address) for said in told):
                    yield piece.kind, self.ids[piece.key], name
        for piece in self.on_row.get((sheet, row), []):
            table = self.table_of(piece)
            for column in columns_for(table, piece.kind) if table else ():
                if number(column.letter) == col and column.field not in piece.values:
                    yield piece.kind, self.ids[piece.key], str(column.field)

    def column_cells(self, sheet: str, letter: str) -> list[Cell]:
        """The cells with content of a column, within the sheet's tables."""
        return [cell for _, cell in self._by_column.get((sheet, number(letter)), [])]

    @cached_property
    def _by_column(self) -> Mapping[tuple[str, int], list[tuple[int, Cell]]]:
        found: dict[tuple[str, int], list[tuple[int, Cell]]] = {}
        for sheet, grid in self.sheets.items():
            spans = [(t.first_row, t.last_row) for t in self.tables if t.sheet == sheet]
            for (row, col), cell in grid.cells.items() if spans else ():
                if any(first <= row <= last for first, last in spans):
                    found.setdefault((sheet, col), []).append((row, cell))
        return found

    @cached_property
    def by_id(self) -> Mapping[str, Piece]:
        """The piece of each record that stands in the workbook where the plan has it."""
        return {self.ids[piece.key]: piece for piece in self.reading.pieces if not self.moved(piece)}

    @cached_property
    def on_row(self) -> Mapping[Row, list[Piece]]:
        """The pieces that stand on each row (a requirement on all rows of its block)."""
        found: dict[Row, list[Piece]] = {}
        for piece in self.reading.pieces:
            for row in piece.rows:
                found.setdefault((piece.sheet, row), []).append(piece)
        return found

    @cached_property
    def meanings(self) -> Mapping[str, Status | None]:
        """What this workbook's own status words mean, by their normalised form: its key, and what people settled."""
        settled = self.reading.layout.meanings.items()
        known = {words: None if said == NO_STATUS else Status(said) for words, said in settled}
        return {**find_key(list(self.sheets.values()), self.reading.layout).meanings, **known}

    @cached_property
    def _owner(self) -> Mapping[_TableRow, str]:
        """The requirement of each row: its own, or that of the records on it (in a table of its own)."""
        owners: dict[_TableRow, str] = {}
        parents = {piece.key: piece for piece in self.reading.pieces}
        said_there: set[_TableRow] = set()
        for (sheet, row), pieces in self.on_row.items():
            here = self.tables_of(sheet, [row])
            for piece in pieces:
                head = piece if piece.kind is Kind.REQUIREMENT else parents.get(piece.parent or -1)
                if head is None or head.kind is not Kind.REQUIREMENT:
                    continue
                for table in here if len(here) < 2 else self._tables_with(piece, here):
                    # Beside another table, cells on this very row say more than a row that is carried on.
                    at = (self.tables.index(table), row)
                    sure = len(here) < 2 or _speaks_on(piece, table, row)
                    if sure or at not in said_there:
                        owners[at] = self.ids[head.key]
                    if sure:
                        said_there.add(at)
        return owners

    def owner_of(self, table: Table, row: int) -> str | None:
        """The requirement that a row of a table belongs to."""
        return self._owner.get((self.tables.index(table), row))

    def _tables_with(self, piece: Piece, tables: Sequence[Table]) -> list[Table]:
        cells = {said.cell for values in piece.values.values() for said in values if said.sheet == piece.sheet}
        return [table for table in tables if any(_holds(table, cell) for cell in cells)]

    @cached_property
    def _blocks(self) -> Mapping[tuple[str, int], list[int]]:
        blocks: dict[tuple[str, int], list[int]] = {}
        for (table, row), owner in sorted(self._owner.items()):
            blocks.setdefault((owner, table), []).append(row)
        return blocks

    def block(self, requirement: str, table: Table) -> list[int]:
        """The rows of a table that belong to a requirement, in order."""
        return self._blocks.get((requirement, self.tables.index(table)), [])

    def blocks_of(self, table: Table) -> Iterator[list[int]]:
        """The rows of each requirement of a table."""
        at = self.tables.index(table)
        return (rows for (_owner, place), rows in self._blocks.items() if place == at)


def _holds(table: Table, cell: str) -> bool:
    row, col = place(cell)
    return table.first_row <= row <= table.last_row and col in {number(c.letter) for c in table.columns}


def _speaks_on(piece: Piece, table: Table, row: int) -> bool:
    cells = (said.cell for values in piece.values.values() for said in values if said.sheet == table.sheet)
    return any(place(cell)[0] == row and _holds(table, cell) for cell in cells)


def columns_for(table: Table, kind: Kind) -> list[Column]:
    """The columns of a table that hold one kind of record, months' columns aside."""
    return [c for c in table.columns if c.kind is kind and c.field and not c.period]


def is_listed(table: Table, kind: Kind) -> bool:
    """Whether a table lists several records of this kind in one cell."""
    return any(c.lines for c in columns_for(table, kind))
