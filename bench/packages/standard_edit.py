"""This file applies the standard edit by the app's own writer: three texts, a row at the end, one in the middle."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import NamedTuple

from sync.ooxml import CellEdit, Package, Patched, Refused, RowInsert, Visibility, archive
from sync.ooxml.areas import name_of
from sync.ooxml.book import Book, Sheet
from sync.ooxml.cells import CellWriter, Writing
from sync.ooxml.contents import CellContent
from sync.ooxml.grid import Grid, Row
from sync.ooxml.markup import attributes, first_tag
from sync.ooxml.parts import Parts

WORDS = "Changed by the fidelity check: “quotes”, £5 & <more>"
NEW = "Added by the fidelity check"

_LOOKED_AT = 60  # rows around a place in which a fitting cell is looked for


class Block(NamedTuple):
    """The largest stretch of rows without an empty one among them, on a visible sheet."""

    sheet: Sheet
    grid: Grid
    rows: tuple[Row, ...]
    filled: int


class Edit(NamedTuple):
    """What is asked for: the sheet, its part, the cells by name, and the rows after which one is added."""

    sheet: str
    part: str
    cells: tuple[str, ...]
    after: tuple[int, int]


def standard_edit(content: bytes) -> tuple[Edit, Patched]:
    """The edit and the patched workbook. Raises Refused with the reason when nothing can be written."""
    package = Package.open(content)
    edit, inserts = _chosen(content)
    cells = [CellEdit(edit.sheet, cell, WORDS) for cell in edit.cells]
    return edit, package.patch(cells=cells, inserts=inserts, else_at_end=True)


def _chosen(content: bytes) -> tuple[Edit, list[RowInsert]]:
    book = Book(Parts(archive.read(content)))
    block = _largest_block(book)
    writing = Writing(book.strings(), book.formats(), book.date1904)
    headings = frozenset(place for table in book.tables(block.sheet) for place in table.headings)
    cells = _cells_to_change(block, CellWriter(block.sheet.name, block.grid, writing, headings))
    after = (_last_row(block, book), block.rows[(len(block.rows) - 1) // 2].number)
    edit = Edit(block.sheet.name, block.sheet.part, tuple(cells), after)
    return edit, [_new_row(block, row) for row in after]


def _largest_block(book: Book) -> Block:
    best: Block | None = None
    for sheet in book.sheets:
        if sheet.is_grid and sheet.state is Visibility.visible:
            for block in _blocks(sheet, Grid(book.parts[sheet.part])):
                if best is None or block.filled > best.filled:
                    best = block
    if best is None:
        raise Refused("No visible sheet of this workbook holds anything to edit. Nothing was changed.")
    return best


def _blocks(sheet: Sheet, grid: Grid) -> Iterator[Block]:
    rows: list[Row] = []
    filled = 0
    for row in grid.rows:
        count = sum(grid.xml.count(start, row.opened, row.closed) for start in _starts(grid.prefix))
        if rows and (count == 0 or row.number > rows[-1].number + 1):
            yield Block(sheet, grid, tuple(rows), filled)
            rows, filled = [], 0
        if count:
            rows.append(row)
            filled += count
    if rows:
        yield Block(sheet, grid, tuple(rows), filled)


def _starts(prefix: bytes) -> tuple[bytes, ...]:
    return b"<%bv>" % prefix, b"<%bv " % prefix, b"<%bis>" % prefix


def _cells_to_change(block: Block, writer: CellWriter) -> list[str]:
    """A text near the first quarter, the middle and the third quarter of the block; numbers where it has no text."""
    found: list[str] = []
    for quarter in (1, 2, 3):
        start = len(block.rows) * quarter // 4
        near = (*block.rows[start : start + _LOOKED_AT], *reversed(block.rows[max(start - _LOOKED_AT, 0) : start]))
        texts = (name for row in near for name in _fitting(block.grid, row, writer, texts=True))
        numbers = (name for row in near for name in _fitting(block.grid, row, writer, texts=False))
        found += islice((name for name in chain(texts, numbers) if name not in found), 1)
    return found


def _fitting(grid: Grid, row: Row, writer: CellWriter, *, texts: bool) -> Iterator[str]:
    for cell in grid.cells(row):
        place = (row.number, cell.column)
        if grid.is_filled(cell) and _is_text(grid, cell.start, cell.opened) is texts and not _is_bound(place, writer):
            content = CellContent(grid, cell, writer.writing.strings)
            if content.formula is None and content.text.strip():
                yield name_of(*place)


def _is_bound(place: tuple[int, int], writer: CellWriter) -> bool:
    """Whether a cell is under a merge, part of a formula for several cells, or a table's heading."""
    merged = writer.grid.merge_over(*place)
    under = merged is not None and merged[:2] != place
    return under or place in writer.headings or any(area.holds(*place) for area in writer.spread)


def _is_text(grid: Grid, start: int, opened: int) -> bool:
    return attributes(grid.xml[start:opened]).get("t") in ("s", "inlineStr", "str")


def _last_row(block: Block, book: Book) -> int:
    """The last row of the block, or the one above it where that is the totals of an Excel table."""
    last = block.rows[-1].number
    for table in book.tables(block.sheet):
        tag = first_tag(book.parts[table.part], "table")
        totals = tag is not None and attributes(tag[0]).get("totalsRowCount", "0") != "0"
        if totals and table.area.last_row == last:
            return last - 1
    return last


def _new_row(block: Block, after: int) -> RowInsert:
    """A row like the one above it, with words in up to three of its text columns that no merge covers."""
    row = block.grid.row(after) or block.rows[-1]
    covered = {
        column
        for merged in block.grid.merges
        if merged.first_row <= after <= merged.last_row
        for column in range(merged.first_column, merged.last_column + 1)
    }
    columns = [cell.column for cell in block.grid.cells(row) if _is_text(block.grid, cell.start, cell.opened)]
    free = [column for column in columns if column not in covered][:3]
    letters = [name_of(1, column)[:-1] for column in free]
    return RowInsert(block.sheet.name, after, row.number, dict.fromkeys(letters, NEW))
