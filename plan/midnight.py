"""This file says on which day a moment lies, and when a day ends: on this server's calendar, as on every page.

A change saved after the cut-off's midnight in Britain belongs to the next cycle, though in summer its day is not
over in UTC, in which moments are kept.
"""

from datetime import UTC, date, datetime, time, timedelta


def day_of(at: datetime) -> date:
    """The day on which a moment lies."""
    return at.astimezone().date()


def start_of(day: date) -> datetime:
    """The first moment of a day, in UTC; for the first and last years that can be told, the nearest there is."""
    midnight = datetime.combine(day, time())
    try:
        return midnight.astimezone().astimezone(UTC)
    except (OverflowError, ValueError):
        return midnight.replace(tzinfo=UTC)


def end_of(day: date) -> datetime:
    """The moment, in UTC, at which the day is over."""
    return datetime.max.replace(tzinfo=UTC) if day == date.max else start_of(day + timedelta(days=1))
