"""This file proves that a requirement's number is found where it stands before the words in one cell."""

from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.fields import Kind
from sync import buried
from sync.explain import choice_of, column_from_choice, explain

HEADINGS = ["Requirement", "RAG", "Action", "Lead", "Timescale"]
CELLS = ["R7 – Publish the plan", "R12 – Visit every school", "R3 – Hear children"]


@pytest.fixture
def desk(bring):
    """A tracker without a column of numbers; its second requirement takes two rows and says its words on both."""
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    for words, action in zip([*CELLS, CELLS[1]], ("Write it", "Ring them", "Ask them", "Go there"), strict=True):
        book.active.append([words, "Red", action, "Ann", "Q1"])
    content = BytesIO()
    book.save(content)
    return bring(content.getvalue())


@pytest.mark.parametrize(
    ("said", "reference", "words"),
    [
        ("R7 – Publish the plan", "R7", "Publish the plan"),
        ("7. Publish", "7", "Publish"),
        ("(7) Publish", "7", "Publish"),
        ("1.2 Publish", "1.2", "Publish"),
        ("REC12: Publish\nand print", "REC12", "Publish\nand print"),
        ("Recommendation 4 - Publish", "4", "Publish"),
        ("R7 Publish", "R7", "Publish"),
    ],
)
def test_a_number_before_the_words_is_told_from_them(said, reference, words):
    found = buried.find(said)
    assert (found.reference, found.words) == (reference, words)


@pytest.mark.parametrize(
    "said", ["7 days after the visit", "Publish by Q3 – at last", "2013-14 targets", "31 March", "A plan"]
)
def test_words_that_only_hold_figures_have_no_number(said):
    assert buried.find(said) is None


@given(st.text(), st.text(min_size=1))
def test_the_same_number_and_words_put_back_are_the_same_cell(said, words):
    found = buried.find(said)
    assert (
        buried.put(said, found.reference, said[found.words_at :]) == said
        if found
        else buried.put(said, "1", words) == words
    )


def test_requirements_have_the_number_before_their_words_and_their_words_alone(desk):
    told = [(one.get("reference"), one.get("text")) for one in desk.now.of(Kind.REQUIREMENT)]
    assert told == [("R7", "Publish the plan"), ("R12", "Visit every school"), ("R3", "Hear children")]
    assert [one.parent for one in desk.now.of(Kind.ACTION)][1] == desk.requirement("R12").id
    assert desk.decided(desk.download()) == {}


def test_new_words_and_a_new_number_are_written_in_the_cells_own_manner(desk, opened):
    desk.change(desk.requirement("R7"), "text", "Publish the plan twice")
    desk.change(desk.requirement("R12"), "reference", "R13")
    content = desk.download()
    said = [row[0].value for row in opened(content).active.iter_rows(min_row=2)]
    assert said == ["R7 – Publish the plan twice", "R13 – Visit every school", CELLS[2], "R13 – Visit every school"]
    assert desk.decided(content) == {}


def test_a_new_requirement_begins_with_its_number_as_the_others_do(desk, opened):
    desk.add(Kind.REQUIREMENT, desk.requirement("R7").parent, reference="R20", text="Ask again", status="green")
    content = desk.download()
    assert "R20 – Ask again" in [row[0].value for row in opened(content).active.iter_rows()]
    assert desk.decided(content) == {}


def test_staffs_new_words_and_number_are_taken_apart(desk, in_excel):
    edited = in_excel(desk.download(), lambda book: setattr(book.active["A2"], "value", "R8 – Publish it"))
    desk.upload(edited)
    assert desk.requirement("R8").get("text") == "Publish it"


def test_a_person_sees_it_said_and_can_turn_it_off(desk):
    reading = desk.preview(desk.download()).reading
    words = explain(reading)[0].columns[0]
    assert words.words.endswith("and each cell begins with its number.")
    column = reading.layout.tables[0].columns[0]
    assert not column_from_choice(column, "requirement.text").numbered
    assert column_from_choice(column_from_choice(column, "requirement.text"), choice_of(column)) == column
