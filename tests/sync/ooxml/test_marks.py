"""This file tests that a row is found by a word in the hidden column, where it stands once rows have moved."""

import io

import pytest

from sync.ooxml import CellEdit, HiddenColumn, Package, RowInsert

IDS = HiddenColumn("The Plan", None, 3, "ids", {4: "action:ab", 5: "action:abc theme:t1", 8: "action:cd theme:t1"})
ABOVE = CellEdit("The Plan", "D4", "t1 and abc are words here")


@pytest.fixture
def first_row():
    """`first_row(content, word, …)` patches a workbook and says where the word is found then."""

    def first_row(content, word, **changes):
        found = []

        def feet(where):
            found.append(where.first_row("The Plan", word))
            return ()

        Package.open(content).patch(columns=[IDS], cells=[ABOVE], feet=feet, **changes)
        return found[0]

    return first_row


def test_it_is_the_first_of_its_rows_and_no_other_column_counts(plan_workbook, first_row):
    found = {word: first_row(plan_workbook, word) for word in ("ab", "abc", "t1", "cd", "b")}
    assert found == {"ab": 4, "abc": 5, "t1": 5, "cd": 8, "b": None}


def test_it_moves_with_its_row(plan_workbook, first_row):
    new = RowInsert("The Plan", 4, 4, {}, hidden="action:new")
    found = [first_row(plan_workbook, word, inserts=[new]) for word in ("ab", "new", "cd")]
    assert found == [4, 5, 9]


def test_texts_that_another_program_keeps_in_common_are_found_too(plan_workbook, first_row, opened):
    written = io.BytesIO()
    opened(Package.open(plan_workbook).patch(columns=[IDS]).content).save(written)
    assert [first_row(written.getvalue(), word) for word in ("abc", "t1", "cd")] == [5, 5, 8]
