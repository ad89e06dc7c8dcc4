"""This room turns staff's words for "when" into the window of days that they promise, and says what is late.

The words themselves are kept elsewhere; nothing here guesses. Words with two honest readings ("05/06",
"Q4 2014"), or with none ("TBC", "ASAP", "Immediate"), have no window that can be computed, and the plan
lists them as such.
"""

from datetime import date

from plan.timescale.days import canonical_date, plain, say_date
from plan.timescale.promises import Window, promised

__all__ = ["Window", "canonical_date", "is_late", "parse", "say_date"]


def parse(text: str | None, year: int) -> Window | None:
    """Promise the window that `text` names, or None when it names none that can be computed.

    `year` is the calendar year in which the plan's financial year starts (2013 = April 2013 to March 2014):
    bare quarters, months, days and terms belong to it. "Quarter 2 and on going", "Quarter 2 onwards" and
    "from Quarter 2" are one promise: it starts with the quarter, first falls due at its end, and stays open.
    Raises nothing, whatever the text.
    """
    return promised(plain(text or ""), year)


def is_late(window: Window | None, closed: bool, on: date) -> bool:
    """Say whether an action is late on a day: not closed, not done, and its window ended before that day."""
    if closed or window is None or window.done or window.ends is None:
        return False
    return window.ends < on
