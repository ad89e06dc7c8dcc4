"""This file is one sheet of another kind of file: what is shown in its cells, without any library's classes."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import NamedTuple

from sync.grid import Box, Place, address
from sync.open_workbook import Unreadable

MOST_CELLS = 1_000_000
MOST_SHEETS = 500
TOO_MUCH = "The file holds far more than a tracker can. Nothing was changed. Take out what is not the plan."
LONGEST = 32_767  # characters of a cell in Excel, in UTF-16 units
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

Value = str | int | float | bool | date | time | timedelta | None


class Shown(NamedTuple):
    """What one cell shows: its value, in which number format and on which colour ("FF0000")."""

    value: Value
    format: str | None = None
    fill: str | None = None
    is_error: bool = False


@dataclass
class Page:
    """One sheet while it is being read."""

    name: str
    visible: bool = True
    cells: dict[Place, Shown] = field(default_factory=dict)
    merges: list[Box] = field(default_factory=list)
    notes: dict[Place, str] = field(default_factory=dict)
    margins: tuple[str, str] = ("", "")  # the printed header and footer, in Excel's codes ("&LOFFICIAL&RPage &P")

    def put(self, row: int, column: int, shown: Shown) -> None:
        """Let a cell show something. Raises Unreadable for what no .xlsx workbook can hold."""
        if row > LAST_ROW or column > LAST_COLUMN or len(self.cells) >= MOST_CELLS:
            raise Unreadable(TOO_MUCH)
        if isinstance(shown.value, str) and len(shown.value.encode("utf-16-le", "replace")) // 2 > LONGEST:
            raise Unreadable(
                f"Cell {address(row, column)} of “{self.name}” has more than {LONGEST:,} characters, which is the most "
                "an Excel workbook can hold. Nothing was changed. Shorten it and try again."
            )
        self.cells[row, column] = shown

    @property
    def last(self) -> Place:
        """The last row and the last column that show anything."""
        return max((row for row, _ in self.cells), default=0), max((column for _, column in self.cells), default=0)
