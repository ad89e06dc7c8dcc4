"""This file judges claims without any provider: each way in which an answer can be wrong, and what is allowed."""

import pytest

from blueprints.sso import claims, refusals
from blueprints.sso.refusals import Refused
from blueprints.sso.settings import Settings
from plan.roles import Who

AT = 1_372_669_200  # 1 July 2013, 9:00 UTC
US = Settings("https://council.example", "plan", "", frozenset(), (("staff", Who.EDITOR),), "groups")
HONEST = {
    "iss": "https://council.example",
    "aud": "plan",
    "sub": "e-1",
    "nonce": "n",
    "iat": AT,
    "exp": AT + 300,
    "name": "Eve",
    "preferred_username": "Eve@Council.example",
}


def judged(settings=US, **changed):
    said = {name: value for name, value in {**HONEST, **changed}.items() if value is not ...}
    return claims.vouched(said, settings, issuer=settings.issuer, nonce="n", at=AT)


def test_an_honest_answer_vouches_for_somebody():
    one = judged(groups=["other", "staff"])
    assert (one.tenant, one.subject, one.name) == ("https://council.example", "e-1", "Eve")
    assert (one.email, one.role, one.groups_told) == ("eve@council.example", Who.EDITOR, True)


ALLOWED = [
    {"aud": ["plan"]},
    {"aud": ["plan", "other"], "azp": "plan"},
    {"iat": AT + 30},
    {"exp": AT - 30},
    {"nbf": AT},
    {"groups": "staff"},
    {"name": 7, "preferred_username": None},
]


@pytest.mark.parametrize("changed", ALLOWED, ids=str)
def test_what_the_standard_allows_is_let_in(changed):
    assert judged(**changed).subject == "e-1"


WRONG = [
    ({"nonce": "other"}, refusals.OTHER_NONCE),
    ({"nonce": ...}, refusals.OTHER_NONCE),
    ({"aud": "other"}, refusals.OTHER_AUDIENCE),
    ({"aud": ...}, refusals.OTHER_AUDIENCE),
    ({"aud": []}, refusals.OTHER_AUDIENCE),
    ({"aud": ["plan", "other"]}, refusals.OTHER_AUDIENCE),
    ({"azp": "other"}, refusals.OTHER_AUDIENCE),
    ({"iss": "https://council.example.evil"}, refusals.OTHER_ISSUER),
    ({"iss": ...}, refusals.OTHER_ISSUER),
    ({"tid": 7}, refusals.OTHER_ISSUER),
    ({"exp": AT - 61}, refusals.RUN_OUT),
    ({"exp": ...}, refusals.RUN_OUT),
    ({"exp": "tomorrow"}, refusals.RUN_OUT),
    ({"exp": True}, refusals.RUN_OUT),
    ({"exp": float("nan")}, refusals.RUN_OUT),
    ({"exp": float("inf")}, refusals.RUN_OUT),
    ({"exp": 10**400}, refusals.RUN_OUT),
    ({"iat": AT + 61}, refusals.RUN_OUT),
    ({"iat": ...}, refusals.RUN_OUT),
    ({"nbf": AT + 61}, refusals.RUN_OUT),
    ({"nbf": "later"}, refusals.RUN_OUT),
    ({"sub": ...}, refusals.UNREADABLE),
    ({"sub": ""}, refusals.UNREADABLE),
    ({"sub": 7}, refusals.UNREADABLE),
    ({"sub": "e\0"}, refusals.UNREADABLE),
    ({"sub": "x" * 256}, refusals.UNREADABLE),
]


@pytest.mark.parametrize(("changed", "refusal"), WRONG, ids=lambda one: str(one)[:40])
def test_an_answer_that_says_the_wrong_thing_is_refused(changed, refusal):
    with pytest.raises(Refused) as why:
        judged(**changed)
    assert why.value.refusal is refusal


def test_entra_ids_tenant_is_the_tenant_and_its_issuer_must_name_it():
    entra = Settings("https://entra.example/{tenantid}/v2.0", "plan", "", frozenset({"t1"}), (), "groups")
    assert judged(entra, tid="t1", iss="https://entra.example/t1/v2.0").tenant == "t1"
    with pytest.raises(Refused, match="another sign-in"):
        judged(entra, tid="t1", iss="https://entra.example/t2/v2.0")
    with pytest.raises(Refused, match="organisation"):
        judged(entra, tid="t2", iss="https://entra.example/t2/v2.0")


@pytest.mark.parametrize("said", [{"hasgroups": True}, {"_claim_names": {"groups": "src1"}}], ids=str)
def test_groups_that_were_left_out_are_known_to_be(said):
    assert judged(**said).groups_told is False


def test_names_are_cut_to_size_and_cleaned():
    assert judged(name="Eve\r\n\x00" + "x" * 500).name == "Eve" + "x" * 197
