"""This file is about the office's people: inviting with a one-time link, changing, leaving and coming back."""

import re
from datetime import date, timedelta

import pytest
import time_machine

from blueprints.extensions import now
from plan import deputies, people
from plan.models import Attempt, Decider, Invitation

CHOSEN = "a quiet river bank"
NEW = {
    "email": "ann@council.example",
    "name": "Ann Newcomer",
    "role": "editor",
    "team": ["Review"],
    "new_team": "Board",
}


def read(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)))


def link_in(response):
    return re.search(r'value="http://localhost(/welcome/[^"]+)"', response.get_data(as_text=True))[1]


def choose(client, link, password=CHOSEN, again=None):
    return client.post(link, data={"password": password, "again": password if again is None else again})


@pytest.fixture
def link(client, cast):
    """The link by which Ann was invited; nobody is signed in any more."""
    found = link_in(client.sign_in("olga").post("/people/invite", data=NEW))
    client.post("/sign-out")
    return found


@pytest.fixture
def another(app):
    """A second browser."""
    return app.test_client()


def test_the_office_sees_everybody_with_role_teams_and_whether_they_can_sign_in(client, session, plan, cast):
    cast["ned"].active = False
    cast["eve"].password_hash = None
    session.commit()
    page = read(client.sign_in("olga").get("/people"))
    assert "Fay Fieldwork-Lead fay@council.example Team lead Fieldwork Open" in page
    assert "Ned Editor ned@council.example Editor Review Closed" in page
    assert "Eve Editor eve@council.example Editor Fieldwork No password yet" in page


def test_whoever_is_invited_chooses_a_password_and_signs_in(client, session, plan, link):
    assert "ann@council.example" in read(client.get(link))
    assert choose(client, link).location == "/sign-in"
    assert "Your password is set" in read(client.get("/sign-in"))
    assert client.post("/sign-in", data={"email": NEW["email"], "password": CHOSEN}).status_code == 303
    ann = people.find(session, NEW["email"])
    assert (ann.role, [team.name for team in ann.teams]) == ("editor", ["Board", "Review"])


def test_a_link_works_once_and_a_used_one_says_whom_to_ask(client, link):
    choose(client, link)
    answer = choose(client, link, "another long password")
    assert answer.status_code == 404
    assert "was used already" in read(answer)
    assert "Ask the programme office" in read(client.get(link))


def test_looking_at_a_link_does_not_use_it_up(client, link):
    assert [client.get(link).status_code for _ in range(3)] == [200, 200, 200]
    assert choose(client, link).status_code == 303


def test_a_link_runs_out_after_seven_days(client, link):
    with time_machine.travel(now() + timedelta(days=7, minutes=1), tick=False):
        assert "has run out" in read(choose(client, link))


def test_a_newer_link_takes_the_place_of_an_older_one(client, session, link):
    ann = people.find(session, NEW["email"]).id
    session.rollback()
    newer = link_in(client.sign_in("olga").post(f"/people/{ann}/link"))
    assert client.get(link).status_code == 404
    assert client.get(newer).status_code == 200


def test_the_database_holds_no_link_that_could_be_followed(session, link):
    kept = session.query(Invitation).one()
    assert link.removeprefix("/welcome/") not in str(vars(kept))


@pytest.mark.parametrize(
    ("password", "again", "says"),
    [
        ("short", "short", "12 characters or more"),
        ("password1234", "password1234", "first to be guessed"),
        (CHOSEN, "something else", "not the same"),
    ],
)
def test_a_password_that_will_not_do_is_refused_and_the_link_stays_good(client, link, password, again, says):
    answer = choose(client, link, password, again)
    assert answer.status_code == 422
    assert says in read(answer)
    assert choose(client, link).status_code == 303


def test_guessing_links_closes_the_address_for_five_minutes(client, session, link):
    [choose(client, f"/welcome/guess{n}") for n in range(10)]
    assert choose(client, link).status_code == 429
    assert session.query(Attempt).filter(Attempt.email.startswith("link ")).count() == 10
    session.rollback()
    with time_machine.travel(now() + timedelta(minutes=6), tick=False):
        assert choose(client, link).status_code == 303


