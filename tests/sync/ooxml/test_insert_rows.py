"""This file tests that a new row takes everything that refers to rows along with it."""

import datetime
import io

import pytest
import xlsxwriter

from sync.ooxml import CellEdit, HiddenColumn, Package, Refused, RowInsert

SHEET = "The Plan"
SHEET_PART = "xl/worksheets/sheet1.xml"


@pytest.fixture(scope="module")
def middle(plan_workbook):
    """One row in the middle of the first requirement, after row 5."""
    values = {"D": "A new action", "F": datetime.date(2013, 9, 1)}
    return Package.open(plan_workbook).patch(inserts=[RowInsert(SHEET, 5, 5, values)])


@pytest.fixture(scope="module")
def end(plan_workbook):
    """One row after the last one, taken into the last requirement."""
    insert = RowInsert(SHEET, 8, 8, {"D": "=A new action"}, grow_merges=frozenset("ABC"))
    return Package.open(plan_workbook).patch(inserts=[insert])


def merges(sheet):
    return {str(merged) for merged in sheet.merged_cells.ranges}


def test_the_row_stands_there_and_the_others_below_it(middle, opened):
    sheet = opened(middle.content)[SHEET]
    assert [sheet.cell(row, 4).value for row in range(4, 10)] == [
        "Write it", "Check it", "A new action", "Agree it", "Tell people", "Ask people",
    ]  # fmt: skip


def test_it_says_where_each_row_went(middle):
    assert [middle.moved(SHEET, row) for row in (4, 5, 6, 8)] == [4, 5, 7, 9]
    assert middle.moved("Board", 6) == 6


def test_it_looks_like_its_neighbour_but_for_the_height(middle, opened):
    sheet = opened(middle.content)[SHEET]
    assert sheet["D6"].alignment.wrap_text
    assert (sheet["F6"].value, sheet["F6"].number_format) == (
        datetime.datetime.fromisoformat("2013-09-01"),
        "dd/mm/yyyy",
    )
    assert (sheet.row_dimensions[5].height, sheet.row_dimensions[6].height) == (39.75, None)


def test_a_column_of_formulas_goes_on_through_it(middle, opened):
    sheet = opened(middle.content)[SHEET]
    assert [sheet.cell(row, 7).value for row in (5, 6, 7)] == ["=LEN(D5)", "=LEN(D6)", "=LEN(D7)"]


def test_merged_cells_grow_around_it_and_move_below_it(middle, opened):
    assert merges(opened(middle.content)[SHEET]) == {"A4:A7", "B4:B7", "C4:C7", "A8:A9", "B8:B9", "C8:C9"}


def test_merged_cells_that_end_above_grow_only_when_asked(end, plan_workbook, opened):
    assert {"A7:A9", "B7:B9", "C7:C9"} <= merges(opened(end.content)[SHEET])
    other = Package.open(plan_workbook).patch(inserts=[RowInsert(SHEET, 8, 8, {"D": "x"})])
    assert "A7:A8" in merges(opened(other.content)[SHEET])


def test_rules_and_filter_take_the_row_in_at_the_end(end, opened):
    sheet = opened(end.content)[SHEET]
    assert [str(rule.sqref) for rule in sheet.conditional_formatting] == ["C4:C9", "G4:G9"]
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == ["C4:C9"]
    assert sheet.auto_filter.ref == "A3:G9"
    assert sheet.print_area == "'The Plan'!$A$1:$G$9"
    assert sheet.print_title_rows == "$3:$3"


def test_formulas_and_names_on_other_sheets_take_the_row_in(end, opened):
    book = opened(end.content)
    assert book["Board"]["A1"].value == "=COUNTIF('The Plan'!C4:C9,\"Red\")"
    assert book.defined_names["Colours"].attr_text == "'The Plan'!$C$4:$C$9"


def test_formulas_that_point_below_follow(middle, opened):
    assert opened(middle.content)["Board"]["A3"].value == "='The Plan'!D8"


def test_charts_and_sparklines_take_the_row_in(end, part):
    chart = part(end.content, "xl/charts/chart1.xml")
    assert "'The Plan'!$G$4:$G$9" in chart
    assert "'The Plan'!$D$4:$D$9" in chart
    assert "'The Plan'!G4:G9" in part(end.content, "xl/worksheets/sheet2.xml")


def test_rules_of_the_newer_kind_take_the_row_in(end, part):
    assert "<xm:sqref>G4:G9</xm:sqref>" in part(end.content, SHEET_PART)


