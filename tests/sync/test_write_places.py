"""This file proves that what the plan adds finds its place in the workbook, and that its pages bear the marking."""

from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from plan.edits import Edit
from plan.fields import Kind
from sync import roundtrip, trackers
from sync.explain import explain
from sync.layout import Column
from sync.read_workbook import shape

HEADINGS = ["No.", "Requirement", "RAG", "Action", "Lead", "Timescale"]


def saved(book):
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def texts(content, opened, column, sheet=0):
    return [row[column - 1].value for row in opened(content).worksheets[sheet].iter_rows()]


# Rows that cannot move


@pytest.fixture
def stuck(bring):
    """Two requirements of two actions each beside a formula that fills several rows, so that no row can move."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADINGS)
    sheet.append([1, "Publish the plan", "Red", "Write it", "Ann", "Q1"])
    sheet.append([None, None, None, "Print it", "Ann", "Q2"])
    sheet.append([2, "Visit every school", "Green", "Ring them", "Bob", "Q3"])
    sheet.append([None, None, None, "Go there", "Bob", "Q4"])
    sheet["J2"] = ArrayFormula("J2:J5", "=ROW(A2:A5)")
    return bring(saved(book))


def test_a_row_that_goes_to_the_end_names_its_requirement_and_reads_back_under_it(stuck, opened):
    new = stuck.add(Kind.ACTION, stuck.requirement("1").id, text="Post it")
    content = stuck.download()
    last = [cell.value for cell in list(opened(content).active.iter_rows(max_col=4))[-1]]
    assert last == [1, "Publish the plan", "Red", "Post it"]
    assert "went to its end" in " ".join(stuck.notes())
    assert stuck.decided(content) == {}
    assert stuck.preview(content).resolved.stated[new.id].parent == stuck.requirement("1").id


def test_a_removed_record_whose_row_cannot_go_is_emptied(stuck, opened):
    stuck.remove(stuck.find(Kind.ACTION, "Print it"))
    content = stuck.download()
    assert [cell.value for cell in opened(content).active[3]][:6] == [None] * 6
    assert stuck.decided(content) == {}


def test_a_row_beside_which_another_list_stands_is_emptied_and_not_taken_out(bring, opened):
    book = openpyxl.Workbook()
    first = [1, "Publish the plan", "Red", "Write it", "Ann", "Q1", None, "Ann: 01"]
    second = [None, None, None, "Print it", "Ann", "Q2", None, "Bob: 02"]
    for row in ([*HEADINGS, None, "Telephones"], first, second):
        book.active.append(row)
    desk = bring(saved(book))
    desk.remove(desk.find(Kind.ACTION, "Print it"))
    content = desk.download()
    assert [cell.value for cell in opened(content).active[3]][:8] == [None] * 7 + ["Bob: 02"]
    assert "emptied and not taken out" in desk.notes()[0]
    assert desk.decided(content) == {}


def test_a_row_at_the_end_comes_back_under_its_requirement_without_the_hidden_column(stuck, in_excel):
    new = stuck.add(Kind.ACTION, stuck.requirement("1").id, text="Post it")
    edited = in_excel(stuck.download(), lambda book: book.active.delete_cols(7, 3))
    assert stuck.preview(edited).resolved.stated[new.id].parent == stuck.requirement("1").id


def test_a_record_for_which_the_end_is_no_place_is_told_and_not_written(bring, opened):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADINGS)
    sheet.append([1, "Publish the plan", "Red", "Write it", "Ann", "Q1"])
    sheet.append([2, "Visit every school", "Green", "Ring them", "Bob", "Q3"])
    for row in ([], [], [], [], ["Notes"], ["What we say here is for the board only."]):
        sheet.append(row)
    sheet["J2"] = ArrayFormula("J2:J3", "=ROW(A2:A3)")
    desk = bring(saved(book))
    desk.add(Kind.ACTION, desk.requirement("1").id, text="Post it")
    content = desk.download()
    assert "Post it" not in texts(content, opened, 4)
    assert "safe in the plan" in " ".join(desk.notes())
    assert desk.decided(content) == {}


# Actions listed in one cell


@pytest.fixture
def listed(session, editor, bring):
    """Two requirements whose actions are lines of one cell, and somebody said so; the leads are whole cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADINGS)
    sheet.append([1, "Publish the plan", "Red", "• Write it\n• Print it", "Ann", "Q1\nQ2"])
    sheet.append([2, "Visit every school", "Green", "Ring them", "Bob", "Q3"])
    content = saved(book)
    layout = roundtrip.read_tracker(session, content).layout
    layout = layout.with_column(0, Column("D", "Action", Kind.ACTION, "text", lines=True))
    layout = layout.with_column(0, Column("F", "Timescale", Kind.ACTION, "timescale", lines=True))
    kind = shape(roundtrip.sheets_of(content))
    trackers.remember(session, kind, layout, datetime(2013, 7, 1, tzinfo=UTC))
    return bring(content)


