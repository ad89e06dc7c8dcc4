"""This file proves that staff's other layouts read as said beside them and survive everything done to the plan.

Drop a workbook into `tests/workbooks/layouts` with a `.json` of its name beside it, and get its tests.
"""

import json
from pathlib import Path

import pytest

from plan.fields import Kind
from sync.read_workbook import read

FOLDER = Path(__file__).resolve().parents[1] / "workbooks" / "layouts"
NAMES = sorted(path.stem for path in FOLDER.glob("*.xlsx"))
FIELDS = {
    Kind.REQUIREMENT: ("reference", "text", "status"),
    Kind.ACHIEVEMENT: ("text", "evidence"),
    Kind.ACTION: ("reference", "text", "lead", "timescale", "status", "progress", "evidence"),
    Kind.INDICATOR: ("name", "unit", "target"),
    Kind.READING: ("period", "value"),
}
UNDER = {
    Kind.REQUIREMENT: {"achievements": Kind.ACHIEVEMENT, "actions": Kind.ACTION, "indicators": Kind.INDICATOR},
    Kind.INDICATOR: {"readings": Kind.READING},
}


def content_of(name):
    return (FOLDER / f"{name}.xlsx").read_bytes()


def told(reading, kind, parent=None):
    """The records of a kind under another as plain values, with what stands under them; what is blank is left out."""
    pieces = [piece for piece in reading.pieces if piece.kind is kind and piece.parent == parent]
    return [record(reading, piece) for piece in pieces]


def record(reading, piece):
    said = {name: values_of(piece, name) for name in FIELDS[piece.kind]}
    below = {name: told(reading, kind, piece.key) for name, kind in UNDER.get(piece.kind, {}).items()}
    return {name: value for name, value in {**said, **below}.items() if value not in (None, [])}


def values_of(piece, name):
    return next((said.value for said in piece.values.get(name, ()) if said.value is not None), None)


def as_plain(reading):
    themes = [piece for piece in reading.pieces if piece.kind is Kind.THEME]
    titled = [{"title": values_of(t, "title"), "requirements": told(reading, Kind.REQUIREMENT, t.key)} for t in themes]
    return {
        "themes": titled,
        "requirements": told(reading, Kind.REQUIREMENT),
        "scale": {str(status): words for status, words in reading.scale.items()},
        "problems": [{"sheet": p.sheet, "cell": p.cell, "found": p.found} for p in reading.problems],
    }


@pytest.fixture(params=NAMES)
def desk(request, bring):
    return bring(content_of(request.param))


@pytest.mark.parametrize("name", NAMES)
def test_a_layout_reads_as_the_file_beside_it_says(name):
    assert as_plain(read(content_of(name))) == json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def test_an_untouched_download_changes_nothing_whichever_program_saved_it(desk, in_excel):
    content = desk.download()
    assert (desk.decided(content), desk.preview(content).certain) == ({}, True)
    assert desk.decided(in_excel(content, lambda book: None)) == {}


def test_everything_edited_in_the_browser_is_written_and_reads_back(desk):
    for action in desk.now.of(Kind.ACTION):
        desk.change(action, "timescale", "Quarter 4")
        desk.change(action, "text", f"{action.get('text')} and say so")
    for requirement in desk.now.of(Kind.REQUIREMENT):
        desk.change(requirement, "text", f"{requirement.get('text')}, always")
    made = desk.made()
    assert (desk.decided(made.content), made.notes) == ({}, ())


def test_every_status_changed_is_written_in_the_workbooks_manner(desk):
    turned = {"red": "green", "amber": "green", "green": "red", "blue": "red"}
    for item in (*desk.now.of(Kind.REQUIREMENT), *desk.now.of(Kind.ACTION)):
        if item.get("status"):
            desk.change(item, "status", turned[item.get("status")])
    made = desk.made()
    assert desk.decided(made.content) == {} or "could not be written" in " ".join(made.notes)


def test_a_record_added_under_each_requirement_and_one_removed_find_their_places(desk):
    first, *_ = desk.now.of(Kind.ACTION)
    for number, requirement in enumerate(desk.now.of(Kind.REQUIREMENT)):
        desk.add(Kind.ACTION, requirement.id, text=f"New thing {number}", timescale="Q4")
    desk.remove(first)
    made = desk.made()
    assert desk.decided(made.content) == {}
    assert {f"New thing {n}" for n in range(len(desk.now.of(Kind.REQUIREMENT)))} <= {
        values_of(piece, "text") for piece in read(made.content).pieces if piece.kind is Kind.ACTION
    }


def test_what_staff_type_beside_what_the_plan_changed_is_all_there_is_to_take(desk, in_excel, find_cell):
    first, *_, last = desk.now.of(Kind.ACTION)
    content = desk.download()
    desk.change(first, "timescale", "Quarter 4")
    edited = in_excel(content, lambda book: setattr(find_cell(book, last.get("text")), "value", "Something else"))
    assert desk.decided(edited) == {"take": 1, "keep": 1}
    desk.upload(edited)
    assert (desk.now[first.id].get("timescale"), desk.now[last.id].get("text")) == ("Quarter 4", "Something else")
    assert desk.decided(desk.download()) == {}
