"""This file says whether two values mean the same, and which figure words state."""

import math
from datetime import date

from plan import timescale
from plan.fields.shapes import Field, Shape, Value


def same(which: Field, one: Value, other: Value) -> bool:
    """Whether two values say the same: equal, or two ways of writing one date or number.

    A workbook says "30 Sep 2013" with a date cell where a person typed "30/09/2013"; neither moved it.
    """
    if one == other or (one in (None, "") and other in (None, "")):
        return True
    if one is None or other is None:
        return False
    return _meaning(which, str(one)) == _meaning(which, str(other))


def line_feeds(words: str) -> str:
    """The words with every line end a line feed."""
    return words.replace("\r\n", "\n").replace("\r", "\n")


def figure(words: str) -> float | None:
    """The number that the words state, None where they state none."""
    written = words.replace(",", "").strip().removesuffix("%")
    try:
        number = float(written)
    except ValueError:
        return None
    # Python reads "1_000", "inf" and "nan" as numbers too; people do not write them.
    return None if "_" in written or not math.isfinite(number) else number


def _meaning(which: Field, words: str) -> date | float | str:
    """What the words come down to: a day or a figure where they state one, otherwise themselves."""
    if which.shape in (Shape.TIMESCALE, Shape.DATE):
        return timescale.canonical_date(words) or line_feeds(words)
    number = figure(words) if which.shape in (Shape.NUMBER, Shape.COUNT) else None
    return line_feeds(words) if number is None else number
