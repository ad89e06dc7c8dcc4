"""This file tells what becomes of the plan's own workbook when a colleague's program loses part of it."""

import zipfile
from io import BytesIO

import pytest

from plan.fields import Kind
from sync.ooxml import lost

PLAN = "Improvement Plan"


@pytest.fixture
def sheet(desk_of):
    return desk_of("one-sheet")


def retype(book):
    book[PLAN]["H7"] = "Quarter 4"


def test_openpyxl_is_found_out_to_lose_sparklines_and_shapes(sheet, in_excel):
    download = sheet.download()
    assert {"sparklines", "shapes and text boxes"} <= set(lost(download, in_excel(download, retype)))


def test_an_untouched_copy_has_lost_nothing(sheet):
    download = sheet.download()
    assert lost(download, download) == ()


def test_the_words_are_taken_and_everybody_else_keeps_their_sparklines(sheet, in_excel):
    accepted = sheet.upload(in_excel(sheet.download(), retype))
    assert any("sparklines" in note for note in accepted.notes)
    again = sheet.download()
    assert b"sparkline" in zipfile.ZipFile(BytesIO(again)).read("xl/worksheets/sheet3.xml")
    assert [item.get("timescale") for item in sheet.now.of(Kind.ACTION)][1] == "Quarter 4"


def test_a_workbook_that_lost_nothing_becomes_the_plans_own(desk_of, in_excel):
    tables = desk_of("tables")

    def colour(book):
        book["Actions"].sheet_properties.tabColor = "FF00AA"

    accepted = tables.upload(in_excel(tables.download(), colour))
    assert accepted.notes == ()
    with zipfile.ZipFile(BytesIO(tables.download())) as package:
        assert any(b"FF00AA" in package.read(name) for name in package.namelist() if "worksheets/sheet" in name)
