"""This file tests undoing: one step goes back as a new one, and later work is left alone."""

from datetime import UTC, datetime

import pytest

from plan import edits, history, undo
from plan.edits import Edit, NotAllowed
from plan.fields import Kind
from plan.ledger import Step, latest
from plan.models import Source
from plan.undo import CannotUndo

LATER = datetime(2013, 10, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def change(session, plan, cast):
    def changed(*changes, by="eve", source=Source.BROWSER):
        return edits.apply(session, plan, [Edit(*one) for one in changes], Step(cast[by], LATER, source)).number

    return changed


@pytest.fixture
def undone(session, plan, cast):
    def back(number, *, by="eve", also=()):
        return undo.undo(session, plan, number, Step(cast[by], LATER, Source.UNDO), also)

    return back


def says(session, plan, record, field):
    return history.now(session, plan)[record].get(field)


def test_undoing_sets_back_what_the_step_changed(session, plan, change, undone):
    number = change((Kind.REQUIREMENT, "r2", "text", "Other"), (Kind.ACTION, "act1", "status", "red"))
    revision, left = undone(number)
    assert (revision.number, revision.source, left) == (number + 1, Source.UNDO, [])
    assert says(session, plan, "r2", "text") == "Set out a vision"
    assert says(session, plan, "act1", "status") is None


def test_what_was_changed_since_is_left_alone(session, plan, change, undone):
    number = change((Kind.REQUIREMENT, "r2", "text", "Other"), (Kind.REQUIREMENT, "r2", "lead", "Director"))
    change((Kind.REQUIREMENT, "r2", "text", "Newer"), by="ned")
    revision, left = undone(number)
    assert [(one.record, one.field, one.now, one.before) for one in left] == [
        ("r2", "text", "Newer", "Set out a vision")
    ]
    assert says(session, plan, "r2", "text") == "Newer"
    assert says(session, plan, "r2", "lead") is None
    assert len(revision.changes) == 1


def test_what_was_changed_since_goes_back_too_when_it_is_named(session, plan, change, undone):
    number = change((Kind.REQUIREMENT, "r2", "text", "Other"))
    change((Kind.REQUIREMENT, "r2", "text", "Newer"), by="ned")
    assert undone(number, also={("r2", "text")}).left_alone == []
    assert says(session, plan, "r2", "text") == "Set out a vision"


def test_undoing_an_addition_removes_the_record_and_keeps_its_words(session, plan, cast, undone):
    made = edits.new(Kind.ACTION, "act9", "r7", {"text": "New"})
    number = edits.apply(session, plan, made, Step(cast["eve"], LATER, Source.BROWSER)).number
    undone(number)
    action = history.now(session, plan)["act9"]
    assert (action.present, action.get("text")) == (False, "New")


def test_an_added_record_that_was_worked_on_since_stays(session, plan, cast, change, undone):
    made = edits.new(Kind.REQUIREMENT, "r9", "th2", {"reference": "9", "text": "New"})
    number = edits.apply(session, plan, made, Step(cast["eve"], LATER, Source.BROWSER)).number
    edits.apply(
        session, plan, edits.new(Kind.ACTION, "a9", "r9", {"text": "Do it"}), Step(cast["ned"], LATER, Source.BROWSER)
    )
    revision, left = undone(number)
    assert revision is None
    assert [(one.record, one.field) for one in left] == [("r9", "present")]
    assert history.now(session, plan)["r9"].present


def test_undoing_a_removal_brings_the_record_back(session, plan, change, undone):
    undone(change((Kind.ACHIEVEMENT, "ach1", "present", False)))
    assert history.now(session, plan)["ach1"].present


def test_an_undo_can_be_undone(session, plan, change, undone):
    number = undone(change((Kind.REQUIREMENT, "r2", "text", "Other"))).revision.number
    undone(number)
    assert says(session, plan, "r2", "text") == "Other"


def test_undoing_twice_changes_nothing_the_second_time(change, undone):
    number = change((Kind.REQUIREMENT, "r2", "text", "Other"))
    undone(number)
    assert undone(number) == (None, [])


def test_the_import_and_the_agreed_position_cannot_be_undone(undone):
    with pytest.raises(CannotUndo, match="not an edit or an upload"):
        undone(1)


def test_a_revision_that_is_not_there_cannot_be_undone(undone):
    with pytest.raises(CannotUndo, match="no revision 99"):
        undone(99)


def test_an_editor_cannot_undo_what_only_the_office_may_change(session, plan, change, undone):
    number = change((Kind.PLAN, plan.id, "marking", "OFFICIAL"), by="olga")
    with pytest.raises(NotAllowed, match="Protective marking"):
        undone(number)


def test_history_stays_whole_after_an_undo(session, plan, change, undone):
    undone(change((Kind.REQUIREMENT, "r2", "text", "Other"), (Kind.ACTION, "act1", "present", False)))
    session.commit()
    assert history.verify(session, plan) == []
    assert latest(session, plan.id) == 4
