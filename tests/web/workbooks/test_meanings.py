"""This file has a workbook's own status words and its colours explained once, and remembered."""

import re

import pytest

from plan import history, standing
from plan.fields import Kind

ROWS = [
    (
        "2",
        "Leadership",
        "Set out a vision",
        "Complete",
        "Vision agreed",
        "Minutes",
        "Share the vision",
        "Director",
        "Q2",
    ),
    ("20", "Leadership", "Audit closed cases", "Complete", "Audit done", "Report", "Publish it", "Auditor", "Ongoing"),
    ("7", "Care planning", "Escalate concerns", "Red", None, None, "Publish the procedure", "Head of Review", "TBC"),
]


@pytest.fixture
def mapping(client, cast, upload, make_tracker):
    """Olga of the office brings a tracker in whose statuses say "Complete"."""
    client.sign_in("olga")
    return upload(make_tracker(rows=ROWS), to="/import")


def address_of(page):
    return re.search(r'action="(/import/\w+)"', page.text)[1]


def box(page, name):
    """What a select box says now."""
    options = re.search(rf'<select[^>]*name="{name}">(.*?)</select>', page.text, re.DOTALL)[1]
    return re.search(r'value="([^"]*)" selected', options)[1]


def statuses(session, slug):
    session.rollback()
    plan = standing.find(session(), slug)
    return [item.get("status") for item in history.now(session, plan).of(Kind.REQUIREMENT)]


def make(client, page, **said):
    form = {"title": "New plan", "year": "2013/14", "do": "make", **said}
    return client.post(address_of(page), data=form)


def test_words_that_are_no_colour_are_asked_about_once_with_their_places(mapping, read):
    page = read(mapping)
    assert "What these words mean 1" in page
    assert "2 cells. Sheet “Plan”, cell D2, D3." in page
    assert box(mapping, "means.complete") == ""


def test_words_that_were_settled_are_taken_into_the_new_plan(client, mapping, session):
    make(client, mapping, **{"means.complete": "blue"})
    assert statuses(session, "new-plan") == ["blue", "blue", "red"]


def test_words_left_unread_leave_the_status_blank_and_are_told(client, mapping, session, read):
    answer = make(client, mapping, **{"means.complete": ""})
    assert statuses(session, "new-plan") == [None, None, "red"]
    assert "2 cells could not be read" in read(client.get(answer.location))


def test_what_was_settled_shows_when_read_again_and_can_be_unsettled(client, mapping, read):
    again = client.get(client.post(address_of(mapping), data={"do": "read", "means.complete": "blue"}).location)
    assert box(again, "means.complete") == "blue"
    assert "“complete” is read as blue." in read(again)
    once_more = client.get(client.post(address_of(again), data={"do": "read", "means.complete": ""}).location)
    assert box(once_more, "means.complete") == ""
    assert "2 cells. Sheet “Plan”" in read(once_more)


def test_what_was_settled_is_remembered_for_next_months_file(client, mapping, upload, make_tracker, read):
    make(client, mapping, **{"means.complete": "blue"})
    again = upload(make_tracker(rows=ROWS), to="/import")
    assert "“complete” is read as blue." in read(again)


def test_a_meaning_that_is_not_offered_is_refused(client, mapping, read):
    answer = make(client, mapping, **{"means.complete": "purple"})
    assert answer.status_code == 422
    assert "“complete” cannot mean “purple”" in read(answer)


def test_what_each_colour_means_is_asked_and_kept_with_the_plan(client, mapping, session):
    assert 'value="On track, or done and waiting to be embedded"' in mapping.text
    make(client, mapping, **{"scale.red": "Late", "scale.amber": "", "scale.green": "On track", "scale.blue": "Done"})
    session.rollback()
    plan = standing.find(session(), "new-plan")
    assert [plan.scale_red, plan.scale_amber, plan.scale_green, plan.scale_blue] == ["Late", None, "On track", "Done"]


def test_the_workbooks_own_key_says_what_its_colours_mean(client, cast, upload, make_tracker, read):
    key = [(None,) * 9, ("Key",), ("Green", "Done and checked by the board"), ("Red", "Not begun by anybody yet")]
    client.sign_in("olga")
    page = upload(make_tracker(rows=[*ROWS, *key]), to="/import")
    assert "Green means “Done and checked by the board”, as the workbook's key says." in read(page)
    assert 'name="scale.green" value="Done and checked by the board"' in page.text


def test_a_definition_that_is_too_long_is_asked_for_again_with_all_else_kept(client, mapping, session):
    answer = make(client, mapping, **{"scale.red": "late " * 100, "means.complete": "blue"})
    assert answer.status_code == 422
    assert 'value="New plan"' in answer.text
    assert standing.find(session(), "new-plan") is None


def test_cells_that_list_several_actions_are_told_and_a_split_is_offered(client, cast, upload, make_tracker, read):
    row = ("2", "Leadership", "Set out a vision", "Red", None, None, "- Begin\n- Go on\n- End", "Director", "Q2")
    client.sign_in("olga")
    page = read(upload(make_tracker(rows=[row]), to="/import"))
    assert "Cell G2 lists several actions. Each is kept as one; say below which to split" in page


def preview_address(page):
    return re.search(r'action="(/plans/small/uploads/\w+)/accept"', page.text)[1]


def form_of(page, **more):
    hidden = {name: re.search(rf'name="{name}" value="(\w*)"', page.text)[1] for name in ("revision", "read_as")}
    return {**hidden, **more}


def test_an_editor_is_told_who_can_say_what_words_in_an_upload_mean(client, edited, upload, read):
    client.sign_in("eve")
    page = upload(edited({"D2": "Complete"}))
    assert "ask the programme office to open this upload and say what the words mean" in read(page)
    assert client.post(f"{preview_address(page)}/meanings", data={"means.complete": "blue"}).status_code == 403


def test_the_office_says_what_words_in_an_editors_upload_mean(client, edited, upload, read, record, shown):
    client.sign_in("eve")
    eves = upload(edited({"D2": "Complete"}))
    address = preview_address(eves)
    offices = client.sign_in("olga").get(address)
    client.post(f"{address}/meanings", data=form_of(offices, **{"means.complete": "blue"}))
    client.sign_in("eve")
    stale = client.post(f"{address}/accept", data=form_of(eves))
    assert stale.status_code == 409
    assert "The programme office said how some cells of your workbook are read" in read(stale)
    assert client.post(f"{address}/accept", data=form_of(stale)).status_code == 303
    assert shown(record(Kind.REQUIREMENT, "Set out a vision"), "status") == "blue"


def test_what_the_office_settled_in_an_upload_is_remembered_for_the_next(client, edited, upload, read):
    client.sign_in("olga")
    page = upload(edited({"D2": "Complete"}))
    address = preview_address(page)
    again = client.get(client.post(f"{address}/meanings", data=form_of(page, **{"means.complete": "blue"})).location)
    client.post(f"{address}/accept", data=form_of(again))
    page = read(upload(edited({"D4": "Complete"})))
    assert "Will change 1" in page
    assert "Not understood" not in page


def test_accepting_with_a_meaning_just_chosen_shows_first_what_it_would_do(client, edited, upload, read, record, shown):
    client.sign_in("olga")
    page = upload(edited({"D2": "Complete"}))
    form = form_of(page, **{"means.complete": "blue"})
    answer = client.get(client.post(f"{preview_address(page)}/accept", data=form).location)
    assert "The workbook was read again as you said." in read(answer)
    assert "Will change 1" in read(answer)
    assert shown(record(Kind.REQUIREMENT, "Set out a vision"), "status") == "green"
