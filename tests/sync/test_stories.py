"""This file tells what staff do with the plan and their workbook over one day or several, and what must come of it."""

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest

from plan import edits
from plan.fields import Kind
from sync.choices import Choices
from sync.merge import Outcome

PLAN = "Improvement Plan"


def retype(find_cell, words, new):
    """The act of finding a cell by its words and typing over it."""
    return lambda book: setattr(find_cell(book, words), "value", new)


def told(desk, content):
    """Every decision as (outcome, field, workbook's words)."""
    return [(d.outcome, d.field, d.workbook) for d in desk.preview(content).decisions]


def first_action(desk, reference):
    return desk.now.under(desk.requirement(reference).id, Kind.ACTION)[0]


def first_achievement(desk, reference):
    return desk.now.under(desk.requirement(reference).id, Kind.ACHIEVEMENT)[0]


# Editing on both shores


def test_an_achievement_edited_in_both_is_a_clash_until_somebody_chooses(desk, in_excel, find_cell):
    achievement = first_achievement(desk, "7")
    words = str(achievement.get("text"))
    edited = in_excel(
        desk.download(),
        lambda book: setattr(cell := find_cell(book, words), "value", cell.value.replace(words, f"Now {words}")),
    )
    desk.change(achievement, "text", f"{words} Since then it has been checked.")
    assert told(desk, edited) == [(Outcome.CONFLICT, "text", f"Now {words}")]


def test_different_lines_of_one_text_edited_in_both_are_combined(desk_of, in_excel, find_cell):
    desk = desk_of("one-sheet")
    action = first_action(desk, "7")
    desk.change(action, "text", "Write it down\nTell everybody\nCheck it")
    edited = in_excel(
        desk.download(), retype(find_cell, "Tell everybody", "Write it down\nTell everybody twice\nCheck it")
    )
    desk.change(action, "text", "Write it down well\nTell everybody\nCheck it")
    desk.upload(edited)
    assert first_action(desk, "7").get("text") == "Write it down well\nTell everybody twice\nCheck it"


def test_the_same_edit_in_both_is_agreed(desk, in_excel, find_cell):
    text = desk.requirement("7").get("text")
    edited = in_excel(desk.download(), retype(find_cell, text, "Escalate at once"))
    desk.change(desk.requirement("7"), "text", "Escalate at once")
    assert desk.decided(edited) == {"agreed": 1}


# Adding and removing in the browser


def test_an_action_added_in_the_browser_takes_a_free_row_of_its_requirement(desk_of, opened):
    desk = desk_of("one-sheet")
    desk.add(Kind.ACTION, desk.requirement("2").id, text="Ask children again", timescale="Quarter 3")
    sheet = opened(desk.download())[PLAN]
    assert [sheet[cell].value for cell in ("F8", "H8")] == ["Ask children again", "Quarter 3"]
    assert sheet.max_row == opened(desk.original)[PLAN].max_row


def test_an_added_action_comes_back_as_itself(desk):
    desk.add(Kind.ACTION, desk.requirement("2").id, text="Ask children again", timescale="Quarter 3")
    assert desk.decided(desk.download()) == {}


def test_many_added_records_come_back_as_themselves(desk):
    home = desk.requirement("7").id
    for number in range(9):
        desk.add(Kind.ACTION, home, text=f"Further step {number}", timescale="Quarter 3")
        desk.add(Kind.ACHIEVEMENT, home, text=f"Further thing done {number}", evidence=f"Minute {number}")
    assert (desk.decided(desk.download()), desk.notes()) == ({}, ())


@pytest.fixture
def grown(desk_of):
    """The one-sheet plan with more actions under requirement 7 than its rows can hold."""
    desk = desk_of("one-sheet")
    for number in range(9):
        desk.add(Kind.ACTION, desk.requirement("7").id, text=f"Further step {number}", timescale="Quarter 3")
    return desk


