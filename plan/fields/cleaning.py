"""This file checks what was typed for a field, shape by shape, and gives the value to keep."""

import re

from plan import periods, rag, timescale
from plan.fields.meaning import figure, line_feeds
from plan.fields.shapes import DIRECTIONS, NO_STATUS, PUBLICATION, Field, Shape, Value

LARGEST_COUNT = 999_999_999
EXACT_BELOW = 2**53  # a whole number beyond it has no exact float, so it is not written as a whole one
# What a workbook's XML cannot hold: control characters but tab and line feed, halves of pairs, non-characters.
_CANNOT_BE_KEPT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


class Invalid(ValueError):
    """A value that a field cannot hold; the message says what would work."""


def clean(which: Field, typed: Value) -> Value:
    """The value to keep for what a person typed or a cell held; blank is None.

    Words are kept character for character, but for line ends, which become line feeds. Raises
    Invalid with a sentence that says what would work.
    """
    is_plain = isinstance(typed, str) and typed.isprintable()  # so it holds no line end and no control character
    words = None if typed is None else str(typed) if is_plain else line_feeds(str(typed))
    if words is None or not words.strip():
        if which.required:
            raise Invalid(f"{which.label} cannot be empty. The old words are kept; write some.")
        return None
    if 2 * len(words) > which.limit and (length := _length(words)) > which.limit:
        raise Invalid(
            f"{which.label} takes {which.limit:,} characters at most and this has {length:,}. "
            "Nothing was changed; shorten it and save again."
        )
    if not is_plain and _CANNOT_BE_KEPT.search(words):
        raise Invalid(f"{which.label} holds a control character that cannot be kept. Nothing was changed; remove it.")
    return _SHAPES.get(which.shape, _words)(which, words)


def keeps_up_to(which: Field) -> int:
    """How long printable words may be that are surely kept just as they are; 0 for a field whose words are read."""
    return which.limit // 2 if _SHAPES.get(which.shape, _words) is _words else 0


def can_be_kept(words: str) -> bool:
    """Whether a workbook and a report can hold the words: whether they are free of control characters."""
    return not _CANNOT_BE_KEPT.search(line_feeds(words))


def _length(words: str) -> int:
    """The characters as Excel counts them, of which one outside the basic plane is two."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def _words(which: Field, words: str) -> Value:
    return words


def _status(which: Field, words: str) -> Value:
    if words.strip().lower() == NO_STATUS:
        return None
    understood = rag.understand(words)
    if not understood.known:
        raise Invalid(f"“{words.strip()}” is not on the plan's scale. Choose red, amber, green, blue or none.")
    return understood.status.value if understood.status else None


def _date(which: Field, words: str) -> Value:
    day = timescale.canonical_date(words)
    if day is None:
        raise Invalid(f"“{words.strip()}” is not one day. Write it like 31 March 2013.")
    return day.isoformat()


def _period(which: Field, words: str) -> Value:
    period = periods.understand(words)
    if period is None:
        raise Invalid(
            f"“{words.strip()}” is not a month or a quarter with its year. Write it like May 2013 or Q1 2013/14."
        )
    return str(period)


def _number(which: Field, words: str) -> Value:
    number = figure(words)
    if number is None:
        raise Invalid(f"“{words.strip()}” is not a number. Write it like 74.89.")
    return int(number) if number.is_integer() and abs(number) < EXACT_BELOW else number


def _count(which: Field, words: str) -> Value:
    number = _number(which, words)
    if not isinstance(number, int) or number < 0:
        raise Invalid(f"{which.label} is a whole number. “{words.strip()}” is not one.")
    if number > LARGEST_COUNT:
        raise Invalid(f"{which.label} goes up to {LARGEST_COUNT:,}. Nothing was changed; check the number.")
    return number


def _direction(which: Field, words: str) -> Value:
    if words.strip() not in DIRECTIONS:
        raise Invalid("Choose whether higher or lower is better.")
    return words.strip()


def _mark(which: Field, words: str) -> Value:
    if words.strip() not in PUBLICATION:
        raise Invalid("Choose whether the published report may say it.")
    return words.strip()


_SHAPES = {
    Shape.LINE: _words,
    Shape.TEXT: _words,
    Shape.STATUS: _status,
    Shape.DATE: _date,
    Shape.PERIOD: _period,
    Shape.NUMBER: _number,
    Shape.COUNT: _count,
    Shape.DIRECTION: _direction,
    Shape.PUBLICATION: _mark,
}
