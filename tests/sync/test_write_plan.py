"""This file proves which edits of the plan come of what was decided and chosen."""

from plan.fields import Kind
from plan.snapshot import Item, Snapshot
from sync.choices import Choice, Choices, Take, settled
from sync.merge import Decision, Outcome, Stated, Statement
from sync.write_plan import edits_for

CLASH = Decision(Outcome.CONFLICT, Kind.ACTION, "a1", "text", "was", "here", "there", "here", "Plan", "F7")
COLOURS = Decision(Outcome.CONFLICT, Kind.ACTION, "a1", "status", "red", "amber", "green", "amber")
BACK = Decision(Outcome.CONFLICT, Kind.ACTION, "a1", "present", True, False, True, False)


def stated(id, text, position=1.0):
    return Stated(id, Kind.ACTION, "r1", position, {"text": Statement(text, "Plan", "F7")})


def plan(**removed):
    return Snapshot([
        Item("r1", Kind.REQUIREMENT, None, present=not removed.get("requirement", False)),
        Item("a1", Kind.ACTION, "r1", 1.0, not removed.get("action", False), {"text": "here"}),
        Item("a2", Kind.ACTION, "r1", 2.0, values={"text": "last"}),
    ])  # fmt: skip


def made(decision, choices, snapshot=None):
    said = {"a1": stated("a1", "there"), "new": stated("new", "between", 1.5)}
    edits = edits_for([decision], choices, said, snapshot or plan())
    return [(edit.record, edit.field, edit.value) for edit in edits]


def test_an_undecided_clash_gives_no_edit():
    assert made(CLASH, Choices()) == []


def test_other_words_are_written_as_the_person_wrote_them():
    assert made(CLASH, Choices({CLASH.key: Choice(Take.WRITE, "agreed")})) == [("a1", "text", "agreed")]


def test_both_is_no_answer_where_a_field_cannot_hold_both():
    assert made(COLOURS, Choices(otherwise=Take.BOTH)) == []
    assert Choices(otherwise=Take.BOTH).leaves_open(COLOURS)


def test_both_with_one_side_blank_is_the_other_side():
    blank = Decision(Outcome.CONFLICT, Kind.ACTION, "a1", "text", "was", None, "there", None)
    assert settled(blank, Choice(Take.BOTH)) == "there"


def test_a_record_brought_back_brings_back_what_it_stands_under():
    back = BACK._replace(brought=(("text", "there"),))
    edits = made(back, Choices(otherwise=Take.WORKBOOK), plan(requirement=True, action=True))
    assert edits == [("r1", "present", True), ("a1", "present", True), ("a1", "text", "there")]


def test_a_removed_record_stays_removed_when_the_plan_is_chosen():
    assert made(BACK, Choices(otherwise=Take.PLAN), plan(action=True)) == []


def test_a_new_record_stands_between_its_neighbours():
    added = Decision(Outcome.ADDED, Kind.ACTION, "new", None, None, None, "between", "between")
    edits = made(added, Choices())
    assert [value for _, field, value in edits if field == "position"] == [1.5]
    assert edits[0] == ("new", "present", True)


def test_choices_survive_being_kept_as_json():
    choices = Choices({CLASH.key: Choice(Take.WRITE, "agreed")}, frozenset({"a1.text"}), frozenset({"a2.record"}))
    assert Choices.from_json(choices.as_json()) == choices
