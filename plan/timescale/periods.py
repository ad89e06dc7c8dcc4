"""This file finds the stretch of calendar that words name: a day, week, month, quarter, year or a range."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from plan.timescale.days import (
    DAYS,
    MONTH,
    YEAR,
    calendar_year,
    financial_year,
    full_year,
    make_day,
    month_number,
    stated_day,
)

# Schools in England set their own terms, and Easter moves, so these months are the widest that a term can be:
# nothing is called late while some school may still be in term. Our assumption; no rule fixes the dates.
TERMS = {"autumn": (9, 12), "spring": (1, 4), "summer": (4, 7)}
NUMBERS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}


class Span(NamedTuple):
    """A stretch of the calendar, first and last day included."""

    starts: date
    ends: date


def stretch(words: str, year: int) -> Span | None:
    """The period that plain words name, or the range from one to another; None if they name neither.

    `year` is the year in whose April the financial year of bare quarters, months, days and terms starts.
    """
    words = re.sub(rf"\b({'|'.join(NUMBERS)}) quarter\b", lambda said: f"quarter {NUMBERS[said[1]]}", words)
    single = _period(words, year)
    if single:
        return single
    bare = re.sub("^(?:between|from) ", "", words)
    for gap in re.finditer(r" ?(?:, | to | and | until |[-&/]) ?", bare):
        span = _range(bare[: gap.start()], bare[gap.end() :], year)
        if span:
            return span
    return None


def _range(left: str, right: str, year: int) -> Span | None:
    if re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)?", left):
        day = re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)?( [a-z].*)", right)
        if not day:
            return None
        left += day[1]  # "22-26 July 2013"
    first, last = _period(left, year), _period(right, year)
    right_says_its_year = last and last == _period(right, year + 1)
    if last and right_says_its_year:
        first = _period(left, financial_year(last.starts))
    elif first:
        last = _period(right, financial_year(first.starts))
    return Span(first.starts, last.ends) if first and last and first.starts <= last.ends else None


def _period(words: str, year: int) -> Span | None:
    for pattern, reading in PERIODS:
        match = pattern.fullmatch(words)
        span = reading(match, year) if match else None
        if span:
            return span
    return None


def _day(match: re.Match[str], year: int) -> Span | None:
    day = stated_day(match, year)
    return Span(day, day) if day else None


def _week(match: re.Match[str], year: int) -> Span | None:
    day = _period(match["when"], year)
    if not day or day.starts != day.ends:
        return None
    first = day.starts - timedelta(days=6) if match["side"].startswith("e") else day.starts
    return Span(first, first + timedelta(days=6))


def _month(match: re.Match[str], year: int) -> Span | None:
    month = month_number(match["month"])
    return _months(full_year(match["year"]) if match["year"] else calendar_year(month, year), month, month)


def _quarters(match: re.Match[str], year: int) -> Span | None:
    named = [int(number) for number in re.findall("[1-4]", match["quarters"])]
    stated = match["before"] or match["after"]
    if named != sorted(named) or (stated and len(stated) == 4 and 4 in named):
        return None  # "Q4 2014" may be the January of 2014 or of 2015
    starts = _first_of_years(stated) if stated else year
    first, last = _quarter(named[0], starts), _quarter(named[-1], starts)
    return Span(first.starts, last.ends) if first and last else None


def _quarter(number: int, starts: int | None) -> Span | None:
    month = number * 3 % 12 + 1
    return _months(calendar_year(month, starts), month, month + 2) if starts is not None else None


def _whole_year(match: re.Match[str], year: int) -> Span | None:
    stated = match["years"]
    if stated and len(stated) == 4:
        return None if match["financial"] else _months(int(stated), 1, 12)
    return _financial_year(_first_of_years(stated) if stated else year)


def _financial_year(starts: int | None) -> Span | None:
    first, last = _quarter(1, starts), _quarter(4, starts)
    return Span(first.starts, last.ends) if first and last else None


def _term(match: re.Match[str], year: int) -> Span | None:
    first, last = TERMS[match["term"]]
    stated = match["years"]
    if not stated:
        return _months(calendar_year(first, year), first, last)
    starts = _first_of_years(stated)
    school_year_turns = len(stated) > 4 and match["term"] != "autumn"
    return _months(starts + school_year_turns, first, last) if starts is not None else None


def _two_numbers(match: re.Match[str], year: int) -> Span | None:
    # "05/13" is a month, "31/12" a day, "13/14" a financial year; "05/06" could be any of them, so is none.
    left, right = int(match["left"]), int(match["right"])
    day = make_day(calendar_year(right, year), right, left)
    readings = (
        _months(full_year(match["right"]), left, left) if len(match["right"]) == 2 else None,
        Span(day, day) if day else None,
        _financial_year(_first_of_years(match[0])) if len(match[0]) == len("13/14") else None,
    )
    possible = [span for span in readings if span]
    return possible[0] if len(possible) == 1 else None


def _first_of_years(written: str) -> int | None:
    first, *rest = re.findall(r"\d+", written)
    follows = not rest or (int(rest[0]) - int(first)) % 100 == 1
    return full_year(first) if follows else None


def _months(year: int, first: int, last: int) -> Span | None:
    starts = make_day(year, first, 1)
    after = make_day(year + last // 12, last % 12 + 1, 1)
    return Span(starts, after - timedelta(days=1)) if starts and after else None


_YEARS = r"(?:19|20)\d\d(?: ?[/-] ?(?:(?:19|20)\d\d|\d\d))?|\d\d ?[/-] ?\d\d"
_QUARTER = r"(?:quarters?|qtrs?|qs?)"
_LIST = rf"[1-4](?: ?(?:, ?and|,|and|&|/|to|-) ?(?:{_QUARTER} ?)?[1-4])*"
_AFTER = rf"(?:[ ,-]+(?:of )?(?:the )?(?:financial year |fy ?)?(?P<after>{_YEARS}))?"
_BEFORE = rf"(?:(?P<before>{_YEARS}),? )?"
_FINANCIAL = r"(?:the |this |current )*(?P<financial>financial year|fy|year)"

PERIODS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], int], Span | None]], ...] = (
    *((pattern, _day) for pattern in DAYS),
    (re.compile(r"week (?P<side>commencing|beginning|of|ending):? (?P<when>.+)"), _week),
    (re.compile(r"w ?[/.]? ?(?P<side>[cbe])\.?:? ?(?P<when>.+)"), _week),
    (re.compile(rf"{MONTH}(?:[ ,/-]{{0,3}}{YEAR})?"), _month),
    (re.compile(r"(?P<month>\d{1,2})[./-](?P<year>(?:19|20)\d\d)"), _month),
    (re.compile(rf"{_BEFORE}{_QUARTER}\.? ?(?P<quarters>{_LIST}){_AFTER}"), _quarters),
    (re.compile(rf"{_FINANCIAL}(?: ?(?P<years>{_YEARS}))?"), _whole_year),
    (re.compile(r"(?P<financial>)(?P<years>(?:19|20)\d\d(?: ?[/-] ?(?:(?:19|20)\d\d|\d\d))?)"), _whole_year),
    (re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])"), _month),
    (re.compile(rf"(?:the )?(?P<term>autumn|spring|summer) term(?:,? (?P<years>{_YEARS}))?"), _term),
    (re.compile(r"(?P<left>\d{1,2})/(?P<right>\d{1,2})"), _two_numbers),
)
