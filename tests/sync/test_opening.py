"""This file proves that a sheet's cells come out as a person sees them, whatever program wrote the workbook."""

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest

from sync.ooxml import Refused
from sync.open_workbook import Unreadable, grids
from sync.opening import sheet as sheet_part
from sync.opening.colours import Palette
from sync.opening.messages import Answer, packed, unpacked
from sync.opening.styles import Styles
from sync.opening.values import Values

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
DATED = (
    f'<styleSheet {MAIN}><cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="46"/><xf numFmtId="20"/></cellXfs></styleSheet>'
)


def workbook():
    content = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = "here"
    book.save(content)
    return content.getvalue()


def sheet(rows="", *, before="", after="", parts=()):
    """The one sheet of a workbook whose part is written by hand."""
    changed = {
        "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
    }
    changed.update(parts)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = changed.get(name, old.read(name).decode())
            new.writestr(name, part(old.read(name).decode()) if callable(part) else part)
    (only,) = grids(made.getvalue())
    return only


def value(cell, **more):
    return sheet(f'<row r="1">{cell}</row>', **more).at(1, 1)


@pytest.mark.parametrize(
    ("cell", "content"),
    [
        ('<c r="A1"><v>12</v></c>', 12),
        ('<c r="A1"><v>0.1</v></c>', 0.1),
        ('<c r="A1"><v>1E3</v></c>', 1000.0),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="str"><v>a_x000D_b</v></c>', "a\rb"),
        ('<c r="A1" t="inlineStr"><is><r><t>one </t></r><r><t>two</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c>',
         "one two"),
        ('<c r="A1" t="inlineStr"><is><t><![CDATA[<b>]]></t></is></c>', "<b>"),
        ('<c r="A1" t="d"><v>2013-07-01</v></c>', date(2013, 7, 1)),
        ('<c r="A1"><v>none</v></c>', "none"),
        ('<c r="A1"><v>1e999</v></c>', "1e999"),
        ("<c><v>7</v></c>", 7),
    ],
)  # fmt: skip
def test_a_cell_holds_what_is_seen_there(cell, content):
    found = value(cell).value
    assert (found, type(found)) == (content, type(content))


@pytest.mark.parametrize(
    ("style", "number", "seen"),
    [
        (1, "41456", datetime(2013, 7, 1)),
        (1, "1E300", 1e300),
        (2, "1.5", "1 day, 12:00:00"),
        (3, "0.5", time(12)),
    ],
)
def test_numbers_in_a_format_of_days_are_days(style, number, seen):
    cell = value(f'<c r="A1" s="{style}"><v>{number}</v></c>', parts={"xl/styles.xml": DATED})
    assert cell.value == seen
    assert cell.is_date == isinstance(seen, datetime | time)


def test_a_workbook_may_count_its_days_from_1904():
    book = {
        "xl/workbook.xml": lambda part: part.replace("<workbookPr", '<workbookPr date1904="1"'),
        "xl/styles.xml": DATED,
    }
    assert value('<c r="A1" s="1"><v>39994</v></c>', parts=book).value == datetime(2013, 7, 1)


def test_a_formula_that_shows_nothing_is_a_blank_cell_and_one_never_calculated_is_not():
    assert value('<c r="A1" t="str"><f>""</f><v></v></c>').blank
    assert not value('<c r="A1"><f>B1</f></c>').blank
    assert value('<c r="A1" t="e"><f>B1</f><v>#REF!</v></c>').is_error


def test_rows_and_cells_without_addresses_follow_each_other():
    found = sheet("<row><c><v>1</v></c><c><v>2</v></c></row><row><c/><c><v>3</v></c></row>")
    assert {place: cell.value for place, cell in found.cells.items()} == {(1, 1): 1, (1, 2): 2, (2, 2): 3}


def test_what_stands_around_the_cells_is_told():
    found = sheet(
        '<row r="1"><c r="C1"><v>1</v></c></row>',
        before='<cols><col min="2" max="16384" hidden="1"/></cols>',
        after='<autoFilter ref="A1:C9"/><mergeCells><mergeCell ref="C1:D2"/></mergeCells>'
        '<headerFooter><oddFooter>&amp;L&amp;"Arial"&amp;8OFFICIAL&amp;CPage &amp;P</oddFooter></headerFooter>',
    )
    assert (found.filter_ref, found.merges, found.margins) == ("A1:C9", ((1, 3, 2, 4),), ("OFFICIAL", "Page"))
    assert found.hidden_columns == {"B", "C"}


def test_styles_that_are_broken_do_not_stop_the_reading():
    assert value('<c r="A1" s="5"><v>1</v></c>', parts={"xl/styles.xml": "<styleSheet"}).value == 1


def test_merged_cells_of_rows_that_say_nothing_are_passed_over():
    merges = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A5:B9"/></mergeCells>'
    found = sheet('<row r="1"><c r="A1"><v>1</v></c></row>', after=merges)
    assert [(box.top, box.bottom) for box in found.merges] == [(1, 1)]


def test_cells_without_end_are_refused(monkeypatch):
    monkeypatch.setattr(sheet_part, "_MOST_CELLS", 2)
    full = sheet_part.Sheet(Styles(None, Palette(None, None)), Values([], date1904=False))
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in (1, 2, 3))
    with pytest.raises(Refused, match="far more than a tracker"):
        full.grid("Plan", f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>".encode(), [], visible=True)


def test_a_cell_of_a_hundred_thousand_characters_and_more_is_refused():
    with pytest.raises(Unreadable, match="One cell"):
        value(f'<c r="A1" t="inlineStr"><is><t>{"a" * 100_001}</t></is></c>')


def test_sheets_cross_between_processes_unchanged():
    found = sheet('<row r="1"><c r="A1" t="d"><v>2013-07-01</v></c></row>')
    assert unpacked(packed(Answer((found,)))) == Answer((found,))


def test_an_answer_that_asks_for_more_than_values_is_not_taken():
    with pytest.raises(ValueError, match="system"):
        unpacked(b"cos\nsystem\n(S'true'\ntR.")
