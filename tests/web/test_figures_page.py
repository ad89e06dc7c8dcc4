"""This file tests the page of figures: pictures, what is missing, comparing audits, taking what words tell."""

import re

import pytest

from plan import edits, figures, history
from plan.edits import Edit, new
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Revision, Source
from tests.conftest import THEN
from tests.web.conftest import words

PAGE = "/plans/small/figures"
WORDS = "Visits within six weeks: 79% June 2013. Open cases as at June 2013 = 140"
GRADES = ("outstanding", "good", "adequate", "inadequate")


@pytest.fixture
def save(session, plan):
    """`save(edit, …)` makes a revision by the command line."""

    def save(*changes):
        edits.apply(session, plan, changes, Step(None, THEN, Source.IMPORT))
        session.commit()

    return save


@pytest.fixture
def told(save):
    """An achievement of requirement 7 whose evidence tells two figures."""
    save(*new(Kind.ACHIEVEMENT, "ach7", "r7", {"evidence": WORDS}))


def audit(id, title, as_at, *counts):
    values = {"title": title, "as_at": as_at, "total": sum(counts), **dict(zip(GRADES, counts, strict=True))}
    return new(Kind.AUDIT, id, "r20", values)


def figures_now(session, plan):
    session.expire_all()
    snapshot = history.now(session, plan)
    return figures.figures_of(snapshot, snapshot["r7"])


def takes(answer):
    """The addresses that take an offer."""
    return re.findall(r'action="([^"]+/(?:readings|audits)/[0-9a-f]+)"', answer.text)


def test_each_figure_has_its_picture_its_direction_its_missing_months_and_its_numbers(client, save):
    save(Edit(Kind.INDICATOR, "ind1", "better", "higher"))
    answer = client.sign_in("rita").get(PAGE)
    said = words(answer)
    assert 'role="img"' in answer.text
    assert "Visits within six weeks: 71% in May 2013, worse by 3.89 points since January 2013" in said
    assert "Lately: worse by 3.89 percentage points over 4 months (January 2013 to May 2013)." in said
    assert "No reading for February to April 2013." in said
    assert "January 2013 74.89 100 May 2013 71 100" in said
    assert "1 figure: 1 worse than at the reading before, 1 with readings missing." in said


def test_who_may_is_led_to_saying_which_way_is_better(client, plan):
    link = "Say which way is better of Visits within six weeks"
    assert link in words(client.sign_in("eve").get(PAGE))
    assert link not in words(client.sign_in("rita").get(PAGE))


def test_a_plan_without_figures_says_what_to_do(client, save):
    save(*edits.remove(Kind.INDICATOR, "ind1"))
    assert "The plan holds no figures and no audits yet. Open a requirement" in words(client.sign_in("rita").get(PAGE))


def test_figures_found_in_words_are_offered_to_who_may_take_them(client, told):
    said = words(client.sign_in("eve").get(PAGE))
    assert "Visits within six weeks: 79% June 2013. From the evidence of an achievement: 79% for June 2013" in said
    assert "Figures found in the words" not in words(client.sign_in("rita").get(PAGE))


def test_a_figure_is_taken_as_one_revision_that_names_its_words_and_is_not_offered_again(client, session, plan, told):
    eve = client.sign_in("eve")
    address = takes(eve.get(PAGE))[0]
    before = session.query(Revision).count()
    answer = eve.post(address, data={"figure": "ind1", "back": "/plans/small/requirements/r7"})
    assert (answer.status_code, answer.location) == (303, "/plans/small/requirements/r7#figures-r7")
    assert figures_now(session, plan)[0].last.value == 79
    assert session.query(Revision).count() == before + 1
    last = session.query(Revision).order_by(Revision.number.desc()).first()
    assert (last.by_name, last.note) == (
        "Eve Editor",
        "Taken from the words “Visits within six weeks: 79% June 2013.”",
    )
    again = eve.get(PAGE)
    assert "Taken: 79% for June 2013, under requirement 7." in words(again)
    assert address not in takes(again)


