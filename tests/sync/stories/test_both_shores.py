"""This file tells of a plan and its workbook that were both edited, and what must come of it."""

from sync.merge import Outcome
from tests.sync.stories.conftest import first_achievement, first_action, retype, told


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
