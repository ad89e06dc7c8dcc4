"""This file is about the door: nobody sees anything before signing in, and sessions end when they should."""

import re
from datetime import timedelta

import pytest
import time_machine

from blueprints.extensions import now
from plan import people, sessions
from plan.roles import Role

PASSWORD = "three words together"


def sign_in(client, email="eve@council.example", password=PASSWORD, **more):
    return client.post("/sign-in", data={"email": email, "password": password, **more})


def words(response):
    return " ".join(response.get_data(as_text=True).split())


def read(response):
    """What a person reads, without the markup and the forgery token in it."""
    return re.sub(r"<[^>]+>", " ", words(response))


def test_signing_in_leads_to_the_plan(client, cast):
    answer = sign_in(client)
    assert (answer.status_code, answer.location) == (303, "/")


def test_signing_in_leads_back_to_where_one_wanted_to_go(client, plan):
    asked = client.get("/plans/small/sign-off")
    assert asked.location == "/sign-in?next=/plans/small/sign-off"
    assert sign_in(client, next="/plans/small/sign-off").location == "/plans/small/sign-off"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)", "evil"],
)
def test_no_link_leads_elsewhere_by_way_of_signing_in(client, cast, elsewhere):
    assert sign_in(client, next=elsewhere).location == "/"
    assert client.get("/sign-in", query_string={"next": elsewhere}).location == "/"


def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(client, cast):
    wrong = sign_in(client, password="not this one")
    unknown = sign_in(client, email="nobody@council.example")
    assert wrong.status_code == unknown.status_code == 422
    assert read(wrong) == read(unknown)
    assert "do not go together" in words(wrong)


def test_the_password_never_comes_back_on_the_page(client, cast):
    assert "not this one" not in words(sign_in(client, password="not this one"))


def test_after_ten_wrong_guesses_one_waits_five_minutes(client, cast):
    [sign_in(client, password="wrong") for _ in range(10)]
    refused = sign_in(client)
    assert refused.status_code == 429
    assert "wait five minutes" in words(refused)
    with time_machine.travel(now() + timedelta(minutes=6), tick=False):
        assert sign_in(client).status_code == 303


def test_guessing_at_many_accounts_closes_the_address(client, cast):
    [sign_in(client, email=f"guess{n}@council.example") for n in range(10)]
    assert sign_in(client).status_code == 429


def test_signing_out_ends_the_session(client, plan):
    client.sign_in("eve")
    assert client.post("/sign-out").location == "/sign-in"
    assert "You are signed out." in words(client.get("/sign-in"))
    assert client.get("/plans/small/sign-off").status_code == 303


def test_one_cannot_sign_out_by_following_a_link(client, plan):
    assert client.sign_in("eve").get("/sign-out").status_code == 405


def test_a_closed_account_is_out_at_once(client, session, plan, cast):
    client.sign_in("eve")
    cast["eve"].active = False
    session.commit()
    assert client.get("/plans/small/sign-off").location.startswith("/sign-in")


def test_every_session_of_a_person_can_be_ended_at_once(client, session, plan, cast):
    client.sign_in("eve")
    assert sessions.end_all(session(), cast["eve"], at=now()) == 1
    session.commit()
    assert client.get("/plans/small/sign-off").location.startswith("/sign-in")


def test_a_new_role_counts_from_the_next_click(client, session, plan, cast):
    client.sign_in("olga")
    assert client.get("/plans/small/settings").status_code == 200
    cast["olga"].role = Role.READER.value
    session.commit()
    assert client.get("/plans/small/settings").status_code == 403


def test_an_idle_session_ends_and_the_page_says_so(client, plan):
    client.sign_in("eve")
    with time_machine.travel(now() + timedelta(minutes=61), tick=False):
        ended = client.get("/plans/small/sign-off")
        assert "expired=by-itself" in ended.location
        assert "Your session ended" in words(client.get(ended.location))


def test_a_session_in_use_lasts_longer_than_the_idle_limit(client, plan):
    start = now()
    client.sign_in("eve")
    with time_machine.travel(start + timedelta(minutes=50), tick=False):
        client.get("/plans/small/sign-off")
    with time_machine.travel(start + timedelta(minutes=100), tick=False):
        assert client.get("/plans/small/sign-off").status_code == 200


def test_a_page_that_only_counts_by_itself_does_not_keep_a_session_alive(client, plan):
    start = now()
    client.sign_in("fay")
    with time_machine.travel(start + timedelta(minutes=50), tick=False):
        client.get("/plans/small/sign-off/count")
    with time_machine.travel(start + timedelta(minutes=61), tick=False):
        ended = client.get("/plans/small/sign-off/count", headers={"HX-Request": "true"})
    assert ended.status_code == 401
    assert "HX-Redirect" not in ended.headers


def test_no_session_outlives_the_absolute_limit(client, app, plan):
    app.config["IDLE_MINUTES"] = 24 * 60
    start = now()
    client.sign_in("eve")
    with time_machine.travel(start + timedelta(hours=12, minutes=1), tick=False):
        assert "expired=by-itself" in client.get("/plans/small/sign-off").location


def test_htmx_is_told_of_an_ended_session_in_a_header(client, plan):
    answer = client.get("/plans/small/sign-off", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"].startswith("/sign-in")


def test_sample_accounts_are_listed_with_their_password_and_only_they(client, session, cast):
    assert "Sample accounts" not in words(client.get("/sign-in"))
    people.add(session, "sam@sample.example", "Sam", people.SAMPLE_PASSWORD, role=Role.LEAD, at=now(), sample=True)
    session.commit()
    page = words(client.get("/sign-in"))
    assert "sam@sample.example" in page
    assert people.SAMPLE_PASSWORD in page
    assert "eve@council.example" not in page


def test_who_is_signed_in_goes_past_the_sign_in_page(client, cast):
    assert client.sign_in("eve").get("/sign-in").location == "/"


def test_plain_http_on_the_network_is_warned_of_on_the_sign_in_page(app, client, cast):
    app.config["OUR_HOSTS"] |= {"plan.council.example"}
    assert "plain http" in words(client.get("/sign-in", base_url="http://plan.council.example"))
    assert "plain http" not in words(client.get("/sign-in", base_url="http://127.0.0.1:8000"))
    assert "plain http" not in words(client.get("/sign-in", base_url="https://plan.council.example"))
