"""This file signs in by a real OpenID provider in its own process: Django's OAuth toolkit, which insists on PKCE."""

import html
import json
import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import requests

from plan import people
from plan.models import Identity, PersonSession
from plan.roles import Who

pytestmark = pytest.mark.slow
APP = "http://127.0.0.1"


@pytest.fixture
def visitor():
    """A browser at the provider, which keeps its cookies."""
    with requests.Session() as visitor:
        visitor.trust_env = False
        yield visitor


@pytest.fixture
def at_council(council, visitor):
    """`at_council("eve", address)`: sign in on the provider's page; where it sends the browser back to."""

    def go_on(who: str, address: str) -> str:
        page = visitor.get(address, allow_redirects=False)
        if urlsplit(page.headers["Location"]).path == "/sign-in":
            door = visitor.get(address)
            said = {"username": who, "password": council.password, **hidden(door)}
            visitor.post(door.url, data=said, allow_redirects=False)
            page = visitor.get(address, allow_redirects=False)
        return page.headers["Location"]

    return go_on


def hidden(page: requests.Response) -> dict[str, str]:
    """What the hidden fields of a page's form say."""
    fields = re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', page.text)
    return {name: html.unescape(value) for name, value in fields}


@pytest.fixture
def sign_in(client, council, use, cast, at_council):
    """`sign_in("eve")`: there and back again, as a browser goes; the app's last answer."""
    use(**council.settings(SSO_GROUPS="plan-editors=editor, plan-leads=lead"))

    def sign_in(who: str, **asked: str):
        out = client.get("/sign-in/council", query_string=asked, base_url=APP)
        return client.get(at_council(who, out.location), base_url=APP)

    return sign_in


def say(council, who: str, **claims) -> None:
    everybody = json.loads(council.people.read_text())
    everybody[who] |= claims
    council.people.write_text(json.dumps(everybody))


def test_a_newcomer_is_linked_by_the_office_and_comes_in(client, session, cast, sign_in, read):
    first = sign_in("eve")
    assert first.status_code == 403
    number = session.query(Identity).one().id
    assert "Eve of the Council (eve@council.example)" in read(first)
    client.sign_in("olga").post(f"/people/council-accounts/{number}/link", data={"account": str(cast["eve"].id)})
    client.post("/sign-out")
    second = sign_in("eve", next="/account")
    assert (second.status_code, second.location) == (303, "/account")
    assert "Eve Editor" in read(client.get("/account", base_url=APP))


def test_a_group_gives_a_role_and_the_role_follows_it(client, session, council, sign_in):
    assert sign_in("nora").status_code == 303
    assert people.find(session, "nora@council.example").who is Who.EDITOR
    say(council, "nora", groups=["plan-leads"])
    client.post("/sign-out", base_url=APP)
    assert sign_in("nora").status_code == 303
    session.expire_all()
    assert people.find(session, "nora@council.example").who is Who.LEAD


def hours_pass(session, hours: int) -> None:
    for one in session.query(PersonSession):
        one.began -= timedelta(hours=hours)
    session.commit()


def test_after_some_hours_the_provider_is_asked_again_and_nobody_types_anything(client, session, sign_in, read):
    assert sign_in("nora").status_code == 303
    hours_pass(session, 5)
    assert client.get("/account", base_url=APP).location.startswith("/sign-in")
    assert sign_in("nora", next="/account").location == "/account"
    assert "Nora" in read(client.get("/account", base_url=APP))


def test_a_council_account_taken_away_is_out_here_when_the_hours_are_over(
    client, session, council, sign_in, at_council, visitor
):
    assert sign_in("nora").status_code == 303
    everybody = json.loads(council.people.read_text())
    council.people.write_text(json.dumps({who: said for who, said in everybody.items() if who != "nora"}))
    visitor.cookies.clear()
    hours_pass(session, 5)
    assert client.get("/account", base_url=APP).status_code == 303
    out = client.get("/sign-in/council", base_url=APP)
    assert urlsplit(at_council("nora", out.location)).path == "/sign-in"  # of the provider, which asks who they are
    assert client.get("/account", base_url=APP).location.startswith("/sign-in")


def test_a_code_works_once_at_the_provider_too(client, council, at_council, sign_in, read):
    out = client.get("/sign-in/council", base_url=APP)
    waiting = client.get_cookie("improvement-plan", domain="127.0.0.1")
    back = at_council("nora", out.location)
    assert client.get(back, base_url=APP).status_code == 303
    client.post("/sign-out", base_url=APP)
    client.set_cookie("improvement-plan", waiting.value, domain="127.0.0.1")
    assert "was used already" in read(client.get(back, base_url=APP))


def test_a_question_without_its_challenge_or_with_another_address_to_come_back_to_is_refused_there(
    client, at_council, sign_in, visitor
):
    asked = client.get("/sign-in/council", base_url=APP).location
    assert "error=invalid_request" in at_council("eve", re.sub(r"&code_challenge=[^&]+", "", asked))
    elsewhere = asked.replace("%2Fsign-in%2Fcouncil%2Fback", "%2Faccount")
    assert visitor.get(elsewhere, allow_redirects=False).status_code == 400


def test_a_stolen_code_is_worth_nothing_in_another_browser(app, client, at_council, sign_in, read):
    thief = app.test_client()
    thief.get("/sign-in/council", base_url=APP)
    back = at_council("nora", client.get("/sign-in/council", base_url=APP).location)
    assert "not one that this browser waits for" in read(thief.get(back, base_url=APP))


def test_signing_out_leads_out_of_the_council_too(client, sign_in, visitor):
    sign_in("nora")
    assert client.post("/sign-out", base_url=APP).location == "/sign-in?left=council"
    asks = visitor.get(client.get("/sign-out/council", base_url=APP).location)
    left = visitor.post(asks.url, data={**hidden(asks), "allow": "yes"}, allow_redirects=False)
    assert left.headers["Location"] == f"{APP}/sign-in"
    again = visitor.get(client.get("/sign-in/council", base_url=APP).location, allow_redirects=False)
    assert again.headers["Location"].startswith("/sign-in")
