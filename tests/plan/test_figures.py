"""This file tests what the plan's figures say: the way they travel, what is missing, audits by grade."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan import periods
from plan.fields import Kind
from plan.figures import Direction, audit_of, compared, figure_of, off_by, shares
from plan.snapshot import Item, Snapshot

GRADES = ("outstanding", "good", "adequate", "inadequate")


def figure(*readings, **about):
    """An indicator with (period, value) readings, in this order."""
    items = [Item("i", Kind.INDICATOR, "r", values={"name": "Visits", "unit": "%", **about})]
    items += [
        Item(f"rd{at}", Kind.READING, "i", at, values={"period": period, "value": value})
        for at, (period, value) in enumerate(readings)
    ]
    snapshot = Snapshot(items)
    return figure_of(snapshot, snapshot["i"])


def audit(*counts, total=None, as_at="2013-07-01", title="Case audits"):
    values = {"title": title, "as_at": as_at, "total": sum(counts) if total is None else total}
    return audit_of(Item("a", Kind.AUDIT, "r", values={**values, **dict(zip(GRADES, counts, strict=False))}))


def test_a_fall_is_worse_where_higher_is_better_and_says_by_how_much_over_which_gap():
    way = figure(("2013-01", 74.89), ("2013-05", 71.0), better="higher").lately
    assert way.direction is Direction.WORSE
    assert way.words == "worse by 3.89 percentage points over 4 months (January 2013 to May 2013)"


@pytest.mark.parametrize(
    ("better", "values", "direction"),
    [
        ("higher", (70, 71), Direction.BETTER),
        ("lower", (70, 71), Direction.WORSE),
        ("lower", (71, 70), Direction.BETTER),
        ("lower", (70, 70), Direction.SAME),
        (None, (70, 71), Direction.UNKNOWN),
        (None, (70, 70), Direction.SAME),
    ],
)
def test_better_depends_on_which_way_somebody_said(better, values, direction):
    assert figure(("2013-04", values[0]), ("2013-05", values[1]), better=better).lately.direction is direction


def test_without_a_word_on_which_way_is_better_it_says_so():
    assert figure(("2013-04", 70), ("2013-05", 71)).lately.words == (
        "up by 1 percentage point over 1 month (April 2013 to May 2013); nobody has said which way is better"
    )


def test_the_whole_way_is_told_beside_the_last_step():
    found = figure(("2013-05", 60), ("2013-01", 50), ("2013-06", 55), better="higher")
    assert found.lately.direction is Direction.WORSE
    assert found.overall.words == "better by 5 percentage points over 5 months (January 2013 to June 2013)"
    assert found.got_worse


def test_one_reading_has_no_way_and_two_have_no_other_whole():
    assert figure(("2013-05", 60)).lately is None
    assert figure(("2013-05", 60), ("2013-06", 60)).overall is None


def test_quarters_are_counted_as_quarters():
    way = figure(("2013-Q1", 10), ("2013-Q3", 12), unit="cases", better="lower").lately
    assert way.words == "worse by 2 cases over 2 quarters (Quarter 1 2013/14 to Quarter 3 2013/14)"


@pytest.mark.parametrize(
    ("kept", "missing"),
    [
        (["2013-01", "2013-05"], "February to April 2013"),
        (["2013-01", "2013-02"], ""),
        (["2013-Q1", "2013-Q4"], "Quarter 2 2013/14 and Quarter 3 2013/14"),
        (["2013-04", "2013-Q2", "2013-10"], "May 2013 and June 2013"),
        (["2013-05"], ""),
        ([], ""),
    ],
)
def test_missing_periods_are_named_in_the_rhythm_of_the_readings(kept, missing):
    assert periods.say_all(figure(*((period, 1) for period in kept)).missing()) == missing


def test_readings_that_are_due_by_a_day_are_missing_too():
    until = periods.find("2013-07")
    assert periods.say_all(figure(("2013-05", 1)).missing(until)) == "June 2013 and July 2013"


@pytest.mark.parametrize(
    ("target", "better", "said"),
    [
        (100, None, "29 percentage points below the target of 100%"),
        (71, "higher", "exactly the target of 71%"),
        (70, "higher", "1 percentage point above the target of 70%, which meets it"),
        (60, "lower", "11 percentage points above the target of 60%"),
        (None, "higher", ""),
    ],
)
def test_the_newest_reading_is_held_against_the_target(target, better, said):
    assert figure(("2013-01", 74.89), ("2013-05", 71.0), target=target, better=better).against_target == said


def test_readings_without_a_period_or_value_are_left_out():
    assert [one.value for one in figure((None, 5), ("2013-05", None), ("2013-06", 2)).readings] == [2]


@pytest.mark.parametrize(
    ("total", "counts", "fault"),
    [
        (1440, (18, 315, 658, 449), ""),
        (1440, (18, 315, 648, 449), "1,440 cases but the grades add up to 1,430: 10 too few"),
        (1, (1, 1, 0, 0), "1 case but the grades add up to 2: 1 too many"),
        (10, (5, None, None, None), ""),
        (10, (5, 6, None, None), "10 cases but the grades add up to 11: 1 too many"),
        (None, (1, 2, 3, 4), ""),
        (10, (None, None, None, None), ""),
        (5, (0, 0, 0, 0), "5 cases but the grades add up to 0: 5 too few"),
    ],
)
def test_grades_that_do_not_add_up_are_told_with_the_difference(total, counts, fault):
    assert off_by(total, counts) == fault


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=6).filter(any))
def test_shares_add_up_to_a_hundred_and_are_never_a_tenth_off(counts):
    found = shares(tuple(counts))
    assert round(sum(found) * 10) == 1000
    assert all(abs(share - 100 * count / sum(counts)) < 0.1 + 1e-9 for share, count in zip(found, counts, strict=True))


def test_two_audits_are_compared_by_grade():
    assert compared(audit(0, 16, 13, 12), audit(1, 20, 10, 7, as_at="2013-10")) == (
        "From “Case audits, 1 July 2013” to “Case audits, October 2013”: outstanding up from 0% to 2.6%, "
        "good up from 39% to 52.7%, adequate down from 31.7% to 26.3%, inadequate down from 29.3% to 18.4%."
    )


def test_an_audit_without_its_grades_is_not_compared():
    assert compared(audit(0, 16, 13, 12), audit(total=40)) == ""
