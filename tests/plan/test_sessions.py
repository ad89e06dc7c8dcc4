"""This file is about sessions: how long they last, how each is ended, and what the table does not keep."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from plan import leaving, people, sessions
from plan.models import PersonSession
from plan.roles import Role
from plan.sessions import Limits

THEN = datetime(2013, 7, 1, 9, 0, tzinfo=UTC)
LIMITS = Limits(idle=timedelta(hours=1), absolute=timedelta(hours=12))
MINUTE = timedelta(minutes=1)


@pytest.fixture
def begin(session, cast):
    """`begin()` signs Eve in and gives the session and the token of her browser."""

    def begin(first="eve", at=THEN, browser="Firefox"):
        return sessions.begin(session, cast[first], at=at, address="10.0.0.1", browser=browser, kept={"a": "word"})

    return begin


def test_only_the_token_finds_a_session_and_it_is_kept_nowhere(session, begin):
    begun, token = begin()
    assert sessions.find(session, token) is begun
    assert sessions.find(session, token + "x") is None
    assert token not in str(session.execute(text("SELECT * FROM session")).all())


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("after", "lets_in"),
    [(59 * MINUTE, True), (60 * MINUTE, True), (61 * MINUTE, False)],
)
def test_a_session_nobody_uses_ends_by_itself(begin, after, lets_in):
    assert sessions.is_open(begin()[0], LIMITS, at=THEN + after) is lets_in


def test_a_session_in_use_ends_all_the_same_when_it_is_old(session, begin):
    begun, _ = begin()
    begun.seen = THEN + 12 * 60 * MINUTE
    assert sessions.is_open(begun, LIMITS, at=THEN + 12 * 60 * MINUTE)
    assert not sessions.is_open(begun, LIMITS, at=THEN + 12 * 60 * MINUTE + timedelta(seconds=1))


def test_whom_the_council_let_in_is_asked_about_again_sooner(begin):
    vouched, own = begin()[0], begin()[0]
    vouched.kept = {sessions.VOUCHED: True}
    limits = Limits(idle=timedelta(days=1), absolute=timedelta(hours=12), vouched=timedelta(hours=4))
    later = THEN + timedelta(hours=4, seconds=1)
    assert [sessions.is_open(one, limits, at=later) for one in (vouched, own)] == [False, True]
    assert limits.longest(vouched) == timedelta(hours=4)
    assert Limits(limits.idle, timedelta(hours=2), limits.vouched).longest(vouched) == timedelta(hours=2)


def test_pages_asked_for_within_a_minute_are_noted_once(begin):
    begun, _ = begin()
    assert not sessions.keep(begun, None, at=THEN + MINUTE / 2, in_use=True)
    assert sessions.keep(begun, None, at=THEN + MINUTE, in_use=True)
    assert begun.seen == THEN + MINUTE
    assert not sessions.keep(begun, None, at=THEN + 5 * MINUTE, in_use=False)


def test_ending_the_others_leaves_this_one_and_everybody_elses(session, begin):
    this, other, hers = begin()[0], begin()[0], begin("fay")[0]
    assert sessions.end_all(session, this.person, at=THEN, but=this.id) == 1
    [session.refresh(one) for one in (this, other, hers)]
    assert [one.ended for one in (this, other, hers)] == [None, THEN, None]
    assert other.kept == {}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "act",
    [
        lambda session, eve, olga: leaving.close(session, eve, by=olga, at=THEN),
        lambda session, eve, olga: leaving.change(session, eve, Role.LEAD, ["Fieldwork"], by=olga, at=THEN),
        lambda session, eve, olga: people.set_password(session, eve, "a hash", at=THEN),
    ],
)
def test_closing_another_role_and_another_password_end_every_session(session, cast, begin, act):
    begun, _ = begin()
    act(session, cast["eve"], cast["olga"])
    session.refresh(begun)
    assert begun.ended == THEN


def test_other_teams_end_no_session(session, cast, begin):
    begun, _ = begin()
    changed = leaving.change(session, cast["eve"], Role.EDITOR, ["Review"], by=cast["olga"], at=THEN)
    session.refresh(begun)
    assert (changed.role, changed.teams, begun.ended) == (False, True, None)


def test_what_ended_long_ago_is_taken_away_at_the_next_sign_in(session, cast, begin):
    begin()
    begin(at=THEN + timedelta(days=20))
    sessions.forget_old(session, cast["eve"], LIMITS, at=THEN + timedelta(days=31))
    assert [one.began for one in session.query(PersonSession)] == [THEN + timedelta(days=20)]


def test_a_browser_that_says_too_much_is_cut_short(begin):
    assert len(begin(browser="Mozilla " * 100)[0].browser) == sessions.LONGEST_BROWSER
