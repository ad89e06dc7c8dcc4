"""This file proves the plan as plain values: order, what stands under what, and what was removed."""

from plan.fields import Kind
from plan.snapshot import Item, Snapshot

PLAN = Item("p", Kind.PLAN, None)
FIRST, SECOND = Item("t1", Kind.THEME, "p", 0), Item("t2", Kind.THEME, "p", 1)
LATE = Item("a-late", Kind.REQUIREMENT, "t2", 0)
EARLY, GONE = Item("z-early", Kind.REQUIREMENT, "t1", 0), Item("gone", Kind.REQUIREMENT, "t1", 1, present=False)
ACTION = Item("act", Kind.ACTION, "z-early", values={"text": "Report"})
SNAPSHOT = Snapshot([ACTION, LATE, GONE, EARLY, SECOND, FIRST, PLAN])


def ids(items) -> list[str]:
    return [item.id for item in items]


def test_records_come_in_the_plans_order_not_in_that_of_their_ids():
    assert ids(SNAPSHOT.of(Kind.REQUIREMENT)) == ["z-early", "a-late"]


def test_removed_records_come_only_when_asked_for():
    assert ids(SNAPSHOT.of(Kind.REQUIREMENT, removed=True)) == ["z-early", "gone", "a-late"]
    assert ids(SNAPSHOT.under("t1", Kind.REQUIREMENT)) == ["z-early"]
    assert ids(SNAPSHOT.under("t1", Kind.REQUIREMENT, removed=True)) == ["z-early", "gone"]


def test_a_record_knows_its_requirement():
    assert SNAPSHOT.requirement_of("act") == EARLY
    assert SNAPSHOT.requirement_of("z-early") == EARLY
    assert SNAPSHOT.requirement_of("t1") is None
    assert SNAPSHOT.requirement_of("nobody") is None


def test_the_plans_own_record_is_found_and_a_workbook_has_none():
    assert SNAPSHOT.plan == PLAN
    assert Snapshot([ACTION]).plan is None


def test_a_field_that_holds_nothing_is_none():
    assert (ACTION.get("text"), ACTION.get("lead")) == ("Report", None)


def test_two_snapshots_with_the_same_records_are_equal():
    assert Snapshot([FIRST, SECOND]) == Snapshot([SECOND, FIRST])
    assert Snapshot([FIRST]) != Snapshot([SECOND])
