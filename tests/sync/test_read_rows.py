"""This file proves how rows become pieces: what is carried on, what is a record, what is a problem."""

from hypothesis import given, settings
from hypothesis import strategies as st

from plan.fields import Kind
from sync.grid import Box, Cell, Grid
from sync.read_workbook import Unreadable, read_grids

HEADINGS = ["No.", "Requirement", "RAG", "Achievement", "Evidence", "Action", "Lead", "Timescale"]


def grid(*rows, sheet="Plan", merges=()):
    places = ((row, col, value) for row, cells in enumerate(rows, 1) for col, value in enumerate(cells, 1))
    cells = {
        (row, col): value if isinstance(value, Cell) else Cell(value)
        for row, col, value in places
        if value not in (None, "")
    }
    return Grid(sheet, cells=cells, merges=tuple(Box(*box) for box in merges))


def reading(*rows, **more):
    return read_grids([grid(*rows, **more)])


def told(reading, kind):
    """Each piece of a kind as its fields' values."""
    pieces = [piece for piece in reading.pieces if piece.kind is kind]
    return [{name: [said.value for said in each] for name, each in piece.values.items()} for piece in pieces]


def texts(reading, kind, name="text"):
    return [each[name][0] for each in told(reading, kind) if name in each]


def parents(reading, kind):
    numbers = {
        piece.key: (piece.values.get("reference") or piece.values["title"])[0].value
        for piece in reading.pieces
        if piece.kind in (Kind.REQUIREMENT, Kind.THEME)
    }
    return [numbers.get(piece.parent) for piece in reading.pieces if piece.kind is kind]


def test_a_row_holds_a_piece_of_a_requirement_an_achievement_and_an_action_side_by_side():
    got = reading(
        HEADINGS,
        ["1", "Improve.", "Red", "Begun.", "Minutes", "Hire.", "Ann", "Q2"],
        ["", "", "", "", "Audit", "Train.", "Ann", ""],
    )
    assert told(got, Kind.REQUIREMENT) == [{"reference": ["1"], "text": ["Improve."], "status": ["red"]}]
    assert told(got, Kind.ACHIEVEMENT) == [
        {"text": ["Begun."], "evidence": ["Minutes"]},
        {"text": [None], "evidence": ["Audit"]},
    ]
    assert told(got, Kind.ACTION)[1] == {"text": ["Train."], "lead": ["Ann"], "timescale": [None]}
    assert parents(got, Kind.ACTION) == ["1", "1"]


def test_a_blank_status_beside_a_requirement_is_said_to_be_blank_and_on_later_rows_nothing_is_said():
    got = reading(HEADINGS, ["1", "Improve.", "", "", "", "Hire."], ["", "", "", "", "", "Train."])
    assert told(got, Kind.REQUIREMENT)[0]["status"] == [None]


def test_a_requirement_repeated_on_each_row_is_one_and_each_cell_is_a_statement_of_it():
    got = reading(
        ["No.", "Requirement", "RAG", "Action"],
        [1, "Improve.", "Red", "Hire."],
        [2, "Report.", "Green", "Write."],
        [1, "Improve.", "Red", "Train."],
    )
    assert told(got, Kind.REQUIREMENT)[0]["reference"] == ["1", "1"]
    assert [piece.rows for piece in got.pieces if piece.kind is Kind.REQUIREMENT] == [(2, 4), (3,)]
    assert parents(got, Kind.ACTION) == ["1", "2", "1"]


def test_without_numbers_the_words_tell_the_requirements_apart():
    got = reading(["Requirement", "Action"], ["Improve.", "Hire."], ["", "Train."], ["Report.", "Write."])
    assert texts(got, Kind.REQUIREMENT) == ["Improve.", "Report."]


def test_two_requirements_with_one_number_are_both_read_and_the_cells_named():
    got = reading(["No.", "Requirement", "Action"], ["7", "Improve.", "Hire."], ["7", "Report.", "Write."])
    assert texts(got, Kind.REQUIREMENT) == ["Improve.", "Report."]
    (problem,) = got.problems
    assert (problem.cell, problem.found) == ("A3", "7")
    assert "cell A2 of sheet “Plan”" in problem.message


def test_banners_begin_themes_and_the_same_theme_again_is_the_same():
    got = reading(
        HEADINGS,
        ["Leadership"],
        ["1", "Improve.", "", "", "", "Hire."],
        ["Care planning"],
        ["2", "Report.", "", "", "", "Write."],
        ["leadership "],
        ["3", "Audit.", "", "", "", "Check."],
    )
    assert texts(got, Kind.THEME, "title") == ["Leadership", "Care planning"]
    assert parents(got, Kind.REQUIREMENT) == ["Leadership", "Care planning", "Leadership"]


