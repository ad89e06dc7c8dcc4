"""This file tests what is said to be signed off, by whom and when, and what is said to wait and since when."""

from datetime import timedelta

import pytest

from plan import edits, history, signed
from plan.edits import Edit
from plan.fields import Kind
from plan.models import Outcome
from tests.conftest import THEN
from tests.plan.conftest import NEXT_DAY

WEDNESDAY = NEXT_DAY + timedelta(days=1)


@pytest.fixture
def read(session, plan):
    return lambda: signed.read(session, plan, history.now(session, plan))


def test_what_was_never_touched_is_signed_by_the_first_agreement(read):
    found = read().of(["r2", "act1"])
    assert (found.by, found.at, found.number) == ("Command line", THEN, 2)


def test_a_row_that_waits_has_no_signature(save, cast, read):
    save(Edit(Kind.ACTION, "act1", "status", "red"), by=cast["eve"])
    assert read().of(["r2", "act1"]) is None
    assert read().of(["r2"]) is not None
    assert read().last("act1").number == 2


def test_the_last_signature_of_all_records_together_counts(save, sign, cast, read):
    save(Edit(Kind.ACTION, "act1", "status", "red"), by=cast["eve"])
    number = sign(at=WEDNESDAY).number
    found = read().of(["r2", "act1"])
    assert (found.by, found.at, found.number) == ("Fay Fieldwork-Lead", WEDNESDAY, number)
    assert read().of(["r2"]).number == 2


def test_a_return_signs_nothing(save, sign, cast, read):
    save(Edit(Kind.ACTION, "act1", "status", "red"), by=cast["eve"])
    sign(Outcome.RETURNED, reason="No")
    assert read().of(["act1"]).number == 2


def test_a_record_that_is_new_waits_as_one_thing_since_it_came(session, plan, save, cast):
    save(*edits.new(Kind.ACTION, "act9", "r2", {"text": "New", "lead": "Director"}), by=cast["eve"])
    save(Edit(Kind.ACTION, "act1", "status", "red"), by=cast["eve"], at=WEDNESDAY)
    snapshot = history.now(session, plan)
    found = signed.waiting(session, plan, snapshot, [snapshot["act1"], snapshot["act9"]])
    assert [(one.record, one.field, one.since) for one in found] == [
        ("act1", "status", WEDNESDAY),
        ("act9", "present", NEXT_DAY),
    ]


def test_words_of_a_record_that_came_and_went_before_any_decision_do_not_wait(session, plan, save, cast):
    save(*edits.new(Kind.ACTION, "act9", "r2", {"text": "New"}), by=cast["eve"])
    save(*edits.remove(Kind.ACTION, "act9"), by=cast["eve"])
    snapshot = history.now(session, plan)
    assert signed.waiting(session, plan, snapshot, [snapshot["act9"]]) == []
