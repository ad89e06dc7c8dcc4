"""This file is about sessions in the browser: the cookie tells nothing, each can be ended, no typed word is lost."""

import re
from datetime import timedelta

import pytest
import time_machine

from blueprints.extensions import now
from plan.models import PersonSession

COOKIE = "improvement-plan"
TYPED = "We visited all 14 schools.\nThree remain."
EDIT = "/plans/small/action/act1/text"
OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}


def read(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)))


def token_of(page):
    return re.search(r'name="csrf_token" value="([^"]+)"', page.get_data(as_text=True)).group(1)


@pytest.fixture
def another(app, client):
    """A second browser."""
    return app.test_client()


@pytest.fixture
def only(session):
    """`only()` is the one session there is."""

    def only() -> PersonSession:
        session.rollback()
        return session.query(PersonSession).one()

    return only


def test_the_cookie_of_somebody_signed_in_holds_the_token_and_nothing_else(app, client, cast, only):
    client.sign_in("eve")
    signed = app.session_interface.get_signing_serializer(app).loads(client.get_cookie(COOKIE).value)
    assert signed.keys() == {"t", "_permanent"}
    assert signed["t"] not in str(vars(only()))


def test_every_sign_in_gives_a_token_of_its_own(client, cast):
    first = client.sign_in("eve").get_cookie(COOKIE).value
    client.post("/sign-out")
    assert client.sign_in("eve").get_cookie(COOKIE).value != first


def test_a_token_from_before_signing_in_is_worth_nothing_after_it(client, another, plan):
    another.get("/sign-in")
    planted = another.get_cookie(COOKIE)
    client.set_cookie(COOKIE, planted.value if planted else "")
    client.sign_in("eve")
    assert another.get("/plans/small").location.startswith("/sign-in")


def test_after_signing_out_the_old_cookie_opens_nothing(client, plan):
    stolen = client.sign_in("eve").get_cookie(COOKIE).value
    client.post("/sign-out")
    client.set_cookie(COOKIE, stolen)
    assert client.get("/plans/small").location.startswith("/sign-in")
    client.set_cookie(COOKIE, stolen)
    assert client.post(EDIT, data={"text": "Mine"}).location.startswith("/sign-in")


def test_no_page_is_kept_for_the_back_button(client, plan):
    assert client.sign_in("eve").get("/plans/small").headers["Cache-Control"] == "no-store"


def test_a_message_is_shown_once_though_it_is_kept_on_the_server(client, plan):
    client.sign_in("eve").post("/account/sessions/end")
    assert 'class="app-message"' in client.get("/account").get_data(as_text=True)
    assert 'class="app-message"' not in client.get("/account").get_data(as_text=True)


def test_looking_at_pages_writes_at_most_once_a_minute(client, plan, only):
    start = now()
    with time_machine.travel(start, tick=False):
        client.sign_in("eve").get("/plans/small")
    with time_machine.travel(start + timedelta(seconds=50), tick=False):
        client.get("/plans/small")
        assert only().seen == start
    with time_machine.travel(start + timedelta(seconds=70), tick=False):
        client.get("/plans/small")
        assert only().seen == start + timedelta(seconds=70)


def test_the_account_lists_where_one_is_signed_in(client, another, plan):
    another.post(
        "/sign-in",
        data={"email": "eve@council.example", "password": "three words together"},
        headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"},
    )
    page = read(client.sign_in("eve").get("/account"))
    assert "Firefox on Windows" in page
    assert page.count("(this one)") == 1
    assert "127.0.0.1" in page


def test_one_session_elsewhere_can_be_ended(client, another, session, plan):
    another.sign_in("eve")
    theirs = session.query(PersonSession.id).scalar()
    session.rollback()
    assert client.sign_in("eve").post(f"/account/sessions/{theirs}/end").status_code == 303
    assert another.get("/plans/small").location.startswith("/sign-in")
    assert client.get("/plans/small").status_code == 200


def test_all_others_can_be_ended_at_once(client, another, app, plan):
    third = app.test_client().sign_in("eve")
    another.sign_in("eve")
    client.sign_in("eve").post("/account/sessions/end")
    assert [one.get("/plans/small").status_code for one in (client, another, third)] == [200, 303, 303]


def test_nobody_ends_anybody_elses_session(client, another, session, plan):
    another.sign_in("fay")
    hers = session.query(PersonSession.id).scalar()
    session.rollback()
    answer = client.sign_in("eve").post(f"/account/sessions/{hers}/end")
    assert answer.status_code == 404
    assert "not one of yours" in read(answer)
    assert another.get("/plans/small").status_code == 200