def test_rows_that_are_inserted_stand_under_their_requirement_in_order(grown, opened):
    texts = [c.value for c in opened(grown.download())[PLAN]["F"]]
    start = texts.index("Further step 0")
    assert texts[start : start + 9] == [f"Further step {n}" for n in range(9)]


def test_a_requirements_merged_cells_take_the_inserted_rows_in(grown, opened, find_cell):
    book = opened(grown.download())
    last = find_cell(book, "Further step 8").row
    boxes = [box for box in book[PLAN].merged_cells.ranges if box.min_col == box.max_col == 1]
    assert any(box.min_row <= last <= box.max_row and book[PLAN].cell(box.min_row, 1).value == 7 for box in boxes)


def test_banners_below_inserted_rows_move_down_whole(grown, opened):
    def banners(content):
        sheet = opened(content)[PLAN]
        wide = [box for box in sheet.merged_cells.ranges if box.max_col > 8 and box.min_row > 4]
        return sorted(str(sheet.cell(box.min_row, 1).value) for box in wide)

    assert banners(grown.download()) == banners(grown.original)


def test_what_counts_and_what_offers_choices_reaches_the_new_last_row(grown, opened):
    book, before = opened(grown.download()), opened(grown.original)
    added = book[PLAN].max_row - before[PLAN].max_row
    name = book.defined_names["RagColumn"].attr_text
    dropdown = book[PLAN].conditional_formatting
    assert added > 0
    assert name.endswith(f"$C${121 + added}")
    assert any(str(rule.sqref).endswith(f"C{121 + added}") for rule in dropdown)
    assert book["Dashboard"]["B2"].value == before["Dashboard"]["B2"].value


def test_a_removed_action_leaves_its_cells_empty_where_the_row_still_says_something(desk_of, opened):
    desk = desk_of("one-sheet")
    desk.remove(first_action(desk, "2"))
    sheet = opened(desk.download())[PLAN]
    assert [sheet[cell].value for cell in ("A6", "F6", "G6", "H6")] == [2, None, None, None]


def test_a_removed_action_takes_its_row_along_where_nothing_else_stands_on_it(desk_of, opened, find_cell):
    desk = desk_of("tables")
    gone = first_action(desk, "7")
    desk.remove(gone)
    content = desk.download()
    assert opened(content)["Actions"].max_row == opened(desk.original)["Actions"].max_row - 1
    assert desk.decided(content) == {}


def test_removed_records_do_not_come_back(desk):
    desk.remove(first_action(desk, "7"))
    desk.remove(first_achievement(desk, "7"))
    assert desk.decided(desk.download()) == {}


def test_a_removed_record_left_alone_in_an_older_file_stays_removed(desk):
    old = desk.download()
    desk.remove(first_action(desk, "7"))
    assert {d.outcome for d in desk.preview(old).decisions} == {Outcome.KEEP}


def test_a_removed_and_brought_back_record_is_in_the_download_again(desk):
    action = first_action(desk, "7")
    desk.remove(action)
    desk.edit(*edits.bring_back(action.kind, action.id))
    assert desk.decided(desk.download()) == {}


def test_a_removed_requirement_takes_its_rows_along(desk, opened):
    gone = desk.requirement("7")
    desk.remove(gone)
    content = desk.download()
    said = {cell.value for sheet in opened(content) for row in sheet.iter_rows() for cell in row}
    assert gone.get("text") not in said
    assert desk.decided(content) == {}


def test_a_new_requirement_stands_after_the_last_of_its_theme_with_all_it_has(desk, opened, find_cell):
    theme = desk.requirement("7").parent
    new = desk.add(Kind.REQUIREMENT, theme, reference="29", text="Publish what was learned", status="red")
    desk.add(Kind.ACTION, new.id, text="Write the report", timescale="Quarter 4")
    desk.add(Kind.ACHIEVEMENT, new.id, text="A first draft", evidence="The draft")
    content = desk.download()
    assert find_cell(opened(content), "Publish what was learned")
    assert (desk.decided(content), desk.notes()) == ({}, ())


