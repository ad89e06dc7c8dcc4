"""This file tests that taking a row out leaves nothing that points at nothing, and loses no merged text."""

import pytest

from sync.ooxml import Package, Refused, RowRemove

SHEET = "The Plan"


@pytest.fixture(scope="module")
def first_went(plan_workbook):
    """Without row 7, the first of the second requirement's two."""
    return Package.open(plan_workbook).patch(removes=[RowRemove(SHEET, 7)])


def test_rows_below_move_up(first_went, opened):
    sheet = opened(first_went.content)[SHEET]
    assert [sheet.cell(row, 4).value for row in (6, 7, 8)] == ["Agree it", "Ask people", None]
    assert [first_went.moved(SHEET, row) for row in (6, 7, 8)] == [6, None, 7]


def test_the_words_of_a_merged_cell_stay_with_what_is_left_of_it(first_went, opened):
    sheet = opened(first_went.content)[SHEET]
    assert [sheet.cell(7, column).value for column in (1, 2, 3)] == ["2", "Second thing", "Green"]
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A4:A6", "B4:B6", "C4:C6"}


def test_its_comment_stays_too(first_went, opened, part):
    assert opened(first_went.content)[SHEET]["C7"].comment.text == "Agreed in June"
    assert "<x:Row>6</x:Row>" in part(first_went.content, "xl/drawings/vmlDrawing1.vml")


def test_ranges_shrink_and_what_pointed_there_says_so(first_went, opened):
    book = opened(first_went.content)
    assert book["Board"]["A1"].value == "=COUNTIF('The Plan'!C4:C7,\"Red\")"
    assert book["Board"]["A3"].value == "=#REF!"
    assert book[SHEET].auto_filter.ref == "A3:G7"
    assert book.defined_names["Colours"].attr_text == "'The Plan'!$C$4:$C$7"


def test_a_link_goes_with_its_row(first_went, part):
    assert "<hyperlink" not in part(first_went.content, "xl/worksheets/sheet1.xml")


def test_a_table_keeps_its_heading_and_a_row(table_workbook, opened):
    result = Package.open(table_workbook).patch(removes=[RowRemove("Actions", 3), RowRemove("Actions", 4)])
    assert opened(result.content)["Actions"].tables["Table1"].ref == "A1:B2"
    with pytest.raises(Refused, match="its last row"):
        Package.open(result.content).patch(removes=[RowRemove("Actions", 2)])
    with pytest.raises(Refused, match="its heading"):
        Package.open(result.content).patch(removes=[RowRemove("Actions", 1)])
