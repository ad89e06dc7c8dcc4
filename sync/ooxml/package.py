"""This file opens a workbook's package and patches it: only what must change does."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Self

from openpyxl.utils import column_index_from_string

from sync.ooxml import archive
from sync.ooxml.book import Book, Sheet
from sync.ooxml.cells import CellWriter, Writing
from sync.ooxml.column import PlacedColumn, column_cells, finish_column, place_column
from sync.ooxml.edits import CellEdit, HiddenColumn, Patched, Refused, RowInsert, RowRemove, SheetName
from sync.ooxml.grid import Grid, widened
from sync.ooxml.markup import attributes, damage_refused, first_tag
from sync.ooxml.parts import Parts
from sync.ooxml.recalculation import drop_calculation_chain, has_formulas, recalculate_on_load
from sync.ooxml.rows.moves import RowMoves
from sync.ooxml.rows.moving import move_rows, notes_on_moves, whereabouts


class Package:
    """One .xlsx or .xlsm as it was opened. Patching leaves it as it is and gives a new one."""

    def __init__(self, opened: archive.Archive) -> None:
        self._archive = opened
        self._sheets = Book(Parts(opened)).names()

    @classmethod
    def open(cls, content: bytes) -> Self:
        """Raises Refused for what is no workbook or must not be changed: encrypted, signed, damaged."""
        with damage_refused():
            return cls(archive.read(content))

    @property
    def sheets(self) -> tuple[SheetName, ...]:
        """The sheets that hold cells, in the workbook's order."""
        return self._sheets

    def patch(
        self,
        *,
        cells: Iterable[CellEdit] = (),
        inserts: Iterable[RowInsert] = (),
        removes: Iterable[RowRemove] = (),
        columns: Iterable[HiddenColumn] = (),
    ) -> Patched:
        """The workbook with these changes, all named by the rows and columns that it has now.

        Raises Refused, changing nothing, where a change would damage what staff have there.
        """
        patch = _Patch(Book(Parts(self._archive)))
        edits, new_rows = tuple(cells), tuple(inserts)
        with damage_refused():
            patch.write(edits, new_rows, tuple(columns))
            patch.move(new_rows, tuple(removes))
            parts = patch.finish()
        content = archive.write(self._archive, parts.contents)
        return Patched(content, parts.changed(), tuple(dict.fromkeys(patch.notes)), whereabouts(patch.moves))


class _Patch:
    """One patch under way."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.notes: list[str] = []
        self.placed: dict[str, PlacedColumn] = {}
        self.reserved: dict[str, frozenset[int]] = {}
        self.moves: dict[str, RowMoves] = {}
        self.values_changed = False
        self.formulas_changed = False
        self.writing = Writing(book.strings(), book.formats(), book.date1904)

    def write(
        self, cells: tuple[CellEdit, ...], inserts: tuple[RowInsert, ...], columns: tuple[HiddenColumn, ...]
    ) -> None:
        self.reserved = {
            name: frozenset(column_index_from_string(letter) for row in rows for letter in row.values)
            for name, rows in _by_sheet(inserts).items()
        }
        for name in dict.fromkeys([*(cell.sheet for cell in cells), *(column.sheet for column in columns)]):
            own = [column for column in columns if column.sheet == name]
            if len(own) > 1:
                raise Refused(f"Sheet {name!r} can have one hidden column only. Nothing was changed.")
            self._write_sheet(self.book.sheet(name), [cell for cell in cells if cell.sheet == name], own)

    def _write_sheet(self, sheet: Sheet, edits: list[CellEdit], columns: list[HiddenColumn]) -> None:
        grid = Grid(self.book.parts[sheet.part])
        headings = frozenset(place for table in self.book.tables(sheet) for place in table.headings)
        writer = CellWriter(sheet.name, grid, self.writing, headings)
        new = writer.changed(edits)
        self.values_changed |= bool(new)
        self.formulas_changed |= writer.formula_went
        if new:
            self._note_protection(sheet)
        for column in columns:
            self._place(sheet, grid, writer, column, new)
        xml = _spliced(grid, new)
        if sheet.name in self.placed:
            xml = finish_column(self.book, sheet, xml, self.placed[sheet.name])
        self.book.parts[sheet.part] = xml

    def _place(
        self,
        sheet: Sheet,
        grid: Grid,
        writer: CellWriter,
        column: HiddenColumn,
        new: dict[int, dict[int, bytes]],
    ) -> None:
        edited = {column for cells in new.values() for column in cells}
        reserved = self.reserved.get(sheet.name, frozenset()) | edited
        placed = self.placed[sheet.name] = place_column(self.book, sheet, grid, column, reserved)
        for row, cells in column_cells(writer, placed, column).items():
            new.setdefault(row, {}).update(cells)
        if placed.note:
            self.notes.append(placed.note)

    def _note_protection(self, sheet: Sheet) -> None:
        tag = first_tag(self.book.parts[sheet.part], "sheetProtection")
        if tag is not None and attributes(tag[0]).get("sheet") in ("1", "true"):
            self.notes.append(
                f"Sheet {sheet.name!r} is protected: it was changed all the same, and it stays protected."
            )

    def move(self, inserts: tuple[RowInsert, ...], removes: tuple[RowRemove, ...]) -> None:
        if not inserts and not removes:
            return
        self.values_changed = True
        with_hidden = tuple(self._with_hidden(insert) for insert in inserts)
        self.moves = move_rows(self.book, self.writing, with_hidden, removes)
        self.formulas_changed |= has_formulas(self.book)
        for name in self.moves:
            self._note_protection(self.book.sheet(name))
        self.notes += notes_on_moves(self.book, self.moves)

    def _with_hidden(self, insert: RowInsert) -> RowInsert:
        placed = self.placed.get(insert.sheet)
        if insert.hidden is None or placed is None:
            return insert
        return replace(insert, values={**insert.values, placed.letter: insert.hidden})

    def finish(self) -> Parts:
        self.book.keep_formats(self.writing.formats)
        if self.values_changed:
            recalculate_on_load(self.book)
        if self.formulas_changed:
            drop_calculation_chain(self.book)
        return self.book.parts


def _by_sheet(inserts: tuple[RowInsert, ...]) -> dict[str, list[RowInsert]]:
    rows: dict[str, list[RowInsert]] = {}
    for insert in inserts:
        rows.setdefault(insert.sheet, []).append(insert)
    return rows


def _spliced(grid: Grid, new: dict[int, dict[int, bytes]]) -> bytes:
    if not new:
        return grid.xml
    last_column = max(column for cells in new.values() for column in cells)
    return widened(grid.spliced(new), min(new), max(new), last_column)
