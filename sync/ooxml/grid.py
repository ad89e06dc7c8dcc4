"""This file finds the rows and cells of a sheet in its bytes, and splices new cells among them."""

import re
from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from openpyxl.utils import column_index_from_string, get_column_letter

from sync.ooxml.edits import Refused
from sync.ooxml.markup import attributes, first_tag, is_closed, needed_tag, prefix, tags, without_attribute

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

_NAME = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})$")


class Area(NamedTuple):
    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def holds(self, row: int, column: int) -> bool:
        return self.first_row <= row <= self.last_row and self.first_column <= column <= self.last_column

    def __str__(self) -> str:
        ends = (name_of(self.first_row, self.first_column), name_of(self.last_row, self.last_column))
        return ends[0] if ends[0] == ends[1] else ":".join(ends)


class Row(NamedTuple):
    number: int
    start: int
    opened: int  # where its opening tag ends
    closed: int  # where its closing tag starts; the same as `opened` when it closes itself
    end: int


class Cell(NamedTuple):
    column: int
    start: int
    opened: int
    end: int


class Grid:
    """The rows of one worksheet's XML, found once."""

    def __init__(self, xml: bytes) -> None:
        self.xml = xml
        self.prefix = prefix(xml)
        opening = first_tag(xml, "sheetData")
        if opening is None:
            raise Refused("One sheet of this workbook has no cells that can be changed. Nothing was changed.")
        self.opening = opening
        closing = xml.find(b"</%bsheetData" % self.prefix, opening.end())
        self.data_end = opening.end() if is_closed(opening[0]) else closing
        self.rows = self._rows()
        self.numbers = [row.number for row in self.rows]
        if any(after <= before for before, after in zip(self.numbers, self.numbers[1:], strict=False)):
            raise Refused(
                "The rows of one sheet are out of order. Nothing was changed; save it in Excel and retry."
            )

    def _rows(self) -> list[Row]:
        rows: list[Row] = []
        number = 0
        closing = b"</%brow" % self.prefix
        for tag in tags(self.xml, "row", self.opening.end(), self.data_end):
            number = int(attributes(tag[0]).get("r", number + 1))
            closed = end = tag.end()
            if not is_closed(tag[0]):
                closed = self.xml.find(closing, tag.end())
                end = self.xml.find(b">", closed) + 1
            rows.append(Row(number, tag.start(), tag.end(), closed, end))
        return rows

    def row(self, number: int) -> Row | None:
        position = bisect_right(self.numbers, number) - 1
        return self.rows[position] if position >= 0 and self.numbers[position] == number else None

    def rows_up_to(self, number: int) -> list[Row]:
        return self.rows[: bisect_right(self.numbers, number)]

    def row_attributes(self, number: int) -> dict[str, str]:
        row = self.row(number)
        return attributes(self.xml[row.start : row.opened]) if row else {}

    def cells(self, row: Row) -> list[Cell]:
        found: list[Cell] = []
        column = 0
        closing = b"</%bc" % self.prefix
        for tag in tags(self.xml, "c", row.opened, row.closed):
            name = attributes(tag[0]).get("r")
            column = place(name)[1] if name else column + 1
            end = tag.end()
            if not is_closed(tag[0]):
                end = self.xml.find(b">", self.xml.find(closing, tag.end())) + 1
            found.append(Cell(column, tag.start(), tag.end(), end))
        return found

    def cell(self, row: int, column: int) -> Cell | None:
        found = self.row(row)
        return next((cell for cell in self.cells(found) if cell.column == column), None) if found else None

    @cached_property
    def merges(self) -> tuple[Area, ...]:
        found = tags(self.xml, "mergeCell", self.data_end)
        return tuple(area(attributes(tag[0])["ref"]) for tag in found if "ref" in attributes(tag[0]))

    @cached_property
    def column_styles(self) -> dict[tuple[int, int], str]:
        before = (attributes(tag[0]) for tag in tags(self.xml, "col", 0, self.opening.start()))
        return {(int(col["min"]), int(col["max"])): col["style"] for col in before if "style" in col}

    def default_style(self, row: int, column: int) -> str | None:
        """The format of a cell that is not there: its row's, or else its column's."""
        found = self.row_attributes(row)
        if found.get("customFormat") in ("1", "true"):
            return found.get("s")
        spans = self.column_styles.items()
        return next((style for (first, last), style in spans if first <= column <= last), None)

    def spliced(self, cells: Mapping[int, Mapping[int, bytes]]) -> bytes:
        """The sheet with these cells, by row and column, in place of what was there or newly in order."""
        pieces: list[bytes] = []
        done = 0
        for number in sorted(cells):
            start, end, new = self._splice_row(number, cells[number])
            pieces += (self.xml[done:start], new)
            done = end
        sheet = b"".join((*pieces, self.xml[done:]))
        return _opened(sheet, self) if is_closed(self.opening[0]) and cells else sheet

    def _splice_row(self, number: int, new: Mapping[int, bytes]) -> tuple[int, int, bytes]:
        row = self.row(number)
        if row is None:
            position = bisect_right(self.numbers, number)
            at = self.rows[position].start if position < len(self.rows) else self.data_end
            cells = b"".join(new[column] for column in sorted(new))
            return at, at, b'<%brow r="%d">%b</%brow>' % (self.prefix, number, cells, self.prefix)
        opening = _spanning(self.xml[row.start : row.opened], max(new))
        if row.closed == row.opened and is_closed(opening):
            opening = opening[:-2].rstrip() + b">"
        closing = self.xml[row.closed : row.end] or b"</%brow>" % self.prefix
        return row.start, row.end, opening + self._merged(row, new) + closing

    def _merged(self, row: Row, new: Mapping[int, bytes]) -> bytes:
        pieces: list[bytes] = []
        waiting = sorted(new)
        done = row.opened
        for cell in self.cells(row):
            while waiting and waiting[0] < cell.column:
                pieces += (self.xml[done : cell.start], new[waiting.pop(0)])
                done = cell.start
            if waiting and waiting[0] == cell.column:
                pieces += (self.xml[done : cell.start], new[waiting.pop(0)])
                done = cell.end
        return b"".join((*pieces, self.xml[done : row.closed], *(new[column] for column in waiting)))


