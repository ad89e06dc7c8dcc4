"""This file tells of records added and removed in the browser, and where the next download has them."""

import pytest

from plan import edits
from plan.fields import Kind
from sync.merge import Outcome
from tests.sync.stories.conftest import PLAN, first_achievement, first_action


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


def test_an_action_moved_to_another_requirement_stands_there_in_the_download(desk, opened, find_cell):
    action, new_home = first_action(desk, "7"), desk.requirement("2")
    desk.edit(edits.Edit(Kind.ACTION, action.id, "parent", new_home.id))
    content = desk.download()
    found = [c for sheet in opened(content) for row in sheet.iter_rows() for c in row if c.value == action.get("text")]
    assert len(found) == 1
    assert (desk.decided(content), desk.notes()) == ({}, ())


def test_a_requirement_moved_to_another_theme_keeps_its_rows_and_that_is_told(desk_of):
    desk = desk_of("one-sheet")
    elsewhere = desk.requirement("2").parent
    desk.edit(edits.Edit(Kind.REQUIREMENT, desk.requirement("7").id, "parent", elsewhere))
    assert "stands under another theme in the plan" in " ".join(desk.notes())


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
