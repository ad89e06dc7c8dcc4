"""This file writes a hidden column into a sheet, inside its table or filter so that sorting moves it too."""

from dataclasses import dataclass

from openpyxl.utils import column_index_from_string, get_column_letter

from sync.ooxml.areas import LAST_COLUMN, Area
from sync.ooxml.book import Book, Sheet, Table, filter_area
from sync.ooxml.cells import CellWriter
from sync.ooxml.contents import CellContent
from sync.ooxml.edits import HiddenColumn
from sync.ooxml.grid import Grid
from sync.ooxml.markup import (
    attributes,
    element_end,
    first_tag,
    is_closed,
    needed_tag,
    prefix,
    tags,
    with_attribute,
    without_attribute,
)
from sync.ooxml.tables import rename_heading, widen_filter, widen_table


class NoColumn(ValueError):
    """A sheet that is full to its last column."""


@dataclass(frozen=True)
class PlacedColumn:
    """Where a hidden column goes: its number, what has to be widened for it, its heading as written."""

    number: int
    heading: str
    filtered: Area | None
    note: str | None

    @property
    def letter(self) -> str:
        return str(get_column_letter(self.number))


def place_column(book: Book, sheet: Sheet, grid: Grid, wanted: HiddenColumn, reserved: frozenset[int]) -> PlacedColumn:
    """Choose the column, none of the reserved; widen the table that it joins, keep its heading in step.

    Raises NoColumn where none is free.
    """
    table = _table_of(book.tables(sheet), wanted)
    filtered = None if table else _filter_of(grid, wanted)
    home = table.area if table else filtered
    number = column_index_from_string(wanted.column) if wanted.column else 0
    number = number or _free(book, sheet, grid, home, reserved)
    if number > LAST_COLUMN:
        raise NoColumn
    heading = wanted.heading
    if table is not None and table.area.first_column <= number <= table.area.last_column:
        heading = rename_heading(book, table, number, heading)
    joins = home is not None and number == home.last_column + 1
    if table is not None and joins and not table.is_linked:
        heading = widen_table(book, table, heading)
    return PlacedColumn(number, heading, filtered if joins else None, _note(sheet, home, number, table))


def column_cells(writer: CellWriter, placed: PlacedColumn, wanted: HiddenColumn) -> dict[int, dict[int, bytes]]:
    """The XML of the column's cells that say something else than they should, by row and column."""
    cells: dict[int, dict[int, bytes]] = {}
    for row, text in {**wanted.cells, wanted.heading_row: placed.heading}.items():
        cell = writer.grid.cell(row, placed.number)
        content = CellContent(writer.grid, cell, writer.writing.strings) if cell else None
        if (content.text if content else "") != text:
            style = content.style if content else None
            cells.setdefault(row, {})[placed.number] = writer.written(row, placed.number, text, style)
    return cells


def hide_column(head: bytes, placed: PlacedColumn) -> bytes:
    """The start of the sheet, in which its columns are described, with the column hidden."""
    return _with_hidden(head, placed.number)


def take_into_filter(book: Book, sheet: Sheet, tail: bytes, placed: PlacedColumn) -> bytes:
    """The end of the sheet with its filter widened, when the column joins it."""
    return widen_filter(book, sheet, tail, placed.filtered) if placed.filtered else tail


def _table_of(tables: tuple[Table, ...], wanted: HiddenColumn) -> Table | None:
    fitting = [t for t in tables if t.has_heading and t.area.first_row == wanted.heading_row]
    rows = wanted.cells.keys()
    return max(
        fitting,
        key=lambda t: (sum(t.area.first_row < row <= t.area.last_row for row in rows), -t.area.first_column),
        default=None,
    )


def _filter_of(grid: Grid, wanted: HiddenColumn) -> Area | None:
    found = filter_area(grid)
    rows = (wanted.heading_row, *wanted.cells)
    return found if found and any(found.first_row <= row <= found.last_row for row in rows) else None


def _free(book: Book, sheet: Sheet, grid: Grid, home: Area | None, reserved: frozenset[int]) -> int:
    areas = [*grid.merges, *(table.area for table in book.tables(sheet))]
    covered = [found for found in (*areas, filter_area(grid)) if found is not None]
    if home is not None:
        beside = home.last_column + 1
        taken = grid.filled_columns(beside - 1) | reserved
        others = (found for found in covered if found != home)
        if beside not in taken and not any(f.first_column <= beside <= f.last_column for f in others):
            return beside
    edge = max((*reserved, *(found.last_column for found in covered)), default=0)
    return max(grid.filled_columns(edge), default=edge) + 1


def _note(sheet: Sheet, home: Area | None, number: int, table: Table | None) -> str | None:
    outside = home is not None and number > home.last_column + 1
    linked = table is not None and table.is_linked and home is not None and number > home.last_column
    if not outside and not linked:
        return None
    what = "table" if table else "filter"
    return (
        f"On sheet {sheet.name!r} the hidden column stands outside the {what}, because there was no room "
        "beside it: sorting will not move it along, and rows will be recognised by their content instead."
    )


def _with_hidden(xml: bytes, number: int) -> bytes:
    data = needed_tag(xml, "sheetData")
    new = b'<%bcol min="%d" max="%d" width="9.140625" hidden="1" customWidth="1"/>' % (
        prefix(xml),
        number,
        number,
    )
    cols = first_tag(xml, "cols", 0, data.start())
    if cols is None:
        whole = b"<%bcols>%b</%bcols>" % (prefix(xml), new, prefix(xml))
        return xml[: data.start()] + whole + xml[data.start() :]
    end = element_end(xml, cols)
    written: list[bytes] = []
    known = [_alone(tag[0]) for tag in tags(xml, "col", cols.end(), end)]
    for col in known:
        written += _split(col, number)
    if not any(_covers(col, number) for col in known):
        position = sum(int(attributes(col)["max"]) < number for col in written)
        written.insert(position, new)
    whole = b"<%bcols>%b</%bcols>" % (prefix(xml), b"".join(written), prefix(xml))
    return xml[: cols.start()] + whole + xml[end:]


def _alone(col: bytes) -> bytes:
    return col if is_closed(col) else col[:-1].rstrip() + b"/>"


def _covers(col: bytes, number: int) -> bool:
    found = attributes(col)
    return int(found["min"]) <= number <= int(found["max"])


def _split(col: bytes, number: int) -> list[bytes]:
    if not _covers(col, number) or (attributes(col).get("hidden") in ("1", "true") and _is_single(col)):
        return [col]
    first, last = int(attributes(col)["min"]), int(attributes(col)["max"])
    hidden = with_attribute(without_attribute(col, "collapsed"), "hidden", "1")
    pieces = ((col, first, number - 1), (hidden, number, number), (col, number + 1, last))
    return [
        with_attribute(with_attribute(piece, "min", str(start)), "max", str(stop))
        for piece, start, stop in pieces
        if start <= stop
    ]


def _is_single(col: bytes) -> bool:
    found = attributes(col)
    return found["min"] == found["max"]
