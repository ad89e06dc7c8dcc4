"""This file is about the programme office and the command line: council accounts are linked, made, unlinked, let go."""

import pytest

from blueprints.extensions import now
from plan import identities, people
from plan.models import Identity, PersonSession
from plan.roles import Who

PEOPLE = "/people/council-accounts"


@pytest.fixture
def nora(session, use, forger, cast) -> int:
    """Nora tried to sign in and has no account; her number."""
    use(SSO_ISSUER=forger.issuer)
    vouched = identities.Vouched(forger.issuer, "n-1", "Nora <New>", "nora@council.example")
    number = identities.arrive(session(), vouched, at=now()).identity.id
    session.commit()
    return number


def test_the_office_sees_who_tried_and_links_them_to_their_account(client, session, nora, cast, read, noted, answered):
    client.sign_in("olga")
    assert "Nora <New>" in read(client.get(PEOPLE))
    assert "nora@council.example" in read(client.get(f"{PEOPLE}/{nora}"))
    done = client.post(f"{PEOPLE}/{nora}/link", data={"account": str(cast["ned"].id)})
    assert done.location == PEOPLE
    assert "Ned Editor can sign in with their council account now." in read(client.get(PEOPLE))
    who, what, detail = noted()[-1]
    assert (who, what) == ("Olga Office", "council account linked")
    assert "Nora <New>" in detail
    client.post("/sign-out")
    assert answered(sub="n-1").status_code == 303
    assert "Ned Editor" in read(client.get("/account"))


def test_a_choice_left_open_links_nobody(client, nora, read, session):
    answer = client.sign_in("olga").post(f"{PEOPLE}/{nora}/link", data={"account": ""})
    assert answer.status_code == 422
    assert "Choose the account" in read(answer)
    assert session.query(Identity).one().person is None


def test_of_two_who_link_the_same_one_the_second_is_told(client, nora, cast, read):
    client.sign_in("olga").post(f"{PEOPLE}/{nora}/link", data={"account": str(cast["ned"].id)})
    second = client.post(f"{PEOPLE}/{nora}/link", data={"account": str(cast["eve"].id)})
    assert second.status_code == 409
    assert "linked this council account already" in read(second)


def test_a_closed_account_is_linked_to_nobody(client, nora, cast, session, read):
    cast["ned"].active = False
    session.commit()
    answer = client.sign_in("olga").post(f"{PEOPLE}/{nora}/link", data={"account": str(cast["ned"].id)})
    assert (answer.status_code, "is closed" in read(answer)) == (409, True)


def test_an_account_is_made_and_linked_in_one_step(client, nora, session, noted, answered):
    said = {"name": "Nora New", "email": "nora@council.example", "role": "editor", "team": ["Review"]}
    assert client.sign_in("olga").post(f"{PEOPLE}/{nora}/account", data=said).status_code == 303
    made = people.find(session, "nora@council.example")
    assert (made.who, [team.name for team in made.teams]) == (Who.EDITOR, ["Review"])
    assert [what for _, what, _ in noted()][-2:] == ["account made", "council account linked"]
    client.post("/sign-out")
    assert answered(sub="n-1").status_code == 303


def test_an_account_that_cannot_be_made_leaves_what_was_typed(client, nora, read, session):
    said = {"name": "Nora", "email": "eve@council.example", "role": "editor"}
    answer = client.sign_in("olga").post(f"{PEOPLE}/{nora}/account", data=said)
    assert answer.status_code == 422
    assert "has an account already" in read(answer)
    assert session.query(Identity).one().person is None


def test_unlinking_signs_the_person_out_and_keeps_them_out(client, eve_linked, answered, session, noted):
    answered()
    client.delete_cookie("improvement-plan")
    client.sign_in("olga").post(f"{PEOPLE}/{eve_linked}/unlink")
    eves = session.query(PersonSession).order_by(PersonSession.id).first()
    assert eves.ended is not None
    assert ("Olga Office", "council account unlinked") in [(who, what) for who, what, _ in noted()]
    client.post("/sign-out")
    assert answered().status_code == 403


def test_who_should_not_come_in_is_taken_off_the_list_and_a_linked_one_is_not(client, nora, eve_linked, session):
    client.sign_in("olga").post(f"{PEOPLE}/{nora}/let-go")
    client.post(f"{PEOPLE}/{eve_linked}/let-go")
    assert [one.id for one in session.query(Identity)] == [eve_linked]


def test_the_command_line_links_the_first_of_the_office(app, session, nora, cast, answered, noted):
    run = app.test_cli_runner().invoke
    listed = run(args=["user", "link", "olga@council.example"])
    assert listed.exit_code == 1
    assert f"council account {nora}, Nora <New>" in listed.stderr
    linked = run(args=["user", "link", "Olga@council.example", str(nora)])
    assert linked.exit_code == 0, linked.output
    assert "Olga Office can sign in with their council account now" in linked.stdout
    assert noted()[-1][:2] == ("Command line", "council account linked")
    assert answered(sub="n-1").status_code == 303


def test_the_command_line_refuses_with_a_sentence(app, nora, cast):
    run = app.test_cli_runner().invoke
    assert "no account of zoe@council.example" in run(args=["user", "link", "zoe@council.example", str(nora)]).stderr
    assert "no council account 99" in run(args=["user", "link", "eve@council.example", "99"]).stderr
    assert run(args=["user", "link", "eve@council.example", "none"]).exit_code == 2
