"""This file proves what each way of saying "when" promises, and when that makes an action late."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.timescale import Window, canonical_date, is_late, parse, say_date


def day(iso):
    return date.fromisoformat(iso)


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("Quarter 2", "2013-07-01", "2013-09-30"),
        ("Q2", "2013-07-01", "2013-09-30"),
        ("Quarter 4", "2014-01-01", "2014-03-31"),
        ("Second quarter", "2013-07-01", "2013-09-30"),
        ("Quarters 2 and 3", "2013-07-01", "2013-12-31"),
        ("Quarter 2 and 3", "2013-07-01", "2013-12-31"),
        ("Quarter 1/2", "2013-04-01", "2013-09-30"),
        ("Quarter 3/ 4", "2013-10-01", "2014-03-31"),
        ("Q2 2014/15", "2014-07-01", "2014-09-30"),
        ("Quarter 2 (2014/15)", "2014-07-01", "2014-09-30"),
        ("Quarter 4 2013/14 to Quarter 1 2014/15", "2014-01-01", "2014-06-30"),
        ("October 2013", "2013-10-01", "2013-10-31"),
        ("Oct-13", "2013-10-01", "2013-10-31"),
        ("Sept 2013", "2013-09-01", "2013-09-30"),
        ("Dec 2016", "2016-12-01", "2016-12-31"),
        ("05/13", "2013-05-01", "2013-05-31"),
        ("February", "2014-02-01", "2014-02-28"),
        ("July to September 2013", "2013-07-01", "2013-09-30"),
        ("Oct 2012 to March", "2012-10-01", "2013-03-31"),
        ("Nov \u2013 Feb", "2013-11-01", "2014-02-28"),
        ("22-26 July 2013", "2013-07-22", "2013-07-26"),
        ("w/c 22 July 2013", "2013-07-22", "2013-07-28"),
        ("Week commencing 22 July", "2013-07-22", "2013-07-28"),
        ("week ending 26 July 2013", "2013-07-20", "2013-07-26"),
        ("2013/14", "2013-04-01", "2014-03-31"),
        ("13/14", "2013-04-01", "2014-03-31"),
        ("2013", "2013-01-01", "2013-12-31"),
        ("Summer term 2013", "2013-04-01", "2013-07-31"),
        ("Autumn term 2013/14", "2013-09-01", "2013-12-31"),
        ("Spring term", "2014-01-01", "2014-04-30"),
        ("March 2014 (was Sept 2013)", "2014-03-01", "2014-03-31"),
        ("Quarter\u00a02\u200b ", "2013-07-01", "2013-09-30"),
        ("\uff31\uff12", "2013-07-01", "2013-09-30"),
    ],
)
def test_a_named_period_is_a_window_from_its_first_to_its_last_day(text, starts, ends):
    assert parse(text, 2013) == Window(day(starts), day(ends))


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("End Oct 03", "2003-10-31"),
        ("by 31 March 2013", "2013-03-31"),
        ("By end of September", "2013-09-30"),
        ("end of the financial year", "2014-03-31"),
        ("Year end", "2014-03-31"),
        ("Completed by October 2013", "2013-10-31"),
        ("before April 2014", "2014-03-31"),
    ],
)
def test_a_deadline_has_an_end_and_no_start(text, ends):
    assert parse(text, 2013) == Window(None, day(ends))


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("Quarter 2 and on going", "2013-07-01", "2013-09-30"),
        ("Quarter 2 onwards", "2013-07-01", "2013-09-30"),
        ("From Quarter 2", "2013-07-01", "2013-09-30"),
        ("Quarters 2 and 3 and on-going", "2013-07-01", "2013-12-31"),
        ("From Oct 03", "2003-10-01", "2003-10-31"),
    ],
)
def test_what_goes_on_starts_with_its_period_and_first_falls_due_at_its_end(text, starts, ends):
    assert parse(text, 2013) == Window(day(starts), day(ends), open_ended=True)


@pytest.mark.parametrize("text", ["On going", "On-going", "Ongoing", "on  going.", "ON \u2013 GOING"])
def test_what_is_only_on_going_never_falls_due(text):
    assert parse(text, 2013) == Window(None, None, open_ended=True)


@pytest.mark.parametrize("text", ["In place", "Complete", "Completed", "Done", "Already in place"])
def test_what_is_in_place_is_done(text):
    assert parse(text, 2013) == Window(None, None, done=True)


def test_what_was_completed_on_a_day_is_done_then():
    assert parse("Completed Sept 2013", 2013) == Window(day("2013-09-01"), day("2013-09-30"), done=True)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "  ",
        "TBC",
        "ASAP",
        "Immediate",
        "Quarter 5",
        "31/09/2013",
        "29 Feb",
        "Not in place",
        "2 weeks",
        "-",
    ],
)
def test_words_that_name_no_day_have_no_window(text):
    assert parse(text, 2013) is None


@pytest.mark.parametrize("text", ["05/06", "05/12", "12/13", "Q4 2014", "Quarter 4 and 1", "FY 2014", "2013/15"])
def test_words_with_two_readings_or_none_are_not_guessed(text):
    assert parse(text, 2013) is None


@pytest.mark.parametrize(
    "text",
    [
        "30 September 2013",
        "30 Sep 2013",
        "30th Sept. 2013",
        "Monday 30th of September, 2013",
        "September 30, 2013",
        "30-Sep-13",
        "30/09/2013",
        "30.9.13",
        "30-09-2013",
        "2013-09-30",
        "2013/09/30",
        "2013-09-30 00:00:00",
        "2013-09-30T00:00:00",
        "9/30/2013",
        "41547",
        "41547.0",
    ],
)
def test_one_day_is_the_same_day_however_it_is_written(text):
    assert canonical_date(text) == day("2013-09-30")
    assert parse(text, 2013) == Window(day("2013-09-30"), day("2013-09-30"))


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("9.12.16", "2016-12-09"),
        ("1.7.13", "2013-07-01"),
        ("31/12/2016", "2016-12-31"),
        ("12/31/2016", "2016-12-31"),
    ],
)
def test_the_british_order_goes_first_and_the_american_only_where_it_must(text, stated):
    assert canonical_date(text) == day(stated)


@pytest.mark.parametrize(
    "text", [None, "", "30 September", "September 2013", "Quarter 2", "by 30/09/2013", "12345", "13/14"]
)
def test_less_or_more_than_one_whole_day_is_no_day(text):
    assert canonical_date(text) is None


def test_a_day_without_a_year_belongs_to_the_financial_year():
    assert parse("31 March", 2013) == Window(day("2014-03-31"), day("2014-03-31"))


@given(st.dates(date(1990, 1, 1), date(2069, 12, 31)))
def test_a_day_that_was_said_is_read_back(one):
    assert canonical_date(say_date(one)) == canonical_date(f"{one:%d/%m/%y}") == one


WORDS = [
    "Q",
    "quarter",
    "4",
    "1",
    "31",
    "99",
    "/",
    "-",
    "2014",
    "w/c",
    "from",
    "to",
    "and",
    "end",
    "Feb",
    "onwards",
    "term",
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS)).map(" ".join), st.text("0123456789/.- QtwcFeb")))
def test_no_text_is_too_odd_and_no_window_ends_before_it_starts(text):
    window = parse(text, 2013)
    canonical_date(text)
    assert window is None or None in (window.starts, window.ends) or window.starts <= window.ends


QUARTER = Window(date(2013, 7, 1), date(2013, 9, 30))


@pytest.mark.parametrize(
    ("window", "closed", "on", "late"),
    [
        (QUARTER, False, "2013-09-30", False),
        (QUARTER, False, "2013-10-01", True),
        (QUARTER, True, "2013-10-01", False),
        (Window(QUARTER.starts, QUARTER.ends, open_ended=True), False, "2013-10-01", True),
        (Window(QUARTER.starts, QUARTER.ends, done=True), False, "2013-10-01", False),
        (Window(None, None, open_ended=True), False, "2099-01-01", False),
        (None, False, "2099-01-01", False),
    ],
)
def test_late_is_not_closed_and_past_the_window(window, closed, on, late):
    assert is_late(window, closed, day(on)) is late
