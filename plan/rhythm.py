"""This file is the board's calendar: the days of a cycle, and a year of them made ahead from a rhythm."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from plan.timescale import say_date
from plan.timescale.days import MONTHS

LAST = 0
MOST_WEEKS = 26
MOST_DAYS = 180


class Dates(NamedTuple):
    """The days of one cycle, all included: updates are asked for from `opens` to the end of `cut_off`."""

    opens: date
    cut_off: date
    board: date


@dataclass(frozen=True)
class Monthly:
    """Every month on the same weekday (Monday is 0): the first to the fourth, or the LAST one of the month."""

    nth: int
    weekday: int


@dataclass(frozen=True)
class Weekly:
    """Every so many weeks."""

    weeks: int


@dataclass(frozen=True)
class Quarterly:
    """Every three months on one day of the month; the last day of a month that is too short for it."""

    day: int


Rhythm = Monthly | Weekly | Quarterly


class NoRhythm(ValueError):
    """No year can be made of this; the message says why and what would work."""


def year_ahead(rhythm: Rhythm, first: date, *, opens_before: int, cut_off_before: int) -> list[Dates]:
    """The cycles of all boards from `first` to a year later, in order and never overlapping.

    A cycle opens and is cut off so many days before its board. Raises NoRhythm where they would overlap, or where
    the days are not in order.
    """
    if not 0 <= cut_off_before <= opens_before <= MOST_DAYS:
        raise NoRhythm(
            f"A cycle opens before its cut-off and that is not after the board, {MOST_DAYS} days before it at most. "
            "Nothing was made; check the two numbers of days."
        )
    made = [
        Dates(board - timedelta(opens_before), board - timedelta(cut_off_before), board)
        for board in boards(rhythm, first)
    ]
    if any(one.cut_off >= following.opens for one, following in pairwise(made)):
        raise NoRhythm(
            f"Boards come closer together than cycles of {opens_before - cut_off_before + 1} days, so that two would "
            "be open at once. Nothing was made; let each open fewer days before its board."
        )
    return made


def boards(rhythm: Rhythm, first: date) -> list[date]:
    """The days of a year's boards from `first` on: twelve a year, four, or one each so many weeks."""
    match rhythm:
        case Monthly(nth, weekday):
            days = [_weekday(*_month(first, months), nth, weekday) for months in range(13)]
            return [day for day in days if day >= first][:12]
        case Quarterly(of_month):
            days = [_moved(first, months, of_month) for months in range(0, 13, 3)]
            return [day for day in days if day >= first][:4]
        case Weekly(weeks):
            if not 1 <= weeks <= MOST_WEEKS:
                raise NoRhythm(f"Between two boards lie 1 to {MOST_WEEKS} weeks. Nothing was made; check the number.")
            return [first + timedelta(weeks=passed) for passed in range(0, 52, weeks)]


def titles(days: Iterable[date]) -> list[str]:
    """What each board's cycle is called: "September 2013 board", or by the day where a month has two."""
    wanted = list(days)
    months = [(day.year, day.month) for day in wanted]
    return [
        f"{MONTHS[day.month - 1]} {day.year} board" if months.count(month) == 1 else f"{say_date(day)} board"
        for day, month in zip(wanted, months, strict=True)
    ]


def weekday_of(first: date, *, last: bool = False) -> Monthly:
    """The rhythm of the weekday on which a day falls in its month; the fifth one, and if asked for any, as the last."""
    nth = (first.day - 1) // 7 + 1
    return Monthly(LAST if last or nth > 4 else nth, first.weekday())


def _weekday(year: int, month: int, nth: int, weekday: int) -> date:
    first = date(year, month, 1)
    days = [day for day in range(1, monthrange(year, month)[1] + 1) if (first.weekday() + day - 1) % 7 == weekday]
    return date(year, month, days[nth - 1 if nth else -1])


def _moved(day: date, months: int, of_month: int) -> date:
    year, month = _month(day, months)
    return date(year, month, min(of_month, monthrange(year, month)[1]))


def _month(day: date, months: int) -> tuple[int, int]:
    years, month = divmod(day.month - 1 + months, 12)
    return day.year + years, month + 1
