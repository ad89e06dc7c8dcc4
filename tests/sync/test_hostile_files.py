"""This file proves that no file, however made, brings more than one plain sentence, and that what can be read is."""

import io
import random
import threading
import time
import zipfile

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from sync.opening import readers
from sync.read_workbook import Unreadable, grids, read

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"
ROWS = [["No.", "Requirement", "RAG", "Action", "Timescale"], ["1", "Improve.", "Red", "Hire.", "Q2"]]
PATIENCE = 21.0  # seconds


def workbook(fill=lambda sheet: None):
    """A small tracker, with whatever the function adds."""
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    fill(book.active)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def with_parts(parts, content=None, packing=zipfile.ZIP_DEFLATED):
    """The small tracker with parts changed or added; a part is bytes or a function of the old bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content or workbook())) as old, zipfile.ZipFile(made, "w", packing) as new:
        for name in [*old.namelist(), *(name for name in parts if name not in old.namelist())]:
            there = old.read(name) if name in old.namelist() else b""
            part = parts.get(name, there)
            new.writestr(name, part(there) if callable(part) else part)
    return made.getvalue()


def swapped(name, words, others, content=None):
    return with_parts({name: lambda part: part.replace(words, others)}, content)


def refused(content):
    """The sentence that a file gets, within the time that a person would wait."""
    began = time.monotonic()
    with pytest.raises(Unreadable) as why:
        read(content)
    assert time.monotonic() - began < PATIENCE
    sentence = str(why.value)
    assert "Nothing was changed" in sentence
    assert not any(word in sentence for word in ("Error", "Exception", "Traceback", "xml", "line "))
    return sentence


def actions(content):
    began = time.monotonic()
    got = read(content)
    assert time.monotonic() - began < PATIENCE
    return [said.value for piece in got.pieces for said in piece.values.get("timescale", ())]


def sheet_of(rows, after=""):
    """A sheet's part with these rows of XML below the small tracker's own."""
    own = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Requirement</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>Action</t></is></c><c r="C1" t="inlineStr"><is><t>Timescale</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>Improve.</t></is></c>'
        '<c r="B2" t="inlineStr"><is><t>Hire.</t></is></c><c r="C2" t="inlineStr"><is><t>Q2</t></is></c></row>'
    )
    return with_parts({SHEET: f"<worksheet {MAIN}><sheetData>{own}{rows}</sheetData>{after}</worksheet>".encode()})


DTD = b'<?xml version="1.0"?><!DOCTYPE worksheet [%b]><worksheet><sheetData/></worksheet>'
LAUGHS = b'<!ENTITY a "ha">' + b"".join(b'<!ENTITY %c "%b">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"No,Requirement\n1,Improve",
        b"<html><table><tr><td>Requirement</td></tr></table></html>",
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"\x05Ann Other" + b" " * 44 + b"A\0n\0n\0" + bytes(100),
        OLE + "Workbook".encode("utf-16-le") + bytes(2000),
        OLE + "EncryptedPackage".encode("utf-16-le") + bytes(2000),
        workbook()[:-700],
        workbook()[:300],
        with_parts({SHEET: b"\0" * 290_000_000}),
        with_parts({f"xl/media/{n}.bin": b"" for n in range(50_000)}),
        with_parts({SHEET: DTD % LAUGHS}),
        with_parts({SHEET: DTD % b'<!ENTITY x SYSTEM "file:///etc/passwd">'}),
        with_parts({"../../outside.xml": b"<a/>"}),
        with_parts({"[Content_Types].xml": b"not even XML", "xl/workbook.xml": b"neither is this"}),
        with_parts({"xl/workbook.xml": b"", "word/document.xml": b"<w/>"}),
        swapped(SHEET, b"<sheetData>", b"<sheetData>" + b"<x>" * 100_000),
        swapped(SHEET, b't="inlineStr"><is><t>Improve.</t></is>', b't="s"><v>99999</v>'),
        swapped(SHEET, b'r="A1"', b'r="999999999A"'),
        swapped(SHEET, b"Improve.", b"\xff\xfe\xfd"),
        with_parts({SHEET: random.Random(1).randbytes(5000)}),
    ],
    ids=[
        "empty", "csv", "html", "png", "lock file", "xls", "password", "truncated", "cut short", "zip bomb",
        "50,000 members", "billion laughs", "external entity", "path traversal", "wrong content type", "docx",
        "deep xml", "text out of range", "no such cell", "invalid utf-8", "noise",
    ],
)  # fmt: skip
def test_a_hostile_file_gets_one_plain_sentence(content):
    assert refused(content)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_with_a_part_twice_is_refused():
    made = io.BytesIO(workbook())
    with zipfile.ZipFile(made, "a") as package:
        package.writestr(SHEET, b"<worksheet/>")
    assert "twice" in refused(made.getvalue())


def test_a_file_whose_checksum_is_wrong_is_refused():
    content = with_parts({}, packing=zipfile.ZIP_STORED)
    assert "damaged" in refused(content.replace(b"<sheetData>", b"<sheetDatA>"))


def test_a_lone_cell_in_the_farthest_corner_does_no_harm():
    def fill(sheet):
        sheet["XFD1048576"] = "here"

    assert actions(workbook(fill)) == ["Q2"]


def test_a_merge_over_two_thousand_whole_rows_does_no_harm():
    merges = "<mergeCells><mergeCell ref='A5:XFD2000'/></mergeCells>"
    assert actions(sheet_of("", merges)) == ["Q2"]
    everywhere = "<mergeCells>" + "<mergeCell ref='A3:XFD1048576'/>" * 20_000 + "</mergeCells>"
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert actions(sheet_of(far, everywhere)) == ["Q2"]


def test_sixteen_thousand_styled_columns_and_sixty_thousand_styles_do_no_harm():
    cells = "".join(f'<c r="{openpyxl.utils.get_column_letter(col)}3" s="{col}"/>' for col in range(1, 16_385))
    styles = "<fills><fill><patternFill/></fill></fills><cellXfs>" + '<xf fillId="0"/>' * 60_000 + "</cellXfs>"
    content = with_parts(
        {"xl/styles.xml": f"<styleSheet {MAIN}>{styles}</styleSheet>".encode()}, sheet_of(f'<row r="3">{cells}</row>')
    )
    assert actions(content) == ["Q2"]


@pytest.mark.slow
def test_a_million_empty_formatted_rows_are_passed_over():
    rows = "".join(f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/></row>' for n in range(3, 1_048_577))
    assert actions(sheet_of(rows)) == ["Q2"]


@pytest.mark.slow
def test_one_text_of_two_hundred_million_characters_is_refused():
    noise = random.Random(2).randbytes(50_000).hex() * 1_900
    assert refused(swapped(SHEET, b"Improve.", noise.encode()))


@pytest.mark.slow
def test_cells_without_end_are_refused_within_the_limits_of_time_and_memory():
    rows = "".join(f'<row r="{n}">' + "<c><v>1</v></c>" * 60 + "</row>" for n in range(3, 160_000))
    assert "Nothing was changed" in refused(sheet_of(rows))


def test_a_reader_that_does_not_answer_in_time_is_ended_and_said_to_be_slow():
    rows = "".join(f'<row r="{n}">' + "<c><v>1</v></c>" * 60 + "</row>" for n in range(3, 20_000))
    answer = readers.ask(sheet_of(rows), patience=0.01)
    assert answer.sheets == ()
    assert "took longer" in answer.refusal
    assert actions(workbook()) == ["Q2"]


def test_a_reader_that_dies_is_replaced_without_a_word():
    grids(workbook())
    readers._idle[-1]._process.kill()
    readers._idle[-1]._process.wait()
    assert actions(workbook()) == ["Q2"]


def test_reading_goes_on_beside_a_hostile_file():
    bomb = with_parts({SHEET: b"<worksheet>" + b"<a>" * 3_000_000})
    other = threading.Thread(target=readers.ask, args=(bomb,))
    other.start()
    assert actions(workbook()) == ["Q2"]
    other.join()


def test_a_reader_is_told_nothing_of_the_servers_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hush")
    readers.end_all()
    grids(workbook())
    environment = readers._idle[-1].environment
    assert "SECRET_KEY" not in environment


def test_formatting_without_content_does_not_stretch_a_sheet():
    def fill(sheet):
        for row in range(3, 400):
            sheet.cell(row, 9).fill = PatternFill("solid", fgColor="FF0000")

    (sheet,) = grids(workbook(fill))
    assert (sheet.last_row, dict(sheet.blank_fills)) == (2, {})
