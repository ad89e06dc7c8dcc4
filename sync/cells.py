"""This file turns what one cell holds into the value of a field, or says why it cannot."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from types import MappingProxyType
from typing import NamedTuple

from plan import rag
from plan.fields import Field, Invalid, Shape, Value, clean, keeps_up_to
from plan.timescale import say_date
from sync.grid import Cell
from sync.months import NAMES

PLACES = re.compile(r"0\.(0+)")
ALLOWED = ", ".join(rag.Status)
_WORDED = frozenset({Shape.LINE, Shape.TEXT, Shape.TIMESCALE})
STRIPPED = frozenset({"reference", "title"})  # what names a record: spaces around it mean nothing
# What is dropped from a number format before asking whether it shows a day: "words", [codes], escaped signs.
_NOT_SHOWN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


class NotUnderstood(ValueError):
    """A cell that gives no value. `found` is what stands there; the message says what would work."""

    def __init__(self, found: str, message: str) -> None:
        super().__init__(message)
        self.found = found


Meanings = Mapping[str, rag.Status | None]


def read_cell(which: Field, cell: Cell, meanings: Meanings = MappingProxyType({})) -> Value:
    """The value that a cell gives a field; None where it is blank. Raises NotUnderstood.

    `meanings` are the status words that this workbook has beside the plan's, normalised.
    Words come out character for character, but for line ends, which become line feeds.
    """
    if type(cell.value) is str and which.shape in _WORDED and not cell.is_error and which.name not in STRIPPED:
        return _cleaned(which, cell, cell.value)
    if cell.is_error:
        message = f"The cell shows the error {cell.value}. Correct its formula, or type the value and upload again."
        raise NotUnderstood(str(cell.value), message)
    if cell.formula is not None and cell.value is None:
        raise NotUnderstood(
            cell.formula,
            "The formula has no stored result. Open the workbook in Excel or LibreOffice, save it there "
            "and upload it again.",
        )
    if cell.value is None:
        return None
    if which.shape is Shape.STATUS:
        return _status(cell, meanings)
    value = reference(cell) if which.name in STRIPPED else _SHAPES.get(which.shape, _text)(cell)
    return _cleaned(which, cell, value)


class Unread(NamedTuple):
    """The same as a value: an exception that is kept would keep all that led to it."""

    found: str
    message: str


class Reader:
    """Reads the cells of one field as `read_cell` does, short and repeated ones once each."""

    def __init__(self, which: Field, meanings: Meanings = MappingProxyType({})) -> None:
        self._which, self._meanings = which, meanings
        self._is_worded, self._is_stripped = which.shape in _WORDED, which.name in STRIPPED
        self._longest = keeps_up_to(which)
        self._known: dict[tuple[Cell, type], Value | Unread] = {}

    def read(self, cell: Cell) -> Value | Unread:
        """The value that a cell gives the field, or why it gives none."""
        value = cell.value
        if self._is_worded and type(value) is str:
            words = value.strip() if self._is_stripped else value
            is_plain = len(words) <= self._longest and words.isprintable() and not cell.is_error
            return words if is_plain and not words.isspace() and words else self._told(cell)
        key = cell, type(value)  # for 1, 1.0 and TRUE are equal to each other
        if key not in self._known:
            self._known[key] = self._told(cell)
        return self._known[key]

    def _told(self, cell: Cell) -> Value | Unread:
        try:
            return read_cell(self._which, cell, self._meanings)
        except NotUnderstood as why:
            return Unread(why.found, str(why))


def _cleaned(which: Field, cell: Cell, value: Value) -> Value:
    try:
        return clean(which, value)
    except Invalid as why:
        raise NotUnderstood(shown(cell), str(why)) from None


def shown(cell: Cell) -> str:
    """What a person sees in the cell, as near as its number format tells; empty for a blank one."""
    value = cell.value
    if value is None:
        return cell.formula or ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime | date | time):
        return _moment(value, cell.number_format)
    if isinstance(value, float | int):
        return _figure(value, cell.number_format)
    return value


def plain_figure(value: float) -> str:
    """The shortest way of writing a number: 2.0 is "2", 23.7 is "23.7"."""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(value)


def _text(cell: Cell) -> Value:
    return shown(cell)


def _status(cell: Cell, meanings: Meanings) -> Value:
    words = shown(cell)
    understood = rag.understand(words, meanings)
    if not understood.known:
        raise NotUnderstood(
            words,
            f"“{words.strip()}” is not on the plan's scale ({ALLOWED}). The cell is left as it is "
            "and the plan's status does not change. Use one of these words there, or set it in the plan.",
        )
    return understood.status.value if understood.status else None


def _number(cell: Cell) -> Value:
    if isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
        return shown(cell)
    if "%" in _NOT_SHOWN.sub("", cell.number_format):
        # Excel keeps 74.89% as 0.7489; ten places hide the binary rest of the multiplication.
        return plain_figure(round(cell.value * 100, 10))
    return plain_figure(cell.value)


def _day(cell: Cell) -> Value:
    return cell.value.strftime("%Y-%m-%d") if isinstance(cell.value, date) else shown(cell)


_SHAPES: Mapping[Shape, Callable[[Cell], Value]] = {
    Shape.NUMBER: _number,
    Shape.COUNT: _number,
    Shape.DATE: _day,
}


def reference(cell: Cell) -> str:
    """A number or name that identifies: "2" for 2, 2.0 and "2 ", "1.10" for 1.1 shown with two places."""
    return shown(cell).strip()


def _figure(value: float, number_format: str) -> str:
    places = PLACES.fullmatch(number_format)
    if places:
        return f"{value:.{len(places[1])}f}"
    if "%" in _NOT_SHOWN.sub("", number_format):
        return f"{plain_figure(round(value * 100, 10))}%"
    return plain_figure(value)


def _moment(value: date | time, number_format: str) -> str:
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if not _shows_day(number_format):
        return f"{NAMES[value.month - 1]} {value.year}"
    day = say_date(value)
    at_midnight = not isinstance(value, datetime) or value.time() == time(0)
    return day if at_midnight else f"{day} {value:%H:%M}"


def _shows_day(number_format: str) -> bool:
    """Whether a date's format shows its day; "mmm-yy" promises a month only."""
    marks = _NOT_SHOWN.sub("", number_format).lower()
    return "d" in marks or not ("m" in marks and "y" in marks)
