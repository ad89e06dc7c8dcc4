"""This file proves which position a report tells: signed off or working, as at when, of what, and what is published."""

from datetime import UTC, date, datetime

import pytest

from plan.edits import Edit, new
from plan.fields import Kind
from plan.models import Plan, new_id
from reports import html
from reports.source import NothingToReport, Wanted, gather

AUGUST = datetime(2013, 8, 1, 9, 0, tzinfo=UTC)


def words(document) -> str:
    return html.page(document).decode()


def test_what_awaits_sign_off_is_left_out(save, told, cast):
    save(Edit(Kind.ACHIEVEMENT, "ach1", "text", "Vision torn up"), by=cast["eve"])
    save(*new(Kind.ACHIEVEMENT, "ach3", "r2", {"text": "A new thing"}), by=cast["eve"])
    assert "Vision agreed by cabinet" in words(told())
    assert "Vision torn up" not in words(told())
    assert "A new thing" not in words(told())


def test_what_awaits_sign_off_is_marked_in_the_working_position(save, told, cast):
    save(Edit(Kind.ACHIEVEMENT, "ach1", "text", "Vision torn up"), by=cast["eve"])
    working = told(signed_off=False)
    assert words(working).count("Awaiting sign-off") == 1
    assert "Vision torn up" in words(working)
    assert working.position == "Working position"


def test_what_is_signed_off_is_told(save, sign, told, cast):
    save(Edit(Kind.ACHIEVEMENT, "ach1", "text", "Vision torn up"), by=cast["eve"])
    sign()
    assert "Vision torn up" in words(told())


def test_a_report_as_at_a_day_tells_nothing_that_came_later(save, sign, told, cast):
    save(Edit(Kind.REQUIREMENT, "r7", "status", "green"), by=cast["ned"], at=AUGUST)
    sign(AUGUST)
    assert "1 red + 1 amber + 1 green = 3 requirements." in words(told(as_at=date(2013, 7, 31)))
    assert "1 amber + 2 green = 3 requirements." in words(told(as_at=date(2013, 8, 1)))


def test_a_report_as_at_a_day_bears_that_day_and_its_revision(save, told, cast):
    save(Edit(Kind.REQUIREMENT, "r7", "status", "green"), by=cast["ned"], at=AUGUST)
    then = told(as_at=date(2013, 7, 31))
    assert (then.as_at, then.revision) == (date(2013, 7, 31), 2)
    assert then.record != told().record


def test_a_revision_can_be_named_instead_of_a_day(save, told, cast):
    save(Edit(Kind.REQUIREMENT, "r7", "status", "green"), by=cast["ned"], at=AUGUST)
    assert told(as_at=2).revision == 2
    with pytest.raises(NothingToReport, match=r"There is no revision 9; the newest is 3\."):
        told(as_at=9)


def test_a_day_before_the_plan_or_still_to_come_is_refused(told):
    with pytest.raises(NothingToReport, match="did not exist yet on 1 January 2013"):
        told(as_at=date(2013, 1, 1))
    with pytest.raises(NothingToReport, match="is still to come"):
        told(as_at=date(2030, 1, 1))


@pytest.mark.parametrize("asked", ["th2", "Care planning", "care", " CARE PLANNING "])
def test_one_theme_can_be_told_alone(told, asked):
    document = told(theme=asked)
    assert document.scope == "Care planning"
    assert "Escalate concerns" in words(document)
    assert "Set out a vision" not in words(document)
    assert "1 red = 1 requirement." in words(document)


def test_a_theme_that_is_not_there_is_answered_with_those_that_are(told):
    with pytest.raises(NothingToReport, match=r"names no theme.*Required by 31 March 2013; Care planning"):
        told(theme="Fostering")


def test_before_anything_is_signed_off_a_sentence_says_what_to_do(session):
    plan = Plan(id=new_id(), slug="new", present=False)
    session.add(plan)
    from plan import edits
    from plan.ledger import Step
    from plan.models import Source

    made = [
        *new(Kind.PLAN, plan.id, None, {"title": "New", "year": 2013}),
        *new(Kind.THEME, "t", plan.id, {"title": "T"}),
    ]
    made += new(Kind.REQUIREMENT, "r", "t", {"reference": "1", "text": "Do"})
    edits.apply(session, plan, made, Step(None, AUGUST, Source.IMPORT))
    with pytest.raises(NothingToReport, match=r"Nothing is signed off yet.*ask for the working position"):
        gather(session, plan, Wanted(), date(2026, 1, 1))
    assert gather(session, plan, Wanted(signed_off=False), date(2026, 1, 1)).requirements


MARK = ("publication", "no")


@pytest.mark.parametrize(
    ("kind", "record", "gone"),
    [
        (Kind.REQUIREMENT, "r7", "Publish the procedure"),
        (Kind.ACHIEVEMENT, "ach1", "Vision agreed by cabinet"),
        (Kind.ACTION, "act1", "Share the vision widely"),
        (Kind.INDICATOR, "ind1", "Visits within six weeks"),
    ],
)
def test_what_is_marked_not_for_publication_is_not_published(save, sign, told, kind, record, gone):
    save(Edit(kind, record, *MARK))
    sign()
    assert gone in words(told())
    assert gone not in words(told(published=True))


def test_a_mark_that_awaits_sign_off_withholds_already(save, told, cast):
    save(Edit(Kind.ACHIEVEMENT, "ach1", *MARK), by=cast["eve"])
    assert "Vision agreed by cabinet" not in words(told(published=True))


def test_taking_a_mark_away_publishes_only_once_it_is_signed_off(save, sign, told, cast):
    save(Edit(Kind.ACHIEVEMENT, "ach1", *MARK), by=cast["eve"])
    sign()
    save(Edit(Kind.ACHIEVEMENT, "ach1", "publication", None), by=cast["eve"])
    assert "Vision agreed by cabinet" not in words(told(published=True))
    sign()
    assert "Vision agreed by cabinet" in words(told(published=True))


def test_the_published_review_says_what_it_is_and_how_the_plan_is_marked(told):
    published = told(published=True)
    assert "it leaves out what is marked not for publication." in words(published)
    assert published.marking == "For publication, from a plan marked OFFICIAL-SENSITIVE"
    assert "from a plan marked OFFICIAL-SENSITIVE.html" in published.file_name("html")


def test_the_mark_is_no_part_of_show(session, plan, save):
    from plan import history, show

    before = show.as_json(history.now(session, plan), 1)
    save(Edit(Kind.ACHIEVEMENT, "ach1", *MARK))
    assert show.as_json(history.now(session, plan), 1) == before
