"""This file proves layouts that councils were seen to use, each in the few rows that make it what it is."""

from io import BytesIO

import openpyxl
import pytest

from plan.fields import Kind
from plan.rag import Status
from sync.explain import KEPT, column_from_choice, explain
from sync.grid import Box, Cell, Grid
from sync.layout import Layout
from sync.read_workbook import read_grids

HEADINGS = ["Ref", "Requirement", "RAG", "Action", "Lead", "By when"]
ROWS = [["1", "Visit in time.", "R", "Hire.", "Ann", "Q1"], ["2", "Audit files.", "G", "Sample.", "Bob", "Q2"]]


def grid(*rows, sheet="Plan", merges=(), filled=(), **more):
    places = ((row, col, value) for row, cells in enumerate(rows, 1) for col, value in enumerate(cells, 1))
    said = ((row, col, value) for row, col, value in places if value not in (None, ""))
    cells = {(row, col): Cell(value, fill="1F497D" if row in filled else None) for row, col, value in said}
    return Grid(sheet, cells=cells, merges=tuple(Box(*box) for box in merges), **more)


def values(reading, kind, name):
    return [piece.values[name][0].value for piece in reading.pieces if piece.kind is kind and name in piece.values]


def readings(reading):
    return list(zip(values(reading, Kind.READING, "period"), values(reading, Kind.READING, "value"), strict=True))


MONTHS_IN_GROUPS = [
    ["Ref", "Requirement", "RAG", "", "", "Action", "Progress", "", ""],
    ["", "", "Apr", "May", "Jun", "", "Apr", "May", "Jun"],
    ["1", "Visit in time.", "R", "A", "G", "Hire.", "Advert", "Interviews", "Two in post"],
]


def test_of_months_grouped_under_a_heading_the_latest_is_read():
    got = read_grids([grid(*MONTHS_IN_GROUPS, merges=[(1, 3, 1, 5), (1, 7, 1, 9)])])
    assert got.layout.tables[0].heading_rows == (1, 2)
    assert values(got, Kind.REQUIREMENT, "status") == ["green"]
    assert values(got, Kind.ACTION, "progress") == ["Two in post"]


def test_next_months_group_is_read_by_the_remembered_layout():
    layout = read_grids([grid(*MONTHS_IN_GROUPS, merges=[(1, 3, 1, 5), (1, 7, 1, 9)])]).layout
    later = [[*MONTHS_IN_GROUPS[0], ""], [*MONTHS_IN_GROUPS[1], "Jul"], [*MONTHS_IN_GROUPS[2], "Three in post"]]
    got = read_grids([grid(*later, merges=[(1, 3, 1, 5), (1, 7, 1, 10)])], layout)
    assert values(got, Kind.ACTION, "progress") == ["Three in post"]


YEAR = ["Ref", "Requirement", "Action", "RAG Apr", "RAG May", "RAG Jun"]


def test_months_to_come_wait_until_something_is_written_there():
    layout = read_grids([grid(YEAR, ["1", "Visit in time.", "Hire.", "R", "A", ""])]).layout
    assert [column.heading for column in layout.tables[0].columns if column.field == "status"] == ["RAG May"]
    layout = Layout.from_json(layout.as_json())
    untouched = read_grids([grid(YEAR, ["1", "Visit in time.", "Hire.", "R", "A", ""])], layout)
    assert values(untouched, Kind.REQUIREMENT, "status") == ["amber"]
    written = read_grids([grid(YEAR, ["1", "Visit in time.", "Hire.", "R", "A", "G"])], layout)
    assert values(written, Kind.REQUIREMENT, "status") == ["green"]


def test_of_quarters_that_each_have_several_columns_the_latest_told_is_read():
    quarters = ["", "", "", "Quarter 1", "", "Quarter 2", "", "Quarter 3", ""]
    heads = ["Ref", "Requirement", "Action", *["RAG", "Comments"] * 3]
    row = ["1", "Visit in time.", "Hire.", "R", "First", "A", "Second"]
    got = read_grids([grid(quarters, heads, row, merges=[(1, 4, 1, 5), (1, 6, 1, 7), (1, 8, 1, 9)])])
    assert values(got, Kind.REQUIREMENT, "status") == ["amber"]
    assert values(got, Kind.ACTION, "progress") == ["Second"]


