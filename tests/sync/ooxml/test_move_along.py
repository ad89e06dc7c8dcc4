"""This file tests that pivots, threaded comments, controls, sparklines and newer rules move with the rows."""

import pytest

from sync.ooxml import Package, RowInsert

SHEET = "The Plan"
SHEET_PART = "xl/worksheets/sheet1.xml"
MAIN = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
CACHE = (
    f"<pivotCacheDefinition {MAIN}><cacheSource type='worksheet'>"
    "<worksheetSource ref='A3:G8' sheet='The Plan'/></cacheSource></pivotCacheDefinition>"
)
PIVOT = f"<pivotTableDefinition {MAIN}><location ref='J12:K15' firstDataRow='1'/></pivotTableDefinition>"
THREAD = (
    "<ThreadedComments xmlns='http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments'>"
    "<threadedComment ref='C7' dT='2013-07-01T00:00:00' personId='{A}' id='{B}'><text>agreed</text></threadedComment>"
    "<threadedComment ref='C4' dT='2013-07-01T00:00:00' personId='{A}' id='{C}'><text>why</text></threadedComment>"
    "</ThreadedComments>"
)
CONTROL = (
    "<formControlPr xmlns='http://schemas.microsoft.com/office/spreadsheetml/2009/9/main' "
    'objectType="CheckBox" fmlaLink="$D$7" fmlaRange="Lists!$A$1:$A$3"/>'
)
ANCHOR = (
    "<controls xmlns:xdr='http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing'>"
    "<control shapeId='9' name='Tick'><controlPr><anchor moveWithCells='1'>"
    "<from><xdr:col>1</xdr:col><xdr:row>6</xdr:row></from><to><xdr:col>2</xdr:col><xdr:row>7</xdr:row></to>"
    "</anchor></controlPr></control></controls>"
)
NEWER_DROPDOWN = (
    "<ext uri='{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}' "
    "xmlns:x14='http://schemas.microsoft.com/office/spreadsheetml/2009/9/main'><x14:dataValidations count='1' "
    "xmlns:xm='http://schemas.microsoft.com/office/excel/2006/main'><x14:dataValidation type='list'>"
    "<x14:formula1><xm:f>'The Plan'!$D$7:$D$8</xm:f></x14:formula1><xm:sqref>E4:E8</xm:sqref>"
    "</x14:dataValidation></x14:dataValidations></ext>"
)


@pytest.fixture(scope="module")
def furnished(plan_workbook, with_part, with_text):
    """The plan with a pivot of it, a thread, a tick box and a dropdown of the newer kind."""
    book, sheet = "xl/workbook.xml", SHEET_PART
    content = with_part(plan_workbook, book, "pivotCacheDefinition", "xl/pivotCache/pivotCacheDefinition1.xml", CACHE)
    content = with_part(content, sheet, "pivotTable", "xl/pivotTables/pivotTable1.xml", PIVOT)
    content = with_part(content, sheet, "threadedComment", "xl/threadedComments/threadedComment1.xml", THREAD)
    content = with_part(content, sheet, "ctrlProp", "xl/ctrlProps/ctrlProp1.xml", CONTROL)
    content = with_text(content, sheet, "<extLst>", f"{ANCHOR}<extLst>")
    return with_text(content, sheet, "</extLst>", f"{NEWER_DROPDOWN}</extLst>")


@pytest.fixture(scope="module")
def middle(furnished):
    return Package.open(furnished).patch(inserts=[RowInsert(SHEET, 5, 5, {"D": "new"})]).content


@pytest.fixture(scope="module")
def end(furnished):
    return Package.open(furnished).patch(inserts=[RowInsert(SHEET, 8, 8, {"D": "new"})]).content


def test_a_pivot_reads_the_new_row_and_stands_lower(middle, end, part):
    source = "xl/pivotCache/pivotCacheDefinition1.xml"
    assert 'ref="A3:G9"' in part(middle, source)
    assert 'ref="A3:G9"' in part(end, source)
    assert 'ref="J13:K16"' in part(middle, "xl/pivotTables/pivotTable1.xml")


def test_a_thread_goes_with_its_row(middle, part):
    thread = part(middle, "xl/threadedComments/threadedComment1.xml")
    assert 'ref="C8"' in thread
    assert 'ref="C4"' in thread


def test_a_tick_box_goes_with_its_row_and_its_link_too(middle, part):
    assert "<xdr:row>7</xdr:row></from><to><xdr:col>2</xdr:col><xdr:row>8</xdr:row>" in part(middle, SHEET_PART)
    control = part(middle, "xl/ctrlProps/ctrlProp1.xml")
    assert 'fmlaLink="$D$8"' in control
    assert 'fmlaRange="Lists!$A$1:$A$3"' in control


def test_a_dropdown_of_the_newer_kind_takes_the_row_in(middle, end, part):
    assert "<xm:sqref>E4:E9</xm:sqref>" in part(middle, SHEET_PART)
    assert "<xm:f>'The Plan'!$D$8:$D$9</xm:f>" in part(middle, SHEET_PART)
    assert "<xm:f>'The Plan'!$D$7:$D$9</xm:f>" in part(end, SHEET_PART)


def test_a_bar_of_the_newer_kind_takes_the_row_in(middle, part):
    assert "<xm:sqref>G4:G9</xm:sqref>" in part(middle, SHEET_PART)


def test_sparklines_read_the_new_row_and_stay_where_nothing_moved(middle, part):
    board = part(middle, "xl/worksheets/sheet2.xml")
    assert "<xm:f>'The Plan'!G4:G9</xm:f>" in board
    assert "<xm:sqref>B1</xm:sqref>" in board


def test_a_rule_that_counts_down_to_its_own_row_does_not_count_the_next(plan_workbook, part, with_text):
    rule = '<cfRule type="expression" priority="9"><formula>COUNTIF($D$4:$D7,$D7)&gt;1</formula></cfRule>'
    counting = f'<conditionalFormatting sqref="D7:D8">{rule}</conditionalFormatting><conditionalFormatting'
    content = with_text(plan_workbook, SHEET_PART, "<conditionalFormatting", counting)
    after_its_first = Package.open(content).patch(inserts=[RowInsert(SHEET, 7, 7, {"D": "new"})]).content
    assert "COUNTIF($D$4:$D7,$D7)" in part(after_its_first, SHEET_PART)
