"""This file proves that staff can have their workbook back with a note on each cell that was not understood."""

import json

import openpyxl
import pytest
from openpyxl.comments import Comment

from sync import roundtrip


def notes(book):
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment
    }  # fmt: skip


@pytest.fixture
def unclear(desk_of, in_excel):
    """A desk, and its download in which somebody wrote a status that is not on the scale."""
    desk = desk_of("tables")

    def write(book):
        book["Requirements"]["D2"] = "Mauve"
        book["Requirements"]["D2"].comment = Comment("Asked Ann", "Bob")

    return desk, in_excel(desk.download(), write)


def test_the_note_says_what_was_found_and_what_would_work_under_the_cells_own(unclear, opened):
    desk, content = unclear
    made = roundtrip.annotated(desk.session, desk.plan, content, "our plan.xlsx")
    said = notes(opened(made.content))["Requirements", "D2"]
    assert said.startswith("Asked Ann\n\nImprovement plan: “Mauve” is not on the plan's scale")


def test_every_problem_of_the_preview_is_noted_on_its_cell(unclear, opened):
    desk, content = unclear
    made = roundtrip.annotated(desk.session, desk.plan, content, "our plan.xlsx")
    problems = {(p.sheet, p.cell) for p in desk.preview(content).problems if p.cell}
    assert problems <= notes(opened(made.content)).keys()
    assert "put into the workbook" in made.notes[0]


def test_the_noted_workbook_says_the_same_when_it_comes_back(unclear):
    desk, content = unclear
    made = roundtrip.annotated(desk.session, desk.plan, content, "our plan.xlsx")
    assert made.name == "our plan-with-notes.xlsx"
    assert desk.preview(made.content).decisions == desk.preview(content).decisions


def test_noting_it_twice_says_nothing_twice(unclear, opened):
    desk, content = unclear
    once = roundtrip.annotated(desk.session, desk.plan, content, "our plan.xlsx").content
    twice = roundtrip.annotated(desk.session, desk.plan, once, "our plan.xlsx").content
    assert notes(opened(twice)) == notes(opened(once))


def test_a_workbook_without_problems_comes_back_as_it_is(desk_of):
    desk = desk_of("one-sheet")
    content = desk.download()
    made = roundtrip.annotated(desk.session, desk.plan, content, "plan.xlsx")
    assert made.content == content
    assert "nothing to note" in made.notes[0]


def test_a_row_that_is_not_certain_is_noted_on_its_first_cell(desk_of, in_excel, opened):
    desk = desk_of("tables")

    def rework(book):
        sheet = book["Actions"]
        sheet.delete_cols(next(c.column for c in sheet[1] if str(c.value).startswith("Plan record")))
        words = next(c for row in sheet.iter_rows(min_row=2) for c in row if len(str(c.value)) > 40)
        words.value = "In short: " + words.value[:-12]

    content = in_excel(desk.download(), rework)
    doubts = desk.preview(content).doubts
    made = roundtrip.annotated(desk.session, desk.plan, content, "plan.xlsx")
    assert doubts
    assert {(doubt.sheet, f"A{doubt.row}") for doubt in doubts} <= notes(opened(made.content)).keys()


def test_a_workbook_for_a_new_plan_can_be_had_back_with_notes_too(session, opened):
    lines = b"No.,Requirement,RAG,Action\r\n1,Improve,Mauve,Act\r\n2,Improve more,Red,Act again\r\n"
    made = roundtrip.annotated(session, None, lines, "plan.csv")
    assert made.name == "plan-with-notes.xlsx"
    assert list(notes(opened(made.content))) == [("Plan", "C2")]


def test_the_command_writes_the_noted_workbook_and_keeps_its_json_whole(app, tmp_path):
    source, out = tmp_path / "plan.csv", tmp_path / "noted.xlsx"
    source.write_bytes(b"No.,Requirement,RAG,Action\r\n1,Improve,Mauve,Act\r\n2,Improve more,Red,Act again\r\n")
    run = app.test_cli_runner().invoke
    run(args=["plan", "import", str(source), "--plan", "new"])
    done = run(args=["plan", "compare", str(source), "--plan", "new", "--notes", str(out), "--json"])
    assert (done.exit_code, json.loads(done.stdout)["counts"]["problems"]) == (0, 1)
    assert list(notes(openpyxl.load_workbook(out))) == [("Plan", "C2")]
