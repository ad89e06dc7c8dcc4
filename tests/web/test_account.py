"""This file is about one's own account: another password, and somebody who decides while one is away."""

import re
from datetime import timedelta

import pytest

from blueprints.extensions import today
from plan.models import Deputy

OLD = "three words together"
NEW = "a quiet river bank"
CHANGE = {"old": OLD, "password": NEW, "again": NEW}


def read(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)))


def days(first, last):
    day = today()
    return {"starts": (day + timedelta(days=first)).isoformat(), "ends": (day + timedelta(days=last)).isoformat()}


def test_a_changed_password_keeps_this_session_and_ends_the_others(client, app, plan):
    elsewhere = app.test_client().sign_in("eve")
    assert client.sign_in("eve").post("/account/password", data=CHANGE).status_code == 303
    assert "Your password is changed" in read(client.get("/account"))
    assert elsewhere.get("/account").location.startswith("/sign-in")
    assert client.post("/sign-out").status_code == 303
    assert client.post("/sign-in", data={"email": "eve@council.example", "password": NEW}).status_code == 303
    assert elsewhere.post("/sign-in", data={"email": "eve@council.example", "password": OLD}).status_code == 422


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"old": "not this one"}, "not your current password"),
        ({"password": "short", "again": "short"}, "12 characters or more"),
        ({"again": "something else"}, "not the same"),
        ({"password": "eve@council.example", "again": "eve@council.example"}, "first to be guessed"),
    ],
)
def test_a_change_that_will_not_do_changes_nothing(client, plan, change, says):
    answer = client.sign_in("eve").post("/account/password", data=CHANGE | change)
    assert answer.status_code == 422
    assert says in read(answer)
    assert client.get("/account").status_code == 200
    client.sign_in("eve")


def test_an_open_browser_cannot_be_used_to_guess_the_password(client, plan):
    client.sign_in("eve")
    [client.post("/account/password", data=CHANGE | {"old": "wrong"}) for _ in range(10)]
    assert client.post("/account/password", data=CHANGE).status_code == 429


def test_no_password_comes_back_on_the_page(client, plan):
    answer = client.sign_in("eve").post("/account/password", data=CHANGE | {"old": "not this one"})
    assert "not this one" not in answer.get_data(as_text=True)
    assert NEW not in answer.get_data(as_text=True)


def test_a_deputy_decides_from_the_first_day_until_it_is_ended(client, app, session, plan, cast):
    deputy = app.test_client().sign_in("ned")
    assert "decides for" not in read(deputy.get("/account"))
    client.sign_in("fay").post("/account/deputies", data={"deputy": cast["ned"].id, **days(0, 3)})
    assert "Ned Editor decides for you from" in read(client.get("/account"))
    assert "You decide for Fay Fieldwork-Lead from" in read(deputy.get("/account"))
    assert deputy.post("/plans/small/sign-off", data={"outcome": "signed off"}).status_code == 422
    named = session.query(Deputy).one().id
    session.rollback()
    assert client.post(f"/account/deputies/{named}/end").status_code == 303
    assert deputy.post("/plans/small/sign-off", data={"outcome": "signed off"}).status_code == 403
    assert "You decide for" not in read(deputy.get("/account"))


@pytest.mark.parametrize("whom", ["rita", "fay", None])
def test_no_reader_nor_oneself_nor_nobody_can_be_named(client, session, plan, cast, whom):
    chosen = cast[whom].id if whom else ""
    answer = client.sign_in("fay").post("/account/deputies", data={"deputy": chosen, **days(0, 3)})
    assert answer.status_code == 422
    assert "Choose one of the people in the list" in read(answer)
    assert session.query(Deputy).count() == 0


@pytest.mark.parametrize(
    ("when", "says"),
    [
        (days(-1, 3), "today or later"),
        (days(3, 2), "last day is before the first"),
        ({"starts": "", "ends": "soon"}, "Give the first and the last day"),
    ],
)
def test_days_that_cannot_be_are_refused(client, session, plan, cast, when, says):
    answer = client.sign_in("fay").post("/account/deputies", data={"deputy": cast["ned"].id, **when})
    assert answer.status_code == 422
    assert says in read(answer)
    assert session.query(Deputy).count() == 0


def test_only_who_named_a_deputy_can_end_it(client, session, plan, cast):
    client.sign_in("fay").post("/account/deputies", data={"deputy": cast["ned"].id, **days(2, 3)})
    named = session.query(Deputy).one().id
    session.rollback()
    assert client.sign_in("ravi").post(f"/account/deputies/{named}/end").status_code == 404
    assert "Ned Editor decides for you" in read(client.sign_in("fay").get("/account"))


def test_one_who_is_no_lead_is_offered_no_deputy(client, plan):
    assert "Name deputy" not in read(client.sign_in("eve").get("/account"))
