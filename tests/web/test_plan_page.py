"""This file tests the plan's page: everything in order, and each filtered view at its own address."""

import json
import re

import pytest

from plan import edits
from plan.edits import Edit
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Plan, Source, new_id
from tests.conftest import THEN
from tests.web.conftest import words

HTMX = {"HX-Request": "true"}


def shown(response):
    """The numbers of the requirements on the page, in their order."""
    return re.findall(r">Requirement (\w+)</a>", response.get_data(as_text=True))


def test_the_only_plan_is_opened_at_once(client, plan):
    answer = client.sign_in("rita").get("/")
    assert (answer.status_code, answer.location) == (303, "/plans/small")


def test_several_plans_are_listed(client, session, plan):
    session.add(Plan(id=new_id(), slug="other", present=True, title="Other plan"))
    session.commit()
    answer = client.sign_in("rita").get("/")
    assert "Other plan" in words(answer)
    assert "/plans/small" in answer.text


def test_without_a_plan_the_office_is_told_to_bring_its_tracker_in(client, cast):
    answer = client.sign_in("olga").get("/")
    assert "Bring your tracker in" in words(answer)
    assert 'href="/import"' in answer.text


def test_without_a_plan_a_reader_is_told_whom_to_ask(client, cast):
    answer = client.sign_in("rita").get("/")
    assert "The programme office brings the tracker in" in words(answer)


def test_a_plan_that_is_not_there_is_a_page_that_says_so(client, plan):
    assert client.sign_in("rita").get("/plans/nowhere").status_code == 404


def test_the_plan_shows_themes_requirements_and_actions_in_order(client, plan):
    answer = client.sign_in("rita").get("/plans/small")
    assert shown(answer) == ["2", "20", "7"]
    said = words(answer)
    assert "Wyebridge Council" in said
    assert "Required by 31 March 2013" in said
    assert "Quarter 2 1 July to 30 September 2013 Late" in said
    assert "Lateness is reckoned on the position date, 15 October 2013" in said


def test_the_counts_add_up_and_say_so(client, plan):
    assert "1 red + 1 amber + 1 green = 3 requirements" in words(client.sign_in("rita").get("/plans/small"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=red", ["7"]),
        ("theme=th1", ["2", "20"]),
        ("lead=Head+of+Review", ["7"]),
        ("late=yes", ["2"]),
        ("q=minutes", ["2"]),
        ("q=vision&status=green", ["2"]),
    ],
)
def test_a_filtered_view_has_an_address_of_its_own(client, plan, query, found):
    answer = client.sign_in("rita").get(f"/plans/small?{query}")
    assert shown(answer) == found
    assert f"{len(found)} of 3 requirements shown Clear all filters" in words(answer)


def test_what_awaits_sign_off_can_be_asked_for(client, session, plan, cast):
    change = [Edit(Kind.ACTION, "act7", "status", "red")]
    edits.apply(session, plan, change, Step(cast["ned"], THEN, Source.BROWSER))
    session.commit()
    answer = client.sign_in("rita").get("/plans/small?awaiting=yes")
    assert shown(answer) == ["7"]
    assert "Awaiting sign-off" in words(answer)


def test_nothing_found_says_how_to_find_more(client, plan):
    said = words(client.sign_in("rita").get("/plans/small?q=submarine"))
    assert "0 of 3 requirements shown" in said
    assert "Take a filter away or search for fewer words" in said


def test_empty_boxes_lead_to_the_one_address_of_the_view(client, plan):
    answer = client.sign_in("rita").get("/plans/small?q=&theme=&status=red&lead=")
    assert (answer.status_code, answer.location) == (303, "/plans/small?status=red")


def test_htmx_gets_the_results_alone_and_the_address_to_show(client, plan):
    answer = client.sign_in("rita").get("/plans/small?q=&status=red", headers=HTMX)
    assert answer.text.strip().startswith('<div id="results">')
    assert answer.headers["HX-Push-Url"] == "/plans/small?status=red"
    assert json.loads(answer.headers["HX-Trigger"]) == {"announce": "1 of 3 requirements shown"}


def test_a_reader_sees_no_way_to_change_anything(client, plan):
    page = client.sign_in("rita").get("/plans/small").text
    assert "Change<" not in page
    assert "Add a requirement" not in page


def test_an_editor_can_change_each_field_shown_but_not_the_themes(client, plan):
    said = words(client.sign_in("eve").get("/plans/small"))
    assert "Change timescale of action 2.1" in said
    assert "Change status of requirement 7" in said
    assert "Change theme of" not in said


def test_a_plan_without_themes_says_what_to_do(client, session, cast):
    session.add(Plan(id=new_id(), slug="empty", present=True, title="Empty", year=2013))
    session.commit()
    assert "The plan has no themes yet" in words(client.sign_in("olga").get("/plans/empty"))


@pytest.fixture
def empty_theme(session, plan):
    edits.apply(
        session, plan, edits.new(Kind.THEME, "th9", plan.id, {"title": "Voice"}), Step(None, THEN, Source.IMPORT)
    )
    session.commit()


def test_an_empty_theme_can_be_removed_and_brought_back(client, empty_theme):
    client.sign_in("olga")
    page = client.get("/plans/small")
    assert page.text.count("Remove this theme") == 1
    removed = client.post("/plans/small/records/theme/th9/remove", follow_redirects=True)
    assert "Voice” is removed. Its words and history are kept." in words(removed)
    assert "Brought back" in words(client.post("/plans/small/records/theme/th9/bring-back", follow_redirects=True))


def test_a_theme_that_holds_requirements_is_not_removed(client, plan):
    client.sign_in("olga")
    told = client.post("/plans/small/records/theme/th2/remove", follow_redirects=True)
    assert "The theme still holds requirements" in words(told)
    assert 'id="theme-th2"' in told.text


def test_the_counts_are_asked_for_again_once_something_is_saved(client, plan):
    page = client.sign_in("rita").get("/plans/small?status=red")
    assert 'hx-get="/plans/small?status=red&amp;counts=yes" hx-trigger="saved from:body"' in page.text
    again = client.get("/plans/small?status=red&counts=yes", headers=HTMX)
    assert again.text.strip().startswith('<div id="counts"')
    assert "requirements" in words(again)
    assert "HX-Push-Url" not in again.headers