def test_rows_that_only_count_the_others_are_no_records():
    got = read_grids([grid(HEADINGS, ROWS[0], ["Sub-total: 1 action"], ROWS[1], ["Total", "2", "", "2"])])
    assert values(got, Kind.REQUIREMENT, "reference") == ["1", "2"]
    assert values(got, Kind.ACTION, "text") == ["Hire.", "Sample."]
    assert got.layout.tables[0].last_row == 4


def test_a_requirement_that_begins_like_a_total_is_read():
    got = read_grids([grid(HEADINGS[1:], ["Total of late visits falls", "R", "Hire.", "Ann", "Q1"])])
    assert values(got, Kind.REQUIREMENT, "text") == ["Total of late visits falls"]


def test_a_table_below_with_headings_nobody_knows_is_told_and_not_read():
    decisions = [["C. Decisions"], ["Date", "Decision", "Made by"], ["6 May", "Close it", "Chair"]]
    got = read_grids([grid(HEADINGS, *ROWS, [], *decisions)])
    assert values(got, Kind.REQUIREMENT, "reference") == ["1", "2"]
    assert got.notes[0].startswith("Rows 5 to 7 of sheet “Plan” lie outside the tables")


def test_a_banner_after_a_blank_row_begins_no_other_table():
    heads = ["Ref", "Requirement", "Action", "Q1", "Q2"]
    rows = [["Care"], ["Rec 4(a)", "Visit.", "Hire.", "x"], [], ["Courts"], ["Rec 4(b)", "File.", "Diary.", "", "x"]]
    got = read_grids([grid(["Plan 2025/26"], heads, *rows, filled=[3, 6])])
    assert values(got, Kind.REQUIREMENT, "reference") == ["Rec 4(a)", "Rec 4(b)"]
    assert values(got, Kind.THEME, "title") == ["Care", "Courts"]


def test_rows_after_a_wide_gap_are_told():
    got = read_grids([grid(HEADINGS, *ROWS, [], [], [], [], ["3", "Ring.", "R", "Ring.", "Ann", "Q1"])])
    assert got.notes[0].startswith("Row 8 of sheet “Plan” lies outside the tables")


SCORES = ["1", "Visits in time", "71", "78", "60"]


@pytest.mark.parametrize(
    ("headings", "periods"),
    [
        (["Apr", "May", "Jan"], ["2025-04", "2025-05", "2026-01"]),
        (["Q1", "Q2", "Quarter 4"], ["2025-Q1", "2025-Q2", "2025-Q4"]),
    ],
)
def test_months_without_a_year_are_of_the_financial_year_above_them(headings, periods):
    scorecard = grid(["Scorecard 2025/26"], [], ["Req No", "KPI", *headings], SCORES, sheet="Scores")
    assert [period for period, _ in readings(read_grids([grid(HEADINGS, *ROWS), scorecard]))] == periods


def test_months_without_any_year_are_a_problem():
    got = read_grids([grid(HEADINGS, *ROWS), grid(["Req No", "KPI", "Apr", "May", "Jun"], SCORES, sheet="Scores")])
    (problem,) = got.problems
    assert (problem.sheet, problem.cell, problem.found) == ("Scores", "C1", "Apr")


def test_a_scorecard_whose_year_was_added_since_is_read_though_the_layout_is_remembered():
    plan, undated = grid(HEADINGS, *ROWS), ["Req No", "KPI", "Apr", "May", "Jun"]
    layout = read_grids([plan, grid(undated, SCORES, sheet="Scores")]).layout
    again = read_grids([plan, grid(undated, SCORES, sheet="Scores")], layout)
    assert [problem.cell for problem in again.problems] == ["C1"]
    dated = grid(["2025/26"], [], undated, SCORES, sheet="Scores")
    assert [period for period, _ in readings(read_grids([plan, dated], layout))] == ["2025-04", "2025-05", "2025-06"]


def test_a_table_that_a_person_chose_not_to_read_stays_unread():
    scores = grid(["Req No", "KPI", "Apr-25", "May-25", "Jun-25"], SCORES, sheet="Scores")
    layout = read_grids([grid(HEADINGS, *ROWS), scores]).layout
    for column in layout.tables[1].columns:
        layout = layout.with_column(1, column_from_choice(column, KEPT))
    assert values(read_grids([grid(HEADINGS, *ROWS), scores], layout), Kind.INDICATOR, "name") == []


