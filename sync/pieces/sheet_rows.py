"""This file reads the cells of one table's rows: values by field, problems noted, the hidden column's ids."""

from dataclasses import dataclass
from functools import cached_property

from plan.fields import BY_NAME, Kind, Shape, Value
from sync.cells import Reader, Unread
from sync.detect.heads import identity_column
from sync.detect.rows import is_banner, is_guidance, is_total
from sync.grid import BLANK, Cell, Grid, address, number
from sync.headings import Word, meaning, normalise
from sync.layout import Column, Table, ThemesFrom
from sync.months import names_only_when, period
from sync.pieces.gathering import Gathering
from sync.pieces.statuses import StatusCells
from sync.reading import Origin, Said
from sync.row_ids import read_heading, read_row

Read = dict[str, Said]
"""What the cells of one record's columns say, by field; a cell that was not understood says nothing."""


@dataclass(frozen=True)
class SheetRows:
    """A table of the layout as it lies on its sheet."""

    table: Table
    grid: Grid
    gathering: Gathering

    @cached_property
    def columns(self) -> dict[Kind, list[tuple[int, Column]]]:
        """The columns that are read, with their numbers, by the kind of record they speak of."""
        found: dict[Kind, list[tuple[int, Column]]] = {}
        for column in self.table.columns:
            if column.kind and column.field:
                found.setdefault(column.kind, []).append((number(column.letter), column))
        return found

    @cached_property
    def fields(self) -> dict[Kind, list[tuple[int, str, str, Reader | None]]]:
        """The columns that hold a field on every row, by the kind they speak of: number, letter, field, its reader."""
        return {
            kind: [
                (col, column.letter, column.field, self._reader(kind, column.field))
                for col, column in columns
                if column.field and not column.period
            ]
            for kind, columns in self.columns.items()
        }

    @cached_property
    def rows(self) -> list[int]:
        """The rows of the table that hold anything, from the top."""
        return self.grid.rows_between(self.table.first_row, self.table.last_row)

    @cached_property
    def every_column(self) -> list[int]:
        """The numbers of all the table's columns, read or not."""
        return [number(column.letter) for column in self.table.columns]

    @cached_property
    def statuses(self) -> StatusCells:
        """The table's status cells, by word and by colour."""
        return StatusCells(self.table, self.grid, self.gathering)

    @cached_property
    def identity(self) -> tuple[int, Origin] | None:
        """The number of the hidden column and what its heading says, where the table has one."""
        col = identity_column(self.grid, self.table.heading_rows)
        above = reversed(self.grid.rows_between(1, max(self.table.heading_rows))) if col else ()
        said = (read_heading(self.grid.at(row, col).value) for row in above if col)
        origin = next((each for each in said if each), None)
        return (col, origin) if col and origin else None

    @cached_property
    def begun(self) -> frozenset[str]:
        """The ids of requirements that have words on some row where the hidden column names them."""
        rows = self.rows if self.identity else []
        named = (row for row in rows if self.any_words(row, Kind.REQUIREMENT))
        return frozenset(id for row in named for id in self.hints(row, Kind.REQUIREMENT))

    @cached_property
    def originals(self) -> tuple[int, ...]:
        """Columns of first dates beside a revised one: they hold where the revised cell is blank."""
        timescale = self.table.column_of(Kind.ACTION, "timescale")
        if not timescale or not _means(timescale, Word.REVISED):
            return ()
        return tuple(number(c.letter) for c in self.table.columns if not c.kind and _means(c, Word.TIMESCALE))

    def col(self, kind: Kind, name: str) -> int | None:
        """The number of the column that holds a field."""
        return self._cols.get((kind, name))

    @cached_property
    def _cols(self) -> dict[tuple[Kind, str | None], int]:
        """The first column of each field."""
        listed = [((kind, column.field), col) for kind, columns in self.columns.items() for col, column in columns]
        return dict(reversed(listed))

    def cell(self, row: int, col: int | None) -> Cell:
        """The cell of a column that may not be there."""
        return self.grid.at(row, col) if col else BLANK

    def hints(self, row: int, kind: Kind) -> tuple[str, ...]:
        """The ids of a kind that the hidden column names on a row."""
        if not self.identity:
            return ()
        if row not in self._named:
            self._named[row] = read_row(self.grid.at(row, self.identity[0]).value)
        return self._named[row].get(kind, ())

    def is_banner(self, row: int) -> bool:
        """Whether the row is a theme's banner."""
        if self.table.themes is not ThemesFrom.BANNER:
            return False
        return is_banner(self.grid, row, self.every_column, self.table.columns[0].heading)

    @cached_property
    def _column_at(self) -> dict[int, Column]:
        """The columns of the table by their numbers."""
        return dict(zip(self.every_column, self.table.columns, strict=True))

    def is_no_record(self, row: int) -> bool:
        """Whether the row is blank, says the headings again, counts other rows, or says how to fill the table in."""
        columns, here = self._column_at, self.grid.row(row)
        cols = [c for c, cell in here.items() if c in columns and (cell.value is not None or cell.formula is not None)]
        said = [here[col] for col in cols]
        if not said:
            return not (self.identity and self.grid.at(row, self.identity[0]).value)
        worded = self._has_months or all(type(cell.value) is str for cell in said)
        if len(said) > 1 and worded and all(_is_heading(columns[col], here[col]) for col in cols):
            return True
        if is_total(said) and not (self.identity and self.cell(row, self.identity[0]).value):
            return True
        return row == self.table.first_row and is_guidance(said) and len(said) > 1

    @cached_property
    def _has_months(self) -> bool:
        return any(column.period for column in self.table.columns)

    @cached_property
    def numbers_stand_in_words(self) -> bool:
        """Whether a requirement's number is to be found before its words, in one cell."""
        column = self.table.column_of(Kind.REQUIREMENT, "text")
        return column is not None and column.numbered

    def read(self, row: int, kind: Kind) -> Read:
        """What a row's cells say of one kind of record, blank ones included (their value is None)."""
        said: Read = {}
        cells, sheet = self.grid.row(row), self.table.sheet
        for col, letter, name, reader in self.fields.get(kind, ()):
            value = reader.read(cells.get(col, BLANK)) if reader else None
            if reader and not isinstance(value, Unread):  # as of nearly every cell: no call more
                said[name] = Said(value, sheet, f"{letter}{row}")
            elif one := self.said(row, col, kind, name):
                said[name] = one
        return said

    def said(self, row: int, col: int, kind: Kind, name: str) -> Said | None:
        """What one cell says of a field; None, with a problem noted, where it is not understood."""
        reader = self._reader(kind, name)
        if reader is None:
            return self.statuses.said(row, col, BY_NAME[kind, name])
        return self._told(reader.read(self.grid.at(row, col)), address(row, col))

    def _told(self, value: Value | Unread, at: str) -> Said | None:
        if isinstance(value, Unread):
            self.gathering.problem(self.table.sheet, at, value.found, value.message)
            return None
        return Said(value, self.table.sheet, at)

    def _reader(self, kind: Kind, name: str) -> Reader | None:
        """What reads a field's cells; none for statuses, whose colour speaks as well."""
        if (kind, name) not in self._readers:
            which = BY_NAME[kind, name]
            self._readers[kind, name] = None if which.shape is Shape.STATUS else Reader(which)
        return self._readers[kind, name]

    def any_words(self, row: int, kind: Kind, but: str = "") -> bool:
        """Whether any cell of a kind's columns on this row holds anything."""
        cells = self.grid.row(row)
        return any(
            column.field != but and col in cells and not cells[col].blank for col, column in self.columns.get(kind, ())
        )

    @cached_property
    def _readers(self) -> dict[tuple[Kind, str], Reader | None]:
        return {}

    @cached_property
    def _named(self) -> dict[int, dict[Kind, tuple[str, ...]]]:
        """What the hidden column was found to name, by row: each row is asked for several kinds."""
        return {}


def blank(said: Said | None) -> bool:
    """Whether a field is said to be blank, or nothing is said of it."""
    return said is None or said.value is None


def words(said: Said | None) -> str | None:
    """The words that are said, None where there are none."""
    value: Value = said.value if said else None
    return None if value is None else str(value)


def _is_heading(column: Column, cell: Cell) -> bool:
    if column.period:
        return period(cell) == column.period or names_only_when(cell.words)
    if names_only_when(cell.words):
        return column.heading.endswith(f" {' '.join(cell.words.split())}")
    return bool(cell.words) and normalise(cell.words) == normalise(column.heading)


def _means(column: Column, word: Word) -> bool:
    found = meaning(column.heading)
    return found is not None and found.word is word
