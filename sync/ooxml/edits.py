"""This file holds the words in which a change of a workbook is asked for, and what comes back."""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Coloured(NamedTuple):
    """Words of a cell, and the colour behind them: `fill` as "RRGGBB", None for no colour.

    The shade is that of the sheet's cell `like` ("C7") where that is filled itself. A cell with words is filled
    only in place of a fill that it has: its colour may be a rule's. One without words is always filled.
    """

    words: str | None
    fill: str | None
    like: str | None = None


Value = str | float | int | datetime.date | Coloured | None


class Refused(ValueError):
    """A workbook, or a change of one, that is not accepted. The message is a sentence for staff."""


class Unfit(Refused):
    """A value that its cell cannot or must not take. `reason` is why, in a sentence."""

    def __init__(self, reason: str, advice: str = "Nothing was changed.") -> None:
        super().__init__(f"{reason} {advice}")
        self.reason = reason


class UnfitCells(Refused):
    """Edits that cannot be made: why, in a sentence, by their sheet and cell. Without them the others can."""

    def __init__(self, reasons: Mapping[tuple[str, str], str]) -> None:
        super().__init__(f"{next(iter(reasons.values()))} Nothing was changed.")
        self.reasons = reasons


class Unmovable(Refused):
    """Rows of a sheet, or of any sheet that moves when `sheet` is None, that cannot be moved safely."""

    def __init__(self, reason: str, sheet: str | None = None) -> None:
        super().__init__(f"{reason} Nothing was changed.")
        self.reason = reason
        self.sheet = sheet


class Visibility(StrEnum):
    visible = "visible"
    hidden = "hidden"
    very_hidden = "veryHidden"


class SheetName(NamedTuple):
    name: str
    state: Visibility


@dataclass(frozen=True)
class CellEdit:
    """A new value for one cell, named as in the original workbook ("C6").

    Text stays text even when it starts with "=". A date takes a date format. None or "" empties the cell and
    keeps its format.
    """

    sheet: str
    cell: str
    value: Value


@dataclass(frozen=True)
class RowInsert:
    """A new row after the original row `after`, looking like the original row `like`.

    `values` goes by column letter. A vertical merge that ends at `after` takes the row in only when its
    column is in `grow_merges`. `hidden` is the row's text in the HiddenColumn of the same call. `alone` is what
    the row says besides when it goes to the end of its sheet, away from the rows it belongs to.
    """

    sheet: str
    after: int
    like: int
    values: Mapping[str, Value]
    grow_merges: frozenset[str] = frozenset()
    hidden: str | None = None
    alone: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class RowRemove:
    sheet: str
    row: int


@dataclass(frozen=True)
class HiddenColumn:
    """A hidden column with a heading and one text for each original row in `cells`.

    With `column` None the first free column right of the table, the filter or the used cells is taken.
    Rows that are not in `cells` keep what they have; a text of "" empties the cell.
    """

    sheet: str
    column: str | None
    heading_row: int
    heading: str
    cells: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Marking:
    """The protective marking for the header and footer of these sheets; of every sheet when `sheets` is None.

    What stands there is kept. `instead_of` are markings that this one takes the place of.
    """

    words: str
    sheets: tuple[str, ...] | None = None
    instead_of: frozenset[str] = frozenset()


class Foot(NamedTuple):
    """A line of words under the printed footer of a sheet: the first of `choices` that fits, the longest first.

    It takes the place of all that `instead_of` matches as a whole line or a whole part of one.
    """

    sheet: str
    choices: tuple[str, ...]
    instead_of: re.Pattern[str]


@dataclass(frozen=True)
class Whereabouts:
    """Where things are in a workbook that is being patched.

    `moved(sheet, row)` is where an original row is now, None when it was removed. `first_row(sheet, word)` is the
    first row whose text in the sheet's hidden column holds this word, None where none does.
    """

    moved: Callable[[str, int], int | None]
    first_row: Callable[[str, str], int | None]


Feet = Callable[[Whereabouts], Iterable[Foot]]
"""What to write under the footers, said once the rows of the workbook are where they will be."""


@dataclass(frozen=True)
class Patched:
    """The patched workbook. `moved(sheet, row)` is where an original row is now, None when it was removed."""

    content: bytes
    parts_changed: tuple[str, ...]
    notes: tuple[str, ...]
    moved: Callable[[str, int], int | None]
