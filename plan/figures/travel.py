"""This file says which way a figure travels between two readings: better or worse, by how much, over which gap."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from plan.periods import Period, Rhythm

PERCENT = "%"


class Direction(StrEnum):
    """Which way a figure moved. Unknown: nobody has said whether more or less of it is better."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Travel:
    """The way from one reading to another. `by` is signed: below nought where the figure fell."""

    direction: Direction
    by: float
    first: Period
    last: Period
    unit: str = ""

    @property
    def words(self) -> str:
        """In a clause: "worse by 3.89 percentage points over 4 months (January 2013 to May 2013)"."""
        gap = f"{over(self.first, self.last)} ({self.first.words} to {self.last.words})"
        if self.direction is Direction.SAME:
            return f"the same {gap}"
        much = amount(abs(self.by), self.unit)
        if self.direction is Direction.UNKNOWN:
            return f"{'up' if self.by > 0 else 'down'} by {much} {gap}; nobody has said which way is better"
        return f"{self.direction} by {much} {gap}"


def travel(
    first: tuple[Period, float], last: tuple[Period, float], better: object = None, unit: object = None
) -> Travel:
    """The way from one (period, value) to a later one. `better` is "higher", "lower" or None."""
    by = exactly(last[1]) - exactly(first[1])
    return Travel(_direction(by, better), float(by), first[0], last[0], str(unit or ""))


def over(first: Period, last: Period) -> str:
    """The gap between two periods in words: "over 4 months", "over 2 quarters"."""
    months = last.last - first.last
    quarterly = first.rhythm is last.rhythm is Rhythm.QUARTERLY
    count, noun = (months // 3, "quarter") if quarterly else (months, "month")
    return f"over {count} {noun}" if count == 1 else f"over {count} {noun}s"


def amount(value: float, unit: object) -> str:
    """A difference in words: percentages differ by percentage points."""
    if str(unit or "").strip() == PERCENT:
        return f"{number(value)} percentage point{'' if value == 1 else 's'}"
    return f"{number(value)} {unit}" if unit else number(value)


def say(value: float, unit: object) -> str:
    """A figure with its unit: "71%", "1,440 cases"."""
    if str(unit or "").strip() == PERCENT:
        return f"{number(value)}%"
    return f"{number(value)} {unit}" if unit else number(value)


def number(value: float) -> str:
    """A number as people write it: "1,440", "74.89", never "71.0"."""
    written = f"{exactly(value):,f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def exactly(value: float) -> Decimal:
    """The number that was typed: 74.89 and not the nearest that a computer can hold."""
    return Decimal(repr(value) if isinstance(value, float) else value)


def _direction(by: Decimal, better: object) -> Direction:
    if by == 0:
        return Direction.SAME
    if better not in ("higher", "lower"):
        return Direction.UNKNOWN
    return Direction.BETTER if (by > 0) == (better == "higher") else Direction.WORSE
