"""This file is about a provider that is down, says no or is set up wrongly: a sentence each, and nobody comes in."""

from datetime import timedelta

import pytest
import time_machine

from blueprints.extensions import now
from plan.models import PersonSession

BACK = "/sign-in/council/back"


@pytest.fixture
def come_back(client, begin):
    """Come back from the provider with something else than a code."""

    def come_back(**said: str):
        return client.get(BACK, query_string={"state": begin()["state"], **said})

    return come_back


def test_a_provider_that_is_down_is_told_and_asked_again_later(client, forger, use, cast, read, noted):
    use(SSO_ISSUER=forger.issuer)
    forger.is_down = True
    answer = client.get("/sign-in/council")
    assert answer.status_code == 502
    assert "does not answer at the moment" in read(answer)
    assert "no answer from" in noted()[-1][2]
    forger.is_down = False
    assert client.get("/sign-in/council").status_code == 502  # not at once: each try would hold a thread up
    assert client.sign_in("eve").get("/account").status_code == 200


def test_a_provider_that_says_no_is_told(come_back, eve_linked, read, noted, session):
    answer = come_back(error="access_denied\0", error_description="<b>no</b>")
    assert answer.status_code == 403
    assert "did not let you through" in read(answer)
    assert noted()[-1][2] == "council account: denied: access_denied"
    assert session.query(PersonSession).count() == 0


def test_a_code_that_was_used_before_is_told(come_back, forger, eve_linked, read, noted):
    forger.refusal = {"error": "invalid_grant", "error_description": "code was already redeemed"}
    assert "was used already or has run out" in read(come_back(code="c"))
    assert noted()[-1][2] == "council account: token refused: invalid_grant"


def test_a_wrong_secret_is_for_whoever_runs_the_server(come_back, forger, eve_linked, read, noted):
    forger.refusal = {"error": "invalid_client"}
    assert "do not fit together" in read(come_back(code="c"))
    assert noted()[-1][2] == "council account: token refused: invalid_client"


def test_an_answer_that_names_another_provider_is_refused_before_its_code_is_used(come_back, forger, eve_linked, read):
    assert "another sign-in" in read(come_back(code="c", iss="https://evil.example"))
    assert forger.asked == []


def test_a_provider_that_always_names_itself_must_have_done_so(come_back, forger, eve_linked, read):
    forger.published = {"authorization_response_iss_parameter_supported": True}
    assert "another sign-in" in read(come_back(code="c"))


WRONG = {
    "another name": {"issuer": "https://evil.example"},
    "plain http": {"token_endpoint": "http://council.example/token"},
    "no keys": {"jwks_uri": None},
    "no address": {"authorization_endpoint": None},
}


@pytest.mark.parametrize("published", WRONG.values(), ids=WRONG)
def test_what_the_provider_publishes_is_not_taken_on_trust(client, forger, eve_linked, begin, published, read):
    forger.published, forger.token = published, "a.b.c"
    answer = client.get("/sign-in/council")
    if answer.status_code == 303:
        answer = client.get(BACK, query_string={"code": "c", "state": begin()["state"]})
    assert answer.status_code == 502
    assert "do not fit together" in read(answer)


def test_after_ten_failures_one_waits_and_it_is_noted_once(client, eve_linked, read, noted):
    [client.get(f"{BACK}?code=c&state=x") for _ in range(10)]
    waiting = client.get(f"{BACK}?code=c&state=x")
    assert waiting.status_code == 429
    assert "wait five minutes" in read(waiting)
    assert [what for _, what, _ in noted()] == ["sign-in failed"] * 10 + ["made to wait"]
    with time_machine.travel(now() + timedelta(minutes=6), tick=False):
        assert client.get(f"{BACK}?code=c&state=x").status_code == 400


def test_newcomers_keep_nobody_else_at_their_address_waiting(eve_linked, answered):
    assert [answered(sub=f"n-{n}").status_code for n in range(11)] == [403] * 11
    assert answered().status_code == 303


def test_a_new_key_of_the_provider_is_fetched_when_it_signs_with_it(eve_linked, forger, answered, app, client):
    answered()
    client.delete_cookie("improvement-plan")
    forger.kid = "second"
    known = app.extensions["sso"]._published
    for one in known.values():
        one.asked -= 60  # a minute ago
    assert answered(signed={"kid": "second"}).status_code == 303
