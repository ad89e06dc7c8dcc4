"""This file proves the board's calendar: years made from a rhythm, in order, apart, and on the right weekdays."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan import rhythm
from plan.rhythm import LAST, Dates, Monthly, NoRhythm, Quarterly, Weekly

DAYS = st.dates(date(2001, 1, 1), date(2090, 12, 31))
MONTHLY = st.builds(Monthly, st.integers(0, 4), st.integers(0, 6))
RHYTHMS = MONTHLY | st.builds(Weekly, st.integers(1, 26)) | st.builds(Quarterly, st.integers(1, 31))


def year_or_nothing(rhythm_, first, opens, cut_off) -> list[Dates]:
    try:
        return rhythm.year_ahead(rhythm_, first, opens_before=opens, cut_off_before=cut_off)
    except NoRhythm:
        return []


@given(RHYTHMS, DAYS)
def test_boards_lie_in_order_within_a_year_of_the_first_day_or_its_month_a_year_later(rhythm_, first):
    found = rhythm.boards(rhythm_, first)
    assert found == sorted(set(found))
    assert all(first <= day < first + timedelta(days=366 + 31) for day in found)


@given(MONTHLY, DAYS)
def test_a_monthly_rhythm_has_twelve_boards_one_in_each_month(rhythm_, first):
    found = rhythm.boards(rhythm_, first)
    assert len(found) == 12
    assert {day.weekday() for day in found} == {rhythm_.weekday}
    assert len({(day.year, day.month) for day in found}) == len(found)


@given(MONTHLY, DAYS)
def test_the_nth_weekday_is_in_its_week_of_the_month_and_the_last_in_the_last(rhythm_, first):
    found = rhythm.boards(rhythm_, first)
    weeks = {(day.day - 1) // 7 + 1 for day in found}
    followed = {(day + timedelta(days=7)).month == day.month for day in found}
    assert followed == {False} if rhythm_.nth == LAST else weeks == {rhythm_.nth}


@given(DAYS)
def test_the_rhythm_of_a_days_weekday_begins_on_that_day(first):
    assert rhythm.boards(rhythm.weekday_of(first), first)[0] == first


@given(st.integers(1, 26), DAYS)
def test_weeks_lie_evenly_between_boards(weeks, first):
    found = rhythm.boards(Weekly(weeks), first)
    assert found[0] == first
    assert {(later - day).days for day, later in pairwise(found)} == {7 * weeks}


@given(RHYTHMS, DAYS, st.integers(0, 40), st.integers(0, 40))
def test_cycles_are_in_order_and_never_open_at_once_or_refused(rhythm_, first, opens, cut_off):
    made = year_or_nothing(rhythm_, first, opens, cut_off)
    assert all(one.opens <= one.cut_off <= one.board for one in made)
    assert all(one.cut_off < later.opens for one, later in pairwise(made))


def test_a_quarter_ends_on_the_last_day_of_a_short_month():
    found = rhythm.boards(Quarterly(31), date(2013, 8, 31))
    assert found == [date(2013, 8, 31), date(2013, 11, 30), date(2014, 2, 28), date(2014, 5, 31)]


def test_the_second_tuesday_of_each_month():
    found = rhythm.boards(rhythm.weekday_of(date(2013, 9, 10)), date(2013, 9, 10))
    assert found[:3] == [date(2013, 9, 10), date(2013, 10, 8), date(2013, 11, 12)]
    assert len(found) == 12


def test_days_are_counted_back_from_the_board():
    made = rhythm.year_ahead(Quarterly(20), date(2013, 9, 20), opens_before=18, cut_off_before=7)
    assert made[0] == Dates(date(2013, 9, 2), date(2013, 9, 13), date(2013, 9, 20))


@pytest.mark.parametrize("weeks", [0, 27, -1])
def test_weeks_that_make_no_year_are_refused(weeks):
    with pytest.raises(NoRhythm, match="1 to 26 weeks"):
        rhythm.boards(Weekly(weeks), date(2013, 9, 10))


def test_a_cycle_that_opens_on_the_cut_off_of_another_is_refused_and_the_day_after_is_not():
    with pytest.raises(NoRhythm, match="let each open fewer days before"):
        rhythm.year_ahead(Weekly(1), date(2013, 9, 10), opens_before=9, cut_off_before=2)
    assert len(rhythm.year_ahead(Weekly(1), date(2013, 9, 10), opens_before=8, cut_off_before=2)) == 52


def test_a_cycle_is_called_after_its_month_or_its_day_where_the_month_has_two():
    days = [date(2013, 9, 3), date(2013, 9, 17), date(2013, 10, 1)]
    assert rhythm.titles(days) == ["3 September 2013 board", "17 September 2013 board", "October 2013 board"]
