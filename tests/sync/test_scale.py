"""This file proves that a workbook's own words for statuses are asked about once, and its own key is read."""

import json

import pytest

from plan.fields import Kind
from plan.rag import Status
from sync.explain import scale_in_words
from sync.grid import Cell, Grid
from sync.layout import Layout
from sync.read_workbook import read_grids

HEADINGS = ["No.", "Requirement", "RAG", "Action"]


def grid(*rows, sheet="Plan", fills=None):
    """A sheet of these rows; `fills` are the colours of cells, blank ones too."""
    fills = fills or {}
    places = ((row, col, value) for row, cells in enumerate(rows, 1) for col, value in enumerate(cells, 1))
    said = ((at, value) for *at, value in places if value not in (None, ""))
    cells = {tuple(at): Cell(value, fill=fills.get(tuple(at))) for at, value in said}
    blank = {place: fill for place, fill in fills.items() if place not in cells}
    return Grid(sheet, cells=cells, blank_fills=blank)


def requirements(*words):
    return [[n, f"Improve {n}.", said, f"Hire {n}."] for n, said in enumerate(words, 1)]


def statuses(reading):
    pieces = [piece for piece in reading.pieces if piece.kind is Kind.REQUIREMENT]
    return [piece.values["status"][0].value if "status" in piece.values else "unread" for piece in pieces]


def test_words_that_are_not_on_the_scale_are_collected_once_each():
    got = read_grids([grid(HEADINGS, *requirements("Complete", "complete ", "Amber/Green", "Red"))])
    assert [(each.words, each.count) for each in got.unknown_statuses] == [("Complete", 2), ("Amber/Green", 1)]
    assert got.unknown_statuses[0].cells == (("Plan", "C2"), ("Plan", "C3"))
    assert statuses(got) == ["unread", "unread", "unread", "red"]


def test_a_colour_that_all_cells_with_the_words_have_is_suggested():
    blue = {(2, 3): "0070C0", (3, 3): "0070C0"}
    got = read_grids([grid(HEADINGS, *requirements("Complete", "Complete", "Stuck"), fills=blue)])
    assert [each.suggested for each in got.unknown_statuses] == [Status.BLUE, None]


def test_what_people_settled_is_read_and_stays_with_the_layout():
    sheet = grid(HEADINGS, *requirements("Complete", "N/A", "Amber/Green"))
    settled = read_grids([sheet]).layout.with_meanings(
        [("Complete", "blue"), ("n/a", "none"), ("AMBER/GREEN", "amber")]
    )
    kept = Layout.from_json(json.loads(json.dumps(settled.as_json())))
    assert kept == settled
    got = read_grids([sheet], kept)
    assert statuses(got) == ["blue", None, "amber"]
    assert (got.unknown_statuses, got.problems) == ((), ())


def test_a_layout_stored_before_there_were_meanings_is_read():
    layout = read_grids([grid(HEADINGS, *requirements("Red"))]).layout
    assert isinstance(layout.as_json(), list)
    assert Layout.from_json(layout.as_json()) == layout


def test_a_meaning_must_be_a_colour_or_none():
    with pytest.raises(ValueError, match=r"cannot mean “purple”\. Choose red, amber, green, blue or none"):
        Layout().with_meanings([("Complete", "purple")])


KEY = [
    ["Key"],
    ["Red", "Not started, or behind with no plan to recover"],
    ["Green", "On track"],
    ["", "Complete"],
    [1, "Amber"],
]


def test_a_key_below_the_table_gives_the_scale_its_definitions():
    sheet = grid(HEADINGS, *requirements("Red", "Green"), [], [], *KEY)
    assert read_grids([sheet]).scale == {
        Status.RED: "Not started, or behind with no plan to recover",
        Status.GREEN: "On track",
    }


def test_words_and_numbers_take_their_meaning_from_the_key():
    key = grid(*KEY, sheet="Key", fills={(4, 1): "0070C0"})
    got = read_grids([grid(HEADINGS, *requirements("Complete", "on track", 1)), key])
    assert statuses(got) == ["blue", "green", "amber"]
    assert got.scale[Status.BLUE] == "Complete"


def test_what_people_settled_goes_before_the_key():
    key = grid(["RAG key"], ["Green", "On track"], sheet="Key")
    sheet = grid(HEADINGS, *requirements("On track"))
    layout = read_grids([sheet, key]).layout.with_meanings([("On track", "amber")])
    assert statuses(read_grids([sheet, key], layout)) == ["amber"]


MEANT = {Status.RED: "Off track", Status.AMBER: "At risk", Status.GREEN: "Complete"}


@pytest.mark.parametrize(
    "key",
    [
        [["RAG key", "Red", "Off track", "Amber", "At risk", "Green", "Complete"]],
        [["RAG key", "Red", "Amber", "Green"], ["", "Off track", "At risk", "Complete"]],
        [["RAG key:"], ["Red", "Amber", "Green"], ["Off track", "At risk", "Complete"]],
        [["Key", "Red = Off track", "Amber = At risk", "Green = Complete"]],
    ],
)
def test_a_key_that_lies_sideways_is_read_and_is_no_row_of_the_table(key):
    got = read_grids([grid(HEADINGS, *requirements("Complete", "off track"), [], *key)])
    assert got.scale == MEANT
    assert statuses(got) == ["green", "red"]


def test_a_key_of_coloured_cells_in_a_row_gives_each_its_own_words():
    colours = dict(zip((2, 3, 4), ("FF0000", "FFC000", "00B050"), strict=True))
    fills = {(5, col): colour for col, colour in colours.items()}
    sheet = grid(
        HEADINGS, *requirements("Complete", "off track"), [], ["Key", "Off track", "At risk", "Complete"], fills=fills
    )
    got = read_grids([sheet])
    assert (got.scale, statuses(got)) == (MEANT, ["green", "red"])


def test_a_summary_that_counts_the_colours_is_no_key():
    summary = grid(["RAG rating", "Red", "Amber", "Green"], ["Requirements", 5, 10, 3], sheet="Summary")
    got = read_grids([grid(HEADINGS, *requirements(5, "Red")), summary])
    assert (got.scale, statuses(got)) == ({}, ["unread", "red"])


def test_a_key_in_one_cell_a_line_is_read():
    key = grid(["BRAG rating"], ["Blue – done and embedded"], ["Red: not begun"], sheet="Key")
    got = read_grids([grid(HEADINGS, *requirements("Red")), key])
    assert got.scale == {Status.BLUE: "done and embedded", Status.RED: "not begun"}


def test_a_word_that_the_key_gives_two_colours_means_neither():
    key = grid(["Key"], ["Green", "Ongoing"], ["Amber", "Ongoing"], sheet="Key")
    got = read_grids([grid(HEADINGS, *requirements("Ongoing")), key])
    assert statuses(got) == ["unread"]


def test_a_tables_own_headings_are_no_key():
    sheet = grid(["No.", "Requirement", "RAG rating", "Action"], *requirements("Red", "Green"))
    assert read_grids([sheet]).scale == {}


def test_the_scale_is_said_in_words():
    key = grid(["Key"], ["Green", "Done"], sheet="Key")
    sheet = grid(HEADINGS, *requirements("Stuck", "Stuck", "Paused"))
    layout = read_grids([sheet, key]).layout.with_meanings([("Paused", "none")])
    assert scale_in_words(read_grids([sheet, key], layout)) == (
        "Green means “Done”, as the workbook's key says.",
        "“paused” is read as no status.",
        "“Stuck” (2 cells) is not on the scale: say once what it means, or leave it unread.",
    )
