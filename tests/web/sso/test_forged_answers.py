"""This file has a provider forge its answers: nobody is signed in by any of them, and each is noted."""

import hmac
import json
from base64 import urlsafe_b64encode
from datetime import timedelta

import pytest
import time_machine
from joserfc.jwk import OctKey, RSAKey

from blueprints.extensions import now
from plan.models import PersonSession

BACK = "/sign-in/council/back"
OTHER_KEY = RSAKey.generate_key(2048)


@pytest.fixture
def refused(client, session, eve_linked, noted, read):
    """`refused(answer, "words", "noted")`: nobody is signed in, the page says why, the audit log says it too."""

    def refused(answer, words: str, detail: str) -> None:
        assert answer.status_code in (400, 403, 502), answer.location
        assert words in read(answer)
        session.rollback()
        assert session.query(PersonSession).count() == 0
        assert client.get("/account").location.startswith("/sign-in")
        assert noted()[-1][:2] == (None, "sign-in failed")
        assert detail in noted()[-1][2]

    return refused


def test_an_honest_answer_signs_in(client, eve_linked, answered, noted):
    answer = answered()
    assert (answer.status_code, answer.location) == (303, "/")
    assert noted() == [("Eve Editor", "signed in", "council account")]
    assert client.get("/account").status_code == 200


AN_HOUR_AGO = int((now() - timedelta(hours=1)).timestamp())
FORGED = {
    "the nonce of another question": ({"nonce": "other"}, "another question", "nonce"),
    "another audience": ({"aud": "other"}, "another application", "audience other"),
    "another issuer": ({"iss": "https://evil.example"}, "another sign-in", "issuer https://evil.example"),
    "run out": ({"exp": AN_HOUR_AGO}, "has run out", "good from"),
    "nobody": ({"sub": None}, "does not say who", "no subject"),
}


@pytest.mark.parametrize(("changed", "words", "detail"), FORGED.values(), ids=FORGED)
def test_an_answer_that_says_the_wrong_thing_is_refused(refused, answered, changed, words, detail):
    refused(answered(**changed), words, detail)


SIGNATURES = {
    "another key": {"key": OTHER_KEY},
    "no signature": {"algorithm": "none"},
    "our own secret": {"key": OctKey.import_key("a secret between two servers"), "algorithm": "HS256"},
    "an unknown key": {"kid": "second"},
}


@pytest.mark.filterwarnings("ignore:.*")  # the library warns of the keys with which this test forges
@pytest.mark.parametrize("signed", SIGNATURES.values(), ids=SIGNATURES)
def test_an_answer_that_the_provider_did_not_sign_is_refused(refused, answered, signed):
    refused(answered(signed=signed), "does not carry the signature", "signature: ")


def test_the_published_key_taken_for_a_secret_is_refused(client, refused, begin, forger):
    asked = begin()
    parts = [{"alg": "HS256", "kid": "first"}, forger.claims(asked["nonce"])]
    signed = b".".join(urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts)
    mark = hmac.digest(forger.key.as_pem(private=False), signed, "sha256")
    forger.token = f"{signed.decode()}.{urlsafe_b64encode(mark).decode().rstrip('=')}"
    answer = client.get(BACK, query_string={"code": "c", "state": asked["state"]})
    refused(answer, "does not carry the signature", "signature: ")


@pytest.mark.parametrize("token", ["", "a.b.c", "ÿ.ÿ.ÿ", None])
def test_an_answer_that_is_no_token_is_refused(client, refused, begin, forger, token):
    asked = begin()
    forger.token = token
    answer = client.get(BACK, query_string={"code": "c", "state": asked["state"]})
    assert answer.status_code == 400
    refused(answer, "The answer", "council account: ")


def test_a_wrong_state_is_refused_and_the_provider_is_not_even_asked(refused, answered, forger):
    refused(answered(state="other"), "not one that this browser waits for", "state")
    assert forger.asked == []


def test_an_answer_without_a_question_is_refused(client, refused):
    refused(client.get(f"{BACK}?code=c&state="), "not one that this browser waits for", "state")


def test_an_answer_works_once_even_with_the_cookie_of_that_moment(client, refused, begin, forger, session):
    asked = begin()
    cookie = client.get_cookie("improvement-plan").value
    forger.token = forger.sign(forger.claims(asked["nonce"]))
    answer = {"code": "c", "state": asked["state"]}
    assert client.get(BACK, query_string=answer).status_code == 303
    client.post("/sign-out")
    session.query(PersonSession).delete()
    session.commit()
    client.set_cookie("improvement-plan", cookie)
    refused(client.get(BACK, query_string=answer), "it was used already", "used again")


def test_reloading_the_way_back_signs_nobody_else_in(client, eve_linked, begin, forger, session):
    asked = begin()
    forger.token = forger.sign(forger.claims(asked["nonce"]))
    answer = {"code": "c", "state": asked["state"]}
    client.get(BACK, query_string=answer)
    again = client.get(BACK, query_string=answer)
    assert (again.status_code, again.location) == (303, "/")
    assert session.query(PersonSession).count() == 1


def test_an_answer_that_took_too_long_is_refused(client, refused, begin, forger):
    asked = begin()
    forger.token = forger.sign(forger.claims(asked["nonce"]))
    with time_machine.travel(now() + timedelta(minutes=11), tick=False):
        answer = client.get(BACK, query_string={"code": "c", "state": asked["state"]})
    refused(answer, "more than ten minutes", "too late")
