"""This file tells of rows sorted and copied, and of a hidden column left behind or lost."""

from sync.merge import Outcome
from tests.sync.stories.conftest import first_action, sort_rows, told


def test_sorted_rows_are_recognised(desk_of, in_excel):
    desk = desk_of("tables")
    edited = in_excel(desk.download(), lambda book: [sort_rows(s, columns=range(1, s.max_column + 1)) for s in book])
    assert (desk.decided(edited), desk.preview(edited).certain) == ({}, True)


def test_a_hidden_column_left_behind_by_a_sort_is_found_out_and_words_decide(desk_of, in_excel):
    desk = desk_of("tables")
    edited = in_excel(desk.download(), lambda book: [sort_rows(s, columns=range(1, s.max_column)) for s in book])
    seen = desk.preview(edited)
    assert (desk.decided(edited), seen.certain) == ({}, False)
    assert any("no longer stands beside its rows" in doubt.message for doubt in seen.doubts)


def test_a_word_changed_after_such_a_sort_is_still_that_rows_change(desk_of, in_excel, find_cell):
    desk = desk_of("tables")
    action = first_action(desk, "7")
    words = str(action.get("text"))

    def act(book):
        find_cell(book, words).value = f"{words} Soon."
        sort_rows(book["Actions"], columns=range(1, book["Actions"].max_column))

    seen = desk.preview(in_excel(desk.download(), act))
    assert [(d.outcome, d.record, d.workbook) for d in seen.decisions] == [(Outcome.TAKE, action.id, f"{words} Soon.")]


def test_a_copied_row_with_its_ids_is_a_new_record(desk_of, in_excel):
    desk = desk_of("tables")

    def act(book):
        sheet = book["Actions"]
        sheet.append([cell.value for cell in sheet[5]])
        sheet.cell(sheet.max_row, 2).value = "Something that was copied and then rewritten from end to end"
        sheet.tables["tblAct"].ref = f"A1:G{sheet.max_row}"

    edited = in_excel(desk.download(), act)
    assert told(desk, edited) == [(Outcome.ADDED, None, "Something that was copied and then rewritten from end to end")]


def test_a_row_copied_word_for_word_is_a_new_record_too(desk_of, in_excel):
    desk = desk_of("tables")

    def act(book):
        sheet = book["Actions"]
        sheet.append([cell.value for cell in sheet[5]])
        sheet.tables["tblAct"].ref = f"A1:G{sheet.max_row}"

    copied = in_excel(desk.download(), act)
    assert desk.decided(copied) == {"added": 1}
    assert "carries the hidden identity of row 5, so it is taken as new" in desk.preview(copied).doubts[0].message


def test_without_its_hidden_column_a_workbook_is_recognised_by_its_words(desk, in_excel):
    def act(book):
        for sheet in book:
            for cell in [c for row in sheet.iter_rows() for c in row if "record, please" in str(c.value)]:
                for row in range(1, sheet.max_row + 1):
                    sheet.cell(row, cell.column).value = (
                        f"Column{cell.column}" if row == cell.row and sheet.tables else None
                    )
                if sheet.tables:
                    next(iter(sheet.tables.values())).tableColumns[-1].name = f"Column{cell.column}"

    edited = in_excel(desk.download(), act)
    assert (desk.decided(edited), desk.preview(edited).certain) == ({}, False)


def test_a_copied_sheet_is_read_once_and_the_plans_own_workbook_stays_without_it(desk_of, in_excel, opened):
    desk = desk_of("tables")
    copied = in_excel(desk.download(), lambda book: book.copy_worksheet(book["Actions"]))
    assert (desk.decided(copied), desk.preview(copied).certain) == ({}, False)
    assert "“Actions Copy” repeats “Actions”" in desk.upload(copied).notes[0]
    assert "Actions Copy" not in opened(desk.download()).sheetnames
