"""This file settles what both sides changed: one by one, all at once, or not yet."""

import re

import pytest

from plan import history
from plan.fields import Kind

TITLE = "Share the vision"


def test_nothing_is_chosen_for_anybody_in_a_clash(clash):
    assert "checked" not in clash.get_data(as_text=True)


def test_accepting_with_a_clash_unsettled_applies_nothing_and_leads_to_it(clash, read, session, tracked, press):
    before = history.now(session, tracked)
    answer = press(clash, "accept")
    assert answer.status_code == 422
    assert "Requirement 2, action 2.1: area for development: Choose which words shall stand." in read(answer)
    link = re.search(r'<a href="#([\w-]+)">Requirement 2', answer.get_data(as_text=True))[1]
    assert f'id="{link}"' in answer.get_data(as_text=True)
    session.rollback()
    assert history.now(session, tracked) == before


@pytest.mark.parametrize(
    ("take", "says"),
    [
        ("plan", "Share our vision"),
        ("workbook", "Share the vision with partners"),
        ("both", "Share our vision\nShare the vision with partners"),
        ("write", "Share it all"),
    ],
)
def test_a_clash_ends_as_it_was_settled(clash, action, shown, take, says, press):
    chosen = {f"take.{action.id}.text": take, f"words.{action.id}.text": "Share it all"}
    answer = press(clash, "accept", **chosen)
    assert answer.status_code == 303
    assert shown(action, "text") == says


@pytest.mark.parametrize(("take", "present"), [("plan", False), ("workbook", True)])
def test_what_was_taken_out_here_and_changed_there_is_a_clash_of_the_whole_row(
    eve, edited, upload, record, write, session, tracked, read, take, present, press
):
    content, action = edited({"G2": "Share the vision with partners"}), record(Kind.ACTION, TITLE)
    write("ned", action, "present", False)
    page = upload(content)
    assert "Leave it out of the plan" in read(page)
    press(page, "accept", **{f"take.{action.id}.present": take})
    session.rollback()
    now = history.now(session, tracked)[action.id]
    assert now.present is present
    assert now.get("text") == ("Share the vision with partners" if present else TITLE)


def test_what_was_written_must_not_be_blank(clash, action, read, press):
    chosen = {f"take.{action.id}.text": "write", f"words.{action.id}.text": "  "}
    answer = press(clash, "accept", **chosen)
    assert answer.status_code == 422
    assert "Write the words that shall stand" in read(answer)


def test_a_clash_can_be_left_while_the_rest_is_taken(client, clash, action, shown, read, session, tracked, press):
    answer = press(clash, "accept", rest="leave")
    page = read(client.get(answer.location))
    assert shown(action, "text") == "Share our vision"
    assert "It made 1 change, as revision 4" in page
    assert "1 that both sides changed was left as the plan has it" in page


def test_all_that_is_not_settled_can_take_the_workbooks_words_at_once(clash, action, shown, press):
    press(clash, "accept", rest="workbook")
    assert shown(action, "text") == "Share the vision with partners"


def test_many_clashes_say_where_all_of_them_are_settled_at_once(eve, edited, upload, record, write, read):
    content = edited({"G2": "Share it", "G3": "Sharpen it"})
    write("ned", record(Kind.ACTION, TITLE), "text", "Share our vision")
    write("ned", record(Kind.ACTION, "Sharpen the focus"), "text", "Sharpen our focus")
    page = read(upload(content))
    assert "To settle all that you do not choose one by one, say it beside the button" in page
    assert "Not chosen one by one Ask me again Keep the plan's words Take the workbook's words" in page


def test_choices_can_be_saved_and_come_back_to(client, clash, action, read, press):
    chosen = {f"take.{action.id}.text": "write", f"words.{action.id}.text": "My own"}
    answer = press(clash, "save", **chosen)
    page = client.get(answer.location)
    assert "Your choices are saved" in read(page)
    assert "My own" in read(page)
    assert re.search(r'value="write" checked', page.get_data(as_text=True))
