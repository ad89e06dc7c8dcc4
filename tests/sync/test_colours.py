"""This file proves that a status told by a cell's colour alone is read, and that decoration is not taken for one."""

import io

import openpyxl
import pytest
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color

from plan.fields import Kind
from plan.rag import Status
from sync.detect import find_layout
from sync.explain import explain
from sync.fills import status_of
from sync.opening.colours import tinted
from sync.read_workbook import grids, read

HEADINGS = ["No.", "Requirement", "RAG", "Action", "Timescale"]


def workbook(fill, rows=3):
    """A tracker of three requirements whose statuses are blank, and what the function does to it."""
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    for n in range(1, rows + 1):
        book.active.append([n, f"Improve {n}.", None, f"Hire {n}.", "Q2"])
    fill(book.active)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def paint(sheet, colours, column="C"):
    for row, colour in enumerate(colours, 2):
        if colour:
            sheet[f"{column}{row}"].fill = PatternFill("solid", fgColor=colour)


def statuses(reading):
    said = (piece.values["status"][0] for piece in reading.pieces if piece.kind is Kind.REQUIREMENT)
    return [(one.value, one.by_fill) for one in said]


def painted(colours):
    return read(workbook(lambda sheet: paint(sheet, colours)))


def test_a_blank_status_is_read_from_its_fill():
    got = painted(["FF0000", "FFC000", "00B050"])
    assert statuses(got) == [("red", True), ("amber", True), ("green", True)]
    assert got.problems == ()


def test_a_cell_without_fill_has_no_status():
    assert statuses(painted(["FF0000", None, "D9D9D9"])) == [("red", True), (None, False), (None, False)]


@pytest.mark.parametrize(
    ("fill", "status"),
    [
        ("FF0000", "red"), ("C00000", "red"), ("FFC7CE", "red"), ("FFFF00", "amber"), ("FFC000", "amber"),
        ("ED7D31", "amber"), ("FFEB9C", "amber"), ("00B050", "green"), ("92D050", "green"), ("C6EFCE", "green"),
        ("0070C0", "blue"), ("00B0F0", "blue"), ("4472C4", "blue"), ("FFFFFF", None), ("BFBFBF", None),
        ("000000", None), ("DCE6F1", None), ("7030A0", None), (None, None),
    ],
)  # fmt: skip
def test_a_colour_is_known_by_its_hue(fill, status):
    assert status_of(fill) == (Status(status) if status else None)


def test_theme_colours_with_a_tint_and_numbered_colours_are_seen():
    def fill(sheet):
        sheet["C2"].fill = PatternFill("solid", fgColor=Color(theme=9, tint=0.4))  # the sixth accent: green
        sheet["C3"].fill = PatternFill("solid", fgColor=Color(indexed=10))
        sheet["C4"].fill = PatternFill("solid", fgColor=Color(theme=4))

    got = read(workbook(fill))
    assert [value for value, _ in statuses(got)] in (["green", "red", "blue"], ["amber", "red", "blue"])


def test_a_tint_lightens_or_darkens_as_the_format_lays_down():
    assert tinted("4F81BD", 0.6) in ("B8CCE4", "B9CDE5")
    assert tinted("FFFFFF", -0.5) == "808080"
    assert tinted("FF0000", 0) == "FF0000"


def test_a_colour_by_a_rule_on_another_cell_is_a_status():
    def fill(sheet):
        sheet["F1"], sheet["F2"], sheet["F3"] = "Late?", "yes", "no"
        red = PatternFill("solid", bgColor="FF0000")
        sheet.conditional_formatting.add("C2:C4", FormulaRule(formula=['$F2="yes"'], fill=red))

    assert statuses(read(workbook(fill))) == [("red", True), (None, False), (None, False)]


def test_a_rule_on_the_cells_own_words_colours_them():
    def fill(sheet):
        sheet["C2"], sheet["C3"], sheet["C4"] = 3, 2, "Complete"
        blue, red = (PatternFill("solid", bgColor=colour) for colour in ("0070C0", "FF0000"))
        sheet.conditional_formatting.add("C2:C4", CellIsRule(operator="greaterThan", formula=["2"], fill=red))
        sheet.conditional_formatting.add("C2:C4", CellIsRule(operator="equal", formula=['"complete"'], fill=blue))

    (sheet,) = grids(workbook(fill))
    assert [sheet.fill_at(row, 3) for row in (2, 3, 4)] == ["FF0000", None, "0070C0"]


def test_where_word_and_colour_disagree_the_word_is_taken_and_said():
    def fill(sheet):
        sheet["C2"], sheet["C3"] = "Red", "Green"
        paint(sheet, ["00B050", "00B050", "FF0000"])

    got = read(workbook(fill))
    assert [value for value, _ in statuses(got)] == ["red", "green", "red"]
    assert [(problem.cell, problem.found) for problem in got.problems] == [("C2", "Red, coloured green")]
    assert "The word is taken" in got.problems[0].message


def test_one_colour_for_the_whole_column_or_row_means_nothing():
    def column(sheet):
        paint(sheet, ["00B050", "00B050", "00B050"])
        sheet["C1"].fill = PatternFill("solid", fgColor="00B050")

    def row(sheet):
        for letter in "ABCDE":
            sheet[f"{letter}3"].fill = PatternFill("solid", fgColor="00B050")

    assert statuses(read(workbook(column))) == [(None, False)] * 3
    assert statuses(read(workbook(row))) == [(None, False)] * 3
    assert statuses(painted(["FFFFCC", "FFFFCC", "FFFFCC"])) == [(None, False)] * 3
    assert statuses(painted(["00B050", "00B050", "00B050"])) == [("green", True)] * 3


def test_a_merged_status_speaks_once():
    def fill(sheet):
        sheet["A3"], sheet["B3"] = None, None
        paint(sheet, ["FF0000", "FF0000", "00B050"])
        sheet.merge_cells("C2:C3")

    assert statuses(read(workbook(fill))) == [("red", True), ("green", True)]


def test_a_colour_that_differs_between_a_requirements_actions_is_the_actions():
    def fill(sheet):
        sheet["A3"], sheet["B3"] = None, None
        paint(sheet, ["FF0000", "00B050", "00B050"])

    layout, _ = find_layout(grids(workbook(fill)))
    assert layout.tables[0].columns[2].kind is Kind.ACTION


def test_the_explanation_says_that_a_colour_was_read():
    (table,) = explain(painted(["FF0000", "00B050", None]))
    assert table.columns[2].words.endswith("is the requirement's status, in 2 cells told by colour alone.")


def test_a_plan_of_colours_alone_comes_back_as_it_was(bring):
    desk = bring(workbook(lambda sheet: paint(sheet, ["FF0000", "FFC000", None])))
    assert [item.get("status") for item in desk.now.of(Kind.REQUIREMENT)] == ["red", "amber", None]
    assert desk.decided(desk.download()) == {}


def test_a_cell_painted_over_is_a_change_of_status(bring, in_excel):
    desk = bring(workbook(lambda sheet: paint(sheet, ["FF0000", "FFC000", None])))

    def paint_over(book):
        book.active["C2"].fill = PatternFill("solid", fgColor="00B050")

    desk.upload(in_excel(desk.download(), paint_over))
    assert desk.requirement("1").get("status") == "green"
