"""This file proves which column means which field where headings alone do not tell, rule by rule."""

from plan.fields import Kind
from sync.detect import find_layout
from sync.grid import Box, Cell, Grid


def grid(*rows, sheet="Plan", merges=()):
    places = ((row, col, value) for row, cells in enumerate(rows, 1) for col, value in enumerate(cells, 1))
    cells = {(row, col): Cell(value) for row, col, value in places if value not in (None, "")}
    return Grid(sheet, cells=cells, merges=tuple(Box(*box) for box in merges))


def meanings(*rows, merges=()):
    layout, _ = find_layout([grid(*rows, merges=merges)])
    (table,) = layout.tables
    return [f"{c.kind}.{c.field}" + (" in lines" if c.lines else "") if c.kind else "" for c in table.columns]


def test_of_two_statuses_the_one_before_the_actions_is_the_requirements():
    found = meanings(
        ["Ref", "Recommendation", "RAG", "Action", "Status"],
        ["1", "Improve visits.", "Red", "Hire.", "Green"],
    )
    assert found == [
        "requirement.reference",
        "requirement.text",
        "requirement.status",
        "action.text",
        "action.status",
    ]


def test_an_overall_status_is_the_requirements_wherever_it_stands():
    found = meanings(["Requirement", "Action", "RAG", "Overall RAG"], ["Improve.", "Hire.", "Red", "Green"])
    assert found[2:] == ["action.status", "requirement.status"]
    found = meanings(["Requirement", "RAG", "Overall RAG", "Action"], ["Improve.", "Red", "Green", "Hire."])
    assert found[1:3] == ["action.status", "requirement.status"]


def test_a_lead_before_the_actions_is_the_requirements_where_another_follows_them():
    found = meanings(["Requirement", "Lead", "Action", "Who?"], ["Improve.", "Ann", "Hire.", "Bob"])
    assert found == ["requirement.text", "requirement.lead", "action.text", "action.lead"]
    assert meanings(["Requirement", "Lead", "Action"], ["Improve.", "Ann", "Hire."])[1] == "action.lead"


def test_overall_progress_is_the_requirements():
    found = meanings(["Requirement", "Overall progress", "Action", "Progress"], ["Improve.", "Done", "Hire.", "Begun"])
    assert found[1:] == ["achievement.text", "action.text", "action.progress"]


def test_one_status_told_once_a_requirement_is_the_requirements():
    found = meanings(
        ["No.", "Requirement", "Action", "RAG"],
        ["1", "Improve visits.", "Hire.", "Red"],
        ["", "", "Train.", ""],
    )
    assert found[3] == "requirement.status"


def test_one_status_that_varies_within_a_requirement_is_the_actions():
    found = meanings(
        ["No.", "Requirement", "RAG", "Action"],
        ["1", "Improve visits.", "Red", "Hire."],
        ["1", "Improve visits.", "Green", "Train."],
    )
    assert found[2] == "action.status"


def test_the_values_decide_which_of_two_statuses_is_the_colour():
    found = meanings(
        ["Requirement", "Action", "Status", "RAG"],
        ["Improve visits.", "Hire.", "Open", "Red"],
        ["Improve files.", "Audit.", "Closed", "Green"],
    )
    assert found[2:] == ["", "requirement.status"]


def test_a_number_that_goes_on_counting_within_a_requirement_is_the_actions():
    found = meanings(
        ["Ref", "Theme", "Requirement no.", "Requirement", "RAG", "Action", "Timescale", "Due date"],
        ["A1", "Care", "R1", "Improve visits.", "Red", "Hire.", "Q2", "1/1/14"],
        ["A2", "Care", "R1", "Improve visits.", "Green", "Train.", "Q3", "1/2/14"],
    )
    assert found == [
        "action.reference",
        "theme.title",
        "requirement.reference",
        "requirement.text",
        "action.status",
        "action.text",
        "action.timescale",
        "",
    ]


def test_a_lone_number_on_every_row_of_one_requirement_is_the_actions():
    found = meanings(
        ["Ref", "Requirement", "Action"],
        ["1", "Improve visits.", "Hire."],
        ["2", "", "Train."],
        ["3", "", "Audit."],
    )
    assert found[0] == "action.reference"


def test_what_is_the_action_unless_how_stands_beside_it():
    assert meanings(["Ref", "What?", "Who?"], ["1", "Hire more.", "Ann"])[1] == "action.text"
    assert meanings(["Ref", "What?", "How?"], ["1", "Better visits.", "Hire."])[1:] == [
        "requirement.text",
        "action.text",
    ]


def test_progress_told_once_a_requirement_is_its_list_of_achievements():
    found = meanings(
        ["Ref", "Requirement", "Action Ref", "Action", "Progress", "Evidence"],
        ["1", "Improve visits.", "1.1", "Hire.", "Done this\nDone that", "Minutes\nAudit"],
        ["", "", "1.2", "Train.", "", ""],
        ["2", "Improve files.", "2.1", "Audit.", "Done", "Report"],
        ["", "", "2.2", "Report.", "", ""],
    )
    assert found[4:] == ["achievement.text in lines", "achievement.evidence in lines"]


def test_progress_told_on_each_row_is_the_actions_and_so_is_evidence():
    found = meanings(
        ["Ref", "Requirement", "Action", "Progress", "Evidence"],
        ["1", "Improve visits.", "Hire.", "Two hired", "Payroll"],
        ["", "", "Train.", "Begun", "Register"],
    )
    assert found[3:] == ["action.progress", "action.evidence"]


