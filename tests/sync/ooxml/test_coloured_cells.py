"""This file tests that a cell can be given a colour, with words or without, and keeps all else of its look."""

import io

import openpyxl
import pytest
from openpyxl.styles import Border, Font, PatternFill, Side

from sync.ooxml import CellEdit, Coloured, Package, RowInsert

SHEET = "The Plan"


@pytest.fixture(scope="module")
def workbook():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet.append(["Action", "RAG"])
    sheet.append(["a", "Red"])
    sheet.append(["b", None])
    sheet.append(["c", None])
    sheet["B2"].fill, sheet["B2"].font = PatternFill("solid", fgColor="FF0000"), Font(bold=True)
    sheet["B3"].fill = PatternFill("solid", fgColor="92D050")
    sheet["B4"].border = Border(top=Side("thick"))
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def written(workbook, opened, cell, value):
    patched = Package.open(workbook).patch(cells=[CellEdit(SHEET, cell, value)])
    return patched, opened(patched.content)[SHEET][cell]


def shade(cell):
    return cell.fill.fgColor.rgb if cell.fill.patternType == "solid" else None


def test_a_cell_takes_the_shade_of_another_and_keeps_its_borders(workbook, opened):
    _, cell = written(workbook, opened, "B4", Coloured(None, "00B050", like="B3"))
    assert (shade(cell), cell.border.top.style, cell.value) == ("0092D050", "thick", None)


def test_where_the_other_has_no_fill_the_colour_is_taken(workbook, opened):
    _, cell = written(workbook, opened, "B3", Coloured(None, "0070C0", like="B4"))
    assert shade(cell) == "FF0070C0"


def test_words_and_colour_change_together(workbook, opened):
    _, cell = written(workbook, opened, "B2", Coloured("Green", "00B050"))
    assert (cell.value, shade(cell), cell.font.bold) == ("Green", "FF00B050", True)


def test_words_bring_no_colour_where_there_is_none(workbook, opened):
    patched, cell = written(workbook, opened, "B4", Coloured("Green", "00B050"))
    assert (cell.value, shade(cell)) == ("Green", None)
    assert "xl/styles.xml" not in patched.parts_changed


def test_a_colour_is_taken_away(workbook, opened):
    _, cell = written(workbook, opened, "B3", Coloured(None, None))
    assert shade(cell) is None


def test_a_cell_that_looks_so_already_is_not_touched(workbook, opened):
    patched, _ = written(workbook, opened, "B3", Coloured(None, "92D050", like="B3"))
    assert patched.parts_changed == ()


def test_one_colour_is_added_once(workbook, opened):
    edits = [CellEdit(SHEET, cell, Coloured(None, "0070C0")) for cell in ("A2", "A3", "B4")]
    book = opened(Package.open(workbook).patch(cells=edits).content)
    assert sum(fill.fgColor.rgb == "FF0070C0" for fill in book._fills) == 1


def test_a_new_row_has_its_own_colour(workbook, opened):
    new = RowInsert(SHEET, 2, 2, {"A": "new", "B": Coloured(None, None)})
    sheet = opened(Package.open(workbook).patch(inserts=[new]).content)[SHEET]
    assert (sheet["A3"].value, sheet["B3"].value, shade(sheet["B3"]), shade(sheet["B2"])) == (
        "new", None, None, "00FF0000",
    )  # fmt: skip
