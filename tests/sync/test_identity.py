"""This file proves how a row finds its record: hidden ids are a hint that the words confirm."""

from plan.fields import Kind
from plan.snapshot import Item, Snapshot
from sync.identity import resolve
from sync.layout import Layout
from sync.reading import Piece, Reading, Said

PLAN = Snapshot([
    Item("p", Kind.PLAN, None),
    Item("t", Kind.THEME, "p", values={"title": "Care planning"}),
    Item("r1", Kind.REQUIREMENT, "t", 1, values={"reference": "1", "text": "Plan for every child"}),
    Item("r2", Kind.REQUIREMENT, "t", 2, values={"reference": "2", "text": "Review each plan in time"}),
])  # fmt: skip


def row(key, reference, text, *hints, at=None, sheet="Plan"):
    cell = at or key + 4
    said = {"reference": (Said(reference, sheet, f"A{cell}"),), "text": (Said(text, sheet, f"B{cell}"),)}
    return Piece(key, Kind.REQUIREMENT, None, said, sheet, (cell,), hints)


def resolved(*pieces, base=PLAN):
    return resolve(Reading(Layout(), pieces), base, base, seed="seed")


def ids(*pieces):
    found = resolved(*pieces)
    return [found.ids[piece.key] for piece in pieces]


def test_a_hint_with_the_same_words_is_believed():
    assert ids(row(1, "1", "Plan for every child", "r1")) == ["r1"]


def test_words_are_believed_before_a_hint_that_was_left_behind():
    pieces = row(1, "2", "Review each plan in time", "r1"), row(2, "1", "Plan for every child", "r2")
    assert ids(*pieces) == ["r2", "r1"]
    assert "no longer stands beside its rows" in resolved(*pieces).doubts[0].message


def test_a_reworded_row_is_believed_by_its_hint():
    found = resolved(row(1, "1", "Plan well for every child", "r1"))
    assert (found.ids[1], found.doubts) == ("r1", ())


def test_a_row_without_a_hint_is_taken_by_its_number_and_that_is_told():
    found = resolved(row(1, "1", "Something else from end to end"))
    assert found.ids[1] == "r1"
    assert "by its number" in found.doubts[0].message


def test_a_row_alike_enough_is_suggested_with_how_alike_it_is():
    found = resolved(row(1, None, "Review each plan in good time"))
    assert found.ids[1] == "r2"
    assert "% alike" in found.doubts[0].message


def test_an_unlike_row_is_a_new_record_with_the_same_id_each_time():
    one, other = resolved(row(1, "9", "Ring the bell")), resolved(row(1, "9", "Ring the bell"))
    assert one.ids[1] == other.ids[1]
    assert one.ids[1] not in PLAN


def test_a_record_is_used_once():
    assert len(set(ids(row(1, "1", "Plan for every child", "r1"), row(2, "8", "Plan for every child", "r1")))) == 2


def test_a_requirement_reworded_on_one_of_its_rows_is_one_requirement():
    found = resolved(row(1, "1", "Plan for every child", "r1"), row(2, "1", "Plan for each child", "r1"))
    assert {found.ids[1], found.ids[2]} == {"r1"}
    assert (found.stated["r1"].values["text"].value, found.problems) == ("Plan for each child", ())
    assert found.reworded == {("Plan", "A6")}


def test_a_requirement_reworded_in_two_ways_is_a_problem_and_says_nothing():
    found = resolved(row(1, "1", "Plan for some", "r1"), row(2, "1", "Plan for each child", "r1"))
    assert "text" not in found.stated["r1"].values
    assert "A" not in found.problems[0].found
    assert "make them the same" in found.problems[0].message


STEPS = Snapshot([
    *PLAN.values(),
    *(Item(f"a{n}", Kind.ACTION, "r1", n, values={"text": words}) for n, words in enumerate(("Plan", "Do", "Check"))),
])  # fmt: skip


def step(key, text, *hints, sheet="Steps"):
    """A row of an action under requirement r1, whose row is piece 1."""
    said = {"text": (Said(text, sheet, f"B{key}"),)}
    return Piece(key, Kind.ACTION, 1, said, sheet, (key,), hints)


def steps(*pieces):
    return resolved(row(1, "1", "Plan for every child", "r1"), *pieces, base=STEPS)


def sheet_of(name, first, *words, ids=("a0", "a1", "a2")):
    hints = [[id] for id in ids] or [[] for _ in words]
    return [step(first + n, text, *hints[n], sheet=name) for n, text in enumerate(words)]


