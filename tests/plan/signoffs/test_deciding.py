"""This file is deciding: a signature binds the exact words that were shown, and is given once."""

import pytest

from plan import history, signoffs
from plan.fields import Kind
from tests.plan.signoffs.conftest import RETURNED


def test_signing_off_binds_these_exact_words(session, plan, write, decide, lines):
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 3")
    revision = decide("fay", lines())
    [decision] = revision.decisions
    assert (decision.before, decision.after, decision.outcome) == ("Quarter 2", "Quarter 3", "signed off")
    assert lines() == []
    assert history.signed_now(session, plan)["act1"].get("timescale") == "Quarter 3"


def test_a_later_edit_is_a_new_change_against_the_signed_words(session, plan, write, decide, lines):
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 3")
    decide("fay", lines())
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 4")
    assert [net.signed for line in lines() for net in line.nets] == ["Quarter 3"]
    assert history.signed_now(session, plan)["act1"].get("timescale") == "Quarter 3"


def test_a_line_that_moved_while_the_lead_looked_is_refused(write, decide, lines):
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 3")
    on_the_screen = lines()
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 4")
    with pytest.raises(signoffs.Stale, match="nothing was decided"):
        decide("fay", on_the_screen)
    assert len(lines()) == 1


def test_a_decision_cannot_be_taken_twice(write, decide, lines):
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 3")
    on_the_screen = lines()
    decide("fay", on_the_screen)
    with pytest.raises(signoffs.Stale):
        decide("fay", on_the_screen)


def test_the_same_line_ticked_twice_is_decided_once(write, decide, lines):
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 3")
    assert len(decide("fay", lines() * 2).decisions) == 1


def test_deciding_on_nothing_is_refused(decide):
    with pytest.raises(signoffs.Stale):
        decide("fay", [])


@pytest.mark.parametrize("reason", [None, "", "  \n "])
def test_returning_needs_a_reason(write, decide, lines, reason):
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 3")
    with pytest.raises(signoffs.ReasonNeeded):
        decide("fay", lines(), RETURNED, reason)


def test_a_reason_longer_than_the_limit_is_refused_with_both_numbers(write, decide, lines):
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 3")
    with pytest.raises(signoffs.ReasonNeeded, match=r"4,000 .* 4,001"):
        decide("fay", lines(), RETURNED, "x" * 4001)


def test_one_line_is_returned_without_the_rest(write, decide, lines):
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 3")
    write("eve", Kind.ACTION, "act2", "timescale", "Quarter 3")
    decide("fay", [line for line in lines() if line.item.id == "act1"], RETURNED, "No")
    assert [line.item.id for line in lines()] == ["act2"]


def test_history_is_whole_after_every_kind_of_decision(session, plan, cast, add_achievement, write, decide, lines):
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 3")
    write("eve", Kind.ACHIEVEMENT, "ach1", "present", False)
    decide("fay", lines()[:1])
    decide("fay", lines(), RETURNED, "No")
    assert history.verify(session, plan) == []
