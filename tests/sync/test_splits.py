"""This file splits lists of actions cell by cell: what each would become, what is kept, and what is written back."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import openpyxl
import pytest

from plan.fields import Kind
from sync import roundtrip, trackers
from sync.grid import Cell, Grid
from sync.layout import Layout
from sync.listed_cells import listed_cells
from sync.read_workbook import read_grids, shape
from sync.splits import Reads, is_list, key_of

HEADINGS = ["No.", "Requirement", "RAG", "Action", "Lead", "Timescale"]
TWO, THREE = "• Write it\n• Print it", "1. Ask\n2. Listen\n3. Answer"
ROWS = [
    [1, "Publish the plan", "Red", TWO, "Ann\nBo", "Q1"],
    [2, "Visit every school", "Green", THREE, "Cy", "Q3"],
    [3, "Hear staff", "Amber", "Meet", "Dan", "Q4"],
]
WRITE, ASK = key_of(["Write it", "Print it"]), key_of(["Ask", "Listen", "Answer"])


def grid(*rows):
    places = ((row, col, value) for row, cells in enumerate(rows, 1) for col, value in enumerate(cells, 1))
    return Grid("Plan", cells={(row, col): Cell(value) for row, col, value in places if value not in (None, "")})


def read(splits, *rows):
    sheet = grid(HEADINGS, *(rows or ROWS))
    return read_grids([sheet], replace(read_grids([sheet]).layout, splits=splits))


def actions(reading):
    names = ("text", "lead", "timescale")
    return [tuple(p.values[n][0].value for n in names) for p in reading.pieces if p.kind is Kind.ACTION]


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        (TWO, True),
        (THREE, True),
        ("Write it\nPrint it", True),
        ("Write it", False),
        ("• Write it", False),
        ("We will:\n• write it\n• print it", False),
        ("• Write it\n  and print it", False),
        ("Write it\n\n", False),
    ],
)
def test_a_list_has_several_lines_with_a_bullet_each_or_none(words, listed):
    assert is_list(words) is listed


def test_each_listed_cell_is_told_with_what_it_would_become():
    write, ask = listed_cells(read({}))
    assert [(line.words, dict(line.beside)) for line in write.lines] == [
        ("Write it", {"Lead": "Ann"}),
        ("Print it", {"Lead": "Bo"}),
    ]
    assert (write.cells, write.of_all, write.shares) == ((("Plan", "D2"),), {"Timescale": "Q1"}, ("Lead",))
    assert (ask.of_all, ask.shares, ask.reads) == ({"Lead": "Cy", "Timescale": "Q3"}, (), Reads.KEPT)


def test_only_the_cell_that_was_chosen_is_split_and_leads_are_shared_out():
    assert actions(read({WRITE: Reads.SPLIT})) == [
        ("Write it", "Ann", "Q1"),
        ("Print it", "Bo", "Q1"),
        (THREE, "Cy", "Q3"),
        ("Meet", "Dan", "Q4"),
    ]


def test_a_cell_can_be_split_with_the_whole_of_what_stands_beside_it():
    assert actions(read({WRITE: Reads.WHOLE}))[:2] == [("Write it", "Ann\nBo", "Q1"), ("Print it", "Ann\nBo", "Q1")]


@pytest.mark.parametrize("reads", Reads)
def test_what_a_cell_would_become_is_told_alike_however_it_is_read(reads):
    kept, told = listed_cells(read({}))[0], listed_cells(read({WRITE: reads}))[0]
    assert told == replace(kept, reads=reads)


def test_a_moved_row_keeps_its_choice_and_changed_words_are_asked_about_anew():
    splits = {WRITE: Reads.SPLIT}
    assert len(actions(read(splits, ROWS[2], ROWS[0]))) == 3
    changed = [1, "Publish the plan", "Red", f"{TWO}\n• Post it", "Ann", "Q1"]
    assert len(actions(read(splits, changed))) == 1


def test_cells_with_the_same_words_are_asked_about_once():
    again = [4, "Hear parents", "Red", "Write it\nPrint it", "Eve", "Q2"]
    assert listed_cells(read({}, *ROWS, again))[0].cells == (("Plan", "D2"), ("Plan", "D5"))


def test_what_was_chosen_is_kept_with_the_layout():
    layout = Layout(splits={WRITE: Reads.WHOLE})
    assert Layout.from_json(layout.as_json()) == layout


def test_the_number_of_a_split_action_is_the_first_ones():
    sheet = grid(["No.", "Requirement", "Action ref", "Action"], ["1", "Publish", "1.1", TWO])
    got = read_grids([sheet], replace(read_grids([sheet]).layout, splits={WRITE: Reads.SPLIT}))
    assert [p.values.get("reference") is not None for p in got.pieces if p.kind is Kind.ACTION] == [True, False]


# To the plan and back


@pytest.fixture
def split(session, bring):
    """A plan of three requirements, of which the first's actions were said to be two and the others were kept."""
    return bring(chosen(session, {WRITE: Reads.SPLIT}))


