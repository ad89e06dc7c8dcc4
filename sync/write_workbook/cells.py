"""This file says a value in the workbook's own manner, and finds the cells that say something else."""

from collections.abc import Iterable
from datetime import date

from plan import fields, rag, timescale
from plan.fields import BY_NAME, Field, Kind, Shape, Value
from plan.snapshot import Item
from sync.grid import Cell
from sync.identity import is_sheet_name
from sync.layout import Column, Table
from sync.ooxml import CellEdit
from sync.reading import Piece, Said
from sync.write_workbook.page import Page, columns_for

Written = str | float | int | date | None


def changed_cells(
    page: Page, leave: frozenset[tuple[Kind, str, str]]
) -> tuple[list[CellEdit], frozenset[tuple[str, str]]]:
    """The cells to change for records that stand on rows of their own, and what was thereby written."""
    edits: list[CellEdit] = []
    wrote: set[tuple[str, str]] = set()
    for piece in page.reading.pieces:
        item = page.item(piece)
        if item is None or any(said.line is not None for values in piece.values.values() for said in values):
            continue
        for name, places in _differing(page, piece, item):
            if (piece.kind, item.id, name) in leave:
                continue
            edits.extend(_edit(page, piece, item, name, said) for said in places)
            wrote.add((item.id, name))
    return edits, frozenset(wrote)


def in_manner(page: Page, which: Field, value: Value, sheet: str, letter: str, now: Cell) -> Written:
    """The value as this column of this workbook says it: "G" among letters, a date among dates, a number."""
    if value is None:
        return None
    if which.shape is Shape.STATUS:
        return rag.in_manner_of(rag.Status(str(value)), _status_words(page, sheet, letter))
    if which.shape is Shape.TIMESCALE:
        day = timescale.canonical_date(str(value))
        dated = now.is_date or (day and any(cell.is_date for cell in page.column_cells(sheet, letter)))
        return day if day and dated else str(value)
    if which.shape is Shape.DATE:
        return date.fromisoformat(str(value))
    if which.shape in (Shape.NUMBER, Shape.COUNT) and isinstance(value, int | float):
        return value / 100 if now.number_format.endswith("%") else value
    if which.name == "reference" and _is_number(str(value)) and _holds_numbers(page, sheet, letter, now):
        return int(str(value))
    return str(value)


def values_for(page: Page, table: Table, item: Item, kind: Kind) -> dict[str, Written]:
    """What a new row's cells of one kind say, by column letter."""
    said = {}
    for column in columns_for(table, kind):
        value = item.get(str(column.field))
        if value is not None:
            which = BY_NAME[kind, str(column.field)]
            said[column.letter] = in_manner(page, which, value, table.sheet, column.letter, Cell())
    return said


def _differing(page: Page, piece: Piece, item: Item) -> Iterable[tuple[str, list[Said]]]:
    """The fields whose cells say otherwise than the plan, each with the cells to change."""
    if piece.kind is Kind.THEME and is_sheet_name(page.reading, piece):
        return  # a sheet is never renamed: formulas and people refer to it
    for name, said in piece.values.items():
        wrong = [one for one in said if not fields.same(BY_NAME[piece.kind, name], one.value, item.get(name))]
        if wrong:
            yield name, wrong
    for column, table in _unsaid(page, piece):
        if item.get(str(column.field)) is not None:
            yield str(column.field), [Said(None, table.sheet, f"{column.letter}{piece.rows[0]}")]


def _unsaid(page: Page, piece: Piece) -> list[tuple[Column, Table]]:
    """Columns that could hold a field the workbook does not state: words that were not understood."""
    return [
        (column, table)
        for table in page.tables_of(piece.sheet, piece.rows[:1])
        for column in columns_for(table, piece.kind)
        if column.field not in piece.values and not column.lines
    ]


def _edit(page: Page, piece: Piece, item: Item, name: str, said: Said) -> CellEdit:
    which = BY_NAME[piece.kind, name]
    letter = said.cell.rstrip("0123456789")
    now = page.cell(said.sheet, letter, int(said.cell[len(letter) :]))
    if piece.kind is Kind.THEME and isinstance(now.value, str) and said.value:
        return CellEdit(said.sheet, said.cell, now.value.replace(str(said.value), str(item.get(name))))
    return CellEdit(said.sheet, said.cell, in_manner(page, which, item.get(name), said.sheet, letter, now))


def _status_words(page: Page, sheet: str, letter: str) -> list[str]:
    return [cell.words for cell in page.column_cells(sheet, letter) if cell.words]


def _holds_numbers(page: Page, sheet: str, letter: str, now: Cell) -> bool:
    if not now.blank:
        return isinstance(now.value, int | float)
    cells = page.column_cells(sheet, letter)
    return bool(cells) and all(isinstance(cell.value, int | float) for cell in cells)


def _is_number(words: str) -> bool:
    return words.isdecimal() and words.isascii() and str(int(words)) == words
