"""This file reads the month or quarter that heads a column of figures."""

import re
from collections.abc import Sequence
from datetime import date

from plan import periods
from plan.periods import Rhythm
from sync.grid import Cell

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
         "November", "December")  # fmt: skip
_NAMED = re.compile(r"(?P<month>[a-z]{3,9})\.?[\s/,'’-]*(?P<year>\d{4}|\d{2})")
_DATED = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-\d{1,2})?|(?P<m>\d{1,2})/(?P<y>\d{4})")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?(?:[\s'’/-]*(?P<year>\d{4}|\d{2}))?"
)
_LAST_MONTH = re.compile(rf"\b{_MONTH}\)?$")
_FIRST_MONTH = re.compile(rf"(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH}\b")


def period(cell: Cell) -> str | None:
    """The month that a heading names, as "2013-05", or the quarter, as "2013-Q1"; None where it names neither."""
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
    quarter = periods.understand(words) if "q" in words else None
    return str(quarter) if quarter and quarter.rhythm is Rhythm.QUARTERLY else None


def newest(headings: Sequence[str]) -> int | None:
    """Which of some headings names the latest month: of "Progress October", "Progress November" it is the second.

    Without years the months are taken to follow each other, so that January comes after November. None where a
    heading names no month, or two name the same.
    """
    found = [_month_in(words) for words in headings]
    dates = [each for each in found if each]
    if len(dates) < len(headings) or len(set(dates)) < len(dates) or not dates:
        return None
    if all(year for year, _ in dates):
        return dates.index(max(dates))
    months = [month for _, month in dates]
    if len(set(months)) < len(months):
        return None
    return months.index(max(months, key=lambda month: (_until_next(month, months), (month - 4) % 12)))


def _until_next(month: int, months: Sequence[int]) -> int:
    return min(((other - month - 1) % 12 for other in months if other != month), default=12)


def _month_in(words: str) -> tuple[int, int] | None:
    """The year (0 where none is named) and the month that a heading begins or ends with."""
    plain = " ".join(words.lower().split())
    found = _LAST_MONTH.search(plain) or _FIRST_MONTH.match(plain)
    if not found:
        return None
    year = int(found["year"] or 0)
    return (year + 2000 if 0 < year < 100 else year), MONTHS.index(found["month"][:3]) + 1


def of_one_rhythm(headings: Sequence[str | None]) -> set[str]:
    """The periods that a scorecard's columns are read for: a quarter beside months only sums them up."""
    named = {each for each in headings if each}
    return {each for each in named if "Q" not in each} or named


def say(period: str) -> str:
    """A month or quarter in words: "2013-05" is "May 2013"."""
    return periods.say(period)
