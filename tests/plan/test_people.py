"""This file is about accounts: what is refused when one is made, and guessing that does not pay."""

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import extract_parameters

from plan import invitations, leaving, people, sessions, uploads
from plan.edits import Edit
from plan.fields import Kind
from plan.models import Attempt, Outcome
from plan.roles import Role

THEN = datetime(2013, 7, 1, 9, 0, tzinfo=UTC)
PASSWORD = "three words together"


def try_to_sign_in(session, email, password, *, address="10.0.0.1", at=THEN):
    guess = people.look_up(session, email, address=address, at=at)
    return people.sign_in(session, guess, people.is_right(guess, password), at=at)


@pytest.mark.parametrize(
    ("email", "name", "password", "says"),
    [
        ("nobody", "Nobody", PASSWORD, "not an e-mail address"),
        ("no body@council.example", "Nobody", PASSWORD, "not an e-mail address"),
        ("a" * 250 + "@council.example", "Nobody", PASSWORD, "not an e-mail address"),
        ("new@council.example", " ", PASSWORD, "needs the person's name"),
        ("new@council.example", "New\nNewcomer", PASSWORD, "holds a line break"),
        ("new@council.example", "New\x01", PASSWORD, "cannot be read"),
        ("new@council.example", "x" * 201, PASSWORD, "has 201 characters and may have 200"),
        ("EVE@council.example", "Eve", PASSWORD, "has an account already"),
        ("new@council.example", "New", "short", "12 characters or more"),
        ("new@council.example", "New", "aaaaaaaaaaaa", "first to be guessed"),
        ("new@council.example", "New", "New@council.example", "first to be guessed"),
    ],
)
def test_an_account_that_cannot_be_made_is_refused_with_a_sentence(session, cast, email, name, password, says):
    with pytest.raises(people.CannotAdd, match=says):
        people.add(session, email, name, password, role=Role.READER, at=THEN)


def test_teams_are_made_where_there_are_none_and_named_once(session, cast):
    ann = people.add(
        session,
        "ann@council.example",
        "Ann",
        PASSWORD,
        role=Role.LEAD,
        teams=["Review", " New team", "Review"],
        at=THEN,
    )
    assert {team.name for team in ann.teams} == {"Review", "New team"}
    assert people.team_names(session) == ["Fieldwork", "New team", "Review"]


def test_the_right_password_signs_in_whatever_the_case_of_the_address(session, cast):
    assert try_to_sign_in(session, " EVE@Council.Example ", PASSWORD) is cast["eve"]


def test_a_wrong_password_an_unknown_account_and_a_closed_one_are_told_alike(session, cast):
    cast["ned"].active = False
    assert try_to_sign_in(session, "eve@council.example", "wrong") is None
    assert try_to_sign_in(session, "nobody@council.example", PASSWORD) is None
    assert try_to_sign_in(session, "ned@council.example", PASSWORD) is None


def test_an_unknown_account_takes_as_long_as_a_known_one(session, cast):
    emails = ("eve@council.example", "nobody@council.example")
    known, unknown = (people.look_up(session, email, address="10.0.0.1", at=THEN).stored for email in emails)
    assert extract_parameters(unknown) == extract_parameters(known)


def test_an_account_without_a_password_cannot_be_signed_in_with(session, cast):
    people.add(session, "sso@council.example", "Sal", None, role=Role.READER, at=THEN)
    assert try_to_sign_in(session, "sso@council.example", "") is None


def test_ten_wrong_guesses_close_an_account_from_everywhere_for_five_minutes(session, cast):
    [try_to_sign_in(session, "eve@council.example", "wrong", address=f"10.0.0.{n}") for n in range(10)]
    with pytest.raises(people.Throttled, match="wait five minutes"):
        try_to_sign_in(session, "eve@council.example", PASSWORD, address="10.9.9.9")
    assert try_to_sign_in(session, "ned@council.example", PASSWORD, address="10.9.9.9") is cast["ned"]


def test_ten_wrong_guesses_close_an_address_for_all_accounts(session, cast):
    [try_to_sign_in(session, f"guess{n}@council.example", "wrong") for n in range(10)]
    with pytest.raises(people.Throttled):
        try_to_sign_in(session, "eve@council.example", PASSWORD)


def test_right_passwords_never_use_the_patience_up(session, cast):
    [try_to_sign_in(session, "eve@council.example", PASSWORD) for _ in range(30)]
    assert try_to_sign_in(session, "eve@council.example", PASSWORD) is cast["eve"]


def test_after_five_minutes_one_may_try_again(session, cast):
    [try_to_sign_in(session, "eve@council.example", "wrong") for _ in range(10)]
    later = THEN + timedelta(minutes=5, seconds=1)
    assert try_to_sign_in(session, "eve@council.example", PASSWORD, at=later) is cast["eve"]


