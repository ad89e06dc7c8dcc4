"""This file finds the rows and cells of a sheet in its bytes, and splices new cells among them."""

import io
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from functools import cache, cached_property
from itertools import pairwise
from typing import NamedTuple

from sync.ooxml.areas import LAST_COLUMN, Area, area, column_number, place
from sync.ooxml.edits import Refused
from sync.ooxml.markup import (
    REST_OF_TAG,
    attributes,
    exact_tag_pattern,
    first_tag,
    is_closed,
    prefix,
    replaced,
    tags,
    without_attribute,
)

MOST_AROUND = 8 * 1024 * 1024  # bytes of a sheet beside its rows: 60,000 rules or links

_TOO_MUCH_AROUND = (
    "One sheet of this workbook has far more merged cells, rules or links than a tracker can. Nothing was changed. "
    "Copy the tracker's table into a new workbook and try again."
)
_NARROW = 100

Piece = bytes | memoryview

_FILLED = re.compile(rb"<(?:[\w.-]+:)?(?:v|is|f)[\s/>]")
_ROW_NUMBER = re.compile(rb"""^<[\w.:-]+ r=["']([0-9]+)["']""")


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
    """The rows of one worksheet's XML, found once. Cells are looked for in the bytes when they are asked for."""

    def __init__(self, xml: bytes) -> None:
        self.xml = xml
        self.prefix = prefix(xml)
        opening = first_tag(xml, "sheetData")
        if opening is None:
            raise Refused("One sheet of this workbook has no cells that can be changed. Nothing was changed.")
        self.opening = opening
        closing = xml.find(b"</%bsheetData" % self.prefix, opening.end())
        self.data_end = opening.end() if is_closed(opening[0]) else closing
        if len(xml) - (self.data_end - opening.end()) > MOST_AROUND:
            raise Refused(_TOO_MUCH_AROUND)
        self._cell = _cell_pattern(self.prefix)
        self.rows = self._rows()
        self.numbers = [row.number for row in self.rows]
        if any(after <= before for before, after in pairwise(self.numbers)):
            raise Refused("The rows of one sheet are out of order. Nothing was changed; save it in Excel and retry.")

    def _rows(self) -> list[Row]:
        rows: list[Row] = []
        number = 0
        closing = b"</%brow" % self.prefix
        for tag in self.tags(b"row"):
            name = _ROW_NUMBER.search(tag[0])
            number = int(name[1] if name else attributes(tag[0]).get("r", number + 1))
            closed = end = tag.end()
            if not is_closed(tag[0]):
                closed = self.xml.find(closing, tag.end())
                end = self.xml.find(b">", closed) + 1
            rows.append(Row(number, tag.start(), tag.end(), closed, end))
        return rows

    def tags(self, name: bytes) -> Iterator[re.Match[bytes]]:
        """The opening tags of this name among the rows."""
        return exact_tag_pattern(self.prefix + name).finditer(self.xml, self.opening.end(), self.data_end)

    def row(self, number: int) -> Row | None:
        position = bisect_right(self.numbers, number) - 1
        return self.rows[position] if position >= 0 and self.numbers[position] == number else None

    def row_around(self, place: int) -> Row:
        """The row in whose bytes this place lies."""
        return self.rows[bisect_right(self.rows, place, key=_start) - 1]

    def rows_up_to(self, number: int) -> list[Row]:
        return self.rows[: bisect_right(self.numbers, number)]

    def row_attributes(self, number: int) -> dict[str, str]:
        row = self.row(number)
        return attributes(self.xml[row.start : row.opened]) if row else {}

    def cells(self, row: Row) -> list[Cell]:
        found: list[Cell] = []
        column = 0
        for tag in self._cell.finditer(self.xml, row.opened, row.closed):
            column = _column(tag, column)
            found.append(self._cell_of(tag, column))
        return found

    def _cell_of(self, tag: re.Match[bytes], column: int) -> Cell:
        end = tag.end()
        if not is_closed(tag[0]):
            end = self.xml.find(b">", self.xml.find(b"</%bc" % self.prefix, end)) + 1
        return Cell(column, tag.start(), tag.end(), end)

    def cell(self, row: int, column: int) -> Cell | None:
        found = self.row(row)
        last = self._last_cell(found, found.closed) if found else None
        if found is None or last is None or column > (last_column := self._column_of(found, last)):
            return None
        if column == last_column:  # as in the hidden column, on every row of a large sheet
            return self._cell_of(last, column)
        return next((cell for cell in self.cells(found) if cell.column == column), None)

    def last_column(self, row: Row) -> int:
        """The column of the row's last cell, 0 when it has none; found from the end."""
        tag = self._last_cell(row, row.closed)
        return 0 if tag is None else self._column_of(row, tag)

    def column_at(self, row: Row, place: int) -> int:
        """The column of the cell in whose bytes this place of the row lies."""
        tag = self._last_cell(row, place)
        return 0 if tag is None else self._column_of(row, tag)

    def _column_of(self, row: Row, tag: re.Match[bytes]) -> int:
        if tag[1]:
            return column_number(tag[1])
        return next(cell.column for cell in self.cells(row) if cell.start == tag.start())

    def _last_cell(self, row: Row, before: int) -> re.Match[bytes] | None:
        opening = b"<%bc" % self.prefix
        at = self.xml.rfind(opening, row.opened, before)
        while at >= 0:
            tag = self._cell.match(self.xml, at, row.closed)
            if tag is not None:
                return tag
            at = self.xml.rfind(opening, row.opened, at)
        return None

    def filled_columns(self, beyond: int) -> set[int]:
        """The columns to the right of this one in which any cell holds something."""
        wide = (row for row in self.rows if self.last_column(row) > beyond)
        cells = (cell for row in wide for cell in self.cells(row) if cell.column > beyond)
        return {cell.column for cell in cells if self.is_filled(cell)}

    def is_filled(self, cell: Cell) -> bool:
        return _FILLED.search(self.xml, cell.opened, cell.end) is not None

    @cached_property
    def last_filled_row(self) -> int:
        """The last row in which any cell holds something, 0 when none does."""
        return next((r.number for r in reversed(self.rows) if _FILLED.search(self.xml, r.opened, r.closed)), 0)

    @cached_property
    def merges(self) -> tuple[Area, ...]:
        found = tags(self.xml, "mergeCell", self.data_end)
        return tuple(area(attributes(tag[0])["ref"]) for tag in found if "ref" in attributes(tag[0]))

    def merge_over(self, row: int, column: int) -> Area | None:
        """The merged area that this cell is part of."""
        down, wide = self._merges_by_column
        of_column = down.get(column, [])
        position = bisect_right(of_column, (row, LAST_COLUMN)) - 1
        near = of_column[max(position, 0) : position + 1]
        return next((merged for merged in (*near, *wide) if merged.holds(row, column)), None)

    @cached_property
    def _merges_by_column(self) -> tuple[dict[int, list[Area]], list[Area]]:
        """Merges by each of their columns from the top, and apart those too wide to list so."""
        down: dict[int, list[Area]] = {}
        for merged in sorted(self.merges):
            for column in range(merged.first_column, merged.last_column + 1) if _is_narrow(merged) else ():
                down.setdefault(column, []).append(merged)
        return down, [merged for merged in self.merges if not _is_narrow(merged)]

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

    @property
    def head(self) -> bytes:
        """All before the first row, with the sheetData element opened."""
        opening = self.opening[0]
        opened = opening[:-2].rstrip() + b">" if is_closed(opening) else opening
        return self.xml[: self.opening.start()] + opened

    @property
    def tail(self) -> bytes:
        """All after the last row, the closing of sheetData first."""
        closing = b"</%bsheetData>" % self.prefix if is_closed(self.opening[0]) else b""
        return closing + self.xml[self.data_end :]

    def spliced(self, cells: MutableMapping[int, dict[int, bytes]]) -> Iterator[Piece]:
        """The rows with these cells, by row and column, in place of what was there or newly in order.

        They come in pieces, most of them views of the bytes that stay: a large sheet is not copied twice. For the
        same reason each row is taken out of `cells` once it is written.
        """
        view = memoryview(self.xml)
        done = self.opening.end()
        for number in sorted(cells):
            row = self.row(number)
            at = self._place_for(number) if row is None else row.start
            yield view[done:at]
            new = cells.pop(number)
            yield from self._new_row(number, new) if row is None else self._row(row, new)
            done = at if row is None else row.end
        yield view[done : self.data_end]

    def _place_for(self, number: int) -> int:
        position = bisect_right(self.numbers, number)
        return self.rows[position].start if position < len(self.rows) else self.data_end

    def _new_row(self, number: int, new: Mapping[int, bytes]) -> Iterator[Piece]:
        cells = b"".join(new[column] for column in sorted(new))
        yield b'<%brow r="%d">%b</%brow>' % (self.prefix, number, cells, self.prefix)

    def _row(self, row: Row, new: Mapping[int, bytes]) -> Iterator[Piece]:
        opening = _spanning(self.xml[row.start : row.opened], max(new))
        if row.closed == row.opened and is_closed(opening):
            opening = opening[:-2].rstrip() + b">"
        yield opening
        yield from self._merged(row, new)
        yield self.xml[row.closed : row.end] or b"</%brow>" % self.prefix

    def _merged(self, row: Row, new: Mapping[int, bytes]) -> Iterator[Piece]:
        view = memoryview(self.xml)
        waiting = sorted(new)
        done = row.opened
        for cell in self.cells(row) if waiting[0] <= self.last_column(row) else ():
            while waiting and waiting[0] < cell.column:
                yield view[done : cell.start]
                yield new[waiting.pop(0)]
                done = cell.start
            if waiting and waiting[0] == cell.column:
                yield view[done : cell.start]
                yield new[waiting.pop(0)]
                done = cell.end
        yield view[done : row.closed]
        yield from (new[column] for column in waiting)