def test_a_renamed_theme_is_renamed_wherever_it_stands(desk, opened, find_cell):
    theme = desk.now[desk.requirement("7").parent]
    desk.change(theme, "title", "Decisions that hold")
    content = desk.download()
    assert find_cell(opened(content), "Decisions that hold")
    assert desk.decided(content) == {}


def test_a_theme_renamed_in_the_workbook_is_renamed_in_the_plan(desk, in_excel, opened):
    theme = desk.now[desk.requirement("7").parent]
    old = str(theme.get("title"))

    def rename(book):
        for cell in [c for sheet in book for row in sheet.iter_rows() for c in row if old in str(c.value)]:
            cell.value = cell.value.replace(old, "Decisions that hold")

    edited = in_excel(desk.download(), rename)
    assert desk.decided(edited) == {"take": 1}
    desk.upload(edited)
    assert desk.now[theme.id].get("title") == "Decisions that hold"


def test_a_theme_that_is_the_name_of_a_sheet_keeps_its_new_title_in_the_plan_and_that_is_told(desk_of, bring, in_excel):
    original = in_excel(
        desk_of("sheet-per-theme").original, lambda book: [setattr(s["A1"], "value", None) for s in book]
    )
    desk = bring(original)
    theme = desk.now[desk.requirement("7").parent]
    desk.change(theme, "title", "Something else altogether")
    assert "sheets are never renamed" in " ".join(desk.notes())
    desk.upload(desk.download())
    assert desk.now[theme.id].get("title") == "Something else altogether"


# The workbook's own manner


def test_a_workbook_of_letters_gets_letters(desk_of, opened, find_cell):
    desk = desk_of("sheet-per-theme")
    text = desk.requirement("7").get("text")
    desk.change(desk.requirement("7"), "status", "green")
    content = desk.download()
    cell = find_cell(opened(content), text)
    assert cell.parent.cell(cell.row, 3).value == "G"
    assert desk.decided(content) == {}


def test_a_cell_of_a_date_gets_a_date(desk_of, opened, find_cell):
    desk = desk_of("sheet-per-theme")
    action = first_action(desk, "2")
    desk.change(action, "timescale", "31 March 2014")
    content = desk.download()
    cell = find_cell(opened(content), action.get("text"))
    assert cell.parent.cell(cell.row, 7).value == datetime(2014, 3, 31)
    assert desk.decided(content) == {}


def test_a_timescale_in_words_stays_words_even_among_dates(desk_of, opened, find_cell):
    desk = desk_of("sheet-per-theme")
    action = first_action(desk, "2")
    desk.change(action, "timescale", "Quarter 3 and on going")
    cell = find_cell(opened(desk.download()), action.get("text"))
    assert cell.parent.cell(cell.row, 7).value == "Quarter 3 and on going"


def test_a_day_in_a_column_of_words_stays_words(desk_of, opened):
    desk = desk_of("one-sheet")
    desk.change(first_action(desk, "2"), "timescale", "31 March 2014")
    assert opened(desk.download())[PLAN]["H6"].value == "31 March 2014"


def test_a_date_typed_into_the_workbook_is_taken_as_its_day(desk_of, in_excel):
    desk = desk_of("one-sheet")
    edited = in_excel(desk.download(), lambda book: book[PLAN].__setitem__("H6", date(2014, 3, 31)))
    desk.upload(edited)
    assert "2014" in first_action(desk, "2").get("timescale")
    assert desk.decided(desk.download()) == {}


def test_a_number_of_a_requirement_stays_a_number(desk_of, opened):
    desk = desk_of("tables")
    desk.change(desk.requirement("7"), "reference", "70")
    content = desk.download()
    assert 70 in [c.value for c in opened(content)["Requirements"]["A"]]
    assert desk.decided(content) == {}


# Figures


