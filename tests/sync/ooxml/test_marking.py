"""This file tests that the protective marking stands in header and footer beside what stood there."""

import io

import pytest
import xlsxwriter
from lxml import etree

from sync.ooxml import Marking, Package
from sync.ooxml.header_footer import with_lines
from sync.ooxml.marking import NoRoom, line_with

SHEET_PART = "xl/worksheets/sheet1.xml"
OFFICIAL = Marking("OFFICIAL")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "&COFFICIAL"),
        ("&LPlan&RPage &P", "&LPlan&COFFICIAL&RPage &P"),
        ("&CImprovement plan", "&CImprovement plan · OFFICIAL"),
        ("no code at all", "&Cno code at all · OFFICIAL"),
        ('&L&"Arial,Bold"&8&K00-033left', '&L&"Arial,Bold"&8&K00-033left&COFFICIAL'),
        ("&LFish && chips", "&LFish && chips&COFFICIAL"),
        ("&COFFICIAL", "&COFFICIAL"),
        ('&R&"Arial"&10official', '&R&"Arial"&10official'),
        ("&CMinutes · OFFICIAL", "&CMinutes · OFFICIAL"),
        ("&COFFICIAL-SENSITIVE", "&COFFICIAL-SENSITIVE · OFFICIAL"),
    ],
)
def test_a_line_keeps_what_it_says(before, after):
    assert line_with(before, OFFICIAL) == after
    assert line_with(after, OFFICIAL) == after


def test_a_new_marking_takes_the_place_of_the_old_one():
    marking = Marking("OFFICIAL-SENSITIVE", instead_of=frozenset({"OFFICIAL"}))
    assert line_with("&CPlan · OFFICIAL", marking) == "&CPlan · OFFICIAL-SENSITIVE"
    assert line_with("&COFFICIAL", marking) == "&COFFICIAL-SENSITIVE"


def test_words_that_look_like_codes_stay_words():
    assert line_with("", Marking("R&D")) == "&CR&&D"
    assert line_with("", Marking("12 only")) == "&C 12 only"


@pytest.mark.parametrize(
    ("written", "read"), [("OFFICIAL_x000a_Plan", "OFFICIAL\nPlan"), ("OFFICIAL_x005F_x000a_", "OFFICIAL_x005F_x000a_")]
)
def test_a_line_end_that_a_program_escaped_is_read_as_one_and_left_as_it_was_written(written, read):
    foot = f"<headerFooter><oddFooter>{written}</oddFooter></headerFooter>"
    sheet = f"<worksheet><sheetData/>{foot}</worksheet>".encode()
    seen = []
    assert with_lines(sheet, lambda line: seen.append(line.text) or line.text) == sheet
    assert seen[1] == read


def test_a_line_without_room_is_left_and_the_others_are_marked(part):
    full = "&C" + "x" * 250
    with pytest.raises(NoRoom):
        line_with(full, OFFICIAL)
    patched = Package.open(printed(full)).patch(marking=OFFICIAL)
    assert "too long" in patched.notes[0]
    assert part(patched.content, SHEET_PART).count("OFFICIAL") == 1


def printed(header, **settings):
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written)
    sheet = book.add_worksheet("Plan")
    sheet.set_header(header, settings)
    sheet.set_h_pagebreaks([3])
    book.add_worksheet("Lists")
    book.close()
    return written.getvalue()


def test_it_stands_in_header_and_footer_of_every_sheet_in_the_order_of_the_standard(plan_workbook, part):
    patched = Package.open(plan_workbook).patch(marking=OFFICIAL)
    sheets = [f"xl/worksheets/sheet{number}.xml" for number in (1, 2, 3)]
    assert set(patched.parts_changed) == set(sheets)
    names = [etree.QName(child).localname for child in etree.fromstring(part(patched.content, SHEET_PART).encode())]
    assert names[names.index("pageMargins") + 1 :][:2] == ["headerFooter", "rowBreaks"]
    assert part(patched.content, sheets[2]).count("&amp;COFFICIAL<") == 2


def test_only_the_sheets_asked_for_are_marked():
    assert Package.open(printed("&LPlan")).patch(marking=Marking("OFFICIAL", ("Lists",))).parts_changed == (
        "xl/worksheets/sheet2.xml",
    )


def test_marking_twice_changes_nothing(plan_workbook):
    once = Package.open(plan_workbook).patch(marking=OFFICIAL).content
    assert Package.open(once).patch(marking=OFFICIAL).parts_changed == ()


def test_a_first_page_of_its_own_is_marked_too(with_text, part):
    different = '<headerFooter differentFirst="1" differentOddEven="0"'
    content = with_text(printed("&LPlan"), SHEET_PART, "<headerFooter", different)
    xml = part(Package.open(content).patch(marking=OFFICIAL).content, SHEET_PART)
    assert "<firstHeader>&amp;COFFICIAL</firstHeader><firstFooter>&amp;COFFICIAL</firstFooter>" in xml
    assert "<oddHeader>&amp;LPlan&amp;COFFICIAL</oddHeader><oddFooter>" in xml
    assert "even" not in xml.replace("differentOddEven", "")


def test_the_rows_of_a_marked_sheet_are_the_same_to_the_byte(plan_workbook, part):
    before = part(plan_workbook, SHEET_PART)
    rows = before[before.index("<sheetData>") : before.index("</sheetData>")]
    assert rows in part(Package.open(plan_workbook).patch(marking=OFFICIAL).content, SHEET_PART)
