"""This file tells that rows read straight from the bytes say what they say when they are read element by element."""

import os
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.grid import Cell
from sync.ooxml import Refused
from sync.opening import plain_rows
from sync.opening.book import sheets, some_rows
from sync.opening.colours import Palette
from sync.opening.sheet import Sheet
from sync.opening.styles import Styles
from sync.opening.values import Damaged, Values

PROJECT = Path(__file__).resolve().parents[2]
OWN = (PROJECT / "plan" / "sample" / "improvement-plan.xlsx", *sorted((PROJECT / "tests" / "workbooks").glob("*.xlsx")))
SHARED = Path(os.environ.get("TRACKERS", PROJECT.parent / "shared"))
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

CELLS = (
    '<c r="{}"/>', '<c r="{}" s="0"/>', '<c r="{}"><v>12.50</v></c>', '<c r="{}" t="s"><v>1</v></c>',
    '<c r="{}" t="s"><v>9</v></c>', '<c r="{}" t="b"><v>1</v></c>', '<c r="{}" t="b"><v></v></c>',
    '<c r="{}" t="inlineStr"><is><t>Red &amp; _x000D_ &#10;late </t></is></c>', '<c r="{}" t="e"><v>#N/A</v></c>',
    '<c r="{}" t="inlineStr"><is><t xml:space="preserve">  </t></is></c>', '<c r="{}" t="inlineStr"><is><t/></is></c>',
    '<c r="{}" t="inlineStr"><is><r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r></is></c>',
    '<c r="{}"><f>SUM(A1:A2)</f><v>3</v></c>', '<c r="{}" t="str"><f>""</f><v></v></c>', '<c r="{}"><f/><v>3</v></c>',
    '<c r="{}"><f t="shared" si="0"/><v>3</v></c>', '<c r="{}" t="str"><f>A1&lt;2</f><v>&#233;t&#xe9;</v></c>',
    '<c><v>7</v></c>', '<c r="{}" s="a&quot;b"><v>1</v></c>', "<c r='{}'><v>2</v></c>",
    '<c r="{}"><!--x--><v>1</v></c>',
    '<c r="{}" t="d"><v>2013-07-01</v></c>', '<c r="{}"><v>1</v><extLst><ext uri="x"/></extLst></c>',
)  # fmt: skip
ROWS = ('<row r="{}">{}</row>', '<row r="{}" spans="1:3" ht="15">{}</row>\n', "<row r='{}'>{}</row>", '<row r="{}"/>')


def read(xml):
    sheet = Sheet(Styles(None, Palette(None, None)), Values(["common", "Red"], date1904=False))
    return sheet.grid("Plan", xml.encode(), [], visible=True)


def element_by_element(monkeypatch):
    def never(xml):
        raise plain_rows.NotPlain

    monkeypatch.setattr(plain_rows, "without_rows", never)


def outcome(work, *asked):
    try:
        return work(*asked)
    except (Damaged, Refused) as refusal:
        return type(refusal)


@st.composite
def sheet_parts(draw):
    rows = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        cells = (draw(st.sampled_from(CELLS)).format(f"{letter}{number}") for letter in "ABC")
        rows.append(draw(st.sampled_from(ROWS)).format(number, "".join(cells)))
    return f'<worksheet xmlns="{MAIN}"><cols/><sheetData>{"".join(rows)}</sheetData></worksheet>'


@given(sheet_parts())
def test_any_rows_say_the_same_both_ways(xml):
    quick = outcome(read, xml)
    with pytest.MonkeyPatch.context() as patch:
        element_by_element(patch)
        assert outcome(read, xml) == quick


@pytest.mark.parametrize("file", OWN, ids=lambda file: file.name)
def test_whole_workbooks_say_the_same_both_ways(file, monkeypatch):
    quick = sheets(file.read_bytes())
    element_by_element(monkeypatch)
    assert sheets(file.read_bytes()) == quick


@pytest.mark.slow
@pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="the shared workbooks are not here")
def test_all_shared_workbooks_say_the_same_both_ways(monkeypatch):
    files = sorted((SHARED / "corpus").rglob("*.xls[xm]"))
    quick = [outcome(sheets, file.read_bytes()) for file in files]
    element_by_element(monkeypatch)
    assert [outcome(sheets, file.read_bytes()) for file in files] == quick


def test_words_are_read_as_they_are_escaped():
    xml = f'<worksheet xmlns="{MAIN}"><sheetData><row r="2">{CELLS[7].format("B2")}</row></sheetData></worksheet>'
    assert read(xml).cells == {(2, 2): Cell("Red & \r \nlate ")}


def test_only_the_rows_asked_for_are_read():
    content = OWN[0].read_bytes()
    whole = {grid.sheet: grid for grid in sheets(content)}
    for grid in some_rows(content, (), 5):
        assert grid.cells == {place: cell for place, cell in whole[grid.sheet].cells.items() if place[0] <= 5}


def test_xml_that_is_not_well_formed_is_not_read_by_its_looks():
    with pytest.raises(plain_rows.NotPlain):
        plain_rows.without_rows(f'<worksheet xmlns="{MAIN}"><sheetData><row></sheetData></worksheet>'.encode())
    with ZipFile(OWN[0]) as package:
        assert plain_rows.without_rows(package.read("xl/worksheets/sheet1.xml"))
