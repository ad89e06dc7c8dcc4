"""This file reads the month that heads a column of figures."""

import re
from datetime import date

from sync.grid import Cell

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
         "November", "December")  # fmt: skip
_NAMED = re.compile(r"(?P<month>[a-z]{3,9})\.?[\s/,'’-]*(?P<year>\d{4}|\d{2})")
_DATED = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-\d{1,2})?|(?P<m>\d{1,2})/(?P<y>\d{4})")
_QUARTER = re.compile(r"(?:q(?:uarter)?\s*[1-4]\b.*|(?:19|20)\d{2}(?:[/-]\d{2,4})?(?:\s*q[1-4])?|ytd|year to date)")


def period(cell: Cell) -> str | None:
    """The month of a heading, a date or words, as "2013-05"; None where it names no single month."""
    if isinstance(cell.value, date):
        return f"{cell.value.year:04d}-{cell.value.month:02d}"
    words = cell.words.strip().lower()
    named, dated = _NAMED.fullmatch(words), _DATED.fullmatch(words)
    if (
        named
        and named["month"][:3] in MONTHS
        and NAMES[MONTHS.index(named["month"][:3])]
        .lower()
        .startswith(named["month"] if named["month"] != "sept" else "sep")
    ):
        year = int(named["year"])
        return f"{year + 2000 if year < 100 else year:04d}-{MONTHS.index(named['month'][:3]) + 1:02d}"
    if dated:
        year, month = int(dated["year"] or dated["y"]), int(dated["month"] or dated["m"])
        return f"{year:04d}-{month:02d}" if 1 <= month <= 12 else None
    return None


def is_longer(cell: Cell) -> bool:
    """Whether a heading names a quarter or a year, which no field of the plan holds."""
    return bool(_QUARTER.fullmatch(cell.words.strip().lower()))


def say(period: str) -> str:
    """A month in words: "2013-05" is "May 2013"."""
    year, month = period.split("-")
    return f"{NAMES[int(month) - 1]} {year}"