def test_of_many_guesses_at_once_only_ten_are_answered(session, cast):
    guesses = [people.look_up(session, "eve@council.example", address="10.0.0.1", at=THEN) for _ in range(11)]
    [people.sign_in(session, guess, False, at=THEN) for guess in guesses[:10]]
    with pytest.raises(people.Throttled):
        people.sign_in(session, guesses[10], True, at=THEN)


def test_an_account_closed_while_its_hash_was_reckoned_does_not_sign_in(session, cast):
    guess = people.look_up(session, "eve@council.example", address="10.0.0.1", at=THEN)
    cast["eve"].active = False
    assert people.sign_in(session, guess, True, at=THEN) is None


def test_a_link_is_good_for_one_use_by_whoever_holds_it(session, cast):
    token = invitations.invite(session, cast["eve"], by=cast["olga"], at=THEN)
    begun, _ = sessions.begin(session, cast["eve"], at=THEN, address="", browser="", kept={})
    used = invitations.use(session, token, people.hashed("a quiet river bank"), address="10.0.0.1", at=THEN)
    assert used is cast["eve"]
    session.refresh(begun)
    assert begun.ended is not None
    with pytest.raises(invitations.LinkGone, match="used already"):
        invitations.use(session, token, "another hash", address="10.0.0.1", at=THEN)


def test_a_link_is_good_until_the_seventh_day_has_passed(session, cast):
    token = invitations.invite(session, cast["eve"], by=cast["olga"], at=THEN)
    last = THEN + timedelta(days=7) - timedelta(seconds=1)
    assert invitations.invited(session, token, address="10.0.0.1", at=last) is cast["eve"]
    with pytest.raises(invitations.LinkGone, match="run out"):
        invitations.invited(session, token, address="10.0.0.1", at=THEN + timedelta(days=7))


def test_a_link_of_a_closed_account_opens_nothing(session, cast):
    token = invitations.invite(session, cast["eve"], by=cast["olga"], at=THEN)
    cast["eve"].active = False
    with pytest.raises(invitations.LinkGone, match="run out"):
        invitations.invited(session, token, address="10.0.0.1", at=THEN)


@pytest.mark.parametrize("token", ["", "wrong", "\ud800", "\0"])
def test_a_link_that_is_not_ours_says_whom_to_ask(session, cast, token):
    with pytest.raises(invitations.LinkGone, match="Ask the programme office"):
        invitations.invited(session, token, address="10.0.0.1", at=THEN)


@pytest.mark.parametrize(
    ("lead", "holds"),
    [("Eve Editor", True), ("A. Other/ eve  EDITOR", True), ("Eve Editorial", False), ("Eve", False), (None, False)],
)
def test_who_is_named_as_lead_among_others_holds_it(session, plan, cast, save, lead, holds):
    save(Edit(Kind.ACTION, "act7", "lead", lead))
    held = leaving.held_by(session, cast["eve"])
    assert [(one.requirement, one.lead) for one in held] == ([("r7", lead)] if holds else [])


def test_uploads_that_a_leaver_did_not_settle_are_told(session, plan, cast):
    uploads.keep(session, cast["eve"], "October.xlsx", b"x", at=THEN, plan=plan)
    assert [(one.plan, one.uploads, one.returned) for one in leaving.unfinished(session, cast["eve"])] == [(plan, 1, 0)]
    assert leaving.unfinished(session, cast["ned"]) == []


def test_words_returned_to_a_leaver_are_told(session, plan, cast, save, sign):
    save(Edit(Kind.REQUIREMENT, "r2", "lead", "Nobody"), by=cast["eve"])
    sign(Outcome.RETURNED, reason="Who?")
    assert [(one.uploads, one.returned) for one in leaving.unfinished(session, cast["eve"])] == [(0, 1)]


def test_tries_of_long_ago_are_forgotten(session, cast):
    try_to_sign_in(session, "eve@council.example", "wrong")
    try_to_sign_in(session, "eve@council.example", "wrong", at=THEN + timedelta(days=2))
    assert session.query(Attempt).count() == 1


def test_a_team_whose_only_lead_leaves_is_told(session, cast):
    everybody = people.everybody(session)
    assert leaving.teams_without_lead(cast["fay"], everybody) == ["Fieldwork"]
    assert leaving.teams_without_lead(cast["eve"], everybody) == []
    cast["ravi"].teams = [*cast["ravi"].teams, *cast["fay"].teams]
    assert leaving.teams_without_lead(cast["fay"], everybody) == []


def test_a_team_gets_no_name_that_cannot_be_read(session, cast):
    with pytest.raises(leaving.CannotChange, match="The name of the team holds a line break"):
        leaving.change(session, cast["eve"], Role.EDITOR, ["Night\nshift"], by=cast["olga"], at=THEN)
    assert people.team_names(session) == ["Fieldwork", "Review"]
