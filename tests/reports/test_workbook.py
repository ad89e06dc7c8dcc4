"""This file proves the report as a workbook: a sheet for each kind of record, words as words, marked on every page."""

from io import BytesIO

import openpyxl
import pytest

from plan.edits import Edit
from plan.fields import Kind
from reports import xlsx


@pytest.fixture
def book(told):
    return openpyxl.load_workbook(BytesIO(xlsx.page(told())))


def rows(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_each_kind_of_record_has_its_sheet(book):
    assert book.sheetnames == ["About", "Requirements", "Achievements", "Areas for development", "Figures"]
    assert [row[1] for row in rows(book["Requirements"])] == ["No.", "2", "20", "7"]


def test_an_action_has_the_days_that_its_timescale_promises(book):
    quarter = rows(book["Areas for development"])[1]
    assert quarter[4] == "Quarter 2"
    assert [day.isoformat()[:10] for day in quarter[5:7]] == ["2013-07-01", "2013-09-30"]


def test_figures_are_numbers(book):
    assert [row[5] for row in rows(book["Figures"])[1:]] == [74.89, 71]


def test_the_marking_stands_in_the_header_and_footer_of_every_sheet(book):
    marked = {(sheet.oddHeader.left.text, sheet.oddFooter.left.text) for sheet in book}
    assert marked == {("OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE")}


def test_the_headings_stay_in_sight_and_are_repeated_on_paper(book):
    sheet = book["Requirements"]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")


@pytest.mark.parametrize("words", ["=1+1", "-", "@here", "+44"])
def test_words_that_look_like_a_formula_stay_words(save, told, words):
    save(Edit(Kind.REQUIREMENT, "r2", "text", words))
    cell = openpyxl.load_workbook(BytesIO(xlsx.page(told(signed_off=False))))["Requirements"]["C2"]
    assert (cell.data_type, cell.value) == ("s", f"{words}\n(Awaiting sign-off)")


def test_the_same_position_is_the_same_bytes_at_another_time(told, monkeypatch):
    first = xlsx.page(told())
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert xlsx.page(told()) == first
