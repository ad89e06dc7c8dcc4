"""This file tests the requirement's page: seeing all of it, adding, removing and bringing back."""

import re

import pytest

from plan import edits, history
from plan.edits import Edit
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Source
from tests.conftest import THEN
from tests.web.conftest import words

PAGE = "/plans/small/requirements/r2"


def now(session, plan):
    session.expire_all()
    return history.now(session, plan)


def test_it_shows_words_achievements_evidence_actions_and_timescales(client, plan):
    said = words(client.sign_in("rita").get(PAGE))
    assert "Set out a vision" in said
    assert "Vision agreed by cabinet Minutes" in said
    assert "2.1 Share the vision widely Quarter 2 1 July to 30 September 2013 Late Director No status" in said


def test_it_shows_figures_by_month_in_words(client, plan):
    said = words(client.sign_in("rita").get("/plans/small/requirements/r7"))
    assert "January 2013 74.89 May 2013 71" in said
    assert "Target 100" in said


def test_it_shows_an_audit_by_grade_with_its_shares(client, session, plan, cast):
    audit = {"title": "Case audit", "total": 4, "outstanding": 0, "good": 1, "adequate": 2, "inadequate": 1}
    edits.apply(session, plan, edits.new(Kind.AUDIT, "aud1", "r7", audit), Step(None, THEN, Source.IMPORT))
    session.commit()
    said = words(client.sign_in("rita").get("/plans/small/requirements/r7"))
    assert "All cases 4 100% Outstanding 0 0% Good 1 25% Adequate 2 50% Inadequate 1 25%" in said


def test_it_tells_its_history_with_who_when_and_the_cell(client, session, plan, cast):
    change = [Edit(Kind.REQUIREMENT, "r2", "text", "Set out a clear vision", "Tracker", "C4")]
    edits.apply(session, plan, change, Step(cast["eve"], THEN, Source.WORKBOOK, file="tracker.xlsx"))
    session.commit()
    answer = client.sign_in("rita").get(PAGE)
    assert re.search(r"<ins [^>]*><span [^>]*>added: </span>clear </ins>", answer.text)
    said = words(answer)
    assert "Eve Editor from the workbook tracker.xlsx, 1 July 2013 at" in said
    assert "(sheet Tracker, cell C4)" in said


def test_it_links_to_its_neighbours_across_themes(client, plan):
    said = words(client.sign_in("rita").get("/plans/small/requirements/r20"))
    assert "Previous: requirement 2" in said
    assert "Next: requirement 7" in said


@pytest.mark.parametrize("id", ["nothing", "act1", "th1"])
def test_what_is_no_requirement_has_no_such_page(client, plan, id):
    assert client.sign_in("rita").get(f"/plans/small/requirements/{id}").status_code == 404


def test_an_action_is_added_with_a_number_of_its_own(client, session, plan):
    client.sign_in("eve")
    assert "Add an area for development to requirement 2" in words(client.get(f"{PAGE}/action"))
    answer = client.post(f"{PAGE}/action", data={"text": "Ask children", "timescale": "Quarter 3"})
    assert answer.status_code == 303
    added = now(session, plan).under("r2", Kind.ACTION)[-1]
    assert (added.get("text"), added.get("timescale"), added.get("reference")) == ("Ask children", "Quarter 3", "2.3")


def test_an_achievement_a_figure_an_audit_and_a_reading_are_added_in_the_same_way(client, session, plan):
    client.sign_in("eve")
    client.post(f"{PAGE}/achievement", data={"evidence": "Letter"})
    client.post(f"{PAGE}/indicator", data={"name": "Visits", "better": "higher"})
    client.post(f"{PAGE}/audit", data={"title": "Cases", "total": "3"})
    client.post("/plans/small/requirements/ind1/reading", data={"period": "2013-06", "value": "80%"})
    snapshot = now(session, plan)
    assert snapshot.under("r2", Kind.ACHIEVEMENT)[-1].get("evidence") == "Letter"
    assert snapshot.under("r2", Kind.INDICATOR)[0].get("name") == "Visits"
    assert snapshot.under("r2", Kind.AUDIT)[0].get("total") == 3
    assert snapshot.under("ind1", Kind.READING)[-1].get("value") == 80


