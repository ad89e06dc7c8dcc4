"""This file tests the months and quarters that figures speak of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan import periods
from plan.periods import Period, Rhythm

KEPT = st.builds(Period, st.integers(1900 * 12, 2099 * 12), st.just(Rhythm.MONTHLY)) | st.builds(
    lambda quarter: Period(quarter * 3 + 2, Rhythm.QUARTERLY), st.integers(1901 * 4, 2099 * 4)
)


@pytest.mark.parametrize(
    ("kept", "words", "short"),
    [
        ("2013-05", "May 2013", "May 13"),
        ("2013-Q1", "Quarter 1 2013/14", "Q1 13/14"),
        ("2013-Q4", "Quarter 4 2013/14", "Q4 13/14"),
        ("1999-Q4", "Quarter 4 1999/00", "Q4 99/00"),
    ],
)
def test_a_period_is_said_in_words_and_in_few_letters(kept, words, short):
    assert (periods.say(kept), periods.find(kept).short) == (words, short)


def test_the_fourth_quarter_ends_in_the_march_after():
    assert periods.find("2013-Q4").last == periods.find("2014-03").last


@pytest.mark.parametrize(
    "words", ["Q2 2013/14", "Quarter 2 2013-14", "2013/14 Q2", "q2 13/14", "July to September 2013", "2013-q2"]
)
def test_a_quarter_is_understood_however_it_is_written(words):
    assert str(periods.understand(words)) == "2013-Q2"


@pytest.mark.parametrize(
    "words", ["May", "Q2", "Q4 2014", "2013", "May to June 2013", "May 2013 and on going", "TBC", ""]
)
def test_words_that_leave_the_year_or_the_months_open_name_no_period(words):
    assert periods.understand(words) is None


@given(KEPT)
def test_what_is_kept_said_and_read_again_is_the_same(period):
    assert periods.find(str(period)) == period
    assert periods.understand(period.words) == period


@given(st.text(max_size=40))
def test_no_words_are_too_odd_to_be_asked(words):
    understood = periods.understand(words)
    assert understood is None or periods.find(str(understood)) == understood


def test_periods_are_sorted_by_their_ends_and_odd_words_first():
    assert sorted(["2014-01", "2013-Q3", "2013-11", "odd"], key=periods.order) == [
        "odd",
        "2013-11",
        "2013-Q3",
        "2014-01",
    ]


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (["2013-02", "2013-03", "2013-04", "2013-06"], "February to April 2013 and June 2013"),
        (["2013-02", "2013-03"], "February 2013 and March 2013"),
        (["2013-12", "2014-01", "2014-02"], "December 2013 to February 2014"),
        (["2013-Q2", "2013-Q4"], "Quarter 2 2013/14 and Quarter 4 2013/14"),
        (["2013-Q1", "2013-Q2", "2013-Q3"], "Quarter 1 to Quarter 3 2013/14"),
        ([], ""),
    ],
)
def test_several_periods_are_said_in_runs(kept, said):
    assert periods.say_all(periods.find(each) for each in kept) == said
