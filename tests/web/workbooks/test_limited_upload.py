"""This file uploads a workbook as an editor of a partner agency: what is theirs is taken, the rest told and left."""

import re

import pytest

from plan import history, limits
from plan.fields import Kind
from plan.roles import Who
from sync import trackers


@pytest.fixture
def page(client, session, cast, tracked, edited, upload, record):
    """The preview of Ned's workbook, who may change requirement 7 only; he changed others too, and added two rows."""
    cast["ned"].become(Who.LIMITED_EDITOR)
    limits.name(session(), cast["ned"], [record(Kind.REQUIREMENT, "Escalate concerns").id])
    session.commit()
    client.sign_in("ned")
    theirs = ("7", "Care planning", "Escalate concerns", "Red", None, None, "Train the managers", "Ned", "Q3")
    others = ("20", "Leadership", "Audit closed cases", "Amber", None, None, "Audit them again", "Ned", "Q3")
    return upload(edited({"I3": "Quarter 3", "I5": "Quarter 4", "F2": None}, rows=[theirs, others]))


@pytest.fixture
def done(client, page):
    """What is said once it is accepted, with the blank cell ticked that was not theirs to tick."""
    body = page.get_data(as_text=True)
    address = re.search(r'action="(/plans/small/uploads/\w+)/accept"', body)[1]
    revision = re.search(r'name="revision" value="(\d+)"', body)[1]
    minutes = re.search(r'id="c-(\w+)-evidence"', body)[1]
    return client.post(f"{address}/accept", data={"revision": revision, "clear": f"{minutes}.evidence"})


def test_what_is_not_theirs_is_told_in_words_and_cannot_be_ticked(page, read):
    assert read(page).count("Not yours to change, so it stays as it is: your account is limited") == 3
    assert "Will change 2" in read(page)
    assert 'name="clear"' not in page.get_data(as_text=True)


def test_only_what_is_theirs_is_applied(client, session, tracked, done, record):
    session.rollback()
    said = [item.get("timescale") for item in history.now(session(), tracked).of(Kind.ACTION)]
    assert said == ["Q2", "Quarter 4", "Ongoing", "Quarter 4", "Q3"]
    assert record(Kind.ACTION, "Train the managers").get("reference") == "7.2"
    assert record(Kind.ACHIEVEMENT, "Minutes").present


def test_they_are_told_what_was_left_and_the_plans_own_workbook_stays(client, session, tracked, read, done):
    session.rollback()
    before = trackers.newest(session(), tracked).name
    said = read(client.get(done.location))
    assert "It made 2 changes" in said
    assert "cells were not taken, because your account may not change them" in said
    assert "The plan's own workbook stays the earlier one, for your account is limited" in said
    assert before == "tracker.xlsx"
