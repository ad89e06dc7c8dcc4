"""This file is about the audit log: what is noted stays as it was, and whoever alters it is found out."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from plan import audit
from plan.audit import Asked
from plan.models import What

THEN = datetime(2013, 7, 1, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def noted(session, cast) -> None:
    """Three days of events: Eve signs in, uploads, and somebody guesses at her password."""
    audit.note(session, What.SIGNED_IN, by=cast["eve"], at=THEN, address="10.0.0.1")
    audit.note(session, What.UPLOADED, by=cast["eve"], at=THEN + DAY, plan="small", about="tracker.xlsx")
    audit.note(session, What.SIGN_IN_FAILED, by=None, email=" Eve@council.example", at=THEN + 2 * DAY)
    session.flush()


def whats(session, **asked) -> list[str]:
    return [event.what for event in audit.all_of(session, Asked(**asked))]


def test_who_did_it_is_kept_as_they_were_called_then(session, cast, noted):
    cast["eve"].name, cast["eve"].email = "Eve Married", "eve.married@council.example"
    session.flush()
    event = audit.all_of(session, Asked())[1]
    assert (event.name, event.email, event.about) == ("Eve Editor", "eve@council.example", "tracker.xlsx")


def test_a_password_typed_into_the_box_of_the_address_is_not_kept(session):
    event = audit.note(session, What.SIGN_IN_FAILED, by=None, email="three words together", at=THEN)
    assert event.email == audit.NO_ADDRESS


def test_what_the_command_line_does_says_so(session):
    assert audit.note(session, What.ACCOUNT_MADE, by=None, at=THEN).name == "Command line"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["sign-in failed", "uploaded", "signed in"]),
        ({"what": What.UPLOADED}, ["uploaded"]),
        ({"start": date(2013, 7, 2)}, ["sign-in failed", "uploaded"]),
        ({"end": date(2013, 7, 2)}, ["uploaded", "signed in"]),
        ({"start": date(2013, 7, 2), "end": date(2013, 7, 2)}, ["uploaded"]),
        ({"start": date(2013, 8, 1)}, []),
    ],
)
def test_events_are_found_by_kind_and_by_days_both_included(session, noted, asked, found):
    assert whats(session, **asked) == found


def test_guesses_at_an_account_are_found_with_what_its_person_did(session, cast, noted):
    assert whats(session, person=cast["eve"].id) == ["sign-in failed", "uploaded", "signed in"]
    assert whats(session, person=cast["fay"].id) == []


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_page_that_is_not_there_is_the_nearest_one(session, cast, monkeypatch, noted):
    monkeypatch.setattr(audit, "PAGE", 2)
    assert [event.what for event in audit.page(session, Asked(), 9).events] == ["signed in"]
    assert audit.page(session, Asked(), -1).number == 1


@pytest.mark.parametrize("words", ["UPDATE event SET detail = 'x'", "DELETE FROM event"])
def test_the_database_itself_refuses_to_alter_the_log(session, noted, words):
    with pytest.raises(DatabaseError, match="append-only"):
        session.execute(text(words))


def test_a_log_that_nobody_touched_is_whole(session, noted):
    assert audit.verify(session) is None


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("UPDATE event SET name = 'Ned Editor' WHERE what = 'uploaded'", r"Event 2 .* was altered"),
        ("UPDATE event SET address = NULL WHERE id = 1", r"Event 1 .* was altered"),
        ("UPDATE event SET at = '2013-07-09 09:00:00' WHERE id = 3", r"Event 3 .* was altered"),
        ("DELETE FROM event WHERE id = 2", r"Event 3 does not follow"),
        ("DELETE FROM event WHERE id = 1", r"Event 2 does not follow"),
    ],
)
def test_whoever_alters_the_log_behind_our_back_is_found_out(session, noted, unguarded, sql, says):
    unguarded(sql)
    assert re.search(says, audit.verify(session) or "")


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # PostgreSQL has no INSERT OR REPLACE
def test_an_event_cannot_be_replaced_by_another(session, noted):
    with pytest.raises(DatabaseError, match="append-only"):
        session.execute(text("INSERT OR REPLACE INTO event SELECT * FROM event"))
