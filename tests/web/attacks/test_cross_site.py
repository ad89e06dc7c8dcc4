"""This file tries to have a form of another site accepted, an answer read there, or a page shown inside another."""

import re

import pytest

PASSWORD = "three words together"
EDIT = "/plans/small/action/act1/text"
EVIL = "https://evil.example"


def read(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)))


def token_of(page):
    return re.search(r'name="csrf_token" value="([^"]+)"', page.get_data(as_text=True)).group(1)


@pytest.fixture
def guarded(app, client):
    """The client with forgery protection on, as it is outside tests."""
    app.config["WTF_CSRF_ENABLED"] = True
    return client


@pytest.fixture
def signed_in(app, client, plan):
    """Eve, signed in, with forgery protection on from then."""
    client.sign_in("eve")
    app.config["WTF_CSRF_ENABLED"] = True
    return client


@pytest.mark.parametrize(
    "form",
    [{}, {"csrf_token": ""}, {"csrf_token": "made up"}, {"csrf_token": "ImFhYWEi.aN3CQg.c2lnbmF0dXJl"}],
)
def test_a_form_without_our_token_changes_nothing(signed_in, revision, form):
    before = revision()
    answer = signed_in.post(EDIT, data={"text.was": "x", "text": "Forged", **form})
    assert answer.status_code == 400
    assert "Nothing was changed" in read(answer) or "nothing was changed" in read(answer)
    assert revision() == before


def test_the_token_of_another_session_is_not_ours(app, signed_in, cast):
    thief = app.test_client()
    assert (
        signed_in.post("/account/sessions/end", data={"csrf_token": token_of(thief.get("/sign-in"))}).status_code == 400
    )


@pytest.mark.parametrize("headers", [{"Referer": f"{EVIL}/page"}, {"Referer": "https://localhost.evil.example/"}, {}])
def test_over_https_a_form_from_another_sites_page_is_refused_even_with_our_token(guarded, cast, headers):
    page = guarded.get("/sign-in", base_url="https://localhost")
    form = {"email": "eve@council.example", "password": PASSWORD, "csrf_token": token_of(page)}
    assert guarded.post("/sign-in", data=form, base_url="https://localhost", headers=headers).status_code == 400
    ours = {"Referer": "https://localhost/sign-in"}
    assert guarded.post("/sign-in", data=form, base_url="https://localhost", headers=ours).status_code == 303


@pytest.mark.parametrize("headers", [{"Origin": EVIL}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_form_that_the_browser_says_came_from_another_site_is_refused_even_with_our_token(
    signed_in, revision, headers
):
    before, token = revision(), token_of(signed_in.get(EDIT))
    answer = signed_in.post(EDIT, data={"text.was": "x", "text": "Forged", "csrf_token": token}, headers=headers)
    assert answer.status_code == 400
    assert "another site" in read(answer)
    assert revision() == before


@pytest.mark.parametrize("address", ["/sign-out", "/account/sessions/end", "/people/3/close", "/audit-log/export"])
def test_nothing_is_changed_by_following_a_link(client, plan, address):
    assert client.sign_in("olga").get(address).status_code == 405


def test_no_other_site_may_read_our_answers(client, plan):
    answer = client.sign_in("eve").get("/plans/small", headers={"Origin": EVIL})
    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize("address", ["/sign-in", "/plans/small", "/nowhere", "/account"])
def test_no_page_can_be_shown_inside_another(client, plan, address):
    headers = client.sign_in("eve").get(address).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
