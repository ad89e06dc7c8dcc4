"""This file is about whom an honest answer lets in: linked accounts, newcomers, groups that give a role."""

import pytest

from plan import identities, people
from plan.models import Identity, PersonSession
from plan.roles import Role, Who

GROUPS = "office-group=office, plan-leads=lead, plan-editors=editor, partners=limited editor"
NEW = {"sub": "n-1", "name": "Nora New", "email": "Nora@Council.example"}


@pytest.fixture
def grouped(use, forger, cast):
    """Groups give roles."""
    use(SSO_ISSUER=forger.issuer, SSO_GROUPS=GROUPS)


def only(session) -> Identity:
    session.rollback()
    return session.query(Identity).one()


def test_a_newcomer_gets_nothing_but_a_page_saying_whom_to_ask(
    client, session, use, forger, cast, answered, read, noted
):
    use(SSO_ISSUER=forger.issuer)
    answer = answered(**NEW)
    assert answer.status_code == 403
    number = only(session).id
    assert f"Ask the programme office to let you in, and give them the number {number}" in read(answer)
    assert session.query(PersonSession).count() == 0
    assert client.get("/account").location.startswith("/sign-in")
    assert noted() == [(None, "newcomer refused", None)]


def test_an_address_that_an_account_has_opens_nothing(session, use, forger, cast, answered):
    use(SSO_ISSUER=forger.issuer, SSO_GROUPS=GROUPS)
    answer = answered(sub="thief", email="olga@council.example", groups=["plan-editors"])
    assert answer.status_code == 403
    assert only(session).person is None


def test_who_is_known_by_subject_keeps_their_account_when_their_address_goes_to_another(eve_linked, answered, noted):
    assert answered(email="new.name@council.example", name="Eve Married").status_code == 303
    assert noted()[-1] == ("Eve Editor", "signed in", "council account")


def test_the_same_subject_in_another_tenant_is_somebody_else(use, forger, eve_linked, answered):
    use(SSO_ISSUER=forger.issuer)
    assert answered(tid="another tenant").status_code == 403


def test_only_the_tenants_of_the_settings_may_come(use, forger, cast, session, answered, read):
    use(SSO_ISSUER=forger.issuer, SSO_TENANTS="ours, theirs")
    assert "belongs to an organisation" in read(answered(tid="strangers"))
    assert session.query(Identity).count() == 0
    assert "no account here yet" in read(answered(tid="theirs"))


def test_an_issuer_for_several_tenants_must_be_the_tenants_own(use, forger, cast, answered, read):
    root = forger.issuer
    forger.published = {"issuer": f"{root}/{{tenantid}}"}
    use(SSO_ISSUER=f"{root}/organizations", SSO_TENANTS="ours")
    forger.at = "/organizations"
    assert "no account here yet" in read(answered(tid="ours", iss=f"{root}/ours"))
    assert "another sign-in" in read(answered(tid="ours", iss=f"{root}/theirs"))


def test_an_issuer_for_several_tenants_needs_to_be_told_which_may_come(client, use, forger, cast, read, noted):
    forger.published, forger.at = {"issuer": f"{forger.issuer}/{{tenantid}}"}, "/organizations"
    use(SSO_ISSUER=f"{forger.issuer}/organizations")
    assert "do not fit together" in read(client.get("/sign-in/council"))
    assert "SSO_TENANTS must name" in noted()[-1][2]


def test_a_closed_account_is_told_so_and_stays_out(eve_linked, cast, session, answered, read, noted):
    cast["eve"].active = False
    session.commit()
    assert "is closed" in read(answered())
    assert noted()[-1] == ("Eve Editor", "sign-in failed", "council account: account closed")


def test_a_group_makes_an_account_with_its_role(session, grouped, client, answered, noted):
    assert answered(**NEW, groups=["unknown", "plan-editors"]).status_code == 303
    nora = people.find(session, "nora@council.example")
    assert (nora.name, nora.who, nora.password_hash) == ("Nora New", Who.EDITOR, None)
    assert [what for _, what, _ in noted()] == ["account made", "signed in"]
    assert client.get("/account").status_code == 200