def test_a_figure_changed_in_the_browser_is_in_the_scorecard(desk_of, opened):
    desk = desk_of("one-sheet")
    reading = next(r for r in desk.now.of(Kind.READING) if r.get("value") == 23.7)
    desk.change(reading, "value", 25.5)
    content = desk.download()
    assert opened(content)["Scorecard"]["F2"].value == 25.5
    assert desk.decided(content) == {}


def test_a_figure_changed_in_the_scorecard_is_taken(desk_of, in_excel):
    desk = desk_of("one-sheet")
    edited = in_excel(desk.download(), lambda book: book["Scorecard"].__setitem__("F2", 25.5))
    assert told(desk, edited) == [(Outcome.TAKE, "value", 25.5)]


def test_a_figure_for_a_new_month_is_added_to_its_indicator(desk_of, in_excel):
    desk = desk_of("one-sheet")
    edited = in_excel(desk.download(), lambda book: book["Scorecard"].__setitem__("G2", 31))
    desk.upload(edited)
    reading = next(r for r in desk.now.of(Kind.READING) if r.get("value") == 31)
    assert (reading.get("period"), desk.decided(desk.download())) == ("2013-06", {})


def test_a_figure_added_in_the_browser_goes_into_its_months_column(desk_of, opened):
    desk = desk_of("one-sheet")
    indicator = desk.now.of(Kind.INDICATOR)[0]
    desk.add(Kind.READING, indicator.id, period="2013-06", value=31)
    content = desk.download()
    assert (opened(content)["Scorecard"]["G2"].value, desk.decided(content)) == (31, {})


def test_a_figure_for_a_month_without_a_column_is_told_and_stays_in_the_plan(desk_of):
    desk = desk_of("one-sheet")
    desk.add(Kind.READING, desk.now.of(Kind.INDICATOR)[0].id, period="2013-09", value=31)
    assert "2013-09" in " ".join(desk.notes())
    assert desk.decided(desk.download()) == {}


def test_a_figure_taken_back_in_the_browser_is_blank_in_the_scorecard(desk_of, opened):
    desk = desk_of("one-sheet")
    desk.change(next(r for r in desk.now.of(Kind.READING) if r.get("value") == 23.7), "value", None)
    content = desk.download()
    assert (opened(content)["Scorecard"]["F2"].value, desk.decided(content)) == (None, {})


def test_a_figure_removed_in_the_browser_is_gone_from_the_scorecard(desk_of, opened):
    desk = desk_of("one-sheet")
    desk.remove(next(r for r in desk.now.of(Kind.READING) if r.get("value") == 23.7))
    content = desk.download()
    assert (opened(content)["Scorecard"]["F2"].value, desk.decided(content)) == (None, {})


# Lists in one cell


def test_one_line_of_a_list_changed_in_the_browser_keeps_the_others_and_their_bullets(desk_of, opened, find_cell):
    desk = desk_of("sheet-per-theme")
    achievement = first_achievement(desk, "7")
    lines = find_cell(opened(desk.original), achievement.get("text")).value.split("\n")
    desk.change(achievement, "text", "It was written anew")
    content = desk.download()
    new = find_cell(opened(content), "It was written anew").value.split("\n")
    assert new == ["• It was written anew", *lines[1:]]
    assert desk.decided(content) == {}


def test_one_line_of_a_list_changed_in_the_workbook_is_one_change(desk_of, in_excel, find_cell):
    desk = desk_of("sheet-per-theme")
    text = first_achievement(desk, "7").get("text")

    def act(book):
        cell = find_cell(book, text)
        cell.value = cell.value.replace(text, f"{text} And more.")

    assert told(desk, in_excel(desk.download(), act)) == [(Outcome.TAKE, "text", f"{text} And more.")]


def test_a_line_added_to_a_list_is_one_new_achievement(desk_of, in_excel, find_cell):
    desk = desk_of("sheet-per-theme")
    text = first_achievement(desk, "7").get("text")

    def act(book):
        cell = find_cell(book, text)
        cell.value = f"{cell.value}\n• A thing nobody had written down"

    edited = in_excel(desk.download(), act)
    assert told(desk, edited) == [(Outcome.ADDED, None, "A thing nobody had written down")]
    desk.upload(edited)
    assert desk.decided(desk.download()) == {}