def place(name: str) -> tuple[int, int]:
    """Row and column of a cell's name ("C6" is 6, 3). Raises Refused when it names no cell."""
    match = _NAME.match(name)
    row, column = (int(match[2]), column_index_from_string(match[1].upper())) if match else (0, 0)
    if not 1 <= row <= LAST_ROW or column > LAST_COLUMN:
        raise Refused(f"There is no cell called {name!r}. Nothing was changed.")
    return row, column


def name_of(row: int, column: int) -> str:
    return f"{get_column_letter(column)}{row}"


def area(reference: str) -> Area:
    """The area of a reference like "A4:J121" or "A4", in whatever order its corners are."""
    first, _, last = reference.partition(":")
    top, left = place(first)
    bottom, right = place(last or first)
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def widened(xml: bytes, first_row: int, last_row: int, last_column: int) -> bytes:
    """The sheet with a dimension that takes these rows and this column in."""
    tag = first_tag(xml, "dimension")
    if tag is None or "ref" not in attributes(tag[0]):
        return xml
    known = area(attributes(tag[0])["ref"])
    grown = Area(
        min(known.first_row, first_row), known.first_column,
        max(known.last_row, last_row), max(known.last_column, last_column),
    )  # fmt: skip
    if grown == known:
        return xml
    tail = tag[0].replace(attributes(tag[0])["ref"].encode(), str(grown).encode())
    return xml[: tag.start()] + tail + xml[tag.end() :]


def _spanning(opening: bytes, column: int) -> bytes:
    spans = re.findall(r"\d+", attributes(opening).get("spans", ""))
    return without_attribute(opening, "spans") if spans and column > int(spans[-1]) else opening


def _opened(sheet: bytes, grid: Grid) -> bytes:
    tag = needed_tag(sheet, "sheetData", grid.opening.start())
    rows_end = len(sheet) - (len(grid.xml) - grid.data_end)
    opening = tag[0][:-2].rstrip() + b">"
    closing = b"</%bsheetData>" % grid.prefix
    return sheet[: tag.start()] + opening + sheet[tag.end() : rows_end] + closing + sheet[rows_end:]
