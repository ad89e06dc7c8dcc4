"""This file tells of several achievements in one cell, changed on either side."""

from plan.fields import Kind
from sync.merge import Outcome
from tests.sync.stories.conftest import first_achievement, told


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
