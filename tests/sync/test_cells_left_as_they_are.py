"""This file proves that a cell which cannot take its words is left and told, and that all others are written."""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from plan.fields import Kind

HEADINGS = ["No.", "Requirement", "RAG", "Action", "Lead", "Timescale"]
ROWS = [
    [1, "Publish the plan", "Red", "Write it", "Ann", "Q1"],
    [2, "Visit every school", "Green", "Ring them", "Bob", "Q3"],
    [3, "Hear children", "Amber", "Ask them", "Bob", "Q4"],
]
SHARED = '<f t="shared" ref="E2:E3" si="0">$J$1</f><v>Ann</v>'
MASTER = re.compile(rb'<c r="E2"[^>]*>.*?</c>')
FOLLOWER = re.compile(rb'<c r="E3"[^>]*>.*?</c>')


def workbook():
    book = openpyxl.Workbook()
    book.active.title = "Plan"
    for row in [HEADINGS, *ROWS]:
        book.active.append(row)
    return book


def saved(book):
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def with_shared_formula(content):
    """The same workbook with the leads of two rows given by one formula that they share."""
    made = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                part = MASTER.sub(f'<c r="E2" t="str">{SHARED}</c>'.encode(), part)
                part = FOLLOWER.sub(b'<c r="E3" t="str"><f t="shared" si="0"/><v>Bob</v></c>', part)
            new.writestr(name, part)
    return made.getvalue()


def with_array_formula():
    """Two statuses that one formula fills, with the results that Excel would have stored."""
    book = workbook()
    book.active["C2"] = ArrayFormula("C2:C3", "=H2:H3")
    content, made = saved(book), BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                part = re.sub(rb'<c r="C2"([^>]*)>(<f.*?</f>)<v ?/>', rb'<c r="C2" t="str">\2<v>Red</v>', part)
                part = re.sub(rb'<c r="C2"([^>]*)>(<f.*?</f>)<v></v>', rb'<c r="C2" t="str">\2<v>Red</v>', part)
            new.writestr(name, part)
    return made.getvalue()


@pytest.fixture
def sharing(bring):
    return bring(with_shared_formula(saved(workbook())))


def test_the_first_cell_of_a_shared_formula_is_left_and_all_else_is_written(sharing, opened):
    sharing.change(sharing.find(Kind.ACTION, "Write it"), "lead", "Cat")
    sharing.change(sharing.find(Kind.ACTION, "Write it"), "timescale", "Q2")
    made = sharing.made()
    sheet = opened(made.content).active
    assert (sheet["E2"].value, sheet["F2"].value) == ("=$J$1", "Q2")
    assert [note for note in made.notes if "E2" in note and "formula that other cells share" in note]


def test_a_download_with_a_cell_left_takes_nothing_back_when_it_returns(sharing):
    sharing.change(sharing.find(Kind.ACTION, "Write it"), "lead", "Cat")
    content = sharing.download()
    assert sharing.decided(content) in ({}, {"keep": 1})
    sharing.upload(content)
    assert sharing.find(Kind.ACTION, "Write it").get("lead") == "Cat"


def test_a_later_member_of_a_shared_formula_is_written(sharing, opened):
    sharing.change(sharing.find(Kind.ACTION, "Ring them"), "lead", "Cat")
    assert opened(sharing.download()).active["E3"].value == "Cat"


@pytest.mark.parametrize(("reference", "cell"), [("1", "C2"), ("2", "C3")])
def test_cells_that_one_formula_fills_are_left_and_all_else_is_written(bring, opened, reference, cell):
    desk = bring(with_array_formula())
    desk.change(desk.requirement(reference), "status", "blue")
    desk.change(desk.requirement("3"), "status", "blue")
    made = desk.made()
    assert opened(made.content).active["C4"].value == "Blue"
    assert [note for note in made.notes if cell in note and "fills several cells" in note]
    assert desk.decided(made.content) in ({}, {"keep": 1})


def test_a_list_longer_than_a_cell_can_hold_is_left_and_told(bring, opened):
    book = workbook()
    book.active["G1"] = "Achievements to date"
    book.active["G2"] = "• Wrote it\n• Printed it"
    book.active["G3"] = "• Rang them\n• Went there"
    desk = bring(saved(book))
    desk.change(desk.find(Kind.ACHIEVEMENT, "Wrote it"), "text", "long " * 6000)
    desk.change(desk.find(Kind.ACHIEVEMENT, "Printed it"), "text", "words " * 5000)
    desk.change(desk.find(Kind.ACHIEVEMENT, "Went there"), "text", "Went to all")
    made = desk.made()
    sheet = opened(made.content).active
    assert (sheet["G2"].value, sheet["G3"].value) == ("• Wrote it\n• Printed it", "• Rang them\n• Went to all")
    assert [note for note in made.notes if "G2" in note and "32,767" in note]
    assert desk.decided(made.content) in ({}, {"keep": 2})
