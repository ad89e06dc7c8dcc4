"""This file tries what an attacker would: every answer's headers, cookies, forged forms, a closed database."""

import re

import pytest

from blueprints.security import HEADERS


def cookie(answer):
    return next(value for value in answer.headers.getlist("Set-Cookie") if value.startswith("improvement-plan="))


@pytest.mark.parametrize("address", ["/sign-in", "/", "/nowhere", "/static/vendor/app.css", "/plans/small/sign-off"])
def test_every_answer_carries_the_strict_headers(client, plan, address):
    with client.get(address) as answer:
        headers = answer.headers
    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_pages_are_never_kept_and_assets_are_kept_for_ever(client, cast):
    assert client.get("/sign-in").headers["Cache-Control"] == "no-store"
    assert "HX-Request" in client.get("/sign-in").headers["Vary"]
    with client.get("/static/scripts/signoff.js?v=1") as script:
        assert "immutable" in script.headers["Cache-Control"]


def test_https_is_asked_for_ever_after_over_https_only(client):
    assert "Strict-Transport-Security" in client.get("/sign-in", base_url="https://localhost").headers
    assert "Strict-Transport-Security" not in client.get("/sign-in").headers


@pytest.mark.parametrize(
    ("base", "secure"),
    [
        ("http://127.0.0.1:8000", False),
        ("http://localhost:8000", False),
        ("http://[::1]:8000", False),
        ("http://plan.council.example", True),
        ("http://127.0.0.1.evil.example", True),
        ("https://plan.council.example", True),
        ("https://localhost", True),
    ],
)
def test_cookies_are_strict_and_secure_except_on_this_very_machine(app, client, cast, base, secure):
    app.config["OUR_HOSTS"] |= {"plan.council.example", "127.0.0.1.evil.example"}
    signed = client.post(
        "/sign-in", data={"email": "eve@council.example", "password": "three words together"}, base_url=base
    )
    assert "HttpOnly" in cookie(signed)
    assert "SameSite=Lax" in cookie(signed)
    assert ("Secure" in cookie(signed)) is secure


def test_a_forged_form_is_refused_with_a_sentence(app, client, plan):
    client.sign_in("fay")
    app.config["WTF_CSRF_ENABLED"] = True
    answer = client.post("/plans/small/sign-off", data={"outcome": "signed off"})
    assert answer.status_code == 400
    assert "came from an old page" in answer.get_data(as_text=True)


def test_a_form_with_the_pages_own_token_is_let_in(app, client, plan):
    client.sign_in("fay")
    app.config["WTF_CSRF_ENABLED"] = True
    page = client.get("/plans/small/sign-off").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert client.post("/sign-out", data={"csrf_token": token.group(1)}).status_code == 303


def test_a_forged_form_where_cookies_do_not_stick_is_told_so(app, client, cast):
    app.config["OUR_HOSTS"] |= {"plan.council.example"}
    app.config["WTF_CSRF_ENABLED"] = True
    answer = client.post("/sign-in", data={}, base_url="http://plan.council.example")
    assert "plain http" in answer.get_data(as_text=True)


def test_a_session_made_up_by_hand_is_nobodys(client, plan):
    client.set_cookie("improvement-plan", "eyJfdXNlcl9pZCI6IjEuYWJjIn0.aaaa.bbbb")
    assert client.get("/plans/small/sign-off").status_code == 303


def test_another_plans_records_are_not_found_under_this_ones_address(client, plan):
    assert client.sign_in("fay").get("/plans/other/sign-off").status_code == 404


def test_words_are_never_markup(client, session, plan, cast):
    from blueprints.extensions import now
    from plan import edits
    from plan.fields import Kind
    from plan.ledger import Step
    from plan.models import Source

    edit = edits.Edit(Kind.ACTION, "act1", "text", "<script>alert(1)</script>")
    edits.apply(session, plan, [edit], Step(cast["eve"], now(), Source.BROWSER))
    session.commit()
    page = client.sign_in("fay").get("/plans/small/sign-off").get_data(as_text=True)
    assert "<script>alert" not in page
    assert "&lt;" in page
