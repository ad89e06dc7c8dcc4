"""This file names cells and areas of a sheet, by their numbers and as a workbook writes them."""

import re
from functools import cache
from typing import NamedTuple

from openpyxl.utils import column_index_from_string, get_column_letter

from sync.ooxml.edits import Refused

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


@cache
def column_number(letters: bytes) -> int:
    return column_index_from_string(letters.decode().upper())
