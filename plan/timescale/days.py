"""This file reads and writes single days of the calendar, in the ways that British staff write them."""

import re
import unicodedata
from datetime import date, timedelta

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
LONGEST = 80  # characters; anything longer is a paragraph about time, not a timescale
SERIAL_ZERO = date(1899, 12, 30)  # spreadsheets count from here, having believed in 29 February 1900
SERIALS = range(32874, 73051)  # 1990 to 2099: other five-figure numbers are not taken for days
CENTURY_TURNS = 70  # "69" is 2069, "70" is 1970

YEAR = r"'?(?P<year>(?:19|20)\d\d|\d\d)"
MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_GAP = r"[ ,/-]{0,2}"
_NUMBER = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?,? )?(?:the )?"
DAYS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_WEEKDAY}{_NUMBER}(?: of)?{_GAP}{MONTH}(?:{_GAP}{YEAR})?",
        rf"{_WEEKDAY}{MONTH} ?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>(?:19|20)\d\d)",
        rf"{_WEEKDAY}{MONTH} ?(?P<day>\d{{1,2}})(?:st|nd|rd|th)",
        rf"{_WEEKDAY}(?P<british>(?P<day>\d{{1,2}}))(?P<gap>[./-])(?P<month>\d{{1,2}})(?P=gap){YEAR}",
        r"(?P<year>(?:19|20)\d\d)(?P<gap>[./-])(?P<month>\d{1,2})(?P=gap)(?P<day>\d{1,2})",
        r"(?P<serial>\d{5})(?:\.\d+)?",
    )
)


def canonical_date(text: str | None) -> date | None:
    """Promise the one day that a timescale states in full, however it is written, or None for anything else.

    "30 Sep 2013", "30/09/2013", "2013-09-30" and the serial number "41547" are one day. Never raises.
    """
    words = plain(text or "")
    for pattern in DAYS:
        match = pattern.fullmatch(words)
        if match and (match.groupdict().get("year") or match.groupdict().get("serial")):
            return stated_day(match, 0)
    return None


def say_date(d: date) -> str:
    """Write a day out in full: 30 September 2013."""
    return f"{d.day} {MONTHS[d.month - 1]} {d.year}"


def plain(text: str) -> str:
    """The words in small letters, one kind of space and dash, no time of day; "" if they are too many."""
    if len(text) > LONGEST:
        return ""
    words = unicodedata.normalize("NFKC", text).lower()
    words = re.sub("[\u200b-\u200d\u2060\ufeff\u00ad]", "", words)
    words = re.sub("[\u2010-\u2015\u2212]", "-", words).replace("\u2019", "'").replace("\u2018", "'")
    words = re.sub(r"\bon ?- ?going\b", "on going", " ".join(words.split())).strip(" .,;:*")
    return re.sub(r"(?<=\d)[ t]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?z?$", "", words)


def stated_day(match: re.Match[str], year: int) -> date | None:
    """The day that a match of `DAYS` states; without a year, in the financial year that starts in `year`."""
    said = match.groupdict()
    if said.get("serial"):
        number = int(said["serial"])
        return SERIAL_ZERO + timedelta(days=number) if number in SERIALS else None
    month, number = month_number(said["month"]), int(said["day"])
    stated = full_year(said["year"]) if said.get("year") else calendar_year(month, year)
    british = make_day(stated, month, number)
    # American order is believed only where the British one names no day at all.
    return make_day(stated, number, month) if not british and said.get("british") else british


def make_day(year: int, month: int, day: int) -> date | None:
    """A day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def month_number(written: str) -> int:
    """1 for "1", "Jan" or "january"; `written` is a number or one of the spellings of `MONTH`."""
    if written.isdigit():
        return int(written)
    return next(number for number, name in enumerate(MONTHS, 1) if name.lower().startswith(written[:3]))


def full_year(written: str) -> int:
    """2013 for "13" or "2013"."""
    year = int(written)
    return year if len(written) == 4 else year + (2000 if year < CENTURY_TURNS else 1900)


def calendar_year(month: int, year: int) -> int:
    """The calendar year of a month in the financial year that starts in April `year`."""
    return year if month >= 4 else year + 1


def financial_year(day: date) -> int:
    """The year in whose April the financial year of a day started."""
    return day.year if day.month >= 4 else day.year - 1