def chosen(session, splits):
    book = openpyxl.Workbook()
    for row in (HEADINGS, *ROWS):
        book.active.append(row)
    content = saved(book)
    layout = replace(roundtrip.read_tracker(session, content).layout, splits=splits)
    trackers.remember(session, shape(roundtrip.sheets_of(content)), layout, datetime(2013, 7, 1, tzinfo=UTC))
    return content


def saved(book):
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def said(content, opened, row=2):
    return [cell.value for cell in opened(content).active[row]][3:6]


def test_an_untouched_download_of_a_split_cell_changes_nothing(split, opened):
    content = split.download()
    assert said(content, opened) == [TWO, "Ann\nBo", "Q1"]
    assert split.decided(content) == {}


def test_one_line_changed_in_the_plan_is_one_line_of_the_cell_and_reads_the_same_again(split, opened):
    split.change(split.find(Kind.ACTION, "Print it"), "text", "Print it twice")
    content = split.download()
    assert said(content, opened) == ["• Write it\n• Print it twice", "Ann\nBo", "Q1"]
    assert split.decided(content) == {}


@pytest.mark.slow
def test_a_date_of_one_of_them_is_written_as_a_line_for_each(split, opened):
    split.change(split.find(Kind.ACTION, "Print it"), "timescale", "Q4")
    content = split.download()
    assert said(content, opened) == [TWO, "Ann\nBo", "Q1\nQ4"]
    assert split.decided(content) == {}


def test_a_line_changed_in_the_workbook_is_that_actions_change(split, in_excel):
    def act(book):
        book.active["D2"] = "• Write it\n• Print it in colour"

    shown = split.preview(in_excel(split.download(), act))
    assert [(d.field, d.result) for d in shown.decisions] == [("text", "Print it in colour")]


@pytest.mark.slow
def test_a_line_added_in_the_workbook_is_a_new_action_and_the_cell_stays_split(split, in_excel, opened):
    def act(book):
        book.active["D2"] = f"{TWO}\n• Post it"
        book.active["E2"] = "Ann\nBo\nFay"

    split.upload(in_excel(split.download(), act))
    assert split.find(Kind.ACTION, "Post it").get("lead") == "Fay"
    content = split.download()
    assert said(content, opened) == [f"{TWO}\n• Post it", "Ann\nBo\nFay", "Q1"]
    assert split.decided(content) == {}


@pytest.mark.slow
def test_one_taken_out_leaves_the_others_and_the_last_takes_the_row_with_it(split, opened):
    split.remove(split.find(Kind.ACTION, "Write it"))
    assert said(split.download(), opened) == ["Print it", "Bo", "Q1"]
    split.remove(split.find(Kind.ACTION, "Print it"))
    assert said(split.download(), opened) == [None, None, None]
    assert split.decided(split.download()) == {}


@pytest.mark.slow
def test_a_new_action_of_the_plan_stands_on_a_row_of_its_own(split, opened):
    split.add(Kind.ACTION, split.requirement("1").id, text="Post it", lead="Ann", timescale="Q3")
    content = split.download()
    assert said(content, opened) == [TWO, "Ann\nBo", "Q1"]
    assert said(content, opened, 3) == ["Post it", "Ann", "Q3"]
    assert split.decided(content) == {}


@pytest.mark.slow
def test_a_row_sorted_elsewhere_stays_split(split, in_excel):
    split.change(split.find(Kind.ACTION, "Print it"), "text", "Print it twice")

    def act(book):
        book.active.move_range("A2:J2", rows=3)

    assert split.decided(in_excel(split.download(), act)) == {}


@pytest.mark.slow
def test_without_the_hidden_column_a_list_that_the_plan_changed_is_still_known(split, in_excel):
    split.change(split.find(Kind.ACTION, "Print it"), "text", "Print it twice")
    assert split.decided(in_excel(split.download(), lambda book: book.active.delete_cols(7, 3))) == {}


@pytest.mark.slow
def test_with_the_whole_beside_it_a_lead_of_one_is_told_and_stays_in_the_plan(session, bring, opened):
    desk = bring(chosen(session, {WRITE: Reads.WHOLE}))
    desk.change(desk.find(Kind.ACTION, "Write it"), "lead", "Cat")
    assert said(desk.download(), opened) == [TWO, "Ann\nBo", "Q1"]
    assert "Lead of the action “1.1” could not be written" in " ".join(desk.notes())


@pytest.mark.slow
def test_saying_later_that_a_cell_is_several_rewords_the_one_and_adds_the_others(session, bring):
    desk = bring(chosen(session, {}))
    content = desk.download()
    layout = replace(desk.preview(content).reading.layout, splits={WRITE: Reads.SPLIT})
    shown = roundtrip.preview(session, desk.plan, content, layout=layout)
    assert [(d.outcome, d.field) for d in shown.decisions] == [("take", "text"), ("take", "lead"), ("added", None)]
