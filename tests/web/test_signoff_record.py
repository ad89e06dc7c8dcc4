"""This file reads what is signed off and what is not: on the plan, on the requirement, and on its printed record."""

import pytest

from plan import edits, ledger, signoffs
from plan.edits import Edit
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Outcome, Source
from plan.signoffs import Shown
from tests.conftest import THEN
from tests.web.conftest import words

R2, RECORD = "/plans/small/requirements/r2", "/plans/small/requirements/r2/record"


@pytest.fixture
def write(session, plan, cast):
    def write(*made, by="eve"):
        edits.apply(session, plan, made, Step(cast[by], THEN, Source.BROWSER))
        session.commit()

    return write


@pytest.fixture
def decide(session, plan, cast):
    """Fay decides on everything that she may."""

    def decide(outcome=Outcome.SIGNED_OFF, reason=None):
        lines = signoffs.queue(session, plan, cast["fay"], THEN.date())
        shown = [Shown(line.key, line.token) for line in lines]
        revision = signoffs.decide(
            session, plan, shown, outcome, Step(cast["fay"], THEN, Source.SIGN_OFF), reason=reason
        )
        session.commit()
        return revision.number, revision.hash

    return decide


LEAD = Edit(Kind.REQUIREMENT, "r2", "lead", "Director")


def test_the_requirement_says_what_awaits_since_when_and_otherwise_who_signed(client, write, decide):
    assert "Signed off by Command line" in words(client.sign_in("rita").get(R2))
    write(LEAD)
    page = words(client.get(R2))
    assert "1 thing has changed since it was last signed off" in page
    assert "Requirement 2: Lead, since 1 July 2013" in page
    number, _ = decide()
    assert f"Signed off by Fay Fieldwork-Lead, 1 July 2013 at {THEN.astimezone():%H:%M} (revision {number})" in words(
        client.get(R2)
    )


def test_the_plan_says_of_each_requirement_whether_it_is_signed_off(client, write):
    write(LEAD)
    page = words(client.sign_in("rita").get("/plans/small"))
    tags = page.replace("Open all", "").partition("Requirement 2 ")[2]
    assert tags.index("Awaiting sign-off") < tags.index("Signed off")


def test_the_record_holds_every_decision_with_its_words_and_its_place_in_the_history(client, write, decide):
    write(LEAD)
    number, hash = decide(reason="Seen by the board")
    write(Edit(Kind.REQUIREMENT, "r2", "lead", "Chief executive"))
    decide(Outcome.RETURNED, reason="Not agreed")
    page = words(client.sign_in("rita").get(RECORD))
    assert "Whole position agreed: Everything that the plan said then" in page
    assert "Signed off: Requirement 2: Lead added: Director Comment: Seen by the board" in page
    assert f"Revision {number} , fingerprint {hash}" in page
    assert "Returned: Requirement 2: Lead" in page
    assert "added: Chief executive" in page
    assert "Reason: Not agreed" in page


def test_the_record_ends_with_the_head_of_the_chain(client, session, plan, write):
    write(LEAD)
    head = ledger.head(session, plan.id)
    number, hash = head.number, head.hash
    assert f"from revision {number} of the plan's history, whose fingerprint is {hash}" in words(
        client.sign_in("rita").get(RECORD)
    )


def test_the_record_tells_signed_words_from_those_that_wait(client, write):
    write(LEAD)
    page = words(client.sign_in("rita").get(RECORD))
    waits, _, signed = page.partition("As it is signed off")
    assert "Requirement 2: Lead, since 1 July 2013" in waits
    assert "Director" not in signed.partition("Achievement")[0]
    assert "Awaiting sign-off Last signed off by Command line" in signed


def test_the_record_is_headed_by_the_words_that_are_signed(client, write):
    write(
        Edit(Kind.REQUIREMENT, "r2", "text", "Set out a bold vision"), Edit(Kind.REQUIREMENT, "r2", "reference", "99")
    )
    head, _, _ = words(client.sign_in("rita").get(RECORD)).partition("What awaits sign-off now")
    assert "Sign-off record: Requirement 2 Set out a vision" in head
    assert "bold" not in head


def test_a_record_that_came_and_was_signed_shows_all_of_its_words(client, write, decide):
    write(*edits.new(Kind.ACHIEVEMENT, "ach9", "r2", {"text": "New guide", "evidence": "Web page"}, position=9))
    decide()
    page = words(client.sign_in("rita").get(RECORD))
    assert "Signed off: New: Achievement “New guide” Achievement added: New guide Evidence added: Web page" in page


def test_there_is_no_record_of_what_is_no_requirement(client, plan):
    assert client.sign_in("rita").get("/plans/small/requirements/act1/record").status_code == 404