def test_a_new_figure_takes_the_name_that_was_written(client, session, plan, told):
    eve = client.sign_in("eve")
    eve.post(takes(eve.get(PAGE))[1], data={"figure": "", "name": "Cases that are open"})
    made = figures_now(session, plan)[-1]
    assert (made.name, made.last.value) == ("Cases that are open", 140)


def test_taking_twice_is_taking_once(client, session, plan, told):
    eve = client.sign_in("eve")
    address = takes(eve.get(PAGE))[0]
    eve.post(address, data={"figure": "ind1"})
    second = eve.post(address, data={"figure": "ind1"})
    assert second.status_code == 409
    assert "These words are not offered any more" in words(second)
    assert len(figures_now(session, plan)[0].readings) == 3


def test_without_a_name_nothing_is_taken_and_it_says_so(client, session, plan, told):
    eve = client.sign_in("eve")
    answer = eve.post(takes(eve.get(PAGE))[0], data={"figure": "", "name": " "})
    assert answer.status_code == 422
    assert "A new figure needs a name. Nothing was changed" in words(answer)
    assert len(figures_now(session, plan)) == 1


def test_an_audit_that_does_not_add_up_is_shown_but_cannot_be_taken(client, save):
    told = "41 cases of which 1 outstanding, 16 good, 13 adequate, 12 inadequate"
    save(*new(Kind.ACHIEVEMENT, "ach20", "r20", {"evidence": told}))
    answer = client.sign_in("eve").get(PAGE)
    assert "It cannot be taken: 41 cases but the grades add up to 42: 1 too many." in words(answer)
    assert takes(answer) == []


def test_an_audit_is_taken_with_all_its_grades(client, session, plan, save):
    told = "41 cases of which 0 outstanding, 16 good, 13 adequate, 12 inadequate"
    save(*new(Kind.ACHIEVEMENT, "ach20", "r20", {"evidence": told}))
    eve = client.sign_in("eve")
    assert eve.post(takes(eve.get(PAGE))[0], data={"name": "Case audits"}).status_code == 303
    assert "Case audits: 39% of 41 cases good or outstanding, 29.3% inadequate" in words(eve.get(PAGE))


def test_any_two_audits_are_compared_the_last_two_unless_chosen(client, save):
    save(
        *audit("u1", "First", "2013-03", 1, 1, 1, 1),
        *audit("u2", "Second", "2013-07", 0, 2, 1, 1),
        *audit("u3", "Third", "2013-10", 0, 3, 1, 0),
    )
    rita = client.sign_in("rita")
    assert "Compare From “Second, July 2013” to “Third, October 2013”: outstanding the same at 0%, good up" in words(
        rita.get(PAGE)
    )
    chosen = words(rita.get(f"{PAGE}?before=u1&after=u2"))
    assert "Compare From “First, March 2013” to “Second, July 2013”: outstanding down from 25% to 0%" in chosen
    assert "Choose two different audits" in words(rita.get(f"{PAGE}?before=u1&after=u1"))


def test_after_a_change_in_place_the_picture_alone_is_drawn_anew(client, save):
    rita = client.sign_in("rita")
    page = rita.get("/plans/small/requirements/r7")
    assert (
        'id="drawn-ind1" hx-get="/plans/small/figures/ind1" hx-trigger="saved from:closest .app-redraws"' in page.text
    )
    save(Edit(Kind.READING, "rd2", "value", 80))
    block = rita.get("/plans/small/figures/ind1", headers={"HX-Request": "true"})
    assert block.text.strip().startswith('<div id="drawn-ind1"')
    assert "80% in May 2013" in words(block)
    whole = words(rita.get("/plans/small/figures/ind1"))
    assert "Back to the requirement" in whole
    assert rita.get("/plans/small/figures/act7").status_code == 404


def test_the_requirements_page_shows_the_pictures_and_the_offers_too(client, save, told):
    save(*audit("u1", "First", "2013-03", 1, 1, 1, 1))
    eve = client.sign_in("eve")
    said = words(eve.get("/plans/small/requirements/r7"))
    assert "Visits within six weeks: 71% in May 2013, down by 3.89 points since January 2013" in said
    assert "Figures found in the words (2)" in said
    assert "First, March 2013: 50% of 4 cases good or outstanding" in words(eve.get("/plans/small/requirements/r20"))
