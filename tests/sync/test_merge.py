"""This file proves the table in `sync.merge` row by row: the docstring's rows are the tests."""

import pytest

from plan.fields import Kind, field
from plan.snapshot import Item, Snapshot
from sync import merge
from sync.merge import Outcome, Stated, Statement, decide, decide_field

TEXT = field(Kind.ACTION, "text")
BASE, ALTERED = "Train staff\nBrief partners", "Train staff\nBrief partners twice"
OTHERWISE = "Train all staff\nBrief partners"
CELLS = {
    ("same", "same", "-"): (BASE, BASE, BASE),
    ("changed", "same", "-"): (BASE, ALTERED, BASE),
    ("same", "changed", "-"): (BASE, BASE, ALTERED),
    ("changed", "changed", "equal"): (BASE, ALTERED, ALTERED),
    ("changed", "changed", "differ, on different lines of a long text"): (BASE, OTHERWISE, ALTERED),
    ("changed", "changed", "differ"): ("Train staff", "Train all", "Train some"),
    ("any", "blank now, was not", "plan not blank"): (BASE, ALTERED, None),
}
ROWS = [
    [cell.strip() for cell in line.strip("| ").split("|")]
    for line in merge.__doc__.splitlines()
    if line.startswith("| ") and "---" not in line and "plan since base" not in line
]
VALUES = [row for row in ROWS if tuple(row[:3]) in CELLS]
RECORDS = [row for row in ROWS if tuple(row[:3]) not in CELLS]


def action(text, *, present=True, parent="r7", **values):
    return Item("act1", Kind.ACTION, parent, 1.0, present, {"text": text, **values})


def stated(text, *, parent="r7", **values):
    said = {name: Statement(value, "Plan", "F7") for name, value in {"text": text, **values}.items()}
    return Stated("act1", Kind.ACTION, parent, 1.0, said, "Plan", "F7")


def decided(base, plan, workbook, *, expected=("act1",)):
    return decide(
        Snapshot([base] if base else []), Snapshot([plan] if plan else []),
        {one.id: one for one in [workbook] if one}, frozenset(expected),
    )  # fmt: skip


@pytest.mark.parametrize(("plan", "workbook", "both", "told"), VALUES)
def test_a_value_is_decided_as_its_row_of_the_table_says(plan, workbook, both, told):
    outcome, _ = decide_field(TEXT, *CELLS[plan, workbook, both])
    assert outcome == Outcome(told.split(":")[0].replace("conflict", "conflicts"))


def test_every_row_of_the_table_is_tried():
    assert (len(VALUES), len(RECORDS)) == (7, 2)


def test_a_row_that_is_gone_is_missing_and_the_record_stays():
    (decision,) = decided(action("Train staff"), action("Train staff"), None)
    assert (decision.outcome, decision.result) == (Outcome.MISSING, "Train staff")


def test_a_row_that_is_new_is_added():
    (decision,) = decided(None, None, stated("Train staff"))
    assert (decision.outcome, decision.workbook, decision.cell) == (Outcome.ADDED, "Train staff", "F7")


@pytest.mark.parametrize(
    ("cells", "result"),
    [
        ((BASE, ALTERED, BASE), ALTERED),
        ((BASE, BASE, ALTERED), ALTERED),
        ((BASE, OTHERWISE, ALTERED), "Train all staff\nBrief partners twice"),
        (("a", "b", "c"), "b"),
        (("a", "b", None), "b"),
        (("a", None, "b"), None),
        ((None, None, "b"), "b"),
    ],
)
def test_the_plan_then_says_what_was_decided(cells, result):
    assert decide_field(TEXT, *cells)[1] == result


def test_a_status_never_combines_line_by_line():
    outcome, result = decide_field(field(Kind.ACTION, "status"), "red", "amber", "green")
    assert (outcome, result) == (Outcome.CONFLICT, "amber")


def test_two_ways_of_writing_one_day_are_no_change():
    outcome, _ = decide_field(field(Kind.ACTION, "timescale"), "30/09/2013", "30/09/2013", "30 September 2013")
    assert outcome is Outcome.NOTHING


def test_what_the_workbook_has_no_column_for_is_not_decided_on():
    assert decided(action("a", lead="Ann"), action("a", lead="Bo"), stated("a")) == []


def test_a_row_that_the_plan_removed_and_the_workbook_left_alone_stays_removed():
    (decision,) = decided(action("a"), action("a", present=False), stated("a"))
    assert (decision.outcome, decision.field, decision.result) == (Outcome.KEEP, "present", False)


def test_a_row_that_the_plan_removed_and_the_workbook_changed_is_a_clash():
    (decision,) = decided(action("a"), action("a", present=False), stated("b"))
    assert (decision.outcome, decision.plan, decision.workbook) == (Outcome.CONFLICT, False, True)


def test_a_new_row_that_says_nothing_is_not_added():
    assert decided(None, None, stated(None), expected=()) == []


def test_what_comes_back_with_a_removed_row_is_only_what_the_workbook_changed():
    before, gone = action("Write", status="red"), action("Write", status="green", present=False)
    (clash,) = decided(before, gone, stated("Write it down", status="red"))
    assert clash.brought == (("text", "Write it down"),)


def test_a_change_under_a_requirement_that_the_plan_removed_is_a_clash_too():
    base = Snapshot([Item("r7", Kind.REQUIREMENT, None), action("a")])
    plan = Snapshot([Item("r7", Kind.REQUIREMENT, None, present=False), action("a")])
    found = decide(base, plan, {"act1": stated("b")}, frozenset())
    assert [(d.outcome, d.field) for d in found] == [(Outcome.CONFLICT, "present")]


def test_a_new_row_under_a_requirement_that_the_plan_removed_is_a_clash_too():
    base = Snapshot([Item("r7", Kind.REQUIREMENT, None)])
    plan = Snapshot([Item("r7", Kind.REQUIREMENT, None, present=False)])
    found = decide(base, plan, {"act1": stated("b")}, frozenset())
    assert [(d.outcome, d.field, d.result) for d in found] == [(Outcome.CONFLICT, "present", False)]


def test_a_row_put_under_another_requirement_is_moved():
    (decision,) = decided(action("a"), action("a"), stated("a", parent="r8"))
    assert (decision.outcome, decision.field, decision.result) == (Outcome.TAKE, "parent", "r8")


def test_a_row_moved_differently_on_both_sides_is_a_clash():
    (decision,) = decided(action("a"), action("a", parent="r9"), stated("a", parent="r8"))
    assert (decision.outcome, decision.result) == (Outcome.CONFLICT, "r9")


def test_a_row_that_does_not_say_whose_it_is_stays_where_it_is():
    assert decided(action("a"), action("a", parent="r9"), stated("a", parent=None)) == []


def test_a_missing_row_whose_record_moved_on_needs_a_choice_of_its_own():
    (decision,) = decided(action("a"), action("b"), None)
    assert decision.plan_changed


def test_a_missing_requirement_under_which_the_plan_added_something_needs_a_choice_of_its_own():
    base = Snapshot([Item("r7", Kind.REQUIREMENT, None)])
    plan = Snapshot([Item("r7", Kind.REQUIREMENT, None), action("new since")])
    (decision,) = decide(base, plan, {}, frozenset({"r7"}))
    assert (decision.outcome, decision.plan_changed) == (Outcome.MISSING, True)


def test_a_row_that_was_never_expected_is_not_missing():
    assert decided(action("a"), action("a"), None, expected=()) == []
