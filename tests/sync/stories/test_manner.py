"""This file tells of values that go back into the workbook in its own manner: letters, dates, numbers."""

from datetime import date, datetime

from tests.sync.stories.conftest import PLAN, first_action


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
