"""This file writes records that the workbook lists as lines of one cell, bullets and all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from plan import fields
from plan.fields import BY_NAME, Kind, Value
from plan.snapshot import Item
from sync.bullets import USUAL, as_list, bullet_of, worded
from sync.layout import Column, Table
from sync.ooxml import CellEdit
from sync.reading import Piece
from sync.write_workbook.manner import Manners, Written
from sync.write_workbook.page import LISTED, Page, columns_for, is_listed


@dataclass(frozen=True)
class Listing:
    """One row's list: the pieces that stand there, and the records that shall."""

    table: Table
    kind: Kind
    row: int
    pieces: Sequence[Piece]
    items: Sequence[Item]
    columns: Sequence[Column]  # those of the kind, each saying whether its cell on this row holds lines


class _Unsayable(Exception):
    """Different words for each record, in a cell that says the same of all."""


def changed_lists(
    page: Page, manners: Manners, leave: frozenset[tuple[Kind, str, str]]
) -> tuple[list[CellEdit], frozenset[tuple[str, str]]]:
    """The cells whose lists differ from the plan's records, and what was thereby written or could not be."""
    edits: list[CellEdit] = []
    wrote: set[tuple[str, str]] = set()
    for listing in _listings(page):
        differing = [c for c in listing.columns if _differs(page, listing, c)]
        together = [c for c in listing.columns if c.lines]
        if any(c.lines for c in differing):  # one line more or less in one cell is one in the others too
            differing = [*together, *(c for c in differing if not c.lines)]
        left = {c.letter for c in differing for item in listing.items if (listing.kind, item.id, c.field) in leave}
        if left & {c.letter for c in together if _is_shared_out(listing, c)}:
            left |= {c.letter for c in together}
        for column in (c for c in differing if c.letter not in left):
            wrote.update((item.id, str(column.field)) for item in listing.items)
            try:
                said = _cell(page, manners, listing.table, listing.kind, column, listing.items, listing.row)
            except _Unsayable:
                continue
            edits.append(CellEdit(listing.table.sheet, f"{column.letter}{listing.row}", said))
    return edits, frozenset(wrote)


def list_values(page: Page, manners: Manners, table: Table, kind: Kind, items: Sequence[Item]) -> Mapping[str, Written]:
    """What the cells of a new row's list say for these records, by column letter."""
    said: dict[str, Written] = {}
    for column in columns_for(table, kind):
        try:
            said[column.letter] = _cell(page, manners, table, kind, column, items, None)
        except _Unsayable:
            continue
    return {letter: value for letter, value in said.items() if value is not None}


def row_of_list(page: Page, table: Table, kind: Kind, requirement: str) -> int | None:
    """The row whose list takes a requirement's new records: the last that lists any, else its first."""
    block = page.block(requirement, table)
    there = [row for row in block if any(p.kind is kind and page.item(p) for p in _pieces(page, table, row))]
    return next(iter([*reversed(there), *block]), None)


def _listings(page: Page) -> Iterator[Listing]:
    for table in page.tables:
        for kind in (kind for kind in LISTED if is_listed(table, kind)):
            requirements = [p for p in page.reading.pieces if p.kind is Kind.REQUIREMENT]
            for requirement in dict.fromkeys(page.ids[piece.key] for piece in requirements):
                for row in page.block(requirement, table):
                    yield _listing(page, table, kind, requirement, row)
    yield from _split(page) if page.reading.layout.splits else ()


def _split(page: Page) -> Iterator[Listing]:
    """The cells of which somebody chose that each line is an action, where not all of their column is."""
    for table in (table for table in page.tables if not is_listed(table, Kind.ACTION)):
        for row in (row for sheet, row in page.on_row if sheet == table.sheet and page.is_split(table, row)):
            pieces = [piece for piece in _pieces(page, table, row) if piece.kind is Kind.ACTION]
            there = [item for piece in pieces if (item := page.item(piece))]
            yield Listing(table, Kind.ACTION, row, pieces, there, _columns(page, table, Kind.ACTION, row))


def _listing(page: Page, table: Table, kind: Kind, requirement: str, row: int) -> Listing:
    pieces = [piece for piece in _pieces(page, table, row) if piece.kind is kind]
    there = [item for piece in pieces if (item := page.item(piece))]
    takes_new = page.alive(requirement) and row == row_of_list(page, table, kind, requirement)
    new = [item for item in page.target.under(requirement, kind) if item.id not in page.by_id] if takes_new else []
    return Listing(table, kind, row, pieces, [*there, *new], _columns(page, table, kind, row))


def _columns(page: Page, table: Table, kind: Kind, row: int) -> list[Column]:
    apart = page.told_apart(table, row) if kind is Kind.ACTION else ()
    return [replace(c, lines=c.lines or c.field in apart) for c in columns_for(table, kind)]


def _pieces(page: Page, table: Table, row: int) -> list[Piece]:
    return [piece for piece in page.on_row.get((table.sheet, row), []) if page.table_of(piece) == table]


def _is_shared_out(listing: Listing, column: Column) -> bool:
    """Whether the cell holds a line for each record now; one that says the same of all may stay as it is."""
    said = (one for piece in listing.pieces for one in piece.values.get(str(column.field), ()))
    return listing.kind is not Kind.ACTION or any(one.line is not None for one in said)


def _differs(page: Page, listing: Listing, column: Column) -> bool:
    """Whether the cell's lines say other records, or other words of them, than the plan has."""
    which = BY_NAME[listing.kind, str(column.field)]
    if column.lines and [page.ids[piece.key] for piece in listing.pieces] != [item.id for item in listing.items]:
        return True
    said = {page.ids[piece.key]: piece.values.get(which.name, ()) for piece in listing.pieces}
    values = {id: told[0].value if told else None for id, told in said.items()}
    of_all = next(iter(values.values()), None) if listing.kind is Kind.ACTION else None
    return any(not fields.same(which, values.get(i.id, of_all), i.get(which.name)) for i in listing.items)


def _cell(
    page: Page, manners: Manners, table: Table, kind: Kind, column: Column, items: Sequence[Item], row: int | None
) -> Written:
    which = BY_NAME[kind, str(column.field)]
    values = [item.get(which.name) for item in items]
    if column.lines and not _is_said_of_all(kind, which.name, values):
        bullet = _bullet(page, table, column, page.cell(table.sheet, column.letter, row).words if row else "")
        return as_list([None if value is None else str(value) for value in values], bullet) or None
    shared = next(iter(values), None) if kind is Kind.ACTION else None  # evidence in one piece is the first one's
    if any(value != shared for value in values[1:]):
        raise _Unsayable
    return manners.say(which, next(iter(values), None), table.sheet, column.letter, row)


def _is_said_of_all(kind: Kind, name: str, values: Sequence[Value]) -> bool:
    """Whether a cell of lines has words for one action, or the same for all of the row: no line each.

    The same words for all need a line each after all where their own lines are as many as the actions.
    """
    if kind is not Kind.ACTION or len(values) < 2:
        return kind is Kind.ACTION
    return name != "text" and len(set(values)) == 1 and len(worded(str(values[0] or ""))) != len(values)


def _bullet(page: Page, table: Table, column: Column, now: str) -> str:
    """The bullet this list has; for an empty cell the one its column has elsewhere; none where lines have none."""
    others = (cell.words for cell in page.column_cells(table.sheet, column.letter) if cell.words)
    return bullet_of(now or next(others, USUAL))