def test_actions_listed_in_one_cell_are_read_a_line_each(listed):
    assert [a.get("text") for a in listed.now.of(Kind.ACTION)] == ["Write it", "Print it", "Ring them"]
    assert listed.decided(listed.download()) == {}


def test_one_listed_action_changed_keeps_the_others_and_their_bullets(listed, opened):
    listed.change(listed.find(Kind.ACTION, "Print it"), "text", "Print it twice")
    listed.change(listed.find(Kind.ACTION, "Write it"), "timescale", "Q4")
    content = listed.download()
    assert opened(content).active["D2"].value == "• Write it\n• Print it twice"
    assert opened(content).active["F2"].value == "Q4\nQ2"
    assert listed.decided(content) == {}


def test_an_action_added_to_a_list_is_one_line_more(listed, opened):
    listed.add(Kind.ACTION, listed.requirement("1").id, text="Post it", lead="Ann", timescale="Q3")
    listed.add(Kind.ACTION, listed.requirement("2").id, text="Go there", lead="Bob", timescale="Q3")
    content = listed.download()
    assert opened(content).active["D2"].value == "• Write it\n• Print it\n• Post it"
    assert (opened(content).active["E2"].value, opened(content).active["F2"].value) == ("Ann", "Q1\nQ2\nQ3")
    assert opened(content).active["D3"].value == "Ring them\nGo there"
    assert opened(content).active["F3"].value == "Q3"
    assert listed.decided(content) == {}


def test_an_action_removed_from_a_list_is_one_line_less(listed, opened):
    listed.remove(listed.find(Kind.ACTION, "Write it"))
    content = listed.download()
    assert (opened(content).active["D2"].value, opened(content).active["F2"].value) == ("Print it", "Q2")
    assert listed.decided(content) == {}


def test_a_lead_that_all_of_a_list_share_is_not_split(listed, opened):
    listed.edit(*(Edit(Kind.ACTION, one.id, "lead", "Cat") for one in listed.now.of(Kind.ACTION)[:2]))
    assert opened(listed.download()).active["E2"].value == "Cat"
    assert listed.decided(listed.download()) == {}


def test_a_lead_of_one_in_a_list_that_shares_its_leads_is_told_and_stays_in_the_plan(listed, opened):
    listed.change(listed.find(Kind.ACTION, "Write it"), "lead", "Cat")
    content = listed.download()
    assert opened(content).active["E2"].value == "Ann"
    assert "could not be written" in " ".join(listed.notes())
    assert listed.decided(content) in ({}, {"keep": 1})


# Tables beside each other


