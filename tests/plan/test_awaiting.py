"""This file proves the list of what awaits sign-off: what moved away from its signed words, and nothing else."""

import pytest

from plan import awaiting, history
from plan.edits import Edit, bring_back, new, remove
from plan.fields import Kind
from plan.models import Outcome

REQUIREMENT, ACTION = Kind.REQUIREMENT, Kind.ACTION


def status(value) -> Edit:
    return Edit(REQUIREMENT, "r2", "status", value)


@pytest.fixture
def waiting(session, plan):
    """`waiting()` lists what awaits sign-off as (record, field, signed value, since revision)."""

    def waiting() -> list[tuple]:
        return [(row.record_id, row.field, row.signed, row.since) for row in awaiting.of_plan(session, plan.id)]

    return waiting


def test_an_agreed_plan_awaits_nothing(waiting):
    assert waiting() == []


def test_a_changed_field_awaits_with_what_was_signed(save, cast, waiting):
    save(status("amber"), by=cast["eve"])
    assert waiting() == [("r2", "status", "green", 3)]


def test_the_lines_of_a_large_import_are_those_of_a_small_one(session, plan, save, cast, waiting, monkeypatch):
    monkeypatch.setattr(awaiting, "MANY", 0)
    save(*new(ACTION, "act3", "r2", {"text": "Report “yearly”"}), status("amber"), by=cast["eve"])
    assert sorted(waiting(), key=str) == [
        ("act3", "parent", None, 3),
        ("act3", "present", None, 3),
        ("act3", "reference", None, 3),
        ("act3", "text", None, 3),
        ("r2", "status", "green", 3),
    ]
    session.expire_all()
    assert history.verify(session, plan) == []


def test_it_is_measured_from_the_signed_words_however_often_it_moves(save, cast, waiting):
    save(status("amber"), by=cast["eve"])
    save(status("red"), by=cast["ned"])
    assert waiting() == [("r2", "status", "green", 3)]


def test_going_and_coming_back_leaves_nothing_to_decide(save, cast, waiting):
    save(status("amber"), by=cast["eve"])
    save(status("green"), by=cast["ned"])
    assert waiting() == []


def test_coming_back_and_leaving_again_counts_from_the_last_time_it_left(save, cast, waiting):
    save(status("amber"), by=cast["eve"])
    save(status("green"), by=cast["ned"])
    save(status("red"), by=cast["eve"])
    assert waiting() == [("r2", "status", "green", 5)]


def test_there_and_back_and_there_again_in_one_batch_awaits_once(save, cast, waiting):
    save(status("amber"), status("green"), status("red"), by=cast["eve"])
    assert waiting() == [("r2", "status", "green", 3)]


def test_what_is_signed_off_awaits_no_more(save, cast, sign, waiting):
    save(status("amber"), by=cast["eve"])
    sign()
    assert waiting() == []


def test_what_is_returned_goes_back_and_awaits_no_more(save, cast, sign, waiting):
    save(status("amber"), by=cast["eve"])
    sign(Outcome.RETURNED, reason="No evidence yet")
    assert waiting() == []


def test_a_record_added_and_taken_out_again_leaves_no_presence_to_decide(save, cast, waiting):
    save(*new(ACTION, "act3", "r2", {"text": "Report yearly"}), by=cast["eve"])
    save(*remove(ACTION, "act3"), by=cast["eve"])
    assert [row for row in waiting() if row[1] == "present"] == []


def test_a_removal_awaits_until_the_record_is_brought_back(save, cast, waiting):
    save(*remove(ACTION, "act1"), by=cast["eve"])
    assert waiting() == [("act1", "present", True, 3)]
    save(*bring_back(ACTION, "act1"), by=cast["eve"])
    assert waiting() == []


def test_the_team_and_the_order_need_no_signature(save, cast, waiting):
    save(Edit(REQUIREMENT, "r2", "team", "Review"), Edit(REQUIREMENT, "r2", "position", 5.0), by=cast["olga"])
    assert waiting() == []


def test_a_signature_binds_the_exact_words_so_another_way_of_writing_a_date_awaits(save, cast, waiting):
    save(Edit(ACTION, "act1", "timescale", "30 September 2013"), by=cast["eve"])
    assert [row[:3] for row in waiting()] == [("act1", "timescale", "Quarter 2")]
