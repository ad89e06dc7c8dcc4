"""This file proves that a preview is told exactly as design 9 lays down for `flask plan compare --json`."""

import json

from sync.tell import as_json

TOLD = {
    "base", "certain", "take", "keep", "agreed", "combined", "conflicts", "added",
    "missing", "cleared", "problems", "counts",
}  # fmt: skip


def edited(desk, in_excel):
    return in_excel(desk.download(), lambda book: book["Requirements"].__setitem__("C2", "Publish it now"))


def test_the_document_has_the_keys_of_the_design(desk_of):
    desk = desk_of("tables")
    assert as_json(desk.preview(desk.download())).keys() == TOLD


def test_an_entry_has_the_keys_of_the_design(desk_of, in_excel):
    desk = desk_of("tables")
    (entry,) = as_json(desk.preview(edited(desk, in_excel)))["take"]
    old = desk.requirement("2")
    assert entry == {
        "kind": "requirement", "record": old.id, "field": "text", "base": old.get("text"), "plan": old.get("text"),
        "workbook": "Publish it now", "sheet": "Requirements", "cell": "C2",
    }  # fmt: skip


def test_a_problem_has_the_keys_of_the_design(desk_of, in_excel):
    desk = desk_of("tables")
    wrong = in_excel(desk.download(), lambda book: book["Requirements"].__setitem__("D2", "Fuchsia"))
    (problem,) = as_json(desk.preview(wrong))["problems"]
    assert problem.keys() == {"sheet", "cell", "found", "message"}
    assert (problem["sheet"], problem["cell"], problem["found"]) == ("Requirements", "D2", "Fuchsia")


def test_the_counts_count_every_list(desk_of, in_excel):
    desk = desk_of("tables")
    told = as_json(desk.preview(edited(desk, in_excel)))
    assert told["counts"] == {name: len(told[name]) for name in TOLD - {"base", "certain", "counts"}}


def test_the_document_is_plain_json(desk, in_excel):
    told = as_json(desk.preview(desk.original))
    assert json.loads(json.dumps(told)) == told
