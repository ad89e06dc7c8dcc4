"""This file proves that files are read to the last character, and what is no tracker gets one sentence."""

import io
import zipfile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import PatternFill

from plan.fields import Kind
from sync.open_workbook import LIMIT
from sync.read_workbook import Unreadable, grids, read, shape

HEADINGS = ["No.", "Requirement", "RAG", "Action", "Timescale"]


def saved(fill):
    """A real workbook, as the function fills its first sheet."""
    book = openpyxl.Workbook()
    fill(book.active)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def written(fill):
    """The same by another program, which can store rich text and the results of formulas."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    fill(book, book.add_worksheet("Plan"))
    book.close()
    return content.getvalue()


def tracker(sheet, *rows):
    for row in (HEADINGS, *rows):
        sheet.append(row)


def texts(reading, kind=Kind.ACTION, name="text"):
    return [piece.values[name][0].value for piece in reading.pieces if piece.kind is kind and name in piece.values]


def with_action(words):
    return saved(lambda sheet: tracker(sheet, ["1", "Improve.", "Red", words, "Q2"]))


@pytest.mark.parametrize(
    "words",
    [
        "“£25,000” – it’s\u00a0two",
        "one\ntwo\n\nthree",
        " spaces kept ",
        "- begins like a list",
        "emoji 🟢 עברית",
        "a_b _x00 x_",
    ],
)
def test_text_is_kept_character_for_character(words):
    assert texts(read(with_action(words))) == [words]


def test_escaped_characters_come_out_as_a_person_sees_them():
    def fill(book, sheet):
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_row(1, 0, ["1", "one\r\ntwo", "Red", "a literal _x000D_ stays", "Q2"])

    got = read(written(fill))
    assert texts(got) == ["a literal _x000D_ stays"]
    assert texts(got, Kind.REQUIREMENT) == ["one\ntwo"]


def test_rich_text_is_its_words_and_a_formula_its_stored_result():
    def fill(book, sheet):
        bold = book.add_format({"bold": True})
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_row(1, 0, ["1", "", "Red", "", "Q2"])
        sheet.write_rich_string(1, 1, "Improve ", bold, "every", " visit.")
        sheet.write_formula(1, 3, '="Hire "&"two"', None, "Hire two")

    got = read(written(fill))
    assert texts(got, Kind.REQUIREMENT) == ["Improve every visit."]
    assert texts(got) == ["Hire two"]
    assert got.problems == ()


def test_a_formula_that_was_never_calculated_is_a_problem():
    got = read(with_action('="Hire "&"two"'))
    assert [(problem.cell, problem.found) for problem in got.problems] == [("D2", '="Hire "&"two"')]
    assert "has no stored result" in got.problems[0].message


def test_an_error_value_is_a_problem_and_the_rest_is_read():
    got = read(saved(lambda sheet: tracker(sheet, ["1", "Improve.", "Red", "Hire.", "#REF!"])))
    assert [(problem.cell, problem.found) for problem in got.problems] == [("E2", "#REF!")]
    assert texts(got) == ["Hire."]


def test_formatted_cells_without_content_do_not_stretch_the_sheet():
    def fill(sheet):
        tracker(sheet, ["1", "Improve.", "Red", "Hire.", "Q2"])
        sheet["XFD1048576"].fill = PatternFill("solid", fgColor="FF0000")

    (sheet,) = grids(saved(fill))
    assert (sheet.last_row, sheet.last_col) == (2, 5)


def test_a_sheets_plain_content_has_its_fills_merges_filters_and_hidden_columns():
    def fill(sheet):
        tracker(sheet, ["1", "Improve.", "Red", "Hire.", "Q2"], ["", "", "", "Train.", ""])
        sheet.merge_cells("A2:A3")
        sheet["C2"].fill = PatternFill("solid", fgColor="FF0000")
        sheet.auto_filter.ref = "A1:E3"
        sheet.column_dimensions["F"].hidden = True
        sheet.oddFooter.center.text = "OFFICIAL"

    (sheet,) = grids(saved(fill))
    assert sheet.at(2, 3).fill == "FF0000"
    assert (sheet.anchor(3, 1), sheet.filter_ref, sheet.hidden_columns) == ((2, 1), "A1:E3", {"F"})
    assert sheet.margins == ("OFFICIAL",)


def test_a_remembered_layout_is_used_and_found_by_the_workbooks_shape():
    content = with_action("Hire.")
    first = read(content)
    column = first.layout.tables[0].columns[4]
    corrected = first.layout.with_column(0, type(column)("E", "Timescale", Kind.ACTION, "progress"))
    again = read(content, corrected)
    assert again.layout == corrected
    assert texts(again, name="progress") == ["Q2"]
    assert shape(grids(content)) == shape(grids(with_action("Train.")))


def renamed(content, name, other):
    """The package with one part under another name."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(changed, "w") as copy:
        for member in package.namelist():
            copy.writestr(other if member == name else member, package.read(member))
    return changed.getvalue()


def replaced(content, words, others):
    """The package with the words of its parts replaced."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(changed, "w") as copy:
        for member in package.namelist():
            copy.writestr(member, package.read(member).replace(words, others))
    return changed.getvalue()


def test_a_workbook_saved_as_strict_open_xml_is_read():
    usual = b"http://schemas.openxmlformats.org/spreadsheetml/2006/"
    strict = replaced(with_action("Hire."), usual, b"http://purl.oclc.org/ooxml/spreadsheetml/")
    assert texts(read(strict)) == ["Hire."]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The file is empty"),
        (b"No,Requirement\n1,Improve", "not an Excel workbook"),
        (b"<html><table><tr><td>Requirement</td></tr></table></html>", "not an Excel workbook"),
        (b"PK\x03\x04 and then nothing", "Nothing was changed"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "Nothing was changed"),
        (b"PK" + bytes(LIMIT), "larger than 20 MB"),
        (saved(lambda sheet: None), "no table"),
        (saved(lambda sheet: sheet.append(["Shopping", "Price"])), "no table"),
    ],
    ids=["empty", "csv", "html", "truncated", "old or encrypted", "too large", "blank", "no table"],
)
def test_what_is_no_tracker_gets_one_sentence_that_says_what_to_do(content, says):
    with pytest.raises(Unreadable, match=says) as why:
        read(content)
    assert "Nothing was changed" in str(why.value)


def test_a_broken_package_is_said_to_be_damaged():
    with pytest.raises(Unreadable, match="Nothing was changed"):
        read(renamed(with_action("Hire."), "xl/worksheets/sheet1.xml", "xl/worksheets/lost.xml"))
