"""This file turns dates into the serial numbers of a workbook."""

import datetime
import math

from sync.ooxml.edits import Unfit

_PHANTOM_LEAP_DAY = datetime.date(1900, 3, 1)


def serial(day: datetime.date, *, date1904: bool) -> float:
    """Days since the workbook's first day, with the time of day as a fraction.

    Raises Unfit before that first day. Before March 1900 a workbook counts a 29 February that never was.
    """
    date = day.date() if isinstance(day, datetime.datetime) else day
    epoch = datetime.date(1904, 1, 1) if date1904 else datetime.date(1899, 12, 30)
    number = (date - epoch).days + _part_of_day(day)
    if not date1904 and date < _PHANTOM_LEAP_DAY:
        number -= 1
    if number < (0 if date1904 else 1):
        raise Unfit(f"A workbook cannot hold the date {day:%d %m %Y}.", "Nothing was changed; write it as text.")
    return number


def _part_of_day(day: datetime.date) -> float:
    if not isinstance(day, datetime.datetime):
        return 0.0
    since = datetime.timedelta(hours=day.hour, minutes=day.minute, seconds=day.second, microseconds=day.microsecond)
    return since / datetime.timedelta(days=1)


def number_text(number: float) -> str:
    """A number as a workbook writes it: 2 and not 2.0, never infinity."""
    if not math.isfinite(number):
        raise Unfit("A workbook cannot hold a number without a value.")
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(float(number))
