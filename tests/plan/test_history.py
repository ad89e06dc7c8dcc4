"""This file proves the readings of the one history: now, as at a revision or a day, signed off, and whole."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plan import awaiting, edits, history, ledger, signoffs
from plan.edits import Edit, bring_back, new, remove
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Outcome, Source

REQUIREMENT, ACTION = Kind.REQUIREMENT, Kind.ACTION
DAYS = [datetime(2013, 7, day, 12, tzinfo=UTC) for day in range(2, 30)]


def status(value) -> Edit:
    return Edit(REQUIREMENT, "r2", "status", value)


@pytest.fixture
def amber(save, cast) -> None:
    """Eve has set requirement 2 from green to amber."""
    save(status("amber"), by=cast["eve"])


def test_the_plan_as_at_a_revision_is_what_it_said_then(session, plan, save, cast):
    before = history.now(session, plan)
    save(status("amber"), by=cast["eve"])
    save(*remove(ACTION, "act1"), by=cast["eve"])
    assert history.as_at(session, plan, 2) == before
    assert history.as_at(session, plan, 3)["r2"].get("status") == "amber"
    assert history.as_at(session, plan, 3)["act1"].present
    assert history.as_at(session, plan, 4) == history.now(session, plan)


def test_the_plan_as_at_a_day_is_what_it_said_when_the_day_ended(session, plan, save, cast):
    save(status("amber"), by=cast["eve"], at=DAYS[0])
    save(status("red"), by=cast["eve"], at=DAYS[3])
    assert history.number_at(session, plan, date(2013, 6, 30)) == 0
    assert history.number_at(session, plan, date(2013, 7, 1)) == 2
    assert history.number_at(session, plan, date(2013, 7, 4)) == 3
    assert history.number_at(session, plan, date(2013, 7, 5)) == 4


def test_the_signed_off_plan_is_what_a_lead_signed_by_then(session, plan, save, sign, cast):
    save(status("amber"), by=cast["eve"])
    sign()
    save(status("red"), by=cast["eve"])
    signed = [history.as_at(session, plan, n, signed_off=True)["r2"].get("status") for n in (2, 3, 4, 5)]
    assert signed == ["green", "green", "amber", "amber"]


def test_a_new_record_is_in_the_signed_off_plan_only_once_it_is_signed(session, plan, save, sign, cast):
    save(*new(ACTION, "act3", "r2", {"text": "Report yearly"}), by=cast["eve"])
    assert not history.signed_now(session, plan)["act3"].present
    sign()
    assert history.signed_now(session, plan)["act3"].present


def test_the_office_declares_everything_agreed_at_a_stroke(session, plan, save, cast):
    save(status("amber"), by=cast["eve"])
    history.declare_agreed(session, plan, Step(cast["olga"], DAYS[1], Source.BASELINE))
    assert awaiting.of_plan(session, plan.id) == []
    assert history.as_at(session, plan, 4, signed_off=True) == history.now(session, plan)
    assert history.verify(session, plan) == []


def test_the_changes_of_a_record_come_newest_first(session, plan, save, cast):
    save(status("amber"), by=cast["eve"])
    save(status("red"), by=cast["ned"])
    told = [(c.revision.by_name, c.after) for c in history.changes_of(session, ["r2"]) if c.field == "status"]
    assert told == [("Ned Editor", "red"), ("Eve Editor", "amber"), ("Command line", "green")]


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("UPDATE requirement SET status = 'blue' WHERE id = 'r7'", "The requirement r7"),
        ("UPDATE action SET present = false WHERE id = 'act1'", "The action act1"),
        ("UPDATE achievement SET parent = 'r20' WHERE id = 'ach1'", "The achievement ach1"),
        ("UPDATE theme SET position = 9 WHERE id = 'th1'", "The theme th1"),
        ("DELETE FROM reading WHERE id = 'rd1'", "The reading rd1"),
        ("UPDATE plan SET title = 'Another plan'", "The plan "),
    ],
)
def test_a_record_altered_behind_its_history_is_found(session, plan, unguarded, sql, named):
    unguarded(sql)
    faults = history.verify(session, plan)
    assert len(faults) == 1
    assert faults[0].startswith(named)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM awaiting",
        "UPDATE awaiting SET signed = '\"red\"'",
        "UPDATE awaiting SET since = 1",
        "UPDATE awaiting SET record_id = 'nobody'",
        "UPDATE awaiting SET kind = 'action'",
    ],
)
def test_a_wrong_list_of_what_awaits_sign_off_is_found(session, plan, amber, unguarded, sql):
    unguarded(sql)
    assert "What awaits sign-off on status of r2 is not what its history says." in history.verify(session, plan)


def test_a_field_that_awaits_for_no_reason_is_found(session, plan, unguarded):
    unguarded(
        "INSERT INTO awaiting (record_id, field, plan_id, kind, signed, since) "
        "SELECT 'r7', 'status', id, 'requirement', '\"red\"', 1 FROM plan"
    )
    assert history.verify(session, plan) == ["What awaits sign-off on status of r7 is not what its history says."]


RECORDS = {"r2": REQUIREMENT, "r7": REQUIREMENT, "act1": ACTION, "act7": ACTION, "act3": ACTION}
texts = st.sampled_from(["Set out a vision", "Words", "Other\nwords", "", "👩‍👧 = −1"])
steps = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(["r2", "r7", "act1", "act7"]), texts),
    st.tuples(st.just("status"), st.sampled_from(["r2", "r7", "act7"]), st.sampled_from(["red", "green", None])),
    st.tuples(st.just("remove"), st.sampled_from(["act1", "act7"]), st.none()),
    st.tuples(st.just("bring back"), st.sampled_from(["act1", "act7"]), st.none()),
    st.tuples(st.just("add"), st.just("r2"), texts),
    st.tuples(st.just("move"), st.sampled_from(["act1", "act7"]), st.sampled_from(["r2", "r20"])),
    st.tuples(st.just("sign"), st.sampled_from(["fay", "ravi"]), st.integers(0, 3)),
    st.tuples(st.just("return"), st.sampled_from(["fay", "ravi"]), st.integers(0, 3)),
)


def edits_of(number: int, act: str, record: str, said) -> list[Edit]:
    kind = RECORDS[record]
    return {
        "write": [Edit(kind, record, "text", said)],
        "status": [Edit(kind, record, "status", said)],
        "remove": remove(kind, record),
        "bring back": bring_back(kind, record),
        "add": new(ACTION, f"new{number}", record, {"text": said}),
        "move": [Edit(kind, record, "parent", said)],
    }[act]


class Life:
    """What people do to a plan, one step after another."""

    def __init__(self, session, plan, cast) -> None:
        self.session, self.plan, self.cast = session, plan, cast

    def go(self, script) -> None:
        for number, (act, record, said) in enumerate(script):
            if act in ("sign", "return"):
                self.decide(act, record, said)
            else:
                step = Step(self.cast["eve"], DAYS[number], Source.BROWSER)
                edits.apply(self.session, self.plan, edits_of(number, act, record, said), step)

    def decide(self, act: str, lead: str, place: int) -> None:
        lines = signoffs.queue(self.session, self.plan, self.cast[lead], DAYS[0].date())[place : place + 2]
        if lines:
            outcome = Outcome.SIGNED_OFF if act == "sign" else Outcome.RETURNED
            shown = [signoffs.Shown(line.key, line.token) for line in lines]
            step = Step(self.cast[lead], DAYS[0], Source.SIGN_OFF)
            signoffs.decide(self.session, self.plan, shown, outcome, step, reason="Because")


def present(snapshot) -> dict:
    return {id: item for id, item in snapshot.items() if item.present}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(script=st.lists(steps, min_size=3, max_size=14))
def test_whatever_people_do_the_history_replays_to_what_the_plan_says(session, plan, cast, script):
    Life(session, plan, cast).go(script)
    session.flush()
    session.expire_all()
    latest = ledger.latest(session, plan.id)
    assert history.verify(session, plan) == []
    assert history.as_at(session, plan, latest) == history.now(session, plan)
    assert present(history.as_at(session, plan, latest, signed_off=True)) == present(history.signed_now(session, plan))
    session.rollback()
