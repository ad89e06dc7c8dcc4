"""This file tests where rows go, against a list from which rows are really taken and put in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.ooxml.rows.moves import RowMoves
from sync.ooxml.rows.references import Growth, Shift

rows = st.integers(1, 12)


def really_moved(inserted, removed):
    sheet = [(row, place) for row in range(13) for place in (0, *[1] * inserted.count(row))]
    left = [(row, new) for row, new in sheet if new or row not in removed]
    return [item for item in left if item != (0, 0)]


@given(st.lists(rows, max_size=5), st.sets(rows, max_size=5))
def test_every_row_is_where_a_real_list_has_it(inserted, removed):
    moves = RowMoves(tuple(sorted(inserted)), tuple(sorted(removed)))
    sheet = really_moved(inserted, removed)
    kept = {row: place for place, (row, new) in enumerate(sheet, start=1) if not new}
    assert {row: moves.now(row) for row in range(1, 13)} == {row: kept.get(row) for row in range(1, 13)}
    assert moves.new_rows() == tuple(place for place, (_, new) in enumerate(sheet, start=1) if new)


@given(st.lists(rows, max_size=5), st.sets(rows, max_size=5), rows, rows)
def test_a_range_holds_what_is_left_of_it_and_what_came_inside(inserted, removed, one, other):
    first, last = min(one, other), max(one, other)
    moves = RowMoves(tuple(sorted(inserted)), tuple(sorted(removed)))
    inside = [
        place
        for place, (row, new) in enumerate(really_moved(inserted, removed), start=1)
        if (first <= row < last) or (row == last and not new)
    ]
    assert moves.span(first, last) == ((min(inside), max(inside)) if inside else None)


@pytest.mark.parametrize(
    ("formula", "after_insert"),
    [
        ("A5+A6", "A5+A7"),
        ("SUM(A1:A5)", "SUM(A1:A6)"),
        ("SUM(A1:A6)", "SUM(A1:A7)"),
        ("SUM($A$5:$A$5)", "SUM($A$5:$A$5)"),
        ("SUM(A:A)+SUM(6:9)", "SUM(A:A)+SUM(7:10)"),
        ("Plan!A6&'Plan'!A6&PLAN!A6", "Plan!A7&'Plan'!A7&PLAN!A7"),
        ("Other!A6", "Other!A6"),
        ("[1]Plan!A6", "[1]Plan!A6"),
        ('IF(A6="A6","A6",A6)', 'IF(A7="A6","A6",A7)'),
        ("Table1[[#This Row],[A6]]", "Table1[[#This Row],[A6]]"),
        ("LOG10(A6)+RAG6X", "LOG10(A7)+RAG6X"),
        ("A6:INDEX(A6:A9,2)", "A7:INDEX(A7:A10,2)"),
        ("SUM(A6 A7,(A8,A9))", "SUM(A7 A8,(A9,A10))"),
        ("#REF!+A6", "#REF!+A7"),
        ("SUM( A6 ,\nA7 )", "SUM( A7 ,\nA8 )"),
        ("$A1048576<>$A1", "$A1048576<>$A1"),
    ],
)
def test_a_formula_means_the_same_cells_after_a_row_came_after_row_5(formula, after_insert):
    shift = Shift({"Plan": RowMoves(inserted=(5,))}, ("Plan", "Other"))
    assert shift.formula(formula, "Plan") == after_insert


@pytest.mark.parametrize(
    ("formula", "after_remove"),
    [
        ("A5", "#REF!"),
        ("SUM(A5:A7)", "SUM(A5:A6)"),
        ("SUM(A3:A5)", "SUM(A3:A4)"),
        ("Plan!$A$5:B5+Plan!#REF!", "#REF!+Plan!#REF!"),
    ],
)
def test_a_formula_says_so_when_its_row_went(formula, after_remove):
    shift = Shift({"Plan": RowMoves(removed=(5,))}, ("Plan", "Other"))
    assert shift.formula(formula, "Plan") == after_remove


def test_a_running_total_does_not_take_in_the_row_below_it():
    shift = Shift({"Plan": RowMoves(inserted=(5,))}, ("Plan",))
    grow = shift.growth_from("Plan", 5)
    assert shift.formula("SUM(A$1:A5)/SUM(A$1:A$5)", "Plan", grow=grow) == "SUM(A$1:A5)/SUM(A$1:A$6)"
    assert shift.growth_from("Plan", 4) is Growth.all_ends


def test_a_name_moves_only_where_a_dollar_fixes_its_rows():
    shift = Shift({"Plan": RowMoves(inserted=(5,))}, ("Plan",))
    name = "Plan!$A$6+Plan!A6+SUM(Plan!$A$1:$A6)+SUM(Plan!$A$1:$A$5)"
    after = "Plan!$A$7+Plan!A6+SUM(Plan!$A$1:$A6)+SUM(Plan!$A$1:$A$6)"
    assert shift.formula(name, None, only_fixed=True) == after


OPERANDS = ["A6", "$B$7", "A1:A5", "Plan!C9", "'Plan'!C9:D12", "Other!A6", '"A6"', "9", "6:9", "A:A", "1.5E3", "RAG6X"]


@given(st.lists(st.tuples(st.sampled_from(OPERANDS), st.sampled_from(["+", "*", "&", " ", ",", "<>"])), max_size=6))
def test_our_own_reading_of_a_formula_is_the_tokenizers(words):
    formula = "SUM(" + "".join(word + operator for word, operator in words) + "A6)"
    ours, theirs = (Shift({"Plan": RowMoves(inserted=(5,))}, ("Plan", "Other")) for _ in range(2))
    # An array sends the whole formula to the tokenizer; what is added is the same on both sides.
    assert ours.formula(formula, "Plan") + "+{1}" == theirs.formula(formula + "+{1}", "Plan")
