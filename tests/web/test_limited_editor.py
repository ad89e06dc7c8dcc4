"""This file walks the app as an editor of a partner agency, and as the office that names requirements to them."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from blueprints.extensions import now, today
from plan import audit, cycles, edits, history, limits
from plan.edits import Edit
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Event, Source
from plan.roles import Who

R7, R2 = "/plans/small/requirements/r7", "/plans/small/requirements/r2"
NED = "/people/3"


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)))


def says(session, plan, id, field):
    session.rollback()
    return history.now(session(), plan)[id].get(field)


@pytest.fixture
def ned(client, session, plan, cast):
    """Ned, limited to requirement 7, signed in."""
    cast["ned"].become(Who.LIMITED_EDITOR)
    limits.name(session(), cast["ned"], ["r7"])
    session.commit()
    return client.sign_in("ned")


def test_they_read_all_and_find_ways_to_change_only_under_what_is_named(ned):
    theirs, other = (ned.get(page).get_data(as_text=True) for page in (R7, R2))
    assert "app-field__change" in theirs
    assert "/r7/action?" in theirs
    assert "Set out a vision" in other
    assert "app-field__change" not in other
    assert "/r2/action?" not in other
    assert "/remove?" not in other


def test_forced_addresses_are_refused_with_whom_to_ask(ned, session, plan):
    forced = ned.post("/plans/small/action/act1/text", data={"text.was": "Share the vision widely", "text": "Ours"})
    assert forced.status_code == 403
    assert "only the requirements that the programme office named to you" in words(forced)
    assert says(session, plan, "act1", "text") == "Share the vision widely"
    assert ned.post(
        "/plans/small/action/act7/text", data={"text.was": "Publish the procedure", "text": "Ours"}
    ).location
    assert says(session, plan, "act7", "text") == "Ours"


def test_undoing_is_offered_only_for_what_is_all_theirs(ned, session, plan, cast):
    for_all = [Edit(Kind.ACTION, "act7", "lead", "Ned"), Edit(Kind.ACTION, "act1", "lead", "Eve")]
    both = edits.apply(session(), plan, for_all, Step(cast["eve"], now(), Source.BROWSER)).number
    one = edits.apply(
        session(), plan, [Edit(Kind.ACTION, "act7", "lead", "Pat")], Step(cast["eve"], now(), Source.BROWSER)
    )
    number = one.number
    session.commit()
    assert "Undo this revision" not in words(ned.get(f"/plans/small/history/{both}"))
    assert ned.post(f"/plans/small/history/{both}/undo").status_code == 409
    assert says(session, plan, "act1", "lead") == "Eve"
    assert "Undo this revision" in words(ned.get(f"/plans/small/history/{number}"))
    assert ned.post(f"/plans/small/history/{number}/undo").status_code == 303


def test_they_are_asked_for_updates_on_what_is_named_and_their_word_counts_there_only(ned, session, plan, cast):
    days = {"opens": -1, "cut_off": 7, "board_date": 14}
    said = {name: (today() + timedelta(days=ahead)).isoformat() for name, ahead in days.items()}
    cycles.add(session(), plan, {"title": "A board", **said}, Step(cast["olga"], now(), Source.BROWSER))
    limits.name(session(), cast["ned"], ["r20"])  # which is not his team's, as requirement 7 is
    session.commit()
    page = words(ned.get("/plans/small/updates"))
    assert "Audit closed cases" in page
    assert "Escalate concerns" not in page
    assert ned.post("/plans/small/updates", data={"record": "r7"}).status_code == 409
    assert ned.post("/plans/small/updates", data={"record": "r20"}).status_code == 303


def test_a_tampered_role_or_limit_of_ones_own_is_not_taken(ned):
    assert ned.post(NED, data={"role": "editor"}).status_code == 403
    assert ned.post(f"{NED}/limits", data={"requirement": ["r2", "r7"]}).status_code == 403
    assert "Requirement 7 (Small plan)" in words(ned.get("/account"))


@pytest.fixture
def office(client, plan):
    return client.sign_in("olga")


def test_the_office_invites_a_limited_editor_who_changes_nothing_until_requirements_are_named(office, session):
    typed = {"email": "pat@police.example", "name": "Pat Partner", "role": "limited editor"}
    assert "name the requirements that they may change" in words(office.post("/people/invite", data=typed))
    page = office.get("/people/7")
    assert "changes no requirement yet" in words(page)
    assert "checked" not in page.get_data(as_text=True).partition('id="limits"')[2]


def test_the_office_names_requirements_and_the_audit_log_tells(office, session, cast):
    made = office.post(NED, data={"role": "limited editor", "team": "Review"})
    assert made.location.endswith("/people/3#limits")
    answer = office.post(f"{NED}/limits", data={"was": "", "requirement": ["r7", "r20"]}, follow_redirects=True)
    assert "Ned Editor may change 2 requirements, and nothing else" in words(answer)
    assert answer.get_data(as_text=True).count('name="requirement" type="checkbox"') == 3
    session.rollback()
    assert {limit.requirement_id for limit in cast["ned"].limits} == {"r7", "r20"}
    noted = session.scalars(select(Event.detail).where(Event.what == "requirements named")).all()
    assert noted == ["Requirement 20 (Small plan), Requirement 7 (Small plan)"]
    assert audit.verify(session()) is None


def test_what_a_colleague_named_meanwhile_is_not_overwritten(office, session):
    office.post(NED, data={"role": "limited editor"})
    office.post(f"{NED}/limits", data={"was": "", "requirement": "r7"})
    answer = office.post(f"{NED}/limits", data={"was": "", "requirement": "r2"})
    assert answer.status_code == 409
    assert "Somebody else changed this account" in words(answer)


@pytest.mark.parametrize(("id", "requirement"), [(3, "r7"), (2, "r2")])
def test_nothing_is_named_to_somebody_who_is_not_limited(office, id, requirement):
    answer = office.post(f"/people/{id}/limits", data={"requirement": requirement})
    assert answer.status_code == 422
    assert "named to a limited editor only" in words(answer)


def test_everybody_reads_who_may_do_what_from_the_table_itself(client, plan):
    page = words(client.sign_in("rita").get("/who-may-do-what"))
    assert "Reader (you)" in page
    assert "Edit the plan No Own only Yes Yes Yes the requirements named to them" in page