def test_a_line_taken_out_of_a_list_with_its_evidence_is_missing_and_stays(desk_of, in_excel, find_cell):
    desk = desk_of("sheet-per-theme")
    gone = desk.now.under(desk.requirement("7").id, Kind.ACHIEVEMENT)[-1]

    def act(book):
        for cell in (find_cell(book, gone.get("text")), find_cell(book, gone.get("evidence"))):
            cell.value = "\n".join(cell.value.split("\n")[:-1])

    edited = in_excel(desk.download(), act)
    assert [(d.outcome, d.record) for d in desk.preview(edited).decisions] == [(Outcome.MISSING, gone.id)]
    desk.upload(edited)
    assert desk.now[gone.id].present


def test_a_line_taken_out_of_a_list_whose_evidence_stays_is_a_blank_that_clears_nothing(desk_of, in_excel, find_cell):
    desk = desk_of("sheet-per-theme")
    gone = desk.now.under(desk.requirement("7").id, Kind.ACHIEVEMENT)[-1]

    def act(book):
        cell = find_cell(book, gone.get("text"))
        cell.value = "\n".join(cell.value.split("\n")[:-1])

    edited = in_excel(desk.download(), act)
    assert [(d.outcome, d.record, d.field) for d in desk.preview(edited).decisions] == [
        (Outcome.CLEARED, gone.id, "text")
    ]


def test_a_line_added_to_a_list_in_the_browser_stands_at_its_end(desk_of, opened, find_cell):
    desk = desk_of("sheet-per-theme")
    text = first_achievement(desk, "7").get("text")
    desk.add(Kind.ACHIEVEMENT, desk.requirement("7").id, text="A thing nobody had written down")
    content = desk.download()
    assert find_cell(opened(content), text).value.endswith("\n• A thing nobody had written down")
    assert desk.decided(content) == {}


# Rows sorted, copied, cut


def sort_rows(sheet, *, columns, first=2):
    """Reverse the rows, but only these columns, as a sort of a selection does."""
    rows = [[sheet.cell(row, col).value for col in columns] for row in range(first, sheet.max_row + 1)]
    for at, values in enumerate(reversed(rows), start=first):
        for col, value in zip(columns, values, strict=True):
            sheet.cell(at, col).value = value


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


# What is not there


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


# A tracker with an action a row, everything repeated


STEPS = ("inspect roofs", "mend gutters", "list boilers", "cut waste", "sell land", "count stamps", "hire clerks")
HEADINGS = (
    "Ref", "Theme", "Requirement no.", "Requirement", "RAG", "Action", "Lead", "Timescale", "Due date",
    "Progress update", "Evidence", "Last updated",
)  # fmt: skip


