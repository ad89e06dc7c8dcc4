"""This file moves rows through a whole workbook: the sheet itself, then all that refers to it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from sync.ooxml.book import Book
from sync.ooxml.cells import CellWriter, Writing
from sync.ooxml.edits import Refused, RowInsert, RowRemove
from sync.ooxml.grid import Grid
from sync.ooxml.rows.anchors import move_hanging
from sync.ooxml.rows.elsewhere import (
    move_pivots,
    move_tables,
    shift_charts_and_links,
    shift_names,
    shift_other_sheets,
)
from sync.ooxml.rows.merges import heirs
from sync.ooxml.rows.moves import RowMoves
from sync.ooxml.rows.ranges import Moved
from sync.ooxml.rows.references import Shift
from sync.ooxml.rows.sheet import moved_sheet

_OUT_OF_TEXT = re.compile(rb"INDIRECT\(|HYPERLINK\((?:&quot;|\")#")
_CHECK_TEXT = (
    "This workbook has formulas that build references out of text (INDIRECT, or HYPERLINK with #). Rows have moved: "
    "please check that these formulas still point to the right cells."
)


def move_rows(
    book: Book,
    writing: Writing,
    inserts: tuple[RowInsert, ...],
    removes: tuple[RowRemove, ...],
    at_end: frozenset[str] = frozenset(),
) -> dict[str, RowMoves]:
    """Put rows in and take rows out. Comes back with where the rows of each sheet went, by its name.

    On the sheets `at_end` every new row comes after all that the sheet holds, and no row goes. Raises
    Unmovable where something that refers to the rows cannot be moved safely.
    """
    names = dict.fromkeys([*(insert.sheet for insert in inserts), *(remove.sheet for remove in removes)])
    writers = {name: _writer(book, writing, name) for name in names}
    stay = {name: writers[name].grid.last_filled_row for name in at_end & names.keys()}
    ordered = sorted((_placed(insert, stay) for insert in inserts), key=lambda insert: insert.after)
    moves = {name: _moves(writers[name], ordered, [r for r in removes if r.sheet not in stay]) for name in names}
    shift = Shift(moves, tuple(sheet.name for sheet in book.sheets))
    for name, writer in writers.items():
        own = [insert for insert in ordered if insert.sheet == name]
        moved = Moved(name, moves[name], shift, tuple(zip(moves[name].new_rows(), own, strict=True)))
        _move_sheet(book, writer, moved)
    shift_other_sheets(book, set(names), shift)
    shift_names(book, shift)
    shift_charts_and_links(book, shift)
    return moves


def _writer(book: Book, writing: Writing, name: str) -> CellWriter:
    return CellWriter(name, Grid(book.parts[book.sheet(name).part]), writing, frozenset())


def _placed(insert: RowInsert, ends: Mapping[str, int]) -> RowInsert:
    if insert.sheet not in ends:
        return insert
    after, values = max(ends[insert.sheet], insert.after), {**insert.alone, **insert.values}
    return replace(insert, after=after, values=values, grow_merges=frozenset())


def whereabouts(moves: Mapping[str, RowMoves]) -> Callable[[str, int], int | None]:
    """Answers where an original row of a sheet is now, None when it was removed."""
    return lambda sheet, row: moves[sheet].now(row) if sheet in moves else row


def notes_on_moves(book: Book, moves: dict[str, RowMoves]) -> list[str]:
    """What staff should look at themselves: references made of text cannot be followed."""
    places = (book.part, *(sheet.part for sheet in book.sheets if sheet.is_grid)) if moves else ()
    return [_CHECK_TEXT] if any(_OUT_OF_TEXT.search(book.parts[part]) for part in places) else []


def _moves(writer: CellWriter, inserts: list[RowInsert], removes: list[RowRemove]) -> RowMoves:
    name = writer.sheet
    inserted = [insert for insert in inserts if insert.sheet == name]
    for insert in inserted:
        if insert.after < 0 or insert.like < 1:
            raise Refused(f"There is no row {insert.after} on sheet {name!r}. Nothing was changed.")
    removed = tuple(sorted({remove.row for remove in removes if remove.sheet == name}))
    beyond = not removed and all(insert.after >= writer.grid.last_filled_row for insert in inserted)
    return RowMoves(tuple(insert.after for insert in inserted), removed, beyond)


def _move_sheet(book: Book, writer: CellWriter, moved: Moved) -> None:
    sheet = book.sheet(moved.name)
    move_pivots(book, sheet, moved.moves, moved.shift)
    move_tables(book, sheet, moved)
    move_hanging(book, sheet, moved.moves, heirs(writer.grid.merges, moved.moves))
    book.parts[sheet.part] = moved_sheet(writer, moved)
