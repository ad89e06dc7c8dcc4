"""This file decides for each cell edit whether it may and must be written, and writes the cell."""

import datetime
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sync.ooxml.areas import name_of, place
from sync.ooxml.contents import CellContent, SharedStrings, spread_formulas
from sync.ooxml.edits import CellEdit, Coloured, Unfit, Value
from sync.ooxml.grid import Cell, Grid
from sync.ooxml.serials import number_text, serial
from sync.ooxml.styles import Formats
from sync.ooxml.text import inline


class Writing(NamedTuple):
    """What a sheet's cells need to know of their workbook."""

    strings: SharedStrings
    formats: Formats | None
    date1904: bool


class CellWriter:
    """Writes cells of one sheet. `unfit` is why, by address, of the edits that would break something.

    `formulas_gone` are the cells whose formula had to give way to words.
    """

    def __init__(self, sheet: str, grid: Grid, writing: Writing, headings: frozenset[tuple[int, int]]) -> None:
        self.sheet = sheet
        self.grid = grid
        self.writing = writing
        self.headings = headings
        self.spread = spread_formulas(grid)
        self.formulas_gone: list[str] = []
        self.unfit: dict[str, str] = {}
        self._dates: dict[int, tuple[int, str | None]] = {}

    def changed(self, edits: Iterable[CellEdit]) -> dict[int, dict[int, bytes]]:
        """The XML of the cells that truly change, by row and column; what cannot be made is in `unfit` then."""
        cells: dict[int, dict[int, bytes]] = {}
        for edit in edits:
            row, column = place(edit.cell)
            try:
                xml = self._edited(row, column, edit.value)
            except Unfit as why:
                self.unfit[edit.cell] = why.reason
                continue
            if xml is not None:
                cells.setdefault(row, {})[column] = xml
        return cells

    def _edited(self, row: int, column: int, value: Value) -> bytes | None:
        cell = self.grid.cell(row, column)
        content = CellContent(self.grid, cell, self.writing.strings) if cell else None
        style = content.style if content else self.grid.default_style(row, column)
        words, new_style = self._coloured(value, style) if isinstance(value, Coloured) else (value, style)
        words = None if words == "" else words
        if self._says_already(content, words) and style == new_style:
            return None
        self._refuse_unsafe(row, column, content, words)
        if content is not None and content.formula is not None:
            self.formulas_gone.append(name_of(row, column))
        return self.written(row, column, words, new_style)

    def written(self, row: int, column: int, value: Value, style: str | None, *, like: int | None = None) -> bytes:
        """One cell. A date takes a date format: its own, or else from above row `like`, or else a new one."""
        where = f"cell {name_of(row, column)} of sheet {self.sheet!r}"
        prefix = self.grid.prefix
        if isinstance(value, Coloured):
            value, style = self._coloured(value, style)
        if isinstance(value, datetime.date):
            style = self._date_style(like or row, column, style)
        head = b'<%bc r="%b"' % (prefix, name_of(row, column).encode())
        head += b' s="%b"' % style.encode() if style else b""
        if value is None or value == "":
            return head + b"/>"
        if isinstance(value, str):
            return b'%b t="inlineStr">%b</%bc>' % (head, inline(prefix, value, where), prefix)
        return b"%b><%bv>%b</%bv></%bc>" % (head, prefix, self._number(value).encode(), prefix, prefix)

    def _coloured(self, value: Coloured, style: str | None) -> tuple[str | None, str | None]:
        formats, own = self.writing.formats, int(style or 0)
        if formats is None or ((value.words or value.fill is None) and not formats.is_filled(own)):
            return value.words, style
        like = self.grid.cell(*place(value.like)) if value.like else None
        filled = formats.filled(own, value.fill, like=int(self.style_of(like) or 0) if like else None)
        return value.words, style if filled is None or filled == own else str(filled)

    def _says_already(self, content: CellContent | None, value: str | float | int | datetime.date | None) -> bool:
        if content is None:
            return value is None
        if value is None:
            return content.is_blank
        wanted = value if isinstance(value, str) else self._number(value)
        return content.text == wanted

    def _number(self, value: datetime.date | float | int) -> str:
        if isinstance(value, datetime.date):
            return number_text(serial(value, date1904=self.writing.date1904))
        return number_text(value)

    def _refuse_unsafe(self, row: int, column: int, content: CellContent | None, value: object) -> None:
        where = f"Cell {name_of(row, column)} of sheet {self.sheet!r}"
        merged = self.grid.merge_over(row, column)
        if value is not None and merged is not None and merged[:2] != (row, column):
            raise Unfit(f"{where} lies under a merged cell, so that nobody would see it.")
        if any(area.holds(row, column) for area in self.spread):
            raise Unfit(f"{where} is part of a formula that fills several cells.")
        if content is not None and content.formula is not None and "ref" in content.formula:
            raise Unfit(f"{where} holds a formula that other cells share.")
        if (row, column) in self.headings:
            raise Unfit(f"{where} is a heading of an Excel table.", "Nothing was changed. Rename it in Excel.")

    def _date_style(self, row: int, column: int, own: str | None) -> str | None:
        formats = self.writing.formats
        if formats is None or (own is not None and formats.shows_dates(int(own))):
            return own
        above = self._dates_above(formats, row, column)
        if above is not None:
            return above
        added = formats.dated(int(own or 0))
        return own if added is None else str(added)

    def _dates_above(self, formats: Formats, row: int, column: int) -> str | None:
        # Looked for once from the top down: a long column without dates would else be read for every cell.
        known = self._dates.get(column)
        if known is None or known[0] > row:
            found = (style for style in self._styles_above(row, column) if formats.shows_dates(int(style)))
            known = self._dates[column] = (row, next(found, None))
        return known[1]

    def _styles_above(self, row: int, column: int) -> Iterator[str]:
        for above in reversed(self.grid.rows_up_to(row)):
            cell = next((cell for cell in self.grid.cells(above) if cell.column == column), None)
            style = self.style_of(cell) if cell else None
            if style is not None:
                yield style

    def style_of(self, cell: Cell) -> str | None:
        return CellContent(self.grid, cell, self.writing.strings).style