def test_a_theme_column_is_carried_down():
    got = reading(
        ["Theme", "No.", "Requirement", "Action"],
        ["Care", "1", "Improve.", "Hire."],
        ["", "2", "Report.", "Write."],
    )
    assert parents(got, Kind.REQUIREMENT) == ["Care", "Care"]


def test_a_sheets_title_is_its_theme_without_the_number_before_it():
    rows = ["No.", "Requirement", "Action"]
    one = grid(["Priority 1: Leadership"], rows, ["1", "Improve.", "Hire."], sheet="a")
    two = grid(["Theme 2 - Care planning"], rows, ["2", "Report.", "Write."], sheet="b")
    got = read_grids([one, two])
    assert texts(got, Kind.THEME, "title") == ["Leadership", "Care planning"]
    assert got.title is None


def test_no_theme_is_invented():
    got = reading(["No.", "Requirement", "Action"], ["1", "Improve.", "Hire."])
    assert told(got, Kind.THEME) == []
    assert [piece.parent for piece in got.pieces if piece.kind is Kind.REQUIREMENT] == [None]


def test_each_line_of_a_listed_cell_is_an_achievement_beside_the_evidence_of_its_place():
    got = reading(
        ["No.", "Requirement", "Action", "Progress", "Evidence"],
        ["1", "Improve.", "Hire.", "• Begun.\n• Done.\n\n• Told.", "Minutes\n\nAudit"],
        ["", "", "Train.", "", ""],
        ["2", "Report.", "Write.", "- Written.", "Report\nLetter"],
        ["", "", "Send.", "", ""],
    )
    assert told(got, Kind.ACHIEVEMENT) == [
        {"text": ["Begun."], "evidence": ["Minutes"]},
        {"text": ["Done."], "evidence": [None]},
        {"text": ["Told."], "evidence": ["Audit"]},
        {"text": ["Written."], "evidence": ["Report"]},
        {"text": [None], "evidence": ["Letter"]},
    ]
    lines = [piece.values["evidence"][0].line for piece in got.pieces if piece.kind is Kind.ACHIEVEMENT]
    assert lines == [0, 1, 2, 0, 1]


def test_an_unknown_status_is_a_problem_and_says_nothing_of_the_field():
    got = reading(["Requirement", "RAG", "Action"], ["Improve.", "Amber/Green", "Hire."])
    assert "status" not in told(got, Kind.REQUIREMENT)[0]
    assert [(p.sheet, p.cell, p.found) for p in got.problems] == [("Plan", "B2", "Amber/Green")]


def test_a_lead_merged_down_leads_each_action_and_a_lead_alone_is_no_action():
    rows = [["1", "Improve.", "", "", "", "Hire.", "Ann"], ["", "", "", "", "", "Train.", ""]]
    got = reading(HEADINGS, *rows, ["", "", "", "Begun.", "", "", "Ann"], merges=[(2, 7, 3, 7)])
    assert [each["lead"] for each in told(got, Kind.ACTION)] == [["Ann"], ["Ann"]]


def test_a_blank_revised_date_leaves_the_first_one():
    got = reading(
        ["Requirement", "Action", "Target date", "Revised date"],
        ["Improve.", "Hire.", "Quarter 1", "Quarter 3"],
        ["Report.", "Write.", "Quarter 2", ""],
    )
    said = [piece.values["timescale"][0] for piece in got.pieces if piece.kind is Kind.ACTION]
    assert [(each.value, each.cell) for each in said] == [("Quarter 3", "D2"), ("Quarter 2", "C3")]


def test_other_tables_name_requirements_by_number_and_a_stray_number_is_a_problem():
    actions = grid(["Requirement number", "Action"], [2, "Write."], [1, "Hire."], [9, "Lost."], sheet="Actions")
    plan = grid(["Number", "Requirement", "RAG status"], [1, "Improve.", "Red"], [2, "Report.", "Green"])
    got = read_grids([actions, plan])
    assert parents(got, Kind.ACTION) == ["2", "1", None]
    assert [(p.cell, p.found) for p in got.problems] == [("A4", "9")]


def test_figures_stand_under_their_requirements_and_blank_months_are_no_readings():
    plan = grid(["No.", "Requirement", "Action"], [12, "Improve.", "Hire."])
    card = grid(
        ["Requirement", "Indicator", "Unit", "Target", "Jan-13", "Feb-13"],
        [12, "Visits in time", "%", 100, Cell(0.7489, "0.00%"), ""],
        ["", "Visits", "", "", "n/a", 4],
        sheet="Scorecard",
    )
    got = read_grids([card, plan])
    assert told(got, Kind.INDICATOR)[0] == {"name": ["Visits in time"], "unit": ["%"], "target": [100]}
    assert told(got, Kind.READING) == [
        {"period": ["2013-01"], "value": [74.89]},
        {"period": ["2013-02"], "value": [4]},
    ]
    assert parents(got, Kind.INDICATOR) == ["12", "12"]
    assert [(p.cell, p.found) for p in got.problems] == [("E3", "n/a")]