@pytest.fixture
def register(bring):
    """A flat register of seven actions under three requirements, each row saying all of it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Register"
    sheet.append(HEADINGS)
    for number in range(7):
        group = number // 3
        sheet.append([
            f"A{number + 1}", ("Homes", "Money", "Voice")[group], f"R{group + 1}",
            ("Keep every home safe and dry", "Balance the budget each year", "Answer every letter in time")[group],
            ("Red", "Amber", "Green")[number % 3],
            f"Step {number}: {STEPS[number]}",
            "Head of Homes", "Q2 2025", date(2025, 9, number + 1), f"Progress told in words {number}",
            f"Folder {number}", date(2025, 4, 1),
        ])  # fmt: skip
    sheet.auto_filter.ref = "A1:L8"
    saved = BytesIO()
    book.save(saved)
    return bring(saved.getvalue())


def test_a_register_comes_back_untouched(register):
    assert (register.decided(register.download()), register.decided(register.original)) == ({}, {})


def test_a_cell_of_a_register_changed_in_the_workbook_is_one_change(register, in_excel, find_cell):
    edited = in_excel(register.download(), retype(find_cell, "Progress told in words 4", "Nearly there"))
    assert told(register, edited) == [(Outcome.TAKE, "progress", "Nearly there")]


def test_a_requirement_changed_in_the_browser_is_changed_on_all_its_rows(register, opened):
    register.change(register.requirement("R1"), "text", "Keep every home safe, dry and warm")
    content = register.download()
    said = [cell.value for cell in opened(content)["Register"]["D"]]
    assert said.count("Keep every home safe, dry and warm") == 3
    assert register.decided(content) == {}


def test_a_requirement_changed_on_all_its_rows_is_one_change(register, in_excel):
    def act(book):
        for row in (2, 3, 4):
            book["Register"][f"D{row}"] = "Keep every home safe, dry and warm"

    edited = in_excel(register.download(), act)
    assert told(register, edited) == [(Outcome.TAKE, "text", "Keep every home safe, dry and warm")]


@pytest.mark.parametrize("row", [2, 3, 4])
def test_a_requirement_changed_on_one_of_its_rows_is_one_change(register, in_excel, row):
    edited = in_excel(
        register.download(), lambda book: book["Register"].__setitem__(f"D{row}", "Keep every home safe, dry and warm")
    )
    assert told(register, edited) == [(Outcome.TAKE, "text", "Keep every home safe, dry and warm")]


def test_a_requirement_changed_differently_on_two_of_its_rows_is_a_problem(register, in_excel):
    def act(book):
        book["Register"]["D3"] = "Keep every home warm and dry"
        book["Register"]["D4"] = "Keep every home safe and clean"

    seen = register.preview(in_excel(register.download(), act))
    assert not seen.of(Outcome.ADDED, Outcome.TAKE, Outcome.CONFLICT)
    assert seen.problems


def test_an_action_added_in_the_browser_gets_a_whole_row_of_the_register(register, opened):
    register.add(Kind.ACTION, register.requirement("R1").id, text="Paint the doors", lead="Head of Homes")
    content = register.download()
    rows = [[cell.value for cell in row[:7]] for row in opened(content)["Register"].iter_rows()]
    added = next(row for row in rows if "Paint the doors" in row)
    assert added[1:4] == ["Homes", "R1", "Keep every home safe and dry"]
    assert register.decided(content) == {}


def test_a_row_added_to_the_register_is_a_new_action_of_its_requirement(register, in_excel):
    def act(book):
        sheet = book["Register"]
        new = [cell.value for cell in sheet[2]][:12]
        sheet.append(["A8", *new[1:5], "Paint the doors", *new[6:]])

    edited = in_excel(register.download(), act)
    register.upload(edited)
    action = register.find(Kind.ACTION, "Paint the doors")
    assert (register.now[action.parent].get("reference"), action.get("reference")) == ("R1", "A8")


def test_a_row_deleted_from_the_register_is_missing(register, in_excel):
    edited = in_excel(register.download(), lambda book: book["Register"].delete_rows(3))
    assert register.decided(edited) == {"missing": 1}


def test_the_register_reversed_changes_nothing(register, in_excel):
    edited = in_excel(register.download(), lambda book: sort_rows(book["Register"], columns=range(1, 14)))
    assert register.decided(edited) == {}


def test_the_register_reversed_without_its_hidden_column_changes_nothing(register, in_excel):
    edited = in_excel(register.download(), lambda book: sort_rows(book["Register"], columns=range(1, 13)))
    assert register.decided(edited) == {}


def test_dates_of_the_register_stay_dates(register, opened):
    register.change(register.find(Kind.ACTION, "inspect roofs"), "timescale", "30 November 2025")
    content = register.download()
    values = [opened(content)["Register"][f"{column}2"].value for column in "HI"]
    assert datetime(2025, 11, 30) in values or "30 November 2025" in values
    assert register.decided(content) == {}
