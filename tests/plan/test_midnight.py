import time
from datetime import UTC, date, datetime

import pytest

from plan import edits, history, midnight
from plan.edits import Edit
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Source


@pytest.fixture
def in_london(monkeypatch):
    monkeypatch.setenv("TZ", "Europe/London")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_a_summer_day_ends_at_midnight_in_britain(in_london):
    assert midnight.end_of(date(2013, 7, 2)) == datetime(2013, 7, 2, 23, tzinfo=UTC)
    assert midnight.end_of(date(2013, 12, 2)) == datetime(2013, 12, 3, tzinfo=UTC)
    assert midnight.day_of(datetime(2013, 7, 2, 23, 30, tzinfo=UTC)) == date(2013, 7, 3)


def test_a_change_after_a_british_midnight_belongs_to_the_next_day(session, plan, cast, in_london):
    step = Step(cast["olga"], datetime(2033, 7, 2, 23, 30, tzinfo=UTC), Source.BROWSER)
    made = edits.apply(session, plan, [Edit(Kind.PLAN, plan.id, "council", "Another")], step)
    assert history.number_at(session, plan, date(2033, 7, 2)) == made.number - 1
    assert history.number_at(session, plan, date(2033, 7, 3)) == made.number


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_the_calendar_are_days_too(session, plan, day):
    assert midnight.start_of(day) < midnight.end_of(day)
    assert history.number_at(session, plan, day) in (0, history.number_at(session, plan, date(2999, 1, 1)))