def test_progress_beside_achievements_is_the_actions():
    found = meanings(
        ["Requirement", "Achievements to date", "Evidence", "Action", "Progress update"],
        ["Improve.", "Done", "Minutes", "Hire.", "Begun"],
    )
    assert found[1:] == ["achievement.text", "achievement.evidence", "action.text", "action.progress"]


def test_without_actions_progress_is_an_achievement_and_the_lead_is_the_requirements():
    found = meanings(["No", "Recommendation", "Lead", "Progress", "By when"], ["1", "Improve.", "Ann", "Done", "Q2"])
    assert found[2:] == ["requirement.lead", "achievement.text", ""]


def test_the_revised_date_is_the_timescale_once_it_holds_anything():
    headings = ["Action", "Owner", "Target date", "Revised date"]
    assert meanings(headings, ["Hire.", "Ann", "1/1/14", ""])[2:] == ["action.timescale", ""]
    assert meanings(headings, ["Hire.", "Ann", "1/1/14", "1/2/14"])[2:] == ["", "action.timescale"]


def test_columns_that_no_field_holds_are_kept_as_they_are():
    found = meanings(
        [
            "Requirement",
            "Action",
            "Direction of travel",
            "Success criteria",
            "Signed off by",
            "Last updated",
            "Zebra",
        ],
        ["Improve.", "Hire.", "up", "many", "Ann", "1/1/14", "?"],
    )
    assert found[2:] == [""] * 5


def test_of_two_columns_with_one_heading_neither_is_read_and_a_person_is_asked():
    layout, problems = find_layout(
        [grid(["Requirement", "Action", "RAG", "RAG"], ["Improve.", "Hire.", "Red", "Green"])]
    )
    assert [c.kind for c in layout.tables[0].columns[2:]] == [None, None]
    assert [(p.cell, p.found) for p in problems] == [("C1", "RAG")]
    assert "Columns C “RAG” and D “RAG” have one heading" in problems[0].message


def test_a_requirement_column_of_numbers_links_to_the_requirements_elsewhere():
    found = meanings(["Requirement", "Action", "Lead"], ["7", "Hire.", "Ann"], ["12", "Train.", "Bob"])
    assert found == ["requirement.reference", "action.text", "action.lead"]


def test_a_band_over_the_headings_says_whose_they_are():
    found = meanings(
        ["Recommendation", "", "Action", "", ""],
        ["No.", "Recommendation", "No.", "Action", "RAG"],
        ["1", "Improve.", "1.1", "Hire.", "Red"],
        merges=[(1, 1, 1, 2), (1, 3, 1, 5)],
    )
    assert found == [
        "requirement.reference",
        "requirement.text",
        "action.reference",
        "action.text",
        "action.status",
    ]


def test_impact_status_is_read_where_its_cells_are_colours():
    found = meanings(
        ["Requirement", "RAG", "Impact RAG", "Assurance"],
        ["Improve.", "Red", "Amber", "The board hears monthly."],
    )
    assert found[1:] == ["requirement.status", "requirement.impact_status", ""]


def test_a_scorecard_may_have_a_column_for_each_quarter():
    rows = [["Requirement", "Indicator", "Q1 13/14", "2013/14 Q2", "Quarter 3 2013/14"], ["12", "Visits", 70, 75, 80]]
    layout, _ = find_layout([grid(*rows)])
    assert [column.period for column in layout.tables[0].columns] == [None, None, "2013-Q1", "2013-Q2", "2013-Q3"]


def test_a_scorecard_has_a_column_for_each_month():
    layout, _ = find_layout(
        [
            grid(
                ["Requirement", "Indicator", "Target", "Jan-13", "February 2013", "2013-03", "Q1 2013/14"],
                ["12", "Visits in time", 100, 70, 75, 80, 75],
            )
        ]
    )
    columns = layout.tables[0].columns
    assert [column.period for column in columns] == [None, None, None, "2013-01", "2013-02", "2013-03", None]
    assert columns[1].kind is Kind.INDICATOR
    assert columns[6].kind is None


def test_progress_before_the_actions_is_the_achievements_where_the_actions_have_their_own():
    found = meanings(
        [
            "Ref",
            "Recommendation",
            "BRAG",
            "What have we done?",
            "How will we know?",
            "Areas for development",
            "Comments",
        ],
        ["1", "Improve visits.", "Red", "Hired two.", "Contracts", "Hire more.", "Begun"],
    )
    assert found[3:] == ["achievement.text", "achievement.evidence", "action.text", "action.progress"]


def test_progress_before_the_actions_is_the_achievements_where_it_goes_on_without_an_action():
    found = meanings(
        ["Ref", "Recommendation", "Progress to date", "Evidence", "Areas for development", "Deadline"],
        ["1", "Improve visits.", "Hired two.", "Contracts", "Hire more.", "Q2"],
        ["", "", "Trained them.", "", "", ""],
    )
    assert found[2:5] == ["achievement.text", "achievement.evidence", "action.text"]


def test_what_was_done_and_its_evidence_beside_a_requirements_number_are_achievements():
    found = meanings(["Rec No", "Action taken", "Supporting evidence"], ["1", "Hired two.", "Contracts"])
    assert found == ["requirement.reference", "achievement.text", "achievement.evidence"]