def test_a_chart_below_a_new_row_moves_with_what_it_stood_on(plan_workbook, part):
    result = Package.open(plan_workbook).patch(inserts=[RowInsert("Board", 1, 1, {"C": "new"})])
    before, after = (part(book, "xl/drawings/drawing1.xml") for book in (plan_workbook, result.content))
    assert "<xdr:row>1</xdr:row>" in before
    assert "<xdr:row>2</xdr:row>" in after
    assert "<xdr:row>1</xdr:row>" not in after


def test_a_comment_its_box_a_link_and_a_page_break_move(middle, opened, part):
    sheet = opened(middle.content)[SHEET]
    assert sheet["C8"].comment.text == "Agreed in June"
    assert sheet["H8"].hyperlink.target == "https://www.gov.uk/"
    assert "<x:Row>7</x:Row>" in part(middle.content, "xl/drawings/vmlDrawing1.vml")
    assert '<brk id="7"' in part(middle.content, SHEET_PART)


def test_parts_that_say_nothing_about_rows_are_left(middle):
    assert {"xl/styles.xml", "xl/sharedStrings.xml", "xl/theme/theme1.xml"}.isdisjoint(middle.parts_changed)


def test_a_cell_edit_is_about_the_original_cell(plan_workbook, opened):
    result = Package.open(plan_workbook).patch(
        cells=[CellEdit(SHEET, "D6", "Agree it all")], inserts=[RowInsert(SHEET, 4, 4, {"D": "new"})]
    )
    assert opened(result.content)[SHEET]["D7"].value == "Agree it all"


def test_several_rows_after_one_row_keep_their_order(plan_workbook, opened):
    inserts = [RowInsert(SHEET, 5, 5, {"D": "one"}), RowInsert(SHEET, 5, 5, {"D": "two"})]
    sheet = opened(Package.open(plan_workbook).patch(inserts=inserts).content)[SHEET]
    assert [sheet.cell(row, 4).value for row in (5, 6, 7, 8)] == ["Check it", "one", "two", "Agree it"]


def test_a_new_row_has_its_text_in_the_hidden_column(plan_workbook, opened):
    column = HiddenColumn(SHEET, None, 3, "plan 1", {5: "five", 6: "six"})
    insert = RowInsert(SHEET, 5, 5, {"D": "new"}, hidden="fresh")
    sheet = opened(Package.open(plan_workbook).patch(inserts=[insert], columns=[column]).content)[SHEET]
    assert [sheet.cell(row, 9).value for row in (5, 6, 7)] == ["five", "fresh", "six"]


def test_a_value_under_a_merged_cell_is_refused(plan_workbook):
    with pytest.raises(Refused, match="column A"):
        Package.open(plan_workbook).patch(inserts=[RowInsert(SHEET, 5, 5, {"A": "lost"})])


def test_a_row_inside_an_array_formula_is_refused():
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written)
    book.add_worksheet(SHEET).write_array_formula("A1:A3", "{=ROW(B1:B3)}")
    book.close()
    with pytest.raises(Refused, match="fills several rows"):
        Package.open(written.getvalue()).patch(inserts=[RowInsert(SHEET, 2, 2, {"B": 1})])


def test_a_table_takes_the_row_in(table_workbook, opened):
    result = Package.open(table_workbook).patch(inserts=[RowInsert("Actions", 4, 4, {"A": "d", "B": 4})])
    sheet = opened(result.content)["Actions"]
    table = sheet.tables["Table1"]
    assert (table.ref, table.autoFilter.ref, sheet["A5"].value) == ("A1:B5", "A1:B5", "d")
    assert sheet["F11"].value == "a note"


def test_a_table_beside_the_rows_that_ends_where_one_comes_is_left(table_workbook, opened):
    result = Package.open(table_workbook).patch(inserts=[RowInsert("Actions", 4, 4, {"F": "beside it"})])
    assert opened(result.content)["Actions"].tables["Table1"].ref == "A1:B4"


@pytest.mark.parametrize("formula", ['=INDIRECT("A"&1)', '=HYPERLINK("#Plan!A9","there")'])
def test_references_out_of_text_are_left_to_staff(formula):
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        book.add_worksheet(SHEET).write_formula("A1", formula)
    result = Package.open(written.getvalue()).patch(inserts=[RowInsert(SHEET, 1, 1, {"A": "new"})])
    assert "out of text" in result.notes[0]
