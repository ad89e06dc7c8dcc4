"""This file tells of cells, rows, columns and sheets that are not there, and that nothing is lost by it."""

import pytest

from plan.fields import Kind
from sync.choices import Choices
from sync.merge import Outcome
from tests.sync.stories.conftest import PLAN, first_action


def test_a_blank_cell_clears_nothing_unless_somebody_says_so(desk_of, in_excel):
    desk = desk_of("one-sheet")
    edited = in_excel(desk.download(), lambda book: book[PLAN].__setitem__("H6", None))
    assert desk.decided(edited) == {"cleared": 1}
    assert desk.upload(edited).revision is None
    desk.upload(edited, Choices(clear_all=True))
    assert first_action(desk, "2").get("timescale") is None


def test_a_missing_row_removes_nothing_unless_somebody_says_so(desk_of, in_excel):
    desk = desk_of("tables")
    action = first_action(desk, "7")

    def act(book):
        sheet = book["Actions"]
        row = next(c.row for c in sheet["B"] if c.value == action.get("text"))
        sheet.delete_rows(row)
        sheet.tables["tblAct"].ref = f"A1:G{sheet.max_row}"

    edited = in_excel(desk.download(), act)
    assert desk.decided(edited) == {"missing": 1}
    assert desk.upload(edited).revision is None
    desk.upload(edited, Choices(remove_all=True))
    assert not desk.now[action.id].present


def test_a_row_added_in_the_browser_and_deleted_from_its_download_is_missing(desk_of, in_excel):
    desk = desk_of("tables")
    action = desk.add(Kind.ACTION, desk.requirement("7").id, text="Ask children again")

    def act(book):
        sheet = book["Actions"]
        sheet.delete_rows(next(c.row for c in sheet["B"] if c.value == "Ask children again"))
        sheet.tables["tblAct"].ref = f"A1:G{sheet.max_row}"

    seen = desk.preview(in_excel(desk.download(), act))
    assert [(d.outcome, d.record) for d in seen.decisions] == [(Outcome.MISSING, action.id)]


COLUMNS = [
    ("tables", "Requirements", "Theme"), ("tables", "Requirements", "RAG status"), ("tables", "Requirements", "Number"),
    ("tables", "Achievements", "Evidence"), ("tables", "Achievements", "Achievement"),
    ("tables", "Achievements", "Requirement number"),
    ("tables", "Actions", "Action"),
    ("tables", "Actions", "Target date"),
]  # fmt: skip


@pytest.mark.parametrize(("shape", "sheet", "heading"), COLUMNS)
def test_a_missing_column_is_no_change(desk_of, in_excel, shape, sheet, heading):
    desk = desk_of(shape)

    def drop(book):
        book[sheet].delete_cols(next(cell.column for cell in book[sheet][1] if cell.value == heading))
        book[sheet].tables.clear()

    assert desk.decided(in_excel(desk.download(), drop)) == {}


@pytest.mark.parametrize(
    "heading", ["BRAG", "By when", "Update since last meeting", "Evidence of impact", "Recommendation"]
)
def test_a_column_missing_on_one_sheet_is_no_change(desk_of, in_excel, heading):
    desk = desk_of("sheet-per-theme")

    def drop(book):
        sheet = book.worksheets[2]
        sheet.delete_cols(next(cell.column for cell in sheet[4] if cell.value == heading))

    assert desk.decided(in_excel(desk.download(), drop)) == {}


@pytest.mark.parametrize("name", ["Requirements", "Achievements", "Actions"])
def test_a_missing_sheet_is_no_change(desk_of, in_excel, name):
    desk = desk_of("tables")
    edited = in_excel(desk.download(), lambda book: book.remove(book[name]))
    assert desk.decided(edited) == {}


def test_a_workbook_that_holds_less_does_not_become_the_plans_own(desk_of, in_excel, opened):
    desk = desk_of("tables")
    edited = in_excel(desk.download(), lambda book: book.remove(book["Actions"]))
    assert desk.upload(edited).notes
    assert "Actions" in opened(desk.download()).sheetnames


def test_staffs_own_new_sheet_is_in_the_next_download(desk_of, in_excel, opened):
    desk = desk_of("tables")
    edited = in_excel(
        desk.download(), lambda book: book.create_sheet("Who to ring").__setitem__("A1", "Ring Ann first")
    )
    desk.upload(edited)
    assert opened(desk.download())["Who to ring"]["A1"].value == "Ring Ann first"


def swap_last_two_columns(sheet):
    sheet.tables.clear()
    for row in sheet.iter_rows():
        row[-1].value, row[-2].value = row[-2].value, row[-1].value


def test_a_hidden_column_moved_before_one_whose_heading_was_changed_is_never_read_as_words(desk_of, in_excel):
    desk = desk_of("tables")

    def act(book):
        sheet = book["Achievements"]
        sheet["C1"], sheet["C2"] = "Evidence of completion", "A letter to all staff"
        swap_last_two_columns(sheet)

    edited = in_excel(desk.download(), act)
    assert [(d.field, d.workbook) for d in desk.preview(edited).decisions] == [("evidence", "A letter to all staff")]
