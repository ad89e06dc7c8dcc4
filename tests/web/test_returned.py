"""This file walks “Returned to me”: an author finds their words, edits and resends them in one step."""

import re

import pytest

from blueprints.extensions import now
from plan import edits, history, signoffs
from plan.edits import Edit
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Outcome, Source
from plan.signoffs import Shown
from tests.web.conftest import words

PAGE = "/plans/small/returned"


@pytest.fixture
def returned(session, plan, cast):
    """Eve makes these edits and Fay returns all of it; the number of the line, for addresses."""

    def returned(*made):
        edits.apply(session, plan, made, Step(cast["eve"], now(), Source.BROWSER))
        shown = [Shown(line.key, line.token) for line in signoffs.lines(session, plan)]
        step = Step(cast["fay"], now(), Source.SIGN_OFF)
        signoffs.decide(session, plan, shown, Outcome.RETURNED, step, reason="Say by whom")
        session.commit()
        id = signoffs.returned_to(session, plan, cast["eve"])[0].id
        session.rollback()
        return id

    return returned


def says(session, plan, record, field):
    said = history.now(session, plan)[record].get(field)
    session.rollback()
    return said


TEXT = Edit(Kind.ACTION, "act1", "text", "Share it")


def test_my_words_stand_in_a_form_beside_the_reason(client, returned):
    id = returned(TEXT)
    page = client.sign_in("eve").get(PAGE)
    assert "Say by whom" in words(page)
    assert re.search(rf'<textarea[^>]*id="returned-{id}-text" name="text"[^>]*>\nShare it</textarea>', page.text)


def test_words_are_edited_and_sent_again_in_one_step(client, session, plan, returned):
    id = returned(TEXT)
    answer = client.sign_in("eve").post(f"{PAGE}/{id}/take-up", data={"text": "The director shares it"})
    assert answer.status_code == 303
    assert says(session, plan, "act1", "text") == "The director shares it"
    assert [line.key for line in signoffs.lines(session, plan)] == ["act1.text"]


def test_a_new_record_is_edited_and_comes_back_in_one_step(client, session, plan, returned):
    id = returned(*edits.new(Kind.ACTION, "act9", "r2", {"text": "Publish", "lead": "Director", "status": "red"}))
    form = {"text": "Publish it", "lead": "Director", "status": "amber", "progress": "Not mine to slip in"}
    client.sign_in("eve").post(f"{PAGE}/{id}/take-up", data=form)
    action = history.now(session, plan)["act9"]
    assert (action.present, action.get("text"), action.get("status"), action.get("progress")) == (
        True,
        "Publish it",
        "amber",
        None,
    )


def test_a_record_that_was_taken_out_is_taken_out_again(client, session, plan, returned):
    id = returned(*edits.remove(Kind.ACTION, "act1"))
    assert "Your words, to change" not in words(client.sign_in("eve").get(PAGE))
    client.post(f"{PAGE}/{id}/take-up")
    assert not history.now(session, plan)["act1"].present


@pytest.mark.parametrize("typed", ["x" * 40_000, "A\x00B"])
def test_words_that_cannot_be_kept_are_refused_beside_their_input_and_stay_there(
    client, session, plan, returned, typed
):
    id = returned(TEXT)
    answer = client.sign_in("eve").post(f"{PAGE}/{id}/take-up", data={"text": typed})
    assert answer.status_code == 422
    assert f'href="#returned-{id}-text"' in answer.text
    assert f'id="returned-{id}-text-error"' in answer.text
    assert typed.replace("\x00", "") in answer.text.replace("\x00", "")
    assert says(session, plan, "act1", "text") == "Share the vision widely"


def test_sending_what_the_plan_says_already_is_said_and_changes_nothing(client, session, plan, returned):
    id = returned(TEXT)
    answer = client.sign_in("eve").post(f"{PAGE}/{id}/take-up", data={"text": "Share the vision widely"})
    assert answer.status_code == 422
    assert "nothing to sign off and nothing was sent" in words(answer)


def test_when_somebody_was_faster_what_i_typed_is_kept_to_copy(client, session, plan, cast, returned):
    id = returned(TEXT)
    newer = Edit(Kind.ACTION, "act1", "text", "Ned's words")
    edits.apply(session, plan, [newer], Step(cast["ned"], now(), Source.BROWSER))
    session.commit()
    here = {"Sec-Fetch-Site": "same-origin"}
    answer = client.sign_in("eve").post(f"{PAGE}/{id}/take-up", data={"text": "My long thought"}, headers=here)
    assert answer.status_code == 409
    assert "My long thought" in words(answer)
    assert says(session, plan, "act1", "text") == "Ned's words"


def test_what_i_withdrew_is_found_there_and_sent_again(client, session, plan, cast):
    edits.apply(session, plan, [TEXT], Step(cast["eve"], now(), Source.BROWSER))
    session.commit()
    queue = client.sign_in("eve").get("/plans/small/sign-off").text
    found = re.search(r'name="line" value="([^"]+)">\s*<input type="hidden" name="token" value="([^"]+)"', queue)
    answer = client.post("/plans/small/sign-off/withdraw", data={"line": found[1], "token": found[2]})
    assert "You find your words under “Returned to me”" in words(client.get(answer.location))
    page = client.get(PAGE)
    assert "Withdrawn by you" in words(page)
    client.post(re.search(r'action="([^"]+/take-up)"', page.text)[1])
    assert says(session, plan, "act1", "text") == "Share it"


def test_a_colleague_who_had_a_hand_in_it_sees_who_settled_it(client, session, plan, cast, returned):
    edits.apply(session, plan, [Edit(Kind.ACTION, "act1", "text", "Ned's")], Step(cast["ned"], now(), Source.BROWSER))
    id = returned(TEXT)
    assert "It came back to Ned Editor too." in words(client.sign_in("eve").get(PAGE))
    client.post(f"{PAGE}/{id}/let-go")
    page = words(client.sign_in("ned").get(PAGE))
    assert "Settled by a colleague" in page
    assert "Eve Editor let it go" in page
