"""This file opens a workbook's package and patches it: only what must change does."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import NamedTuple, Self

from openpyxl.utils import column_index_from_string

from sync.ooxml import archive
from sync.ooxml.book import Book, Sheet
from sync.ooxml.cells import CellWriter, Writing
from sync.ooxml.column import NoColumn, PlacedColumn, column_cells, hide_column, place_column, take_into_filter
from sync.ooxml.edits import (
    CellEdit,
    Feet,
    HiddenColumn,
    Marking,
    Patched,
    Refused,
    RowInsert,
    RowRemove,
    SheetName,
    UnfitCells,
    Unmovable,
    Whereabouts,
)
from sync.ooxml.grid import Grid, joined, widened
from sync.ooxml.marking import marked
from sync.ooxml.marks import Marks
from sync.ooxml.markup import attributes, damage_refused, first_tag
from sync.ooxml.parts import Parts
from sync.ooxml.recalculation import drop_calculation_chain, has_formulas, recalculate_on_load
from sync.ooxml.rows.moves import RowMoves
from sync.ooxml.rows.moving import move_rows, notes_on_moves, whereabouts

_MOST_NAMED = 20  # cells in one sentence


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
        marking: Marking | None = None,
        feet: Feet | None = None,
        else_at_end: bool = False,
    ) -> Patched:
        """The workbook with these changes, all named by the rows and columns that it has now.

        `feet` is asked for the lines under the footers once rows and hidden columns are in place.

        Raises Refused, changing nothing, where a change would damage what staff have there: UnfitCells, with all of
        them, where leaving some cells as they are is enough. With
        `else_at_end`, rows that cannot be moved safely stay: new ones go to the end of their sheet and none
        is removed there, and a note says so and why.
        """
        wanted = _Wanted(tuple(cells), tuple(inserts), tuple(removes), tuple(columns), marking, feet)
        at_end: dict[str, str] = {}
        while True:
            try:
                return self._patched(wanted, at_end)
            except Unmovable as refusal:
                settled = wanted.moving & {refusal.sheet} if refusal.sheet else wanted.moving
                if not else_at_end or settled <= at_end.keys():
                    raise
                at_end |= dict.fromkeys(sorted(settled), refusal.reason)

    def _patched(self, wanted: "_Wanted", at_end: Mapping[str, str]) -> Patched:
        patch = _Patch(Book(Parts(self._archive)))
        with damage_refused():
            patch.write(wanted.cells, wanted.inserts, wanted.columns)
            patch.move(wanted.inserts, wanted.removes, at_end)
            patch.mark(wanted.marking, wanted.feet)
            parts = patch.finish()
        content = archive.write(self._archive, parts.written, parts.dropped)
        return Patched(content, parts.changed(), tuple(dict.fromkeys(patch.notes)), whereabouts(patch.moves))


class _Wanted(NamedTuple):
    """All that one patch is asked to change."""

    cells: tuple[CellEdit, ...]
    inserts: tuple[RowInsert, ...]
    removes: tuple[RowRemove, ...]
    columns: tuple[HiddenColumn, ...]
    marking: Marking | None
    feet: Feet | None

    @property
    def moving(self) -> set[str]:
        return {insert.sheet for insert in self.inserts} | {remove.sheet for remove in self.removes}


class _Patch:
    """One patch under way."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.notes: list[str] = []
        self.placed: dict[str, PlacedColumn] = {}
        self.reserved: dict[str, frozenset[int]] = {}
        self.moves: dict[str, RowMoves] = {}
        self.values_changed = False
        self.unfit: dict[tuple[str, str], str] = {}
        self.formulas_changed = False
        self.writing = Writing(book.strings(), book.formats(), book.date1904)

    def write(
        self, cells: tuple[CellEdit, ...], inserts: tuple[RowInsert, ...], columns: tuple[HiddenColumn, ...]
    ) -> None:
        self.reserved = {
            name: frozenset(column_index_from_string(letter) for row in rows for letter in (*row.values, *row.alone))
            for name, rows in _by_sheet(inserts).items()
        }
        for name in dict.fromkeys([*(cell.sheet for cell in cells), *(column.sheet for column in columns)]):
            own = [column for column in columns if column.sheet == name]
            if len(own) > 1:
                raise Refused(f"Sheet {name!r} can have one hidden column only. Nothing was changed.")
            self._write_sheet(self.book.sheet(name), [cell for cell in cells if cell.sheet == name], own)
        if self.unfit:
            raise UnfitCells(self.unfit)

    def _write_sheet(self, sheet: Sheet, edits: list[CellEdit], columns: list[HiddenColumn]) -> None:
        grid = Grid(self.book.parts[sheet.part])
        headings = frozenset(place for table in self.book.tables(sheet) for place in table.headings)
        writer = CellWriter(sheet.name, grid, self.writing, headings)
        new = writer.changed(edits)
        self.unfit |= {(sheet.name, cell): why for cell, why in writer.unfit.items()}
        self.values_changed |= bool(new)
        self.formulas_changed |= bool(writer.formulas_gone)
        self.notes += _formulas_gone(sheet.name, writer.formulas_gone)
        for column in columns:
            self._place(sheet, grid, writer, column, new)
        if new:
            self._note_protection(sheet, grid.xml)
        if new or sheet.name in self.placed:
            self.book.parts[sheet.part] = self._spliced(sheet, grid, new)

    def _spliced(self, sheet: Sheet, grid: Grid, new: dict[int, dict[int, bytes]]) -> bytes:
        head, tail = grid.head, grid.tail
        if new:
            last_column = max(column for cells in new.values() for column in cells)
            head = widened(head, min(new), max(new), last_column)
        placed = self.placed.get(sheet.name)
        if placed is not None:
            head = hide_column(head, placed)
            tail = take_into_filter(self.book, sheet, tail, placed)
        return joined(chain((head,), grid.spliced(new), (tail,)))

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
        try:
            placed = self.placed[sheet.name] = place_column(self.book, sheet, grid, column, reserved)
        except NoColumn:
            self.notes.append(
                f"Sheet {sheet.name!r} has no free column for the marks by which rows are recognised: none were "
                "written, and rows will be recognised by their content instead."
            )
            return
        for row, cells in column_cells(writer, placed, column).items():
            new.setdefault(row, {}).update(cells)
        if placed.note:
            self.notes.append(placed.note)

    def _note_protection(self, sheet: Sheet, xml: bytes) -> None:
        tag = first_tag(xml, "sheetProtection")
        if tag is not None and attributes(tag[0]).get("sheet") in ("1", "true"):
            self.notes.append(
                f"Sheet {sheet.name!r} is protected: it was changed all the same, and it stays protected."
            )

    def move(self, inserts: tuple[RowInsert, ...], removes: tuple[RowRemove, ...], at_end: Mapping[str, str]) -> None:
        if not inserts and not removes:
            return
        self.values_changed = True
        with_hidden = tuple(self._with_hidden(insert) for insert in inserts)
        self.moves = move_rows(self.book, self.writing, with_hidden, removes, frozenset(at_end))
        self.formulas_changed |= has_formulas(self.book)
        for name in self.moves:
            sheet = self.book.sheet(name)
            self._note_protection(sheet, self.book.parts[sheet.part])
        self.notes += [_went_to_end(name, reason) for name, reason in at_end.items()]
        self.notes += notes_on_moves(self.book, self.moves)

    def mark(self, marking: Marking | None, feet: Feet | None) -> None:
        said = marking if marking and marking.words.strip() else None
        under = {foot.sheet: foot for foot in feet(self._whereabouts())} if feet else {}
        for sheet in self.book.sheets if said or under else ():
            own = said if said and (said.sheets is None or sheet.name in said.sheets) else None
            foot = under.get(sheet.name)
            if sheet.is_grid and (own or foot):
                found = marked(self.book.parts[sheet.part], own, foot)
                self.book.parts[sheet.part] = found.xml
                if own and found.lacks_room:
                    self.notes.append(
                        f"A header or footer of sheet {sheet.name!r} is too long to take the marking "
                        f"“{own.words}” in and was left as it is. Please write the marking there yourself."
                    )
                if found.lacks_room_at_foot:
                    self.notes.append(
                        f"A footer of sheet {sheet.name!r} is too long to say there what awaits sign-off."
                    )

    def _whereabouts(self) -> Whereabouts:
        strings = self.book.parts.related(self.book.part, "sharedStrings")
        marks: dict[str, Marks | None] = {}

        def first_row(sheet: str, word: str) -> int | None:
            if sheet not in marks:
                placed, part = self.placed.get(sheet), self.book.sheet(sheet).part
                marks[sheet] = (
                    Marks(self.book.parts, part, placed.number, next(iter(strings), None)) if placed else None
                )
            own = marks[sheet]
            return own.first_row(word) if own else None

        return Whereabouts(whereabouts(self.moves), first_row)

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


def _formulas_gone(sheet: str, cells: list[str]) -> Iterator[str]:
    named = ", ".join(cells[:_MOST_NAMED]) + (f" and {len(cells) - _MOST_NAMED:,} more" * (len(cells) > _MOST_NAMED))
    if len(cells) == 1:
        yield f"Cell {named} of sheet {sheet!r} held a formula with another result: it was written over."
    elif cells:
        yield f"Cells {named} of sheet {sheet!r} held formulas with other results: they were written over."


def _went_to_end(sheet: str, reason: str) -> str:
    return f"{reason} New rows of sheet {sheet!r} therefore went to its end, and no row was removed there."
