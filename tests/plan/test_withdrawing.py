"""This file tests withdrawing: an author takes their own change back before anybody has decided on it."""

from datetime import UTC, datetime

import pytest

from plan import edits, history, questions, signoffs, undo
from plan.edits import Edit
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Outcome, Source
from plan.signoffs import CannotWithdraw, Shown, Stale, record

MONDAY = datetime(2013, 7, 8, 9, 0, tzinfo=UTC)


@pytest.fixture
def write(session, plan, cast):
    def write(who, *made):
        return edits.apply(session, plan, made, Step(cast[who], MONDAY, Source.BROWSER))

    return write


@pytest.fixture
def shown(session, plan):
    """A line as it stands on the screen."""

    def shown(key):
        return next(Shown(line.key, line.token) for line in signoffs.lines(session, plan) if line.key == key)

    return shown


@pytest.fixture
def withdraw(session, plan, cast):
    def withdraw(who, line):
        return signoffs.withdraw(session, plan, line, Step(cast[who], MONDAY, Source.BROWSER))

    return withdraw


def says(session, plan, record, field):
    return history.now(session, plan)[record].get(field)


QUARTER_3 = Edit(Kind.ACTION, "act1", "timescale", "Quarter 3")


def test_a_withdrawn_change_goes_back_to_what_was_signed_as_a_new_revision(session, plan, write, shown, withdraw):
    before = write("eve", QUARTER_3).number
    revision = withdraw("eve", shown("act1.timescale"))
    assert revision.note == "Withdrawn by its author before sign-off"
    assert (revision.number, revision.by_name) == (before + 1, "Eve Editor")
    assert says(session, plan, "act1", "timescale") == "Quarter 2"
    assert signoffs.lines(session, plan) == []
    assert history.verify(session, plan) == []


def test_withdrawn_words_come_back_by_undoing_it_and_await_sign_off_again(session, plan, cast, write, shown, withdraw):
    write("eve", QUARTER_3)
    number = withdraw("eve", shown("act1.timescale")).number
    undo.undo(session, plan, number, Step(cast["eve"], MONDAY, Source.UNDO))
    assert says(session, plan, "act1", "timescale") == "Quarter 3"
    assert [line.key for line in signoffs.lines(session, plan)] == ["act1.timescale"]


def test_withdrawn_words_come_back_to_their_author_in_one_step(session, plan, cast, write, shown, withdraw):
    write("eve", QUARTER_3)
    withdraw("eve", shown("act1.timescale"))
    [one] = signoffs.returned_to(session, plan, cast["eve"])
    assert (one.is_withdrawn, one.words) == (True, {"timescale": "Quarter 3"})
    assert signoffs.returned_to(session, plan, cast["ned"]) == []
    signoffs.take_up_again(session, plan, one, Step(cast["eve"], MONDAY, Source.BROWSER))
    assert says(session, plan, "act1", "timescale") == "Quarter 3"
    assert [line.key for line in signoffs.lines(session, plan)] == ["act1.timescale"]
    assert signoffs.returned_to(session, plan, cast["eve"]) == []
    assert history.verify(session, plan) == []


def test_withdrawn_words_are_told_in_history_and_are_no_decision(session, plan, cast, write, shown, withdraw):
    write("eve", QUARTER_3)
    number = withdraw("eve", shown("act1.timescale")).number
    snapshot = history.now(session, plan)
    told = next(
        one for one in questions.requirement_entries(session, snapshot, snapshot["r2"]) if one.number == number
    ).told
    assert [(one.sort, one.what) for one in told] == [("Withdrawn", "Timescale of action 2.1")]
    assert record.decided(session, [snapshot["act1"]]) == []


def test_a_lead_cannot_decide_that_a_line_is_withdrawn(session, plan, cast, write, shown):
    write("eve", QUARTER_3)
    step = Step(cast["fay"], MONDAY, Source.SIGN_OFF)
    with pytest.raises(ValueError, match="only its author"):
        signoffs.decide(session, plan, [shown("act1.timescale")], Outcome.WITHDRAWN, step)


def test_a_change_that_somebody_else_touched_is_not_withdrawn(session, plan, write, shown, withdraw):
    write("eve", QUARTER_3)
    write("ned", Edit(Kind.ACTION, "act1", "timescale", "Quarter 4"))
    with pytest.raises(CannotWithdraw, match="ask the lead to return it"):
        withdraw("eve", shown("act1.timescale"))
    assert says(session, plan, "act1", "timescale") == "Quarter 4"


def test_a_change_that_was_decided_meanwhile_is_not_withdrawn(session, plan, cast, write, shown, withdraw, sign):
    write("eve", QUARTER_3)
    line = shown("act1.timescale")
    sign(Outcome.SIGNED_OFF)
    with pytest.raises(Stale, match="nothing was withdrawn"):
        withdraw("eve", line)
    assert says(session, plan, "act1", "timescale") == "Quarter 3"


def test_what_i_changed_again_since_i_looked_is_not_withdrawn(write, shown, withdraw):
    write("eve", QUARTER_3)
    line = shown("act1.timescale")
    write("eve", Edit(Kind.ACTION, "act1", "timescale", "Quarter 4"))
    with pytest.raises(Stale):
        withdraw("eve", line)


def test_a_removal_is_withdrawn_by_bringing_the_record_back(session, plan, write, shown, withdraw):
    write("eve", *edits.remove(Kind.ACHIEVEMENT, "ach1"))
    withdraw("eve", shown("ach1"))
    assert history.now(session, plan)["ach1"].present


def test_a_new_record_is_withdrawn_with_its_words_kept(session, plan, write, shown, withdraw):
    write("eve", *edits.new(Kind.ACTION, "act9", "r2", {"text": "New"}))
    withdraw("eve", shown("act9"))
    action = history.now(session, plan)["act9"]
    assert (action.present, action.get("text")) == (False, "New")
    assert history.verify(session, plan) == []


def test_a_new_record_under_which_others_wrote_is_not_withdrawn(session, plan, write, shown, withdraw):
    write("eve", *edits.new(Kind.REQUIREMENT, "r9", "th2", {"reference": "9", "text": "New"}))
    write("ned", *edits.new(Kind.ACTION, "act9", "r9", {"text": "Do it"}))
    with pytest.raises(CannotWithdraw, match="would vanish with it"):
        withdraw("eve", shown("r9"))
    assert history.now(session, plan)["act9"].present


def test_nobody_withdraws_what_somebody_else_wrote(write, shown, withdraw):
    write("eve", QUARTER_3)
    with pytest.raises(CannotWithdraw):
        withdraw("ned", shown("act1.timescale"))
