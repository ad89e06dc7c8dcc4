"""This file writes records that the workbook lists as lines of one cell, bullets and all."""

import re
from collections.abc import Iterator

from plan import fields
from plan.fields import BY_NAME, Kind
from plan.snapshot import Item
from sync.layout import Column, Table
from sync.ooxml import CellEdit
from sync.reading import Piece
from sync.write_workbook.page import LISTED, Page, columns_for, is_listed

BULLET = re.compile(r"^\s*(?:[•●▪◦‣·*–—-]|\d+[.)])[ \t\u00a0]+")
DEFAULT_BULLET = "• "


def changed_lists(
    page: Page, leave: frozenset[tuple[Kind, str, str]]
) -> tuple[list[CellEdit], frozenset[tuple[str, str]]]:
    """The cells whose lists differ from the plan's records, and what was thereby written."""
    edits: list[CellEdit] = []
    wrote: set[tuple[str, str]] = set()
    for table, kind, head in _lists(page):
        requirement = page.ids[head.key]
        items = page.target.under(requirement, kind) if page.alive(requirement) else []
        row = page.block(requirement, table)[:1]
        if not row or _says(page, head, kind, table) == [_values(item, table, kind) for item in items]:
            continue
        if any((kind, item.id, str(c.field)) in leave for item in items for c in columns_for(table, kind)):
            continue
        texts = list_values(page, table, kind, items, row[0])
        edits.extend(CellEdit(table.sheet, f"{letter}{row[0]}", text or None) for letter, text in texts.items())
        wrote.update((item.id, str(c.field)) for item in items for c in columns_for(table, kind))
    return edits, frozenset(wrote)


def list_values(page: Page, table: Table, kind: Kind, items: list[Item], row: int | None = None) -> dict[str, str]:
    """What the cells of a list say for these records, by column letter; `row` is where they stand already."""
    said = {}
    for column in columns_for(table, kind):
        now = page.cell(table.sheet, column.letter, row).words if row else ""
        bullet = _bullet(page, table, column, now)
        values = [item.get(str(column.field)) for item in items]
        lines = ["" if value is None else f"{bullet}{value}" for value in values]
        said[column.letter] = "\n".join(lines).rstrip("\n")
    return said


def _lists(page: Page) -> Iterator[tuple[Table, Kind, Piece]]:
    for table in page.tables:
        for kind in LISTED:
            if is_listed(table, kind):
                heads = [p for p in page.reading.pieces if p.kind is Kind.REQUIREMENT and p.sheet == table.sheet]
                yield from ((table, kind, head) for head in heads if page.block(page.ids[head.key], table))


def _says(page: Page, head: Piece, kind: Kind, table: Table) -> list[tuple[object, ...]]:
    """What the cell's lines say now, record by record, in the plan's own words where they say the same."""
    said: list[tuple[object, ...]] = []
    for piece in page.reading.pieces:
        if piece.kind is kind and piece.parent == head.key and piece.sheet == table.sheet:
            item = page.item(piece)
            row = []
            for column in columns_for(table, kind):
                statements = piece.values.get(str(column.field), ())
                value = statements[0].value if statements else None
                ours = item.get(str(column.field)) if item else None
                row.append(ours if fields.same(BY_NAME[kind, str(column.field)], value, ours) else value)
            said.append(tuple(row))
    return said


def _values(item: Item, table: Table, kind: Kind) -> tuple[object, ...]:
    return tuple(item.get(str(c.field)) for c in columns_for(table, kind))


def _bullet(page: Page, table: Table, column: Column, now: str) -> str:
    """The bullet this list has; for an empty cell the one its column has elsewhere; none where lines have none."""
    if now:
        found = BULLET.match(now)
        return found[0].lstrip() if found else ""
    others = (cell.words for cell in page.column_cells(table.sheet, column.letter) if cell.words)
    first = next(others, DEFAULT_BULLET)
    found = BULLET.match(first)
    return found[0].lstrip() if found else ""