@pytest.fixture
def beside(bring):
    """Two tables of requirements beside each other, the right one a row longer."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([*HEADINGS, None, *HEADINGS])
    sheet.append(
        [1, "Publish the plan", "Red", "Write it", "Ann", "Q1", None, 3, "Hear children", "Green", "Ask", "Cat", "Q1"]
    )
    sheet.append([None, None, None, "Print it", "Ann", "Q2", None, None, None, None, "Listen", "Cat", "Q2"])
    sheet.append(
        [2, "Visit every school", "Green", "Ring them", "Bob", "Q3", None, 4, "Hear staff", "Red", "Meet", "Dan", "Q3"]
    )
    sheet.append([*[None] * 7, None, None, None, "Reply", "Dan", "Q4"])
    return bring(saved(book))


def test_tables_beside_each_other_share_one_hidden_column(beside):
    assert len(beside.now.of(Kind.REQUIREMENT)) == 4
    content = beside.download()
    assert (beside.decided(content), beside.preview(content).certain) == ({}, True)


def test_a_cell_changed_beside_another_table_is_that_cells(beside, opened):
    beside.change(beside.requirement("3"), "text", "Hear every child")
    beside.change(beside.find(Kind.ACTION, "Print it"), "lead", "Eve")
    content = beside.download()
    assert (opened(content).active["I2"].value, opened(content).active["B2"].value) == (
        "Hear every child",
        "Publish the plan",
    )
    assert (opened(content).active["E3"].value, opened(content).active["L3"].value) == ("Eve", "Cat")
    assert beside.decided(content) == {}


def test_a_record_removed_beside_another_table_leaves_that_alone(beside, opened):
    beside.remove(beside.find(Kind.ACTION, "Print it"))
    content = beside.download()
    assert [c.value for c in opened(content).active[3]][3:13] == [*[None] * 7, "Listen", "Cat", "Q2"]
    assert beside.decided(content) == {}


def test_a_record_added_beside_another_table_comes_back_as_itself(beside):
    beside.add(Kind.ACTION, beside.requirement("1").id, text="Post it")
    beside.add(Kind.ACTION, beside.requirement("4").id, text="Thank them")
    assert beside.decided(beside.download()) == {}


def test_staffs_edits_in_both_tables_are_theirs(beside, in_excel):
    def act(book):
        book.active["D3"], book.active["K3"] = "Print it well", "Listen well"

    edited = in_excel(beside.download(), act)
    assert beside.decided(edited) == {"take": 2}


# The marking and the name


def margins(content, opened, sheet=0):
    page = opened(content).worksheets[sheet]
    return page.oddHeader.center.text, page.oddFooter.center.text


def test_a_download_bears_the_marking_in_header_and_footer_beside_what_stands_there(bring, opened):
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    book.active.append([1, "Publish the plan", "Red", "Write it", "Ann", "Q1"])
    book.active.oddHeader.center.text = "Wyebridge"
    book.create_sheet("Staff's own")
    content = bring(saved(book)).download()
    header, footer = margins(content, opened)
    assert (header, footer.splitlines()[0]) == ("Wyebridge · OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE")
    assert margins(content, opened, 1) == (None, None)


def test_a_marking_changed_in_the_plan_takes_the_old_ones_place(desk, opened):
    desk.download()
    desk.change(desk.now.plan, "marking", "OFFICIAL")
    header, footer = margins(desk.download(), opened)
    assert "OFFICIAL" in header.split(" · ")
    assert "SENSITIVE" not in f"{header} {footer}"
    assert desk.decided(desk.download()) == {}


def test_a_downloads_name_says_plan_day_revision_and_marking(desk_of, session):
    desk = desk_of("tables")
    made = roundtrip.download(session, desk.plan, on=date(2026, 11, 22), signed_off=True)
    assert made.name == f"tables-2026-11-22-revision-{desk.revision}-signed-off-OFFICIAL-SENSITIVE.xlsx"


# What was deleted whole


def test_a_column_emptied_with_its_heading_is_a_missing_column(desk_of, in_excel):
    desk = desk_of("one-sheet")

    def empty(book):
        sheet = book.worksheets[0]
        head = next(c for row in sheet.iter_rows(max_row=6) for c in row if str(c.value).startswith("Timescale"))
        for row in range(head.row, sheet.max_row + 1):
            if sheet.cell(row, head.column).coordinate in sheet.merged_cells:
                continue  # a banner runs over it
            sheet.cell(row, head.column).value = None

    assert desk.decided(in_excel(desk.download(), empty)) == {}


def test_a_title_deleted_from_its_sheet_is_no_new_title(desk_of, in_excel):
    desk = desk_of("sheet-per-theme")
    edited = in_excel(desk.download(), lambda book: setattr(book.worksheets[2]["A1"], "value", None))
    assert desk.decided(edited) == {}
    desk.upload(edited)
    assert desk.decided(desk.download()) == {}


def test_a_title_put_back_is_read_again(desk_of, in_excel):
    desk = desk_of("sheet-per-theme")
    desk.upload(in_excel(desk.download(), lambda book: setattr(book.worksheets[2]["A1"], "value", None)))
    theme = desk.now.of(Kind.THEME)[2]
    back = in_excel(desk.download(), lambda book: setattr(book.worksheets[2]["A1"], "value", "Priority 3: Other words"))
    seen = desk.preview(back)
    assert [(d.record, d.field, d.workbook) for d in seen.decisions] == [(theme.id, "title", "Other words")]
    assert "title in cell A1" in explain(seen.reading)[2].themes
    desk.upload(back)
    assert desk.now[theme.id].get("title") == "Other words"


def test_a_title_gone_with_its_column_is_no_new_title(desk_of, in_excel):
    desk = desk_of("sheet-per-theme")
    gone = in_excel(desk.download(), lambda book: book.worksheets[2].delete_cols(1))
    assert desk.decided(gone).get("take") is None


def test_a_heading_that_two_columns_have_now_is_asked_about_and_neither_is_read(desk_of, in_excel):
    desk = desk_of("tables")

    def add_a_second(book):
        sheet = book["Requirements"]
        del sheet.tables["tblReq"]
        sheet.insert_cols(4)
        sheet["D1"] = "RAG status"
        sheet["D2"] = "Blue"

    seen = desk.preview(in_excel(desk.download(), add_a_second))
    assert (seen.decisions, [p.cell for p in seen.problems if "have one heading now" in p.message]) == ((), ["D1"])