def test_the_first_group_of_the_settings_counts(session, grouped, answered):
    answered(**NEW, groups=["plan-editors", "plan-leads"])
    assert people.find(session, "nora@council.example").who is Who.LEAD


def test_without_an_address_no_account_can_be_made(grouped, answered, read):
    assert "no account here yet" in read(answered(sub="n-1", email=None, groups=["plan-editors"]))


def test_a_role_that_came_from_a_group_follows_it_and_ends_older_sessions(session, grouped, client, answered, noted):
    answered(**NEW, groups=["plan-leads"])
    client.delete_cookie("improvement-plan")
    answered(**NEW, groups=["plan-editors"])
    assert people.find(session, "nora@council.example").who is Who.EDITOR
    assert ("Nora New", "role changed", "editor, by their group") in noted()
    assert [one.ended is None for one in session.query(PersonSession).order_by(PersonSession.id)] == [False, True]


def test_who_is_in_no_such_group_any_more_stays_out_and_is_signed_out(session, grouped, client, answered, read):
    answered(**NEW, groups=["plan-editors"])
    client.delete_cookie("improvement-plan")
    assert "gives you a role here any more" in read(answered(**NEW))
    assert session.query(PersonSession).one().ended is not None


def test_groups_that_were_left_out_because_there_are_too_many_are_told_apart(grouped, client, answered, read):
    answered(**NEW, groups=["plan-editors"])
    client.delete_cookie("improvement-plan")
    left_out = {"_claim_names": {"groups": "src1"}, "_claim_sources": {}}
    assert "in so many groups" in read(answered(**NEW, **left_out))


def test_a_role_that_the_office_gave_is_the_offices(session, use, forger, eve_linked, answered, cast):
    use(SSO_ISSUER=forger.issuer, SSO_GROUPS=GROUPS)
    assert answered(groups=["office-group"]).status_code == 303
    session.expire_all()
    assert cast["eve"].role == Role.EDITOR


def test_a_limit_that_the_office_set_is_not_lifted_by_a_group(session, grouped, client, answered):
    answered(**NEW, groups=["plan-editors"])
    people.find(session, "nora@council.example").become(Who.LIMITED_EDITOR)
    session.commit()
    client.delete_cookie("improvement-plan")
    answered(**NEW, groups=["plan-editors"])
    assert people.find(session, "nora@council.example").who is Who.LIMITED_EDITOR


def test_where_one_wanted_to_go_is_where_one_comes(client, eve_linked, begin, forger):
    asked = begin(next="/plans/small/sign-off")
    forger.token = forger.sign(forger.claims(asked["nonce"]))
    back = client.get("/sign-in/council/back", query_string={"code": "c", "state": asked["state"]})
    assert back.location == "/plans/small/sign-off"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "x" * 5000])
def test_no_link_leads_elsewhere_by_way_of_the_council(client, eve_linked, begin, forger, elsewhere):
    asked = begin(next=elsewhere)
    forger.token = forger.sign(forger.claims(asked["nonce"]))
    back = client.get("/sign-in/council/back", query_string={"code": "c", "state": asked["state"]})
    assert back.location == "/"


def test_the_question_is_asked_with_a_challenge_and_the_answer_redeemed_with_what_it_was_made_of(
    eve_linked, client, begin, forger
):
    asked = begin()
    assert asked["code_challenge_method"] == "S256"
    assert asked["response_type"] == "code"
    assert asked["redirect_uri"] == "http://localhost/sign-in/council/back"
    assert {"openid", "profile", "email"} == set(asked["scope"].split())
    client.get("/sign-in/council/back", query_string={"code": "c", "state": asked["state"]})
    assert len(forger.asked[0]["code_verifier"]) >= 43
    assert forger.asked[0]["redirect_uri"] == asked["redirect_uri"]
    assert forger.asked[0]["code_verifier"] not in str(asked)


def test_an_identity_is_linked_once(session, eve_linked, cast):
    identity = identities.by_id(session(), eve_linked)
    with pytest.raises(identities.CannotLink, match="linked this council account already"):
        identities.link(session(), identity, cast["olga"])