def test_a_requirement_is_added_to_a_theme_and_opened(client, session, plan):
    answer = client.sign_in("eve").post(
        "/plans/small/requirements/th2/requirement", data={"reference": "8", "text": "New"}
    )
    added = now(session, plan).under("th2", Kind.REQUIREMENT)[-1]
    assert answer.location == f"/plans/small/requirements/{added.id}"
    assert added.get("reference") == "8"


def test_a_number_that_is_taken_is_refused_and_nothing_typed_is_lost(client, session, plan):
    typed = {"reference": "7", "text": "My long words"}
    answer = client.sign_in("eve").post("/plans/small/requirements/th2/requirement", data=typed)
    assert answer.status_code == 422
    assert "Another requirement has the number 7" in words(answer)
    assert "My long words" in answer.text
    assert len(now(session, plan).under("th2", Kind.REQUIREMENT)) == 1


def test_a_value_that_cannot_be_kept_is_named_beside_its_input(client, plan):
    typed = {"period": "2013-06", "value": "many"}
    answer = client.sign_in("eve").post("/plans/small/requirements/ind1/reading", data=typed)
    assert answer.status_code == 422
    assert 'href="#i-new-ind1-reading-value"' in answer.text
    assert "“many” is not a number" in words(answer)


def test_nothing_written_adds_nothing(client, session, plan):
    answer = client.sign_in("eve").post(f"{PAGE}/action", data={"text": "  "})
    assert answer.status_code == 422
    assert "Nothing was added" in words(answer)


def test_a_record_stands_only_where_its_kind_may(client, plan):
    client.sign_in("olga")
    assert client.get("/plans/small/requirements/th1/action").status_code == 404
    assert client.get(f"{PAGE}/reading").status_code == 404


def test_only_leads_and_the_office_add_themes(client, plan):
    address = f"/plans/small/requirements/{plan.id}/theme"
    assert client.sign_in("eve").post(address, data={"title": "New"}).status_code == 403
    assert client.sign_in("fay").post(address, data={"title": "New"}).status_code == 303


def test_removing_offers_to_bring_it_back_and_keeps_the_words(client, session, plan):
    answer = client.sign_in("eve").post("/plans/small/records/action/act1/remove", follow_redirects=True)
    said = words(answer)
    assert "Action 2.1 is removed. Its words and history are kept. Bring it back" in said
    assert "Removed (1)" in said
    assert not now(session, plan)["act1"].present
    back = client.post("/plans/small/records/action/act1/bring-back", follow_redirects=True)
    assert "Brought back: action 2.1" in words(back)
    assert now(session, plan)["act1"].present


def test_a_removed_requirement_is_brought_back_from_the_plans_page(client, session, plan):
    answer = client.sign_in("eve").post("/plans/small/records/requirement/r7/remove", follow_redirects=True)
    assert answer.request.path == "/plans/small"
    assert "Requirement 7 is removed" in words(answer)
    assert "This requirement was removed" in words(client.get("/plans/small/requirements/r7"))
    client.post("/plans/small/records/requirement/r7/bring-back")
    assert now(session, plan)["r7"].present


@pytest.mark.parametrize("step", ["remove", "bring-back"])
def test_a_reader_removes_and_brings_back_nothing(client, session, plan, step):
    assert client.sign_in("rita").post(f"/plans/small/records/action/act1/{step}").status_code == 403


def test_removing_twice_is_removing_once(client, session, plan):
    client.sign_in("eve").post("/plans/small/records/action/act1/remove")
    again = client.post("/plans/small/records/action/act1/remove")
    assert again.status_code == 303
    assert len(history.changes_of(session, ["act1"])) == len(history.changes_of(session, ["act2"])) + 1
