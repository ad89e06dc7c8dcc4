"""This file reads what one cell of a sheet holds: words, a number, a day, a yes or no, an error."""

import math
import re
from datetime import date, datetime, time, timedelta

from lxml import etree
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel, from_ISO8601

from sync.grid import Content
from sync.ooxml.text import unescaped
from sync.opening.markup import local
from sync.opening.styles import Look

_WHOLE = re.compile(r"-?[0-9]{1,15}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?")


class Damaged(ValueError):
    """The workbook refers to something that it does not hold."""


def words(element: etree._Element) -> str:
    """The words of a text, of all its runs; what only tells how to pronounce them is left out."""
    said: list[str] = []
    for each in element:
        name = local(each)
        if name == "t":
            said.append(each.text or "")
        elif name == "r":
            said += [run.text or "" for run in each if local(run) == "t"]
    return unescaped("".join(said))


class Values:
    """What the cells of one workbook hold, by its common texts and the day that it counts from."""

    def __init__(self, common: list[str], *, date1904: bool) -> None:
        self._common = common
        self._moments: dict[tuple[float, bool], Content] = {}  # a tracker's days are few and its date cells many
        self._first_day = CALENDAR_MAC_1904 if date1904 else CALENDAR_WINDOWS_1900

    def read(self, kind: str, said: str | None, inline: str | None, look: Look) -> Content:
        """The value of a cell of this type; None for words that are only spaces. Raises Damaged.

        `inline` is the text of a cell that holds its own.
        """
        if inline is not None:
            return _spoken(inline)
        if said is None:
            return None
        if kind == "s":
            return _spoken(self._text(said))
        if kind == "b":
            return said.strip() in ("1", "true")
        if kind == "d":
            return _day_as_written(said)
        return self._figure(said.strip(), look) if kind == "n" else _spoken(unescaped(said))

    def _text(self, said: str) -> str:
        place = said.strip()
        if not place:
            return ""
        if not (place.isascii() and place.isdecimal() and len(place) < 9 and int(place) < len(self._common)):
            raise Damaged(place)
        return self._common[int(place)]

    def _figure(self, said: str, look: Look) -> Content:
        value: float = int(said) if _WHOLE.fullmatch(said) else float(said) if _NUMBER.fullmatch(said) else math.nan
        if not math.isfinite(value):
            return _spoken(said)
        return self._moment(value, look) if look.dated or look.lasting else value

    def _moment(self, value: float, look: Look) -> Content:
        if (value, look.lasting) not in self._moments:
            self._moments[value, look.lasting] = self._reckoned(value, lasting=look.lasting)
        return self._moments[value, look.lasting]

    def _reckoned(self, value: float, *, lasting: bool) -> Content:
        try:
            found = from_excel(value, self._first_day, timedelta=lasting)
        except (OverflowError, ValueError):
            return value
        return str(found) if isinstance(found, timedelta) else _as_day(found)


def _day_as_written(said: str) -> Content:
    try:
        found = from_ISO8601(said.strip())  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError):
        return _spoken(said)
    return str(found) if isinstance(found, timedelta) else _as_day(found)


def _as_day(found: object) -> Content:
    return found if isinstance(found, datetime | date | time) else None


def _spoken(said: str) -> str | None:
    return said if said.strip() else None
