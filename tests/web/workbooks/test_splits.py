"""This file says cell by cell, on the page where a reading is explained, which lists of actions are split."""

import re

import pytest

from blueprints.workbooks import splitting
from plan import history
from plan.fields import Kind
from plan.models import Plan
from sync.splits import key_of

HEADINGS = ("No.", "Requirement", "RAG", "Action", "Lead", "Timescale")
ROWS = (
    ("1", "Publish the plan", "Red", "• Write it\n• Print it", "Ann\nBo", "Q1"),
    ("2", "Visit every school", "Green", "• Ask\n• Listen", "Cy", "Q3"),
    ("3", "Hear staff", "Amber", "Meet", "Dan", "Q4"),
)
WRITE = f"split.{key_of(['Write it', 'Print it'])}"
ASK = f"split.{key_of(['Ask', 'Listen'])}"


@pytest.fixture
def brought(client, cast, upload, make_tracker):
    """Olga brings a tracker with two cells that list several actions."""
    client.sign_in("olga")
    return upload(make_tracker(HEADINGS, ROWS), to="/import")


def address_of(page):
    return re.search(r'action="(/import/\w+)"', page.get_data(as_text=True))[1]


def answers(page):
    """What is chosen for each cell, by the name of its radios."""
    return dict(re.findall(r'name="(split\.\w+)" value="(\w+)" checked', page.get_data(as_text=True)))


def press(client, page, **said):
    """A button of the page is pressed, all the rest as it stands there; the answer is the page that follows."""
    body = page.get_data(as_text=True)
    start = re.search(r'name="lists_from" value="(\d+)"', body)[1]
    answer = client.post(address_of(page), data={**answers(page), "lists_from": start, **said})
    return client.get(answer.location)


def test_each_cell_is_shown_with_what_it_would_become_and_kept_unless_said_otherwise(brought, read):
    assert answers(brought) == {WRITE: "kept", ASK: "kept"}
    words = read(brought)
    assert "Sheet “Plan”, cell D2 Write it (lead Ann) Print it (lead Bo) Each of them: timescale Q1." in words
    assert "Keep as typed: one action Split into 2 actions, as shown" in words
    assert "Split into 2 actions, each with the whole lead cell" in words


def test_one_cell_is_split_and_the_others_stay(client, brought, read):
    again = press(client, brought, do="read", **{WRITE: "split"})
    assert answers(again) == {WRITE: "split", ASK: "kept"}
    assert "4 actions" in read(again)


@pytest.mark.slow
def test_all_of_a_column_is_split_at_once_and_kept_again(client, brought):
    again = press(client, brought, lists="split 0.D")
    assert answers(again) == {WRITE: "split", ASK: "split"}
    assert answers(press(client, again, lists="kept 0.D")) == {WRITE: "kept", ASK: "kept"}


def test_the_plan_is_made_with_what_was_split_and_next_months_file_keeps_it(
    client, brought, upload, make_tracker, session
):
    form = {**answers(brought), WRITE: "split", "title": "New plan", "year": "2013/14", "do": "make"}
    assert client.post(address_of(brought), data=form).location == "/plans/new-plan"
    plan = session.query(Plan).one()
    said = [(item.get("text"), item.get("lead")) for item in history.now(session, plan).of(Kind.ACTION)]
    assert said == [("Write it", "Ann"), ("Print it", "Bo"), ("• Ask\n• Listen", "Cy"), ("Meet", "Dan")]
    next_month = make_tracker(HEADINGS, (ROWS[2], ROWS[0]))
    assert answers(upload(next_month, to="/import")) == {WRITE: "split"}


@pytest.mark.slow
def test_many_cells_are_turned_and_what_was_chosen_on_each_page_stays(client, brought, monkeypatch, read):
    monkeypatch.setattr(splitting, "AT_ONCE", 1)
    first = press(client, brought, do="read")
    assert "1 to 1 of 2; what you chose is kept" in read(first)
    second = press(client, first, lists="turn 1", **{WRITE: "whole"})
    assert answers(second) == {ASK: "kept"}
    back = press(client, second, lists="turn 0", **{ASK: "split"})
    assert answers(back) == {WRITE: "whole"}
    assert answers(press(client, back, lists="turn 1")) == {ASK: "split"}


@pytest.mark.slow
def test_an_answer_that_is_not_offered_leaves_the_cell_as_it_was(client, brought):
    assert answers(press(client, brought, do="read", **{WRITE: "torn"}))[WRITE] == "kept"


@pytest.mark.slow
def test_a_list_in_next_months_upload_is_asked_about_in_its_preview(client, tracked, edited, upload, press, read):
    client.sign_in("olga")
    page = upload(edited({"G2": "• Share the vision\n• Tell partners"}))
    name = f"split.{key_of(['Share the vision', 'Tell partners'])}"
    assert answers(page) == {name: "kept"}
    again = client.get(press(page, "meanings", lists="read", **{name: "split"}).location)
    assert answers(again) == {name: "split"}
    assert "New 1" in read(again)
    press(again, "accept", read_as=read_as(again), **answers(again))
    download = client.get("/plans/small/workbook/download").data
    assert "says nothing that the plan does not say already" in read(upload(download))


def read_as(page):
    return re.search(r'name="read_as" value="(\w*)"', page.get_data(as_text=True))[1]


@pytest.mark.slow
def test_only_the_office_is_asked_which_lists_are_split(client, tracked, edited, upload):
    client.sign_in("eve")
    assert answers(upload(edited({"G2": "• Share the vision\n• Tell partners"}))) == {}
