"""This file reads from an .xls file's own records in which format and on which colour each cell is shown.

The library that reads the values tells neither, and without them 25% would be 0.25 and "Jul-13" the first of July.
Records and their fields: [MS-XLS], the published description of the format.
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import olefile
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.styles.numbers import BUILTIN_FORMATS

_BOF, _FILEPASS, _SHEET, _FORMAT, _XF, _PALETTE = 0x0809, 0x002F, 0x0085, 0x041E, 0x00E0, 0x0092
_HEADER, _FOOTER = 0x0014, 0x0015
_SINGLE = frozenset({0x0203, 0x027E, 0x00FD, 0x0204, 0x0006, 0x0205, 0x0201})  # one cell: number, text, formula, blank
_NUMBERS, _BLANKS = 0x00BD, 0x00BE  # many cells of one row
_FIRST_OF_PALETTE, _SOLID = 8, 1
_BIFF8 = 0x0600


@dataclass
class Looks:
    """The format and the colour of cells, by sheet, row and column (counted from 0, as in the records)."""

    is_encrypted: bool = False
    forms: dict[int, str] = field(default_factory=dict)
    palette: dict[int, str] = field(default_factory=dict)
    styles: list[tuple[int, int | None]] = field(default_factory=list)
    sheets: dict[int, str] = field(default_factory=dict)
    cells: dict[tuple[str, int, int], int] = field(default_factory=dict)
    margins: dict[tuple[str, int], str] = field(default_factory=dict)

    def printed(self, sheet: str) -> tuple[str, str]:
        """The printed header and footer of a sheet, in Excel's codes."""
        return self.margins.get((sheet, _HEADER), ""), self.margins.get((sheet, _FOOTER), "")

    def of(self, sheet: str, row: int, column: int) -> tuple[str | None, str | None]:
        """The number format and the fill ("FF0000") of a cell, None where it has none of its own."""
        style = self.cells.get((sheet, row, column), len(self.styles))
        if style >= len(self.styles):
            return None, None
        form, colour = self.styles[style]
        said = self.forms.get(form) or BUILTIN_FORMATS.get(form)
        return (None if said == "General" else said), self._colour(colour)

    def _colour(self, index: int | None) -> str | None:
        if index is None or not 0 <= index < 64:
            return None
        colour = self.palette.get(index) or str(COLOR_INDEX[index])[-6:]
        return None if colour == "FFFFFF" else colour


def looks(content: bytes) -> Looks:
    """The looks of an .xls file's cells; none where its records are older or odd: the values can be read without."""
    found = Looks()
    try:
        _read(_stream(content), found)
    except (OSError, ValueError, LookupError, struct.error):
        return Looks(is_encrypted=found.is_encrypted)
    return found


def _stream(content: bytes) -> bytes:
    with olefile.OleFileIO(io.BytesIO(content)) as file:
        name = next(name for name in ("Workbook", "Book") if file.exists(name))
        return bytes(file.openstream(name).read())


def _read(stream: bytes, found: Looks) -> None:
    sheet: str | None = None
    for start, kind, body in _records(stream):
        if kind == _FILEPASS:
            found.is_encrypted = True
            return
        if kind == _BOF:
            if struct.unpack_from("<H", body)[0] != _BIFF8:
                raise ValueError("an older kind, whose records are of another shape")
            sheet = found.sheets.get(start)
        elif sheet is None:
            _learn(found, kind, body)
        elif kind in (_HEADER, _FOOTER):
            found.margins[sheet, kind] = _words(body[2:], struct.unpack_from("<H", body)[0]) if body else ""
        else:
            for row, column, style in _dressed(kind, body):
                found.cells[sheet, row, column] = style


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _learn(found: Looks, kind: int, body: bytes) -> None:
    if kind == _SHEET:
        found.sheets[struct.unpack_from("<I", body)[0]] = _words(body[7:], body[6])
    elif kind == _FORMAT:
        number, length = struct.unpack_from("<HH", body)
        found.forms[number] = _words(body[4:], length)
    elif kind == _PALETTE:
        for index in range(struct.unpack_from("<H", body)[0]):
            found.palette[_FIRST_OF_PALETTE + index] = body[2 + 4 * index : 5 + 4 * index].hex().upper()
    elif kind == _XF:
        form = struct.unpack_from("<H", body, 2)[0]
        pattern = struct.unpack_from("<I", body, 14)[0] >> 26
        front = struct.unpack_from("<H", body, 18)[0] & 0x7F
        found.styles.append((form, front if pattern == _SOLID else None))


def _words(body: bytes, length: int) -> str:
    """Words behind the flag that says whether each of their marks takes two bytes."""
    return body[1 : 1 + length * 2].decode("utf-16-le") if body[0] & 1 else body[1 : 1 + length].decode("latin-1")


def _dressed(kind: int, body: bytes) -> Iterator[tuple[int, int, int]]:
    """Row, column and style of the cells in a record."""
    if kind in _SINGLE:
        row, column, style = struct.unpack_from("<HHH", body)
        yield row, column, style
    elif kind in (_NUMBERS, _BLANKS):
        row, first = struct.unpack_from("<HH", body)
        size = 6 if kind == _NUMBERS else 2
        for place, at in enumerate(range(4, len(body) - 2, size)):  # the last two bytes repeat the last column
            yield row, first + place, struct.unpack_from("<H", body, at)[0]
