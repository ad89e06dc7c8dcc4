"""This file proves that what was understood is said in words, and that a person's choice is taken."""

import pytest

from plan.fields import Kind
from sync.explain import choice_of, choices, column_from_choice, explain
from sync.grid import Cell, Grid
from sync.layout import Column
from sync.read_workbook import read_grids


def explained(*rows):
    places = ((row, col, value) for row, cells in enumerate(rows, 1) for col, value in enumerate(cells, 1))
    sheet = Grid("Plan", cells={(row, col): Cell(value) for row, col, value in places if value})
    (table,) = explain(read_grids([sheet]))
    return table


def test_each_column_is_said_in_words():
    table = explained(
        ["No.", "Requirement", "RAG", "Action", "Timescale", "Due date", "Trend", "Requirment", "Zebra"],
        ["1", "Improve.", "Red", "Hire.", "Q2", "1/1/14", "up", "x", "y"],
    )
    assert [column.words for column in table.columns] == [
        "Column A “No.” is the requirement's number.",
        "Column B “Requirement” is the requirement.",
        "Column C “RAG” is the requirement's status.",
        "Column D “Action” is the area for development.",
        "Column E “Timescale” is the action's timescale.",
        "Column F “Due date” is kept as it is, because column E “Timescale” is read as timescale.",
        "Column G “Trend” is the direction of travel, which the plan has no field for, and is kept as it is.",
        "Column H “Requirment” is not known and is kept as it is; perhaps “requirement” is meant.",
        "Column I “Zebra” is not known and is kept as it is.",
    ]


def test_rows_and_themes_are_said_in_words():
    table = explained(["Theme", "Requirement", "Action"], ["Care", "Improve.", "Hire."], ["Care", "Report.", "Audit."])
    assert table.rows == "The headings are in row 1; rows 2 to 3 are read."
    assert table.themes == "The theme of each row stands in column A."


def test_a_choice_gives_the_column_that_it_stands_for_and_back():
    column = column_from_choice(Column("C", "RAG"), "requirement.status")
    assert (column.kind, column.field, choice_of(column)) == (
        Kind.REQUIREMENT,
        "status",
        "requirement.status",
    )
    listed = column_from_choice(column, "achievement.text:lines")
    assert (listed.lines, choice_of(listed)) == (True, "achievement.text:lines")
    assert column_from_choice(listed, "") == Column("C", "RAG")


def test_every_choice_can_be_chosen_and_nothing_else():
    offered = dict(choices())
    assert offered[""] == "Not read, kept as it is"
    column = Column("C", "January 2013", period="2013-01")
    assert [choice_of(column_from_choice(column, value)) for value in offered] == list(offered)
    with pytest.raises(ValueError, match="Choose from the list"):
        column_from_choice(Column("C", "x"), "plan.title")
