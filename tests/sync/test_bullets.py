"""This file proves that records of several lines keep apart in a cell that lists several records."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.fields import Kind
from sync.bullets import as_list, bullet_of, listed, without_bullet

LINE = st.text(alphabet="abc -•1.", max_size=8).map(lambda words: f"a{words.rstrip()}")
TEXT = st.lists(LINE, min_size=1, max_size=3).map("\n".join)


def told(said):
    return [without_bullet(line) for line in listed(said)]


def test_a_line_set_in_goes_on_with_the_one_before():
    assert told("• Wrote it\n  and printed it\n• Posted it") == ["Wrote it\nand printed it", "Posted it"]


def test_a_line_below_a_bullet_that_is_not_set_in_is_a_record_of_its_own():
    assert told("• Wrote it\nPosted it") == ["Wrote it", "Posted it"]


def test_without_bullets_each_line_is_a_record_however_it_is_set_in():
    assert told("Wrote it\n  Posted it") == ["Wrote it", "Posted it"]


def test_a_blank_line_keeps_a_place_free_and_one_between_lines_of_a_text_is_the_texts():
    assert told("• One\n\n• Three") == ["One", None, "Three"]
    assert told("• One\n  \n  still one\n• Two") == ["One\n\nstill one", "Two"]


def test_numbers_before_the_lines_count_on():
    assert as_list(["One", "Two"], bullet_of("1. Old")) == "1. One\n2. Two"


@pytest.mark.parametrize("bullet", ["", "• ", "- ", "1) "])
@given(values=st.lists(TEXT, min_size=1, max_size=4))
def test_what_is_listed_is_told_apart_again(bullet, values):
    assert told(as_list(values, bullet)) == values


def test_a_text_of_several_lines_stands_in_a_list_and_reads_back(desk_of):
    desk = desk_of("sheet-per-theme")
    achievement = desk.now.of(Kind.ACHIEVEMENT)[0]
    desk.change(achievement, "text", "Wrote it\nand printed it\n\nand posted it")
    made = desk.made()
    assert (desk.decided(made.content), made.notes) == ({}, ())
    assert desk.preview(made.content).resolved.stated[achievement.id].values["text"].value.endswith("and posted it")


def test_a_text_that_looks_like_a_list_itself_is_left_and_told(desk_of):
    desk = desk_of("sheet-per-theme")
    desk.change(desk.now.of(Kind.ACHIEVEMENT)[0], "text", "Did:\n- this\n- that")
    made = desk.made()
    assert "could not be written" in " ".join(made.notes)
    assert desk.decided(made.content) in ({}, {"keep": 1})
