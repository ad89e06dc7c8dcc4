"""This file proves the less usual layouts: a month in headings, lists of actions, tables beside each other."""

import pytest

from plan.fields import Kind
from sync.explain import choices, column_from_choice, explain
from sync.grid import Cell, Grid
from sync.months import newest
from sync.read_workbook import read_grids

HEADINGS = ["No.", "Requirement", "Action", "Lead", "Timescale"]


def grid(*rows, sheet="Plan"):
    places = ((row, col, value) for row, cells in enumerate(rows, 1) for col, value in enumerate(cells, 1))
    return Grid(sheet, cells={(row, col): Cell(value) for row, col, value in places if value not in (None, "")})


def values(reading, kind, name):
    return [piece.values[name][0].value for piece in reading.pieces if piece.kind is kind and name in piece.values]


def choose(reading, letter, choice):
    column = next(column for column in reading.layout.tables[0].columns if column.letter == letter)
    return reading.layout.with_column(0, column_from_choice(column, choice))


@pytest.mark.parametrize(
    ("headings", "place"),
    [
        (["Progress October", "Progress November"], 1),
        (["Progress Jan", "Progress Dec", "Progress Nov"], 0),
        (["Update Dec 2012", "Update Jan 2013"], 1),
        (["Sept 13 update", "Oct 13 update"], 1),
        (["Progress Q1", "Progress Q2"], 1),
        (["RAG Q4 2024/25", "RAG Q1 2025/26"], 1),
        (["Update 12/05/2025", "Update 14/04/2025"], 0),
        (["Update 6 June 2025", "Update 13 June 2025"], 1),
        (["Progress", "Progress May"], None),
        (["RAG May", "RAG May"], None),
    ],
)
def test_the_latest_month_is_known_with_and_without_years(headings, place):
    assert newest(headings) == place


MONTHLY = [
    ["No.", "Requirement", "Action", "Progress October", "Progress November"],
    ["1", "Improve.", "Hire.", "Advert out.", "Two hired."],
]


def test_of_progress_by_month_the_latest_is_read_and_the_rest_kept():
    got = read_grids([grid(*MONTHLY)])
    assert values(got, Kind.ACTION, "progress") == ["Two hired."]
    assert got.problems == ()
    (table,) = explain(got)
    assert "is kept as it is, because column E “Progress November” is read" in table.columns[3].words


def test_next_months_file_is_read_by_the_remembered_layout():
    layout = read_grids([grid(*MONTHLY)]).layout
    renamed = grid([*MONTHLY[0][:3], "Progress November", "Progress December"], MONTHLY[1])
    assert values(read_grids([renamed], layout), Kind.ACTION, "progress") == ["Two hired."]
    added = grid([*MONTHLY[0], "Progress December"], [*MONTHLY[1], "Three hired."])
    assert values(read_grids([added], layout), Kind.ACTION, "progress") == ["Three hired."]


def test_an_older_month_that_a_person_chose_stays_chosen():
    got = read_grids([grid(*MONTHLY)])
    chosen = choose(got, "D", "action.progress").with_column(0, column_from_choice(got.layout.tables[0].columns[4], ""))
    assert values(read_grids([grid(*MONTHLY)], chosen), Kind.ACTION, "progress") == ["Advert out."]


def test_of_statuses_by_month_the_latest_is_read():
    heads = ["No.", "Requirement", "RAG May", "RAG June", "Action"]
    got = read_grids([grid(heads, ["1", "Improve.", "R", "G", "Hire."])])
    assert values(got, Kind.REQUIREMENT, "status") == ["green"]


LISTED = grid(
    HEADINGS,
    ["1", "Improve.", "• Hire two\n• Train them", "Ann Lee\nBo Day", "Q2"],
    ["2", "Audit.", "Audit files", "Cy", "Q3"],
)


def test_several_actions_in_one_cell_are_kept_as_typed_and_a_split_is_offered():
    got = read_grids([LISTED])
    assert values(got, Kind.ACTION, "text") == ["• Hire two\n• Train them", "Audit files"]
    (table,) = explain(got)
    assert table.columns[2].offer.startswith("Cell C2 lists several actions. Each is kept as one")
    assert "action.text:lines" in dict(choices())


def test_several_leads_in_one_cell_are_kept_and_the_cells_named():
    rows = (["1", "Improve.", f"Hire {n}", "Ann Lee\nBo Day", "Q2"] for n in range(8))
    lead = explain(read_grids([grid(HEADINGS, *rows)]))[0].columns[3]
    assert lead.offer.startswith("Cells D2, D3, D4, D5, D6, D7 and 2 more list several leads. Each is kept as one;")


def test_a_person_can_have_each_line_read_as_an_action():
    got = read_grids([LISTED], choose(read_grids([LISTED]), "C", "action.text:lines"))
    assert values(got, Kind.ACTION, "text") == ["Hire two", "Train them", "Audit files"]
    assert values(got, Kind.ACTION, "lead") == ["Ann Lee\nBo Day", "Ann Lee\nBo Day", "Cy"]
    assert [p.values["text"][0].line for p in got.pieces if p.kind is Kind.ACTION] == [0, 1, None]


def test_leads_in_lines_are_shared_out_where_there_are_as_many():
    layout = choose(read_grids([LISTED]), "C", "action.text:lines")
    layout = layout.with_column(0, column_from_choice(layout.tables[0].columns[3], "action.lead:lines"))
    assert values(read_grids([LISTED], layout), Kind.ACTION, "lead") == ["Ann Lee", "Bo Day", "Cy"]


def test_a_number_within_the_words_stays_there():
    got = read_grids([grid(["Requirement", "Action"], ["7.2 Publish the procedure", "Hire."])])
    assert values(got, Kind.REQUIREMENT, "text") == ["7.2 Publish the procedure"]
    assert values(got, Kind.REQUIREMENT, "reference") == []


def test_two_tables_beside_each_other_are_two():
    heads = ["No.", "Requirement", "Action"]
    got = read_grids(
        [grid([*heads, "", *heads], ["1", "Improve.", "Hire.", "", "8", "Audit.", "Sample."], ["2", "Visit.", "Ring."])]
    )
    assert [[c.letter for c in table.columns] for table in got.layout.tables] == [["A", "B", "C"], ["E", "F", "G"]]
    assert values(got, Kind.REQUIREMENT, "reference") == ["1", "2", "8"]
    assert values(got, Kind.ACTION, "text") == ["Hire.", "Ring.", "Sample."]


def test_a_narrow_blank_column_does_not_divide_a_table():
    got = read_grids([grid(["No.", "Requirement", "", "Action", "Lead"], ["1", "Improve.", "", "Hire.", "Ann"])])
    assert len(got.layout.tables) == 1
    (action,) = (piece for piece in got.pieces if piece.kind is Kind.ACTION)
    assert action.parent is not None


@pytest.mark.parametrize(
    "title", ["The position on 1 July 2013", "Position as at 1st July 2013", "Status at 1 July 2013", "as of 1.7.13"]
)
def test_the_day_of_the_position_is_read_above_the_headings(title):
    assert read_grids([grid([title], HEADINGS, ["1", "Improve.", "Hire.", "Ann", "Q2"])]).position_date == "2013-07-01"
