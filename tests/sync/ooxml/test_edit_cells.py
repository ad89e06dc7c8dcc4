"""This file tests that a cell edit changes that cell and nothing else."""

import datetime
import io

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from sync.ooxml import CellEdit, Package, Refused
from sync.ooxml.text import escaped, unescaped

SHEET = "The Plan"
SHEET_PART = "xl/worksheets/sheet1.xml"


def patched(workbook, *edits):
    return Package.open(workbook).patch(cells=[CellEdit(SHEET, cell, value) for cell, value in edits])


@pytest.mark.parametrize(
    "words",
    ["=SUM(A1)", "-1", " spaces ", "two\nlines", "£ & <b> “quotes”", "literal _x000D_", "a\rb", "👍", "\x07"],
)
def test_text_stays_text_character_for_character(plan_workbook, opened, words):
    result = patched(plan_workbook, ("D5", words))
    cell = opened(result.content)[SHEET]["D5"]
    assert unescaped(cell.value) == words or cell.value == words
    assert cell.data_type in ("s", "inlineStr")


@given(st.text())
def test_escaping_text_loses_nothing(words):
    assert unescaped(escaped(words)) == words


def test_only_the_sheet_and_the_recalculation_flag_change(plan_workbook):
    assert set(patched(plan_workbook, ("D5", "New words")).parts_changed) <= {SHEET_PART, "xl/workbook.xml"}


def test_the_rest_of_the_sheet_is_the_same_to_the_byte(plan_workbook, part):
    before = part(plan_workbook, SHEET_PART)
    after = part(patched(plan_workbook, ("D5", "New words")).content, SHEET_PART)
    start = before.index('<c r="D5"')
    assert after[:start] == before[:start]
    assert after.endswith(before[before.index('<c r="E5"') :])


def test_a_cell_that_says_so_already_is_left_alone(plan_workbook):
    assert patched(plan_workbook, ("D5", "Check it"), ("G4", 1), ("Z90", None)).parts_changed == ()


def test_the_format_of_a_cell_is_kept(plan_workbook, opened):
    book = opened(patched(plan_workbook, ("D5", "New words"), ("D6", None)).content)
    assert book[SHEET]["D5"].alignment.wrap_text
    assert book[SHEET]["D6"].value is None
    assert book[SHEET]["D6"].alignment.wrap_text


def test_rows_and_cells_that_are_not_there_are_made_in_order(plan_workbook, opened):
    sheet = opened(patched(plan_workbook, ("B2", "row made"), ("Z4", "cell made"), ("A40", 5)).content)[SHEET]
    assert (sheet["B2"].value, sheet["Z4"].value, sheet["A40"].value) == ("row made", "cell made", 5)
    assert sheet.dimensions == "A1:Z40"


def test_a_date_takes_the_format_of_the_dates_above(plan_workbook, opened):
    cell = opened(patched(plan_workbook, ("F6", datetime.date(2013, 9, 30))).content)[SHEET]["F6"]
    assert (cell.value, cell.number_format) == (datetime.datetime.fromisoformat("2013-09-30"), "dd/mm/yyyy")


def test_a_date_where_no_dates_are_gets_a_date_format_of_its_own(plan_workbook, opened):
    result = patched(plan_workbook, ("D6", datetime.date(2013, 9, 30)))
    cell = opened(result.content)[SHEET]["D6"]
    assert cell.is_date
    assert cell.alignment.wrap_text
    assert "xl/styles.xml" in result.parts_changed


def test_dates_count_from_1904_where_the_workbook_does(opened):
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"date_1904": True})
    book.add_worksheet(SHEET)
    book.close()
    result = patched(written.getvalue(), ("A1", datetime.date(2013, 9, 30)))
    assert opened(result.content)[SHEET]["A1"].value == datetime.datetime.fromisoformat("2013-09-30")


def test_an_empty_sheet_takes_a_cell(opened):
    written = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.title = SHEET
    book.save(written)
    assert opened(patched(written.getvalue(), ("C3", "here")).content)[SHEET]["C3"].value == "here"


@pytest.mark.parametrize(
    ("cell", "value", "sentence"),
    [
        ("A5", "hidden", "under a merged cell"),
        ("A1", "x" * 32_768, "32,767"),
        ("A1", "👍" * 16_384, "32,767"),
        ("A1", datetime.date(1850, 1, 1), "cannot hold the date"),
        ("A1", float("inf"), "cannot hold a number"),
        ("nowhere", "x", "no cell called"),
        ("A0", "x", "no cell called"),
        ("XFE1", "x", "no cell called"),
    ],
)
def test_what_would_be_lost_is_refused(plan_workbook, cell, value, sentence):
    with pytest.raises(Refused, match=sentence):
        patched(plan_workbook, (cell, value))


def test_a_heading_of_a_table_is_not_changed_under_it(table_workbook):
    with pytest.raises(Refused, match="heading of an Excel table"):
        Package.open(table_workbook).patch(cells=[CellEdit("Actions", "A1", "Other")])


def test_an_unknown_sheet_is_refused(plan_workbook):
    with pytest.raises(Refused, match="no sheet called"):
        Package.open(plan_workbook).patch(cells=[CellEdit("Nowhere", "A1", "x")])


def test_plain_formulas_are_written_over_with_a_note_and_everything_is_worked_out_again(plan_workbook, part, opened):
    result = patched(plan_workbook, ("G5", "words"), ("G6", "words"))
    assert opened(result.content)[SHEET]["G5"].value == "words"
    assert result.notes[0].startswith("Cells G5, G6 of sheet 'The Plan' held formulas")
    assert 'fullCalcOnLoad="1"' in part(result.content, "xl/workbook.xml")


def test_part_of_an_array_formula_is_refused():
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written)
    book.add_worksheet(SHEET).write_array_formula("A1:A3", "{=ROW(B1:B3)}")
    book.close()
    with pytest.raises(Refused, match="fills several cells"):
        patched(written.getvalue(), ("A2", "x"))


def test_a_protected_sheet_is_written_and_said_so():
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written)
    book.add_worksheet(SHEET).protect()
    book.close()
    assert "protected" in patched(written.getvalue(), ("A2", "x")).notes[0]
