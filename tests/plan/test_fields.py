"""This file proves what a field can hold, how it is refused, and when two values say the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan import fields
from plan.fields import FIELDS, Invalid, Kind, clean, keeps_up_to, same

TEXT = fields.field(Kind.ACTION, "text")
STATUS = fields.field(Kind.ACTION, "status")
TIMESCALE = fields.field(Kind.ACTION, "timescale")
REQUIRED_BY = fields.field(Kind.THEME, "required_by")
TARGET = fields.field(Kind.INDICATOR, "target")
PERIOD = fields.field(Kind.READING, "period")
CASES = fields.field(Kind.AUDIT, "total")
TITLE = fields.field(Kind.THEME, "title")

keepable = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1)


def test_every_field_stands_once_in_the_table_and_is_a_column():
    from plan.models import MODELS

    assert len({(row.kind, row.name) for row in FIELDS}) == len(FIELDS)
    assert all(row.name in MODELS[row.kind].__table__.c for row in FIELDS)


@given(words=keepable.filter(str.strip))
def test_words_are_kept_character_for_character(words):
    assert clean(TEXT, words) == words


@pytest.mark.parametrize("blank", [None, "", "  ", "\n", "\u00a0"])
def test_blank_is_nothing_at_all(blank):
    assert clean(TEXT, blank) is None


def test_a_field_that_is_required_cannot_be_emptied():
    with pytest.raises(Invalid, match="Theme cannot be empty"):
        clean(TITLE, " ")


@pytest.mark.parametrize("typed", ["one\ntwo", "one\r\ntwo", "one\rtwo"])
def test_line_ends_become_line_feeds(typed):
    assert clean(TEXT, typed) == "one\ntwo"


def test_a_text_as_long_as_an_excel_cell_is_kept():
    assert clean(TEXT, "x" * 32_767) == "x" * 32_767


def test_a_text_longer_than_an_excel_cell_is_refused_with_its_length():
    with pytest.raises(Invalid, match=r"takes 32,767 characters at most and this has 32,768\. Nothing was changed"):
        clean(TEXT, "x" * 32_768)


def test_an_emoji_counts_as_two_as_it_does_in_excel():
    assert clean(TEXT, "🟢" * 16_383)
    with pytest.raises(Invalid, match="this has 32,768"):
        clean(TEXT, "🟢" * 16_384)


@pytest.mark.parametrize("mark", ["\x00", "\x07", "\x0b", "\x1f", "\ud83d", "\ufffe", "\uffff"])
def test_what_no_workbook_can_hold_is_refused(mark):
    with pytest.raises(Invalid, match=r"control character that cannot be kept\. Nothing was changed"):
        clean(TEXT, f"a{mark}b")


@pytest.mark.parametrize("mark", ["\t", "\n", "\u00a0", "\u200b", "\u2028", "\u200f", "👩‍👧", "="])
def test_odd_but_honest_characters_are_kept(mark):
    assert clean(TEXT, f"a{mark}b") == f"a{mark}b"


@pytest.mark.parametrize(("typed", "kept"), [("G", "green"), ("Amber", "amber"), ("None", None), ("", None)])
def test_a_status_is_kept_as_its_colour(typed, kept):
    assert clean(STATUS, typed) == kept


def test_an_unknown_status_says_what_would_work():
    with pytest.raises(Invalid, match=r"“purple” is not on the plan's scale\. Choose red, amber"):
        clean(STATUS, "purple")


@pytest.mark.parametrize("typed", ["31 March 2013", "31/03/2013", "2013-03-31"])
def test_a_day_is_kept_as_an_iso_date(typed):
    assert clean(REQUIRED_BY, typed) == "2013-03-31"


def test_a_timescale_is_kept_in_staffs_words():
    assert clean(TIMESCALE, "Quarter 2 and on going") == "Quarter 2 and on going"


@pytest.mark.parametrize(
    ("typed", "kept"), [("74.89", 74.89), ("1,250", 1250), ("95%", 95), (71.0, 71), ("-2", -2), ("1e300", 1e300)]
)
def test_a_figure_is_kept_as_a_number(typed, kept):
    assert clean(TARGET, typed) == kept


@pytest.mark.parametrize("typed", ["about ten", "1_000", "nan", "inf", "1e999", "%"])
def test_what_is_no_figure_is_refused(typed):
    with pytest.raises(Invalid, match=r"is not a number\. Write it like 74\.89"):
        clean(TARGET, typed)


@pytest.mark.parametrize("typed", ["-1", "1.5", "99999999999", "1e300"])
def test_a_count_is_a_whole_number_that_every_database_can_hold(typed):
    with pytest.raises(Invalid):
        clean(CASES, typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2013-05", "2013-05"),
        (" 2013-5 ", "2013-05"),
        ("May 2013", "2013-05"),
        ("05/2013", "2013-05"),
        ("2013-Q1", "2013-Q1"),
        ("Q4 2013/14", "2013-Q4"),
        ("Quarter 2 2013/14", "2013-Q2"),
    ],
)
def test_a_period_is_a_month_or_a_quarter_of_a_financial_year(typed, kept):
    assert clean(PERIOD, typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "2013-13",
        "May",
        "Q1",
        "Q4 2014",
        "2013",
        "13-05",
        "2013-²",
        "2013-00005",
        "2013-Q5",
        "May 2013 onwards",
        "1 May 2013",
    ],
)
def test_what_is_no_month_or_quarter_with_its_year_is_refused_in_a_sentence(typed):
    with pytest.raises(Invalid, match="is not a month"):
        clean(PERIOD, typed)


def kept_or_refused(row, value):
    """What cleaning keeps, or the sentence with which it refuses."""
    try:
        return clean(row, value), None
    except Invalid as refusal:
        return None, str(refusal)


@given(value=st.one_of(st.text(max_size=60), st.floats(), st.integers()), row=st.sampled_from(FIELDS))
def test_a_field_keeps_a_value_or_refuses_it_in_a_sentence(value, row):
    kept, refusal = kept_or_refused(row, value)
    assert refusal is None or refusal.endswith(".")
    assert kept is None or clean(row, kept) == kept
    plain = isinstance(value, str) and len(value) <= keeps_up_to(row) and value.isprintable() and value.strip()
    assert not plain or kept == value


@pytest.mark.parametrize(
    ("row", "one", "other", "alike"),
    [
        (TIMESCALE, "30 Sep 2013", "30/09/2013", True),
        (TIMESCALE, "2013-09-30", "30 September 2013", True),
        (TIMESCALE, "30 Sep 2013", "1 Oct 2013", False),
        (TIMESCALE, "Quarter 2", "Q2", False),
        (TIMESCALE, "Quarter 2", "30 September 2013", False),
        (REQUIRED_BY, "2013-03-31", "31/03/2013", True),
        (TARGET, 100, "100.0", True),
        (TARGET, 71.0, 71, True),
        (TARGET, 71, 72, False),
        (TEXT, "30 Sep 2013", "30/09/2013", False),
        (TEXT, "one\r\ntwo", "one\ntwo", True),
        (TEXT, None, "", True),
        (TEXT, "words", None, False),
        (TEXT, "words", "words ", False),
    ],
)
def test_two_values_say_the_same_when_they_are_one_day_one_figure_or_the_same_words(row, one, other, alike):
    assert same(row, one, other) is alike
    assert same(row, other, one) is alike