def joined(pieces: Iterable[Piece]) -> bytes:
    """The pieces as one, none of them kept waiting: a join would hold a large sheet twice."""
    whole = io.BytesIO()
    for piece in pieces:
        whole.write(piece)
    return whole.getvalue()


def widened(head: bytes, first_row: int, last_row: int, last_column: int) -> bytes:
    """The start of a sheet with a dimension that takes these rows and this column in."""
    tag = first_tag(head, "dimension")
    if tag is None or "ref" not in attributes(tag[0]):
        return head
    known = area(attributes(tag[0])["ref"])
    grown = Area(
        min(known.first_row, first_row), known.first_column,
        max(known.last_row, last_row), max(known.last_column, last_column),
    )  # fmt: skip
    if grown == known:
        return head
    return replaced(head, tag, tag[0].replace(attributes(tag[0])["ref"].encode(), str(grown).encode()))


@cache
def _cell_pattern(prefix: bytes) -> re.Pattern[bytes]:
    name_first = rb"""(?:\s+r="([A-Za-z]{1,3})[0-9]{1,7}")?"""
    return re.compile(b"<" + re.escape(prefix) + rb"c(?=[\s/>])" + name_first + REST_OF_TAG)


def _column(tag: re.Match[bytes], before: int) -> int:
    if tag[1]:
        return column_number(tag[1])
    name = attributes(tag[0]).get("r")
    return place(name)[1] if name else before + 1


def _is_narrow(merged: Area) -> bool:
    return merged.last_column - merged.first_column < _NARROW


def _start(row: Row) -> int:
    return row.start


def _spanning(opening: bytes, column: int) -> bytes:
    if b"spans" not in opening:
        return opening
    spans = re.findall(r"\d+", attributes(opening).get("spans", ""))
    return without_attribute(opening, "spans") if spans and column > int(spans[-1]) else opening
