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


def row(key, reference, text, *hints, at=None):
    cell = at or key + 4
    said = {"reference": (Said(reference, "Plan", f"A{cell}"),), "text": (Said(text, "Plan", f"B{cell}"),)}
    return Piece(key, Kind.REQUIREMENT, None, said, "Plan", (cell,), hints)


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
