"""This file reads the month or quarter that heads a column of figures."""

import re
from collections.abc import Sequence
from datetime import date

from plan import periods
from plan.periods import Rhythm
from sync.grid import Cell

LAST_QUARTER = 4  # it lies in the calendar year after the one in whose April its financial year began
FIRST_MONTH = 4  # the financial year begins in April
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
         "November", "December")  # fmt: skip
_NAMED = re.compile(r"(?P<month>[a-z]{3,9})\.?[\s/,'’-]*(?P<year>\d{4}|\d{2})")
_DATED = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-\d{1,2})?|(?P<m>\d{1,2})/(?P<y>\d{4})")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?(?:[\s'’/-]*(?P<year>\d{4}|\d{2}))?"
)
_DAY = r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)? )?"
_LAST_MONTH = re.compile(rf"\b{_DAY}{_MONTH}\)?$")
_FIRST_MONTH = re.compile(rf"{_DAY}{_MONTH}\b")
_FULL_DATE = re.compile(r"(?<![\d./-])(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>\d{4}|\d{2})(?![\d./-])")
_QUARTER = re.compile(
    r"(?:\b(?P<before>\d{4})(?:[/-]\d{2,4})?,? )?\b(?:q|qtr |quarter )(?P<quarter>[1-4])\b"
    r"(?:,? '?(?P<after>\d{4}|\d{2})(?:[/-]\d{2,4})?)?"
)
_BARE = re.compile(rf"{_MONTH}|(?:q|qtr\s*|quarter\s*)[1-4]")


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
    """Which of some headings names the latest day, month or quarter: "Progress November" goes before October's.

    Without years the months are taken to follow each other, so that January comes after November. None where a
    heading names none, or two name the same.
    """
    found = [_when_in(words) for words in headings]
    dates = [each for each in found if each]
    if len(dates) < len(headings) or len(set(dates)) < len(dates) or not dates:
        return None
    if all(year for year, _, _ in dates):
        return dates.index(max(dates))
    months = [month for _, month, _ in dates]
    if len(set(months)) < len(months):
        return None
    return months.index(max(months, key=lambda month: (_until_next(month, months), (month - 4) % 12)))


def _until_next(month: int, months: Sequence[int]) -> int:
    return min(((other - month - 1) % 12 for other in months if other != month), default=12)


def names_only_when(words: str) -> bool:
    """Whether words are a month or quarter and nothing else, with or without its year: "Apr", "Q2"."""
    return bool(_BARE.fullmatch(" ".join(words.lower().split())))


def in_year(words: str, year: int) -> str | None:
    """A month or quarter without its year as one of the financial year that begins in April `year`: "2013-05"."""
    found = _when_in(words)
    if found is None or not names_only_when(words):
        return None
    if "q" in words.lower():
        return f"{year:04d}-Q{(found[1] - 4) % 12 // 3 + 1}"
    return f"{year + (found[1] < FIRST_MONTH):04d}-{found[1]:02d}"


def _when_in(words: str) -> tuple[int, int, int] | None:
    """The year (0 where none is named), month and day (0 too) that a heading names; a quarter is its last month."""
    plain = " ".join(words.lower().split())
    if found := _FULL_DATE.search(plain):
        return _year(found["year"]), int(found["month"]), int(found["day"])
    if found := _LAST_MONTH.search(plain) or _FIRST_MONTH.match(plain):
        return _year(found["year"]), MONTHS.index(found["month"][:3]) + 1, int(found["day"] or 0)
    if found := _QUARTER.search(plain):
        year, quarter = _year(found["before"] or found["after"]), int(found["quarter"])
        return year + (quarter == LAST_QUARTER and year > 0), quarter * 3 % 12 + 3, 0
    return None


def _year(written: str | None) -> int:
    year = int(written or 0)
    return year + 2000 if 0 < year < 100 else year


def months_of(quarter: str) -> tuple[str, ...]:
    """The months of a quarter: "2013-Q1" has "2013-04", "2013-05" and "2013-06"."""
    found = periods.find(quarter)
    months = (divmod(found.last - back, 12) for back in (2, 1, 0)) if found else ()
    return tuple(f"{year:04d}-{month + 1:02d}" for year, month in months)


def of_one_rhythm(headings: Sequence[str | None]) -> set[str]:
    """The periods that a scorecard's columns are read for: a quarter beside months only sums them up."""
    named = {each for each in headings if each}
    return {each for each in named if "Q" not in each} or named


def say(period: str) -> str:
    """A month or quarter in words: "2013-05" is "May 2013"."""
    return periods.say(period)
