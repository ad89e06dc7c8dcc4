"""This file is what awaits sign-off: net changes, line by line, with everybody who touched them."""

from datetime import timedelta

from plan import edits, history, signoffs
from plan.edits import Edit
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Source
from plan.signoffs import Sort
from tests.plan.signoffs.conftest import MONDAY, RETURNED


def test_a_line_is_the_net_change_with_everybody_who_touched_it(write, lines):
    write("eve", Kind.REQUIREMENT, "r2", "lead", "Director")
    write("ned", Kind.REQUIREMENT, "r2", "lead", "Deputy director", MONDAY + timedelta(hours=1))
    [line] = lines()
    assert [(net.field, net.signed, net.current) for net in line.nets] == [("lead", None, "Deputy director")]
    assert [change.revision.by_name for change in line.touches] == ["Ned Editor", "Eve Editor"]
    assert line.waiting_since == MONDAY


def test_there_and_back_leaves_nothing_to_decide(write, lines):
    write("eve", Kind.REQUIREMENT, "r2", "status", "red")
    write("ned", Kind.REQUIREMENT, "r2", "status", "green")
    assert lines() == []


def test_a_new_record_is_one_line(add_achievement, lines):
    [line] = lines()
    assert (line.sort, line.item.id) == (Sort.ADDED, "ach9")
    assert {net.field for net in line.nets} >= {"present", "text", "evidence"}


def test_a_removal_is_one_line_and_returning_it_brings_the_record_back(session, plan, write, decide, lines):
    write("eve", Kind.ACHIEVEMENT, "ach1", "present", False)
    [line] = lines()
    assert line.sort is Sort.REMOVED
    decide("fay", [line], RETURNED, "It still stands")
    assert history.now(session, plan)["ach1"].present
    assert lines() == []


def test_what_was_added_and_removed_before_sign_off_leaves_nothing(add_achievement, write, lines):
    write("eve", Kind.ACHIEVEMENT, "ach9", "present", False)
    assert lines() == []


def test_changes_under_a_removed_requirement_wait_until_it_is_back(write, decide, lines):
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 3")
    write("eve", Kind.REQUIREMENT, "r2", "present", False)
    assert [line.item.id for line in lines()] == ["r2"]
    decide("fay", lines(), RETURNED, "The Notice demands it")
    assert [line.item.id for line in lines()] == ["act1"]


def test_an_audits_counts_are_decided_as_one_and_come_back_as_one(session, plan, cast, decide, lines):
    counts = {"title": "Cases", "total": 10, "outstanding": 1, "good": 2, "adequate": 3, "inadequate": 4}
    office = Step(cast["olga"], MONDAY, Source.BROWSER)
    edits.apply(session, plan, edits.new(Kind.AUDIT, "aud1", "r2", counts), office)
    decide("fay", lines())
    moved = [Edit(Kind.AUDIT, "aud1", "good", 3), Edit(Kind.AUDIT, "aud1", "adequate", 2)]
    edits.apply(session, plan, moved, Step(cast["eve"], MONDAY, Source.BROWSER))
    [line] = lines()
    assert line.key == "aud1.counts"
    decide("fay", [line], RETURNED, "Count again")
    [one] = signoffs.returned_to(session, plan, cast["eve"])
    signoffs.take_up_again(session, plan, one, Step(cast["eve"], MONDAY, Source.BROWSER))
    assert history.now(session, plan)["aud1"].get("good") == 3
