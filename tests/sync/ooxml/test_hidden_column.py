"""This file tests the hidden column: beside the data, inside its filter or table, hidden, written once."""

import io

import pytest
import xlsxwriter

from sync.ooxml import CellEdit, HiddenColumn, Package

IDS = {4: "one", 5: "two", 8: "three"}


def column(sheet="The Plan", letter=None, heading_row=3, heading="plan 1", cells=None):
    return HiddenColumn(sheet, letter, heading_row, heading, IDS if cells is None else cells)


def test_it_stands_beside_the_filter_and_the_filter_takes_it_in(plan_workbook, opened):
    book = opened(Package.open(plan_workbook).patch(columns=[column()]).content)
    sheet = book["The Plan"]
    # H holds a link in row 7, so that the first free column is I.
    assert [sheet.cell(row, 9).value for row in (3, 4, 5, 6, 8)] == ["plan 1", "one", "two", None, "three"]
    assert sheet.column_dimensions["I"].hidden


def test_where_there_is_no_room_beside_the_filter_it_says_that_sorting_leaves_it(plan_workbook):
    assert "sorting" in Package.open(plan_workbook).patch(columns=[column()]).notes[0]


def test_the_filter_and_its_hidden_name_grow(plan_workbook, part):
    free = Package.open(plan_workbook).patch(columns=[column(letter="H", cells={4: "one"})])
    assert '<autoFilter ref="A3:H8"' in part(free.content, "xl/worksheets/sheet1.xml")
    assert "'The Plan'!$A$3:$H$8" in part(free.content, "xl/workbook.xml")


def test_writing_it_again_changes_nothing(plan_workbook):
    once = Package.open(plan_workbook).patch(columns=[column()]).content
    again = Package.open(once).patch(columns=[column(letter="I")])
    assert again.parts_changed == ()


def test_only_cells_that_differ_are_rewritten_and_the_others_are_left(plan_workbook, opened):
    once = Package.open(plan_workbook).patch(columns=[column()]).content
    again = Package.open(once).patch(columns=[column(letter="I", heading="plan 2", cells={5: "changed", 8: ""})])
    sheet = opened(again.content)["The Plan"]
    assert [sheet.cell(row, 9).value for row in (3, 4, 5, 8)] == ["plan 2", "one", "changed", None]


def test_a_table_gets_one_more_column_with_that_heading(table_workbook, opened, part):
    result = Package.open(table_workbook).patch(columns=[column("Actions", None, 1, "action", {2: "x", 4: "z"})])
    table = opened(result.content)["Actions"].tables["Table1"]
    assert (table.ref, table.autoFilter.ref) == ("A1:C4", "A1:C4")
    assert table.column_names == ["Action", "Due", "action 2"]
    assert opened(result.content)["Actions"]["C1"].value == "action 2"


def test_the_heading_of_a_table_stays_in_step(table_workbook, opened):
    once = Package.open(table_workbook).patch(columns=[column("Actions", None, 1, "rev 1", {2: "x"})]).content
    result = Package.open(once).patch(columns=[column("Actions", "C", 1, "rev 2", {2: "x"})])
    assert opened(result.content)["Actions"].tables["Table1"].column_names == ["Action", "Due", "rev 2"]


@pytest.mark.parametrize(("letter", "split"), [("B", ["A", "B", "C"]), ("D", ["D"])])
def test_a_width_for_several_columns_is_split_around_it(table_workbook, part, letter, split):
    sheet = "xl/worksheets/sheet1.xml"
    wide = Package.open(table_workbook).patch(columns=[column("Actions", letter, 20, "ids", {21: "x"})])
    assert f'<col min="{ord(letter) - 64}" max="{ord(letter) - 64}"' in part(wide.content, sheet)


def test_it_does_not_ask_for_a_calculation(plan_workbook):
    assert "xl/calcChain.xml" not in Package.open(plan_workbook).patch(columns=[column()]).parts_changed


def full_sheet():
    """A sheet whose filter reaches the last column there is."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written)
    sheet = book.add_worksheet("The Plan")
    sheet.write("A3", "No")
    sheet.write("XFD3", "Last")
    sheet.autofilter("A3:XFD8")
    book.close()
    return written.getvalue()


def test_where_there_is_no_column_left_it_says_so_and_writes_the_rest(opened):
    patched = Package.open(full_sheet()).patch(columns=[column()], cells=[CellEdit("The Plan", "A4", "1")])
    assert "no free column" in patched.notes[0]
    assert opened(patched.content)["The Plan"]["A4"].value == "1"


def test_on_a_protected_sheet_it_is_written_and_said_so_once(opened):
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written)
    book.add_worksheet("The Plan").protect()
    book.close()
    once = Package.open(written.getvalue()).patch(columns=[column()])
    assert "protected" in once.notes[0]
    assert opened(once.content)["The Plan"].protection.sheet
    assert Package.open(once.content).patch(columns=[column(letter="A")]).notes == ()
