"""This file finds the cells that say something else than the plan."""

from collections.abc import Iterable

from plan import fields
from plan.fields import BY_NAME, Kind, Shape
from plan.snapshot import Item
from sync import buried
from sync.identity import is_sheet_name
from sync.layout import Column, Table
from sync.ooxml import CellEdit, Coloured
from sync.reading import Piece, Said
from sync.write_workbook.manner import Manners, Written
from sync.write_workbook.page import Page, columns_for


def changed_cells(
    page: Page, manners: Manners, leave: frozenset[tuple[Kind, str, str]]
) -> tuple[list[CellEdit], frozenset[tuple[str, str]]]:
    """The cells to change for records that stand on rows of their own, and what was thereby written."""
    edits: list[CellEdit] = []
    wrote: set[tuple[str, str]] = set()
    for piece in page.reading.pieces:
        item = page.item(piece)
        if item is None or page.is_listed(piece):
            continue
        for name, places in _differing(page, piece, item):
            if (piece.kind, item.id, name) in leave:
                continue
            edits.extend(_edit(page, manners, piece, item, name, said) for said in places)
            wrote.add((item.id, name))
    return edits, frozenset(wrote)


def values_for(manners: Manners, table: Table, item: Item, kind: Kind) -> dict[str, Written]:
    """What a new row's cells of one kind say, by column letter; a status it has not loses the colour of its column."""
    said: dict[str, Written] = {}
    for column in columns_for(table, kind):
        which = BY_NAME[kind, str(column.field)]
        value = manners.say(which, item.get(which.name), table.sheet, column.letter)
        if value is not None:
            said[column.letter] = value
        if column.numbered:
            cells = (cell.words for cell in manners.page.column_cells(table.sheet, column.letter))
            like = next((words for words in cells if buried.find(words)), "")
            said[column.letter] = _numbered(like, item)
    return said


def _is_numbered(page: Page, piece: Piece, letter: str) -> bool:
    table = page.table_of(piece)
    return any(c.numbered for c in table.columns if c.letter == letter) if table else False


def _numbered(like: str, item: Item) -> str:
    """A requirement's number and words in one cell, written as another such cell is."""
    reference = item.get("reference")
    return buried.put(like, None if reference is None else str(reference), str(item.get("text") or ""))


def uncoloured(manners: Manners, table: Table) -> dict[str, Written]:
    """For a new row, each coloured column of a status as it looks without one."""
    statuses = [c for c in table.columns if c.kind and c.field and BY_NAME[c.kind, c.field].shape is Shape.STATUS]
    looks = {
        c.letter: manners.say(BY_NAME[c.kind, c.field], None, table.sheet, c.letter)
        for c in statuses
        if c.kind and c.field
    }
    return {letter: look for letter, look in looks.items() if isinstance(look, Coloured)}


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
    table = page.table_of(piece)
    return [
        (column, table)
        for column in (columns_for(table, piece.kind) if table else ())
        if table and column.field not in piece.values and not column.lines
    ]


def _edit(page: Page, manners: Manners, piece: Piece, item: Item, name: str, said: Said) -> CellEdit:
    which = BY_NAME[piece.kind, name]
    letter = said.cell.rstrip("0123456789")
    row = int(said.cell[len(letter) :])
    now = page.cell(said.sheet, letter, row)
    if piece.kind is Kind.REQUIREMENT and isinstance(now.value, str) and _is_numbered(page, piece, letter):
        return CellEdit(said.sheet, said.cell, _numbered(now.value, item))
    if piece.kind is Kind.THEME and isinstance(now.value, str) and said.value:
        return CellEdit(said.sheet, said.cell, now.value.replace(str(said.value), str(item.get(name))))
    return CellEdit(said.sheet, said.cell, manners.say(which, item.get(name), said.sheet, letter, row))
