"""This file proves that history is a chain: what was written can be altered by nobody without being found out."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text

from plan import history, ledger
from plan.edits import Edit
from plan.fields import Kind
from plan.models import Change, Decision, Revision

FORGED_DECISION = (
    "INSERT INTO decision (revision_id, kind, record_id, field, outcome, before, after) "
    "SELECT id, 'requirement', 'r2', 'lead', 'signed off', 'null', '\"Two\"' FROM revision WHERE number = 4"
)
KNOWN = "864b3669cb687c941593a0db090f1e20247873c1336e9b2c2392d2db9e3b2773"
SUMMER_TIME = timezone(timedelta(hours=1))


def lead(value: str) -> Edit:
    return Edit(Kind.REQUIREMENT, "r2", "lead", value)


@pytest.fixture
def three_later(save, cast, session) -> None:
    """Three more revisions after the import and the baseline, numbers 3 to 5."""
    save(lead("One"), by=cast["eve"])
    save(lead("Two"), by=cast["eve"])
    save(lead("Three"), by=cast["ned"])
    session.commit()


def test_revisions_are_numbered_from_one_and_carry_the_hash_before(session, plan, three_later):
    chain = session.query(Revision).order_by(Revision.number).all()
    assert [revision.number for revision in chain] == [1, 2, 3, 4, 5]
    assert [r.previous_hash for r in chain] == [ledger.FIRST_HASH, *(r.hash for r in chain[:-1])]


def test_the_hash_of_a_revision_is_what_it_has_always_been():
    progress = {"kind": "action", "record_id": "act1", "field": "progress", "before": None, "after": "=“Visits”\n× 2"}
    moved = {"kind": "action", "record_id": "act1", "field": "position", "before": 1, "after": 2.0}
    signed = {"kind": "action", "record_id": "act7", "field": "status", "before": None, "after": "red"}
    step = {"by_id": 7, "by_name": "Eve Editor", "source": "workbook", "file": "tracker.xlsx", "base": 1}
    revision = Revision(
        plan_id="k3f9",
        number=2,
        at=datetime(2013, 7, 1, 9, 30, tzinfo=UTC),
        previous_hash=ledger.FIRST_HASH,
        changes=[Change(**progress, sheet="Plan", cell="J7"), Change(**moved)],
        decisions=[Decision(**signed, outcome="signed off")],
        **step,
    )
    assert ledger.digest(revision) == KNOWN


def test_an_untouched_history_is_whole(session, plan, three_later):
    session.expire_all()
    assert history.verify(session, plan) == []


def test_a_step_taken_in_summer_time_is_whole_too(session, plan, save, cast):
    save(lead("One"), by=cast["eve"], at=datetime(2013, 7, 2, 9, 30, tzinfo=SUMMER_TIME))
    session.commit()
    session.expire_all()
    assert history.verify(session, plan) == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE revision SET by_name = 'Nobody' WHERE number = 4",
        "UPDATE revision SET at = '2013-08-01 00:00:00' WHERE number = 4",
        "UPDATE change SET after = '\"Other\"' WHERE revision_id = (SELECT id FROM revision WHERE number = 4)",
        "DELETE FROM change WHERE revision_id = (SELECT id FROM revision WHERE number = 4)",
        FORGED_DECISION,
    ],
)
def test_an_altered_revision_is_found_and_named(session, plan, three_later, unguarded, sql):
    unguarded(sql)
    assert history.verify(session, plan) == ["Revision 4 was altered after it was written."]


def test_a_revision_rewritten_with_a_fitting_hash_breaks_the_chain_at_the_next(session, plan, three_later, unguarded):
    unguarded("UPDATE revision SET by_name = 'Nobody' WHERE number = 4")
    forged = session.query(Revision).filter_by(number=4).one()
    session.execute(text("UPDATE revision SET hash = :hash WHERE number = 4"), {"hash": ledger.digest(forged)})
    session.expire_all()
    faults = history.verify(session, plan)
    assert faults == ["Revision 5 does not follow from the one before it: the chain is broken there."]


def test_a_missing_revision_is_named(session, plan, three_later, unguarded):
    unguarded("DELETE FROM change WHERE revision_id = (SELECT id FROM revision WHERE number = 4)")
    unguarded("DELETE FROM revision WHERE number = 4")
    assert history.verify(session, plan) == ["Revision 4 is missing: the next found is 5."]


def test_a_history_cut_short_does_not_fit_the_records_any_more(session, plan, three_later, unguarded):
    unguarded("DELETE FROM change WHERE revision_id = (SELECT id FROM revision WHERE number = 5)")
    unguarded("DELETE FROM revision WHERE number = 5")
    assert "The requirement r2 does not say what its history says." in history.verify(session, plan)
