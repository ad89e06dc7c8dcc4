"""This file has another program check our work: LibreOffice recalculates, sorts and prints what we wrote."""

import io
import os
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils import get_column_letter

from sync.ooxml import CellNote, HiddenColumn, Marking, Package, RowInsert, with_notes

pytestmark = [pytest.mark.slow, pytest.mark.libreoffice, pytest.mark.filterwarnings("ignore")]

CORPUS = Path(os.environ.get("TRACKERS", Path(__file__).parents[4] / "shared")) / "corpus"
WITH_FORMULAS = [
    "poi/bug66215.xlsx",
    "closedxml/ShowCase.xlsx",
    "sheetjs/named_ranges_2011.xlsx",
]
SORT = """
  cells = book.Sheets.getByIndex(0).getCellRangeByName("{area}")
  Dim field(0) As New com.sun.star.table.TableSortField
  field(0).Field = 0
  field(0).IsAscending = False
  Dim order(1) As New com.sun.star.beans.PropertyValue
  order(0).Name = "SortFields"
  order(0).Value = field()
  order(1).Name = "ContainsHeader"
  order(1).Value = True
  cells.sort(order())
"""


def inserted_by_libreoffice(sheet, after):
    name = sheet.replace('"', '""')
    return f'book.Sheets.getByName("{name}").Rows.insertByIndex({after}, 1)'


def formula_values(content):
    """What each formula comes to, by sheet and cell."""
    formulas = openpyxl.load_workbook(io.BytesIO(content))
    values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return {
        (sheet.title, cell.coordinate): values[sheet.title][cell.coordinate].value
        for sheet in formulas.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def busiest_sheet(content):
    """The visible sheet with the most formulas, and a row in the middle of it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    counts = {s.title: sum(c.data_type == "f" for row in s.iter_rows() for c in row) for s in visible}
    sheet = book[max(counts, key=counts.get)]
    return sheet.title, max(sheet.max_row // 2, 1), sheet.max_column


def assert_libreoffice_agrees(content, save, sheet, after, columns):
    """An empty row of ours leaves every formula at what it is after LibreOffice's own empty row."""
    empty = {get_column_letter(column): None for column in range(1, columns + 1)}
    ours = Package.open(content).patch(inserts=[RowInsert(sheet, after, after, empty)]).content
    theirs = save(content, inserted_by_libreoffice(sheet, after))
    expected = formula_values(theirs)
    assert expected
    assert formula_values(save(ours)) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("after", [1, 4, 5, 6, 7])
def test_formulas_come_to_what_libreoffice_makes_of_them(plan_workbook, saved_by_libreoffice, after):
    assert_libreoffice_agrees(plan_workbook, saved_by_libreoffice, "The Plan", after, 7)


@pytest.mark.skipif(not CORPUS.exists(), reason="the shared corpus is not on this machine")
@pytest.mark.parametrize("name", WITH_FORMULAS)
def test_formulas_of_real_workbooks_come_to_what_libreoffice_makes_of_them(saved_by_libreoffice, name):
    content = (CORPUS / name).read_bytes()
    assert_libreoffice_agrees(content, saved_by_libreoffice, *busiest_sheet(content))


@pytest.fixture
def filtered_workbook() -> bytes:
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written)
    sheet = book.add_worksheet("Actions")
    sheet.write_row("A1", ["Action", "Due"])
    sheet.write_column("A2", ["a", "b", "c"])
    sheet.write_column("B2", [1, 2, 3])
    sheet.autofilter("A1:B4")
    book.close()
    return written.getvalue()


@pytest.mark.parametrize("workbook", ["table_workbook", "filtered_workbook"])
def test_the_hidden_column_is_sorted_with_its_rows(request, opened, saved_by_libreoffice, workbook):
    ids = HiddenColumn("Actions", None, 1, "ids", {2: "id-a", 3: "id-b", 4: "id-c"})
    content = Package.open(request.getfixturevalue(workbook)).patch(columns=[ids]).content
    before = opened(content)["Actions"]
    area = before.auto_filter.ref or before.tables["Table1"].ref
    sheet = opened(saved_by_libreoffice(content, SORT.format(area=area)))["Actions"]
    rows = [(row[0].value, row[2].value) for row in sheet["A2:C4"]]
    assert rows == [("c", "id-c"), ("b", "id-b"), ("a", "id-a")]
    assert sheet.column_dimensions["C"].hidden


def test_the_marking_is_there_when_libreoffice_saves_it(plan_workbook, opened, saved_by_libreoffice):
    marked = Package.open(plan_workbook).patch(marking=Marking("OFFICIAL-SENSITIVE")).content
    sheet = opened(saved_by_libreoffice(marked))["The Plan"]
    assert "OFFICIAL-SENSITIVE" in sheet.oddHeader.center.text
    assert "OFFICIAL-SENSITIVE" in sheet.oddFooter.center.text


READ_NOTE = """
  note = book.Sheets.getByIndex(0).getCellRangeByName("B2").Annotation
  book.Sheets.getByIndex(0).getCellRangeByName("Z1").String = note.String
"""


def test_a_note_is_there_for_libreoffice(plan_workbook, opened, saved_by_libreoffice):
    sheet = opened(plan_workbook).worksheets[0].title
    noted = with_notes(plan_workbook, [CellNote(sheet, "B2", "Awaits sign-off: “=1 & more”.")]).content
    assert opened(saved_by_libreoffice(noted, READ_NOTE)).worksheets[0]["Z1"].value == ("Awaits sign-off: “=1 & more”.")