def test_a_quarter_among_months_is_read_as_their_sum_and_told_where_it_stands_alone():
    heads = ["Req No", "KPI", "Apr-25", "May-25", "Jun-25", "Q1 2025/26", "Jul-25"]
    rows = [["1", "Visits", 71, 78, 84, 77.7, 86], ["2", "Files", None, None, None, 55, 60]]
    got = read_grids([grid(HEADINGS, *ROWS), grid(heads, *rows, sheet="Scores")])
    assert [period for period, _ in readings(got)] == ["2025-04", "2025-05", "2025-06", "2025-07", "2025-07"]
    assert [(problem.cell, problem.found) for problem in got.problems] == [("F3", "55")]
    assert "a quarter beside the months that it sums up" in explain(got)[1].columns[5].words


def test_colours_told_by_which_column_is_marked_are_a_problem():
    (problem,) = read_grids(
        [grid([*HEADINGS[:2], "R", "A", "G", "Action"], ["1", "Visit.", "", "x", "", "Hire."])]
    ).problems
    assert (problem.cell, problem.found) == ("C1", "R")


def test_an_objective_is_what_is_asked_where_nothing_else_says_it():
    got = read_grids([grid(["Objective", "Action", "Lead"], ["Children are heard.", "Ask them.", "Ann"])])
    assert values(got, Kind.REQUIREMENT, "text") == ["Children are heard."]
    got = read_grids([grid(["Objective", "Requirement", "Action"], ["Voice", "Hear every child.", "Ask them."])])
    assert values(got, Kind.REQUIREMENT, "text") == ["Hear every child."]


def test_a_key_may_have_numbers_beside_its_colours():
    key = [["RAG key"], ["1", "Red: not on track"], ["2", "Amber: at risk"], ["3", "Green: on track"]]
    numbered = [[*row[:2], said, *row[3:]] for row, said in zip(ROWS, ("1", "3"), strict=True)]
    got = read_grids([grid(HEADINGS, *numbered, [], [], *key)])
    assert values(got, Kind.REQUIREMENT, "status") == [Status.RED, Status.GREEN]


def test_the_plan_is_called_by_its_cover_where_its_sheets_only_say_whose_they_are():
    cover = grid(["Saltmarsh City Council"], [], ["Improvement Plan 2025-26"], sheet="Cover")
    got = read_grids([cover, grid(["Owner: the Director"], [], HEADINGS, *ROWS)])
    assert got.title == "Improvement Plan 2025-26"


def test_where_a_revised_date_is_read_the_page_says_when_the_first_counts():
    heads = ["Requirement", "Action", "Original target date", "Revised target date"]
    (table,) = explain(read_grids([grid(heads, ["Visit.", "Hire.", "Q1", "Q2"])]))
    assert "counts where column D “Revised target date” is blank" in table.columns[2].words


# Actions that stand under no requirement


def tracker(*rows):
    book, content = openpyxl.Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def under(desk, action):
    requirement = desk.now[desk.find(Kind.ACTION, action).parent]
    return requirement.get("text"), desk.now[requirement.parent].get("title")


LOG = [["Workstream", "Action", "Lead"], ["Demand", "Publish the offer", "Ann"], ["Staff", "Review the pay", "Bob"]]


@pytest.mark.slow
def test_a_log_of_actions_keeps_them_under_their_themes_and_takes_new_ones(bring, in_excel, opened):
    desk = bring(tracker(*LOG))
    assert under(desk, "Review the pay") == (None, "Staff")
    content = desk.download()
    assert desk.decided(content) == {}
    desk.upload(in_excel(content, lambda book: book.active.append(["Demand", "Train the callers", "Cat"])))
    assert under(desk, "Train the callers") == (None, "Demand")
    assert desk.decided(desk.download()) == {}


@pytest.mark.slow
def test_a_row_that_belongs_to_no_requirement_stays_in_the_workbook_and_is_told(bring, in_excel, opened):
    desk = bring(tracker(HEADINGS, [None, None, None, "Stand alone", "Ann", "Q1"], *ROWS))
    content = desk.download()
    assert desk.decided(content) == {}

    def edit(book):
        book.active["D4"] = "Sample ten"
        book.active.insert_rows(2)
        book.active["D2"] = "Stand here too"

    edited = in_excel(content, edit)
    assert "belongs to no requirement" in " ".join(problem.message for problem in desk.preview(edited).problems)
    desk.upload(edited)
    assert [row[3].value for row in opened(desk.download()).active][1:3] == ["Stand here too", "Stand alone"]
