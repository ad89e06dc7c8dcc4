"""This file tells of a register with an action a row, each row repeating its requirement."""

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest

from plan.fields import Kind
from sync.merge import Outcome
from tests.sync.stories.conftest import retype, sort_rows, told

STEPS = ("inspect roofs", "mend gutters", "list boilers", "cut waste", "sell land", "count stamps", "hire clerks")
HEADINGS = (
    "Ref", "Theme", "Requirement no.", "Requirement", "RAG", "Action", "Lead", "Timescale", "Due date",
    "Progress update", "Evidence", "Last updated",
)  # fmt: skip


@pytest.fixture
def register(bring):
    """A flat register of seven actions under three requirements, each row saying all of it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Register"
    sheet.append(HEADINGS)
    for number in range(7):
        group = number // 3
        sheet.append([
            f"A{number + 1}", ("Homes", "Money", "Voice")[group], f"R{group + 1}",
            ("Keep every home safe and dry", "Balance the budget each year", "Answer every letter in time")[group],
            ("Red", "Amber", "Green")[number % 3],
            f"Step {number}: {STEPS[number]}",
            "Head of Homes", "Q2 2025", date(2025, 9, number + 1), f"Progress told in words {number}",
            f"Folder {number}", date(2025, 4, 1),
        ])  # fmt: skip
    sheet.auto_filter.ref = "A1:L8"
    saved = BytesIO()
    book.save(saved)
    return bring(saved.getvalue())


def test_a_register_comes_back_untouched(register):
    assert (register.decided(register.download()), register.decided(register.original)) == ({}, {})


def test_a_cell_of_a_register_changed_in_the_workbook_is_one_change(register, in_excel, find_cell):
    edited = in_excel(register.download(), retype(find_cell, "Progress told in words 4", "Nearly there"))
    assert told(register, edited) == [(Outcome.TAKE, "progress", "Nearly there")]


def test_a_requirement_changed_in_the_browser_is_changed_on_all_its_rows(register, opened):
    register.change(register.requirement("R1"), "text", "Keep every home safe, dry and warm")
    content = register.download()
    said = [cell.value for cell in opened(content)["Register"]["D"]]
    assert said.count("Keep every home safe, dry and warm") == 3
    assert register.decided(content) == {}


def test_a_requirement_changed_on_all_its_rows_is_one_change(register, in_excel):
    def act(book):
        for row in (2, 3, 4):
            book["Register"][f"D{row}"] = "Keep every home safe, dry and warm"

    edited = in_excel(register.download(), act)
    assert told(register, edited) == [(Outcome.TAKE, "text", "Keep every home safe, dry and warm")]


@pytest.mark.parametrize("row", [2, 3, 4])
def test_a_requirement_changed_on_one_of_its_rows_is_one_change(register, in_excel, row):
    edited = in_excel(
        register.download(), lambda book: book["Register"].__setitem__(f"D{row}", "Keep every home safe, dry and warm")
    )
    assert told(register, edited) == [(Outcome.TAKE, "text", "Keep every home safe, dry and warm")]


def test_a_requirement_changed_differently_on_two_of_its_rows_is_a_problem(register, in_excel):
    def act(book):
        book["Register"]["D3"] = "Keep every home warm and dry"
        book["Register"]["D4"] = "Keep every home safe and clean"

    seen = register.preview(in_excel(register.download(), act))
    assert not seen.of(Outcome.ADDED, Outcome.TAKE, Outcome.CONFLICT)
    assert seen.problems


def test_an_action_added_in_the_browser_gets_a_whole_row_of_the_register(register, opened):
    register.add(Kind.ACTION, register.requirement("R1").id, text="Paint the doors", lead="Head of Homes")
    content = register.download()
    rows = [[cell.value for cell in row[:7]] for row in opened(content)["Register"].iter_rows()]
    added = next(row for row in rows if "Paint the doors" in row)
    assert added[1:4] == ["Homes", "R1", "Keep every home safe and dry"]
    assert register.decided(content) == {}


def test_an_action_added_to_a_requirement_of_one_row_names_it_too_so_that_a_sort_does_not_lose_it(register, opened):
    register.add(Kind.ACTION, register.requirement("R3").id, text="Paint the doors")
    rows = [[cell.value for cell in row[:7]] for row in opened(register.download())["Register"].iter_rows()]
    added = next(row for row in rows if "Paint the doors" in row)
    assert added[1:4] == ["Voice", "R3", "Answer every letter in time"]


def test_a_row_added_to_the_register_is_a_new_action_of_its_requirement(register, in_excel):
    def act(book):
        sheet = book["Register"]
        new = [cell.value for cell in sheet[2]][:12]
        sheet.append(["A8", *new[1:5], "Paint the doors", *new[6:]])

    edited = in_excel(register.download(), act)
    register.upload(edited)
    action = register.find(Kind.ACTION, "Paint the doors")
    assert (register.now[action.parent].get("reference"), action.get("reference")) == ("R1", "A8")


def test_a_row_deleted_from_the_register_is_missing(register, in_excel):
    edited = in_excel(register.download(), lambda book: book["Register"].delete_rows(3))
    assert register.decided(edited) == {"missing": 1}


def test_the_register_reversed_changes_nothing(register, in_excel):
    edited = in_excel(register.download(), lambda book: sort_rows(book["Register"], columns=range(1, 14)))
    assert register.decided(edited) == {}


def test_the_register_reversed_without_its_hidden_column_changes_nothing(register, in_excel):
    edited = in_excel(register.download(), lambda book: sort_rows(book["Register"], columns=range(1, 13)))
    assert register.decided(edited) == {}


def test_dates_of_the_register_stay_dates(register, opened):
    register.change(register.find(Kind.ACTION, "inspect roofs"), "timescale", "30 November 2025")
    content = register.download()
    values = [opened(content)["Register"][f"{column}2"].value for column in "HI"]
    assert datetime(2025, 11, 30) in values or "30 November 2025" in values
    assert register.decided(content) == {}