def test_a_copied_sheet_adds_nothing_and_is_told():
    found = steps(*sheet_of("Steps", 2, "Plan", "Do", "Check"), *sheet_of("Copy", 12, "Plan", "Do", "Check"))
    assert sorted(found.stated) == ["a0", "a1", "a2", "r1"]
    assert "“Copy” holds the rows of sheet “Steps” once more" in found.doubts[0].message


def test_what_was_changed_on_either_of_two_copies_counts():
    found = steps(*sheet_of("Steps", 2, "Plan", "Do at once", "Check"), *sheet_of("Copy", 12, "Plan", "Do", "Report"))
    assert [found.stated[id].values["text"].value for id in ("a0", "a1", "a2")] == ["Plan", "Do at once", "Report"]


def test_what_was_changed_differently_on_two_copies_is_a_problem_that_names_both():
    found = steps(*sheet_of("Steps", 2, "Plan", "Do now", "Check"), *sheet_of("Copy", 12, "Plan", "Do soon", "Check"))
    assert "(Steps!B3, Copy!B13)" in found.problems[0].message
    assert "text" not in found.stated["a1"].values


def test_a_sheet_copied_without_the_hidden_column_adds_nothing_either():
    bare = sheet_of("Copy", 12, "Plan", "Do", "Check", ids=())
    found = steps(*sheet_of("Steps", 2, "Plan", "Do", "Check"), *bare)
    assert sorted(found.stated) == ["a0", "a1", "a2", "r1"]


def test_a_sheet_copied_to_be_filled_with_other_words_holds_new_records():
    filled = sheet_of("Next", 12, "Ring the bell", "Paint the doors", "Mend the roof")
    found = steps(*sheet_of("Steps", 2, "Plan", "Do", "Check"), *filled)
    assert len(found.stated) == 7
    assert "carries the hidden identity of row 2 of sheet “Steps”" in found.doubts[0].message


def test_a_row_without_a_hint_where_a_record_is_gone_is_a_doubt():
    found = steps(step(2, "Plan", "a0"), step(3, "Ring the bell"), step(4, "Check", "a2"))
    assert "it may be the action “Do”, which is missing" in found.doubts[0].message


def test_a_new_row_elsewhere_is_no_doubt_though_a_record_is_gone():
    assert not steps(step(2, "Plan", "a0"), step(3, "Check", "a2"), step(4, "Ring the bell")).doubts


def test_a_blank_row_whose_hint_another_row_confirms_is_that_requirement_and_clears_nothing():
    found = resolved(row(1, "1", "Plan for every child", "r2"), row(2, None, None, "r1"))
    assert (found.ids[2], found.stated["r1"].values["text"].value) == ("r1", "Plan for every child")


def test_a_new_row_with_the_former_words_of_a_reworded_requirement_belongs_to_it():
    found = resolved(row(1, "1", "Plan for every child", at=9), row(2, "1", "Plan well for all", "r1"))
    assert ({found.ids[1], found.ids[2]}, found.problems) == ({"r1"}, ())
    assert found.stated["r1"].values["text"].value == "Plan well for all"


def below(requirement, key, words, id, *, at, named=False):
    """An action on a sheet row of its own, read as one of the requirement above; `named` where its row says so."""
    said = {"text": (Said(words, "Plan", f"C{at}"),)}
    action = Piece(key, Kind.ACTION, requirement.key, said, "Plan", (at,), (id,))
    if not named:
        return requirement, action
    values = {
        name: (*cells, cells[0]._replace(cell=f"{cells[0].cell[0]}{at}")) for name, cells in requirement.values.items()
    }
    return Piece(requirement.key, requirement.kind, None, values, "Plan", requirement.rows, requirement.hints), action


AUDIT = Snapshot([*PLAN.values(), Item("a1", Kind.ACTION, "r1", 1, values={"text": "Audit six files"})])


def test_a_row_that_names_no_requirement_and_came_below_another_one_is_told():
    found = resolved(
        *below(row(1, "2", "Review each plan in time", "r2"), 2, "Audit six files", "a1", at=6), base=AUDIT
    )
    assert found.stated["a1"].parent == "r2"
    assert [doubt.row for doubt in found.doubts] == [6]
    assert "write the requirement on each row before sorting" in found.doubts[0].message


def test_a_row_that_names_its_new_requirement_was_moved_and_leaves_no_doubt():
    pieces = below(row(1, "2", "Review each plan in time", "r2"), 2, "Audit six files", "a1", at=6, named=True)
    assert resolved(*pieces, base=AUDIT).doubts == ()


def test_a_row_below_its_own_requirement_leaves_no_doubt():
    pieces = below(row(1, "1", "Plan for every child", "r1"), 2, "Audit six files", "a1", at=6)
    assert resolved(*pieces, base=AUDIT).doubts == ()
