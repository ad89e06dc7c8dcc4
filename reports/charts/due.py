"""This file draws when the areas for development fall due: a quiet timeline by quarter, late ones first."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from plan import periods
from plan.fields import Kind
from plan.periods import Period, Rhythm
from plan.questions import Position
from plan.snapshot import Item, Snapshot
from reports.charts.bars import MARGIN, Bar, Part, bars
from reports.charts.picture import Picture, Table
from reports.charts.shapes import EMPTY, QUIET, RED, WIDTH

LATE, OPEN, DONE = "Late", "On going, with no end", "Done or closed"
UNKNOWN, NO_TIMESCALE = "No day can be worked out", "No timescale"
WITHOUT_A_QUARTER = (OPEN, UNKNOWN, NO_TIMESCALE, DONE)
MOST_QUARTERS = 12


def actions_by_due(snapshot: Snapshot, year: int, on: date) -> Picture | None:
    """Every area for development once: late, by the quarter it falls due, or why it has no quarter.

    `year` is the April that bare quarters refer to, `on` the day lateness is reckoned on. None without actions.
    """
    position = Position(snapshot, frozenset(), year, on, is_today=False)
    counts = Counter(_when(position, action) for action in _actions(snapshot))
    if not counts:
        return None
    rows = [(words, counts[when]) for words, when in _order(counts)]
    drawn, height = bars([Bar(words, _part(words, count), str(count)) for words, count in rows], MARGIN)
    total = counts.total()
    return Picture(
        key="actions-by-due",
        title=_finding(counts, total),
        description=(
            "Bars, one for those that are late, one for each quarter, and the rest: "
            f"how many of {_many(total)} fall due when."
        ),
        width=WIDTH,
        height=round(height),
        table=Table(
            "Areas for development by when they fall due",
            ("When", "Areas for development"),
            (*((words, str(count)) for words, count in rows), ("All", str(total))),
        ),
        shapes=tuple(drawn),
    )


def _when(position: Position, action: Item) -> Period | str:
    window = position.window(action)
    if position.is_closed(action) or (window is not None and window.done):
        return DONE
    if position.is_late(action):
        return LATE
    if window is None:
        return UNKNOWN if action.get("timescale") else NO_TIMESCALE
    return periods.of_day(window.ends, Rhythm.QUARTERLY) if window.ends else OPEN


def _actions(snapshot: Snapshot) -> Iterable[Item]:
    themes = snapshot.of(Kind.THEME)
    requirements = (one for theme in themes for one in snapshot.under(theme.id, Kind.REQUIREMENT))
    return (action for one in requirements for action in snapshot.under(one.id, Kind.ACTION))


def _order(counts: Counter[Period | str]) -> list[tuple[str, Period | str]]:
    """Late first, then the quarters one after the other, then what has none; empty ones only between quarters."""
    due = sorted(when for when in counts if isinstance(when, Period))
    quarters = due
    if due and (due[-1].last - due[0].last) // Rhythm.QUARTERLY < MOST_QUARTERS:
        quarters = [due[0].after(step) for step in range((due[-1].last - due[0].last) // Rhythm.QUARTERLY + 1)]
    late: list[tuple[str, Period | str]] = [(LATE, LATE)]
    rest: list[tuple[str, Period | str]] = [(words, words) for words in WITHOUT_A_QUARTER if counts[words]]
    return [*late, *((quarter.words, quarter) for quarter in quarters), *rest]


def _part(words: str, count: int) -> tuple[Part, ...]:
    ink = RED if words == LATE else EMPTY if words in WITHOUT_A_QUARTER else QUIET
    return (Part(count, ink),)


def _finding(counts: Counter[Period | str], total: int) -> str:
    late = counts[LATE]
    due = sorted(when for when in counts if isinstance(when, Period))
    following = f"; {counts[due[0]]} next, in {_lower(due[0].words)}" if due else ""
    if not late:
        return (
            f"None of {_many(total)} is late{following}"
            if total > 1
            else f"The one area for development is not late{following}"
        )
    return f"{late} of {_many(total)} {'is' if late == 1 else 'are'} late{following}"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _many(count: int) -> str:
    return "1 area for development" if count == 1 else f"{count} areas for development"