def test_the_hidden_column_gives_hints_and_cleared_rows_are_still_told():
    identity = "Plan record, please leave [k3f9 revision 12]"
    got = reading(
        [*HEADINGS[:6], identity],
        ["1", "Improve.", "Red", "Begun.", "Minutes", "Hire.", "requirement:r1 achievement:a1 action:x1"],
        ["", "", "", "", "", "", "requirement:r1 achievement:a2 action:x2"],
    )
    hints = [(piece.kind.value, piece.hints) for piece in got.pieces]
    assert hints == [
        ("requirement", ("r1",)),
        ("achievement", ("a1",)),
        ("action", ("x1",)),
        ("achievement", ("a2",)),
        ("action", ("x2",)),
    ]
    assert told(got, Kind.ACHIEVEMENT)[1] == {"text": [None], "evidence": [None]}
    assert (got.origin.plan, got.origin.revision) == ("k3f9", 12)
    assert all(column.letter != "G" for column in got.layout.tables[0].columns)


def test_a_cleared_requirement_and_a_cleared_banner_are_still_told():
    identity = "Plan record, please leave [k3f9 revision 12]"
    got = reading(
        ["No.", "Requirement", "Action", identity],
        ["Leadership", "", "", "theme:t1"],
        ["1", "Improve.", "Hire.", "requirement:r1 action:x1"],
        ["", "", "Train.", "requirement:r1 action:x2"],
        ["", "", "", "theme:t2"],
        ["", "", "Write.", "requirement:r2 action:x3"],
    )
    assert [piece.hints for piece in got.pieces if piece.kind is Kind.THEME] == [("t1",), ("t2",)]
    assert told(got, Kind.REQUIREMENT)[1] == {"reference": [None], "text": [None]}
    assert [piece.parent for piece in got.pieces if piece.kind is Kind.ACTION] == [2, 2, 6]


def test_a_cleared_list_tells_each_achievement_that_it_held():
    identity = "Plan record, please leave [k3f9 revision 12]"
    got = reading(
        ["No.", "Requirement", "Action", "Progress", identity],
        ["1", "Improve.", "Hire.", "", "requirement:r1 achievement:a1,a2 action:x1"],
        ["", "", "Train.", "", "action:x2"],
        ["2", "Report.", "Write.", "• Sent.\n• Read.", "requirement:r2 achievement:a3,a4"],
        ["", "", "Tell.", "", ""],
    )
    pieces = [(piece.hints, piece.values["text"][0].value) for piece in got.pieces if piece.kind is Kind.ACHIEVEMENT]
    assert pieces == [(("a1",), None), (("a2",), None), (("a3", "a4"), "Sent."), (("a3", "a4"), "Read.")]


def test_words_above_the_table_give_title_and_date_and_the_margins_the_marking():
    sheet = grid(
        ["Action tracker"],
        ["Position as at 1st July 2013."],
        ["Requirement", "Action"],
        ["Improve.", "Hire."],
    )
    got = read_grids([Grid(sheet.sheet, cells=sheet.cells, margins=("&L OFFICIAL-SENSITIVE page 1",))])
    assert (got.title, got.position_date, got.marking) == (
        "Action tracker",
        "2013-07-01",
        "OFFICIAL-SENSITIVE",
    )


WORDS = st.sampled_from(
    [
        "",
        "",
        "1",
        "2",
        "7.1",
        "Red",
        "a ",
        "Improve.",
        "Hire.",
        "• one\n• two",
        "Care planning",
        "Key",
        "Q2",
        "Ann",
        5,
        0.5,
    ]
) | st.text(max_size=12)
COLUMNS = st.sampled_from(
    [
        *HEADINGS,
        "Theme",
        "Status",
        "Overall RAG",
        "Progress",
        "Target date",
        "Revised date",
        "What?",
        "Jan-13",
        "Indicator",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_content_stops_the_reading_and_no_value_is_invented(data):
    width = data.draw(st.integers(2, 8))
    headings = data.draw(st.lists(COLUMNS, min_size=width, max_size=width))
    rows = data.draw(st.lists(st.lists(WORDS, min_size=width, max_size=width), max_size=8))
    sheet = grid(["Title"], headings, *rows, merges=[(3, 1, 4, 1)] if data.draw(st.booleans()) else [])
    try:
        got = read_grids([sheet])
    except Unreadable:
        return
    seen = " ".join(str(cell.value) for cell in sheet.cells.values()).lower().replace("0.5", "50 0.5")
    colours = {"red", "amber", "green", "blue"}
    said = {str(each.value) for piece in got.pieces for every in piece.values.values() for each in every if each.value}
    assert [
        v
        for v in said
        if v.lower().replace("\r", "\n") not in seen.replace("\r", "\n") and v not in colours | {"2013-01"}
    ] == []
