"""This file tests that a row that cannot stand where it should goes to the end of its sheet, and that this is said."""

import io

import pytest
import xlsxwriter

from sync.ooxml import Package, Refused, RowInsert, RowRemove, Unmovable

SHEET = "The Plan"
PIVOT = (
    "<pivotTableDefinition xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
    "<location ref='J3:K6'/></pivotTableDefinition>"
)


def workbook(*formulas):
    """Words in A1:A6 of the plan, some formulas, and two sheets more."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written)
    sheet = book.add_worksheet(SHEET)
    sheet.write_column("A1", ["Action", "b", "c", "d", "e", "f"])
    for place, formula in formulas:
        sheet.write_array_formula(place, formula) if formula[0] == "{" else sheet.write_formula(place, formula)
    book.add_worksheet("Board").write_column("A1", ["one", "two"])
    book.add_worksheet("Lists")
    book.close()
    return written.getvalue()


def column_a(content, opened, sheet=SHEET):
    return [cell.value for cell in opened(content)[sheet]["A"]]


NEW = RowInsert(SHEET, 2, 2, {"A": "new"})
SPREAD = workbook(("C1:C3", "{=ROW(D1:D3)}"))
THROUGH = workbook(("C1", "=SUM('The Plan:Lists'!B1:B9)"))


@pytest.mark.parametrize(("content", "reason"), [(SPREAD, "fills several rows"), (THROUGH, "several sheets at once")])
def test_it_goes_to_the_end_and_says_why(opened, content, reason):
    patched = Package.open(content).patch(inserts=[NEW], else_at_end=True)
    assert column_a(patched.content, opened) == ["Action", "b", "c", "d", "e", "f", "new"]
    assert reason in patched.notes[0]
    assert "went to its end" in patched.notes[0]
    assert patched.moved(SHEET, 6) == 6


def test_so_it_does_beside_a_pivot_table(plan_workbook, with_part, part):
    content = with_part(plan_workbook, "xl/worksheets/sheet1.xml", "pivotTable", "xl/pivotTables/p.xml", PIVOT)
    new = RowInsert(SHEET, 4, 4, {"D": "new"})
    with pytest.raises(Refused, match="pivot table"):
        Package.open(content).patch(inserts=[new])
    patched = Package.open(content).patch(inserts=[new], else_at_end=True)
    assert '<c r="D9"' in part(patched.content, "xl/worksheets/sheet1.xml")


def test_without_leave_it_is_refused():
    with pytest.raises(Refused, match="fills several rows"):
        Package.open(SPREAD).patch(inserts=[NEW])


def test_rows_of_other_sheets_stand_where_they_should(opened):
    inserts = [NEW, RowInsert("Board", 1, 1, {"A": "between"})]
    content = Package.open(SPREAD).patch(inserts=inserts, else_at_end=True).content
    assert column_a(content, opened)[-1] == "new"
    assert column_a(content, opened, "Board") == ["one", "between", "two"]


def test_a_table_that_would_lose_its_last_row_keeps_it_and_says_so(table_workbook, opened):
    rows = [RowRemove("Actions", row) for row in (2, 3, 4)]
    patched = Package.open(table_workbook).patch(removes=rows, else_at_end=True)
    assert opened(patched.content)["Actions"].tables["Table1"].ref == "A1:B4"
    assert "its last row" in patched.notes[0]


def test_a_sheet_full_to_its_last_row_is_left_with_a_reason():
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        book.add_worksheet(SHEET).write("A1048576", "the end")
    with pytest.raises(Unmovable, match="no room"):
        Package.open(written.getvalue()).patch(inserts=[NEW], else_at_end=True)


def test_no_row_goes_where_none_can_move(opened):
    patched = Package.open(SPREAD).patch(inserts=[NEW], removes=[RowRemove(SHEET, 2)], else_at_end=True)
    assert column_a(patched.content, opened)[1] == "b"
    assert "no row was removed" in patched.notes[0]


def test_a_value_under_a_merged_cell_finds_its_place_at_the_end(plan_workbook, opened):
    new = RowInsert(SHEET, 5, 5, {"A": "3", "D": "new"}, grow_merges=frozenset("ABC"))
    sheet = opened(Package.open(plan_workbook).patch(inserts=[new], else_at_end=True).content)[SHEET]
    assert (sheet["A9"].value, sheet["D9"].value) == ("3", "new")


def test_a_row_says_at_the_end_what_its_neighbours_said_before(opened):
    new = RowInsert(SHEET, 2, 2, {"A": "new"}, alone={"B": "of c"})
    at_end = opened(Package.open(SPREAD).patch(inserts=[new], else_at_end=True).content)[SHEET]
    in_place = opened(Package.open(workbook()).patch(inserts=[new], else_at_end=True).content)[SHEET]
    assert [at_end["A7"].value, at_end["B7"].value] == ["new", "of c"]
    assert [in_place["A3"].value, in_place["B3"].value] == ["new", None]