def test_a_forgotten_password_is_chosen_anew_and_ends_every_session(client, another, plan, cast):
    another.sign_in("eve")
    link = link_in(client.sign_in("olga").post(f"/people/{cast['eve'].id}/link"))
    assert another.get("/plans/small").status_code == 200
    choose(client, link)
    assert another.get("/plans/small").location.startswith("/sign-in")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"email": "nobody"}, "not an e-mail address"),
        ({"email": "eve@council.example"}, "has an account already"),
        ({"name": " "}, "needs the person"),
        ({"role": "king"}, "Choose one of the roles"),
    ],
)
def test_an_invitation_that_cannot_be_made_comes_back_with_what_was_typed(client, session, cast, change, says):
    answer = client.sign_in("olga").post("/people/invite", data=NEW | change)
    assert answer.status_code == 422
    assert says in read(answer)
    assert 'value="Board"' in answer.get_data(as_text=True)
    assert session.query(Invitation).count() == 0


def test_a_new_role_signs_out_and_counts_from_the_next_sign_in(client, another, session, plan, cast):
    another.sign_in("eve")
    client.sign_in("olga").post(f"/people/{cast['eve'].id}", data={"role": "reader", "team": ["Review"]})
    ended = another.get("/plans/small").location
    assert "Your session was ended" in read(another.get(ended))
    assert another.sign_in("eve").get("/plans/small/requirements/r2/action").status_code == 403
    session.refresh(cast["eve"])
    assert [team.name for team in cast["eve"].teams] == ["Review"]


def test_new_teams_count_from_the_next_click_and_sign_nobody_out(client, another, session, plan, cast):
    another.sign_in("eve")
    client.sign_in("olga").post(f"/people/{cast['eve'].id}", data={"role": "editor", "team": ["Review"]})
    assert "Review" in read(another.get("/account"))


def test_two_of_the_office_never_overwrite_each_other_unseen(client, session, cast):
    old_page = {"was": "editor|Fieldwork", "role": "lead"}
    client.sign_in("olga").post(f"/people/{cast['eve'].id}", data=old_page | {"role": "reader"})
    answer = client.post(f"/people/{cast['eve'].id}", data=old_page)
    assert answer.status_code == 409
    assert "Somebody else changed this account" in read(answer)
    session.refresh(cast["eve"])
    assert cast["eve"].role == "reader"


def test_who_has_left_is_out_at_once_and_what_they_hold_is_listed(client, another, session, plan, cast):
    deputies.name(session, cast["fay"], cast["ned"], date(2099, 1, 1), date(2099, 1, 9), on=date(2099, 1, 1))
    first, last = date(2099, 2, 1), date(2099, 2, 9)
    session.add(Decider(person=cast["fay"], named_by=cast["olga"], at=now(), team="Review", starts=first, ends=last))
    session.commit()
    fay = f"/people/{cast['fay'].id}"
    another.sign_in("fay")
    said = {"lead.was": "Head of Review", "lead": "Head of Review / FAY Fieldwork-Lead"}
    client.sign_in("olga").post("/plans/small/action/act7/lead", data=said)
    assert client.post(f"{fay}/close").location == fay
    assert another.get("/plans/small").location.startswith("/sign-in")
    page = read(client.get(fay))
    assert "“Head of Review / FAY Fieldwork-Lead”, in Small plan" in page
    assert "Lead of Fieldwork, which has no other lead" in page
    assert "Ned Editor decides for them from 1 January 2099 to 9 January 2099. It does not count now" in page
    assert "named them to decide for the team Review from 1 February 2099 to 9 February 2099" in page


def test_a_link_of_somebody_who_left_opens_nothing_not_even_after_their_return(client, session, link):
    ann = people.find(session, NEW["email"]).id
    session.rollback()
    client.sign_in("olga").post(f"/people/{ann}/close")
    assert client.get(link).status_code == 404
    assert client.post(f"/people/{ann}/link").status_code == 409
    client.post(f"/people/{ann}/open")
    assert client.get(link).status_code == 404


def test_who_comes_back_needs_a_new_password(client, session, cast):
    eve = f"/people/{cast['eve'].id}"
    client.sign_in("olga").post(f"{eve}/close")
    client.post(f"{eve}/open")
    assert "No password yet" in read(client.get(eve))
    old = {"email": "eve@council.example", "password": "three words together"}
    assert client.post("/sign-in", data=old).status_code == 422


def test_opening_an_open_account_keeps_its_password(client, cast):
    client.sign_in("olga").post(f"/people/{cast['eve'].id}/open")
    client.sign_in("eve")


def test_the_office_cannot_lock_itself_out(client, session, cast):
    olga = f"/people/{cast['olga'].id}"
    assert client.sign_in("olga").post(f"{olga}/close").status_code == 409
    assert client.post(olga, data={"role": "reader"}).status_code == 422
    assert client.get("/people").status_code == 200


def test_an_account_that_is_not_there_is_not_found(client, cast):
    assert client.sign_in("olga").get("/people/999").status_code == 404
    assert client.get(f"/people/{10**30}").status_code == 404
