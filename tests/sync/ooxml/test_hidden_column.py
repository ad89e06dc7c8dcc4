"""This file tests the hidden column: beside the data, inside its filter or table, hidden, written once."""

import pytest

from sync.ooxml import HiddenColumn, Package

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
    again = Package.open(once).patch(
        columns=[column(letter="I", heading="plan 2", cells={5: "changed", 8: ""})]
    )
    sheet = opened(again.content)["The Plan"]
    assert [sheet.cell(row, 9).value for row in (3, 4, 5, 8)] == ["plan 2", "one", "changed", None]


def test_a_table_gets_one_more_column_with_that_heading(table_workbook, opened, part):
    result = Package.open(table_workbook).patch(
        columns=[column("Actions", None, 1, "action", {2: "x", 4: "z"})]
    )
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
