"""This file reads what a timescale promises of a stretch of calendar: by its end, or from it on, or done."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from plan.timescale.periods import Span, stretch

DONE = frozenset(
    [
        *("in place", "now in place", "already in place", "in place and on going", "in place and ongoing"),
        *("complete", "completed", "done", "closed", "achieved", "implemented", "delivered", "embedded"),
    ]
)
ON_GOING = frozenset(
    [
        *("on going", "ongoing", "continuous", "continuing", "continual", "rolling"),
        *("weekly", "monthly", "quarterly", "termly", "annually"),
    ]
)


@dataclass(frozen=True)
class Window:
    """The days that a timescale promises, both included; None where its words name no such day."""

    starts: date | None
    ends: date | None
    open_ended: bool = False
    done: bool = False


def promised(words: str, year: int) -> Window | None:
    """The window of plain words, or None if it cannot be computed; `year` as in `parse`."""
    return next((window for reading in _readings(words) if (window := _window(reading, year))), None)


def _readings(words: str) -> tuple[str, ...]:
    opened = " ".join(re.sub(r"[()\[\]]", " ", words).split())
    # "(subject to funding)" and "(was Quarter 1)" say nothing about now; "(2014/15)" does, so it stays.
    remark = r"\((?:[^()\d]*|(?:was|were|originally|previously|formerly)\b[^()]*)\)"
    return opened, " ".join(re.sub(remark, " ", words).split())


def _window(words: str, year: int) -> Window | None:
    if words in DONE:
        return Window(None, None, done=True)
    if words in ON_GOING:
        return Window(None, None, open_ended=True)
    whole = stretch(words, year)
    if whole:
        return Window(*whole)
    matches = ((promise, pattern.fullmatch(words)) for pattern, promise in PROMISES)
    spans = ((promise, stretch(match["when"], year)) for promise, match in matches if match)
    return next((promise(span) for promise, span in spans if span), None)


def _finished(span: Span) -> Window:
    return Window(span.starts, span.ends, done=True)


def _onwards(span: Span) -> Window:
    return Window(span.starts, span.ends, open_ended=True)


def _before(span: Span) -> Window:
    return Window(None, span.starts - timedelta(days=1))


def _by(span: Span) -> Window:
    return Window(None, span.ends)


def _within(span: Span) -> Window:
    return Window(span.starts, span.ends)


_WORK = r"(?:(?:to be )?(?:completed?|completion|in place|implemented|delivered|done|target|deadline):? )?"
_PAST = r"(?:completed|done|closed|achieved|implemented|delivered|in place since)"
_UNTIL = r"(?:by|until|till|up to|no later than|not later than|due|due by|target|deadline)"

PROMISES: tuple[tuple[re.Pattern[str], Callable[[Span], Window]], ...] = tuple(
    (re.compile(pattern), promise)
    for pattern, promise in (
        (rf"{_PAST}(?: on| in|:| -)? (?P<when>.+)", _finished),
        (r"(?:starts |starting |commencing )?from:? (?P<when>.+?)(?: onwards?| and on ?going)?", _onwards),
        (r"(?P<when>.+?),?(?: and| then| &| \+)? (?:onwards?|on ?going)", _onwards),
        (r"on ?going,?(?: -)? (?:from|since) (?P<when>.+)", _onwards),
        (rf"{_WORK}(?:before|prior to) (?P<when>.+)", _before),
        (rf"{_WORK}(?:{_UNTIL}:? )?(?:the )?end(?: of)?(?: the)? (?P<when>.+)", _by),
        (rf"{_WORK}{_UNTIL}:?(?: the)? (?P<when>.+)", _by),
        (r"(?P<when>(?:financial )?year)[ -]end", _by),
        (r"(?:early|mid|late|start of|beginning of|during|in|on|within|throughout)[ -](?P<when>.+)", _within),
    )
)