def test_a_page_learns_how_long_is_left_without_making_it_longer(client, plan, only):
    start = now()
    with time_machine.travel(start, tick=False):
        client.sign_in("eve")
    with time_machine.travel(start + timedelta(minutes=58), tick=False):
        assert client.get("/account/session").json == {"left": 120, "at_most": 12 * 3600 - 58 * 60}
        assert client.get("/account/session").json["left"] == 120
        staying = client.post("/account/session", headers={"Accept": "application/json"})
    assert staying.json["left"] == 3600
    assert only().seen == start + timedelta(minutes=58)


def test_nobody_stays_past_the_absolute_limit_however_often_they_ask(client, app, plan):
    app.config["IDLE_MINUTES"] = 24 * 60
    start = now()
    client.sign_in("eve")
    with time_machine.travel(start + timedelta(hours=11, minutes=59), tick=False):
        assert client.post("/account/session", headers={"Accept": "application/json"}).json["left"] <= 60
    with time_machine.travel(start + timedelta(hours=12, minutes=1), tick=False):
        assert client.get("/account/session", headers={"Accept": "application/json"}).status_code == 401


def test_a_form_sent_after_the_end_shows_what_was_typed_to_copy(app, client, plan):
    client.sign_in("eve")
    app.config["WTF_CSRF_ENABLED"] = True
    form = {"csrf_token": token_of(client.get(EDIT)), "text.was": "Share the vision widely", "text": TYPED}
    with time_machine.travel(now() + timedelta(minutes=61), tick=False):
        answer = client.post(EDIT, data=form, headers=OWN_PAGE)
    assert answer.status_code == 401
    assert "We visited all 14 schools.\nThree remain.</textarea>" in answer.get_data(as_text=True).replace("\r", "")
    assert "Nothing was changed" in read(answer)
    assert form["csrf_token"] not in answer.get_data(as_text=True)
    assert "Share the vision widely" not in read(answer)


def test_another_sites_words_are_never_shown_as_if_typed_here(client, plan):
    client.sign_in("eve")
    with time_machine.travel(now() + timedelta(minutes=61), tick=False):
        answer = client.post(EDIT, data={"text": "Call this number"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 400
    assert "Call this number" not in answer.get_data(as_text=True)


def test_htmx_leaves_what_was_typed_where_it_is(client, plan):
    client.sign_in("eve")
    with time_machine.travel(now() + timedelta(minutes=61), tick=False):
        answer = client.post(EDIT, data={"text": TYPED}, headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert "HX-Redirect" not in answer.headers


def test_a_form_from_before_the_end_can_be_saved_after_signing_in_again(app, client, plan):
    client.sign_in("eve")
    app.config["WTF_CSRF_ENABLED"] = True
    form = {"csrf_token": token_of(client.get(EDIT)), "text.was": "Share the vision widely", "text": TYPED}
    with time_machine.travel(now() + timedelta(minutes=61), tick=False):
        client.get("/plans/small")
        door = {"email": "eve@council.example", "password": "three words together"}
        client.post("/sign-in", data=door | {"csrf_token": token_of(client.get("/sign-in"))})
        assert client.post(EDIT, data=form, headers=OWN_PAGE).status_code == 303


def test_a_form_of_one_person_is_not_saved_by_the_next_at_the_same_browser(app, client, plan):
    client.sign_in("eve")
    app.config["WTF_CSRF_ENABLED"] = True
    form = {"csrf_token": token_of(client.get(EDIT)), "text": TYPED}
    with time_machine.travel(now() + timedelta(minutes=61), tick=False):
        client.get("/plans/small")
        door = {"email": "fay@council.example", "password": "three words together"}
        client.post("/sign-in", data=door | {"csrf_token": token_of(client.get("/sign-in"))})
        assert client.post(EDIT, data=form, headers=OWN_PAGE).status_code == 400


def test_an_account_closed_elsewhere_is_out_and_stays_out_when_it_is_opened_again(client, another, plan, cast):
    client.sign_in("eve")
    another.sign_in("olga").post(f"/people/{cast['eve'].id}/close")
    assert client.get("/plans/small").location.startswith("/sign-in")
    another.post(f"/people/{cast['eve'].id}/open")
    assert client.get("/plans/small").location.startswith("/sign-in")
