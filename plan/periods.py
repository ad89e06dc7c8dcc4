"""This file knows the months and quarters that figures speak of: reading them, saying them, what comes next."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from plan import timescale
from plan.timescale.days import MONTHS

_KEPT = re.compile(r"(?P<year>\d{4})-(?:(?P<month>\d{1,2})|[qQ](?P<quarter>[1-4]))")


class Rhythm(IntEnum):
    """How often a figure is read, in months."""

    MONTHLY = 1
    QUARTERLY = 3


@dataclass(frozen=True, order=True)
class Period:
    """One month, or one quarter of a financial year, by its last month: years and months are counted from 0 CE."""

    last: int
    rhythm: Rhythm

    def __str__(self) -> str:
        """As it is kept: "2013-05", or "2013-Q1" for the first quarter of 2013/14."""
        year, month = divmod(self.last, 12)
        if self.rhythm is Rhythm.MONTHLY:
            return f"{year:04d}-{month + 1:02d}"
        return f"{year - (month == 2):04d}-Q{((month - 3) % 12) // 3 + 1}"

    @property
    def words(self) -> str:
        """In words: "May 2013", or "Quarter 1 2013/14"."""
        year, month = divmod(self.last, 12)
        if self.rhythm is Rhythm.MONTHLY:
            return f"{MONTHS[month]} {year}"
        starts, quarter = str(self).split("-Q")
        return f"Quarter {quarter} {starts}/{(int(starts) + 1) % 100:02d}"

    @property
    def short(self) -> str:
        """In few letters, for an axis: "May 13", or "Q1 13/14"."""
        year, month = divmod(self.last, 12)
        if self.rhythm is Rhythm.MONTHLY:
            return f"{MONTHS[month][:3]} {year % 100:02d}"
        starts, quarter = str(self).split("-Q")
        return f"Q{quarter} {int(starts) % 100:02d}/{(int(starts) + 1) % 100:02d}"

    def after(self, steps: int = 1) -> "Period":
        """The period so many steps of the same rhythm later."""
        return Period(self.last + steps * self.rhythm, self.rhythm)


def find(kept: object) -> Period | None:
    """The period that "2013-05" or "2013-Q1" names, None for anything else."""
    match = _KEPT.fullmatch(str(kept or "").strip())
    if not match or not match[0].isascii():
        return None
    year = int(match["year"])
    if match["quarter"]:
        last = int(match["quarter"]) * 3 + 2  # counted from January of the year in whose April it starts
        return Period(year * 12 + last, Rhythm.QUARTERLY)
    month = int(match["month"])
    return Period(year * 12 + month - 1, Rhythm.MONTHLY) if 1 <= month <= 12 else None


def understand(words: str) -> Period | None:
    """The month or quarter that words name in full: "2013-05", "May 2013", "Q1 2013/14"; None where they do not.

    Words that leave the year to the reader ("May", "Quarter 1") name no period.
    """
    kept = find(words)
    if kept or re.fullmatch(r"\s*\d{4}-\d+\s*", words):
        return kept
    window = timescale.parse(words, 2000)
    if window is None or window != timescale.parse(words, 2001) or window.open_ended:
        return None
    return _of_days(window.starts, window.ends)


def say(kept: object) -> str:
    """A kept period in words; other words as they are."""
    found = find(kept)
    return found.words if found else str(kept or "no month")


def order(kept: object) -> tuple[int, str]:
    """What kept periods are sorted by: when they end; words that name none come first."""
    found = find(kept)
    return (found.last if found else -1, str(kept))


def of_day(day: date, rhythm: Rhythm) -> Period:
    """The month or quarter in which a day lies."""
    month = day.year * 12 + day.month - 1
    return Period(month if rhythm is Rhythm.MONTHLY else month + (2 - month % 3), rhythm)


def say_all(several: Iterable[Period]) -> str:
    """Periods in words, runs of three and more as such: "February to April 2013 and June 2013"."""
    runs: list[list[Period]] = []
    for one in sorted(several):
        if runs and runs[-1][-1].after() == one:
            runs[-1].append(one)
        else:
            runs.append([one])
    said = [words for run in runs for words in _say_run(run)]
    return " and ".join(part for part in (", ".join(said[:-1]), said[-1]) if part) if said else ""


def _say_run(run: list[Period]) -> list[str]:
    if len(run) < 3:
        return [one.words for one in run]
    first, last = run[0].words, run[-1].words
    same_year = first.split()[-1] == last.split()[-1]
    return [f"{first.rsplit(' ', 1)[0] if same_year else first} to {last}"]


def _of_days(starts: date | None, ends: date | None) -> Period | None:
    """The period that lies exactly between two days."""
    if starts is None or ends is None or starts.day != 1:
        return None
    months = (ends.year - starts.year) * 12 + ends.month - starts.month + 1
    if months not in tuple(Rhythm):
        return None
    period = Period(ends.year * 12 + ends.month - 1, Rhythm(months))
    ends_its_month = ends.toordinal() + 1 == date(ends.year + ends.month // 12, ends.month % 12 + 1, 1).toordinal()
    return period if ends_its_month and (months == 1 or ends.month % 3 == 0) else None
