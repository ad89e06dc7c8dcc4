"""This file proves that statuses told by rules of colour are seen: formulas, scales, icons, and newer rules."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule, FormulaRule, IconSetRule
from openpyxl.styles import PatternFill

from plan.fields import Kind
from plan.rag import Status
from sync.fills import status_of
from sync.opening.conditions import NotTold, understand
from sync.read_workbook import grids, read

HEADINGS = ["No.", "Requirement", "RAG", "Action", "Timescale", "Done?", "Late?"]
NEWER = """<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
 uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><x14:conditionalFormattings>
<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">
<x14:cfRule type="expression" priority="1" id="{0}"><xm:f>AND($F2="yes",$G2&lt;&gt;"yes")</xm:f>
<x14:dxf><fill><patternFill><bgColor rgb="FF00B050"/></patternFill></fill></x14:dxf></x14:cfRule>
<x14:cfRule type="iconSet" priority="2" id="{1}"><x14:iconSet iconSet="3Triangles" custom="1">
<x14:cfvo type="num"><xm:f>0</xm:f></x14:cfvo><x14:cfvo type="num"><xm:f>2</xm:f></x14:cfvo>
<x14:cfvo type="num"><xm:f>3</xm:f></x14:cfvo></x14:iconSet></x14:cfRule>
<xm:sqref>C2:C4</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>"""


def workbook(rule, statuses=(None, None, None)):
    """A tracker of three requirements, done and not late, neither, late; and the rule that colours their statuses."""
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    for n, (status, done, late) in enumerate(zip(statuses, ("yes", "no", "no"), ("no", "no", "yes"), strict=True), 1):
        book.active.append([n, f"Improve {n}.", status, f"Hire {n}.", "Q2", done, late])
    if rule:
        book.active.conditional_formatting.add("C2:C4", rule)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def shades(content):
    (sheet,) = grids(content)
    return [status_of(sheet.fill_at(row, 3)) for row in (2, 3, 4)]


def test_a_rule_may_look_at_another_sheet():
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(red('$F2<>"Lists of it".$A$1'.replace(".", "!").replace('"', "'"))))
    )
    book.create_sheet("Lists of it")["A1"] = "yes"
    content = io.BytesIO()
    book.save(content)
    plan, _ = grids(content.getvalue())
    assert [status_of(plan.fill_at(row, 3)) for row in (2, 3, 4)] == [None, Status.RED, Status.RED]


def test_a_column_coloured_by_a_rule_that_is_not_understood_is_told_once():
    (problem,) = read(workbook(red("COUNTIF($F$2:$F$4,$F2)>1"))).problems
    assert (problem.cell, problem.found) == ("C2", "a colour that comes from a rule")


def red(formula):
    return FormulaRule(formula=[formula], fill=PatternFill("solid", bgColor="FF0000"))


@pytest.mark.parametrize(
    ("formula", "coloured"),
    [
        ('OR($F2="yes",$G2="yes")', [True, False, True]),
        ('AND($F2="no",$G2="no")', [False, True, False]),
        ('AND(NOT($F2="yes"), OR(G2 = "yes", LEFT(D2,4)="Stop"))', [False, False, True]),
        ('=AND(ISBLANK(C2),ISNUMBER(SEARCH("2",$B2)))', [False, True, False]),
        ("$A2>=2", [False, True, True]),
        ("$F2=$F$4", [False, True, True]),
        ('UPPER(TRIM($F2))&"!"="YES!"', [True, False, False]),
        ('SEARCH("3",$B2)', [False, False, True]),
        ("AND($A2>TODAY(),TRUE)", [False, False, False]),
        ("Lists!$A$1=1", [False, False, False]),
    ],
)
def test_a_formula_colours_the_rows_that_it_is_true_of(formula, coloured):
    assert shades(workbook(red(formula))) == [Status.RED if each else None for each in coloured]


def test_a_rule_that_compares_with_a_cell_of_the_key_is_understood():
    rule = CellIsRule(operator="equal", formula=["$F$2"], fill=PatternFill("solid", bgColor="00B050"))
    assert shades(workbook(rule, ("no", "yes", "no"))) == [None, Status.GREEN, None]


def test_icons_tell_the_colour_of_a_number_and_are_offered_as_its_meaning():
    rule = IconSetRule("3TrafficLights1", "num", [0, 2, 3], showValue=False)
    content = workbook(rule, (1, 2, 3))
    assert shades(content) == [Status.RED, Status.AMBER, Status.GREEN]
    asked = {unknown.words: unknown.suggested for unknown in read(content).unknown_statuses}
    assert asked == {"1": Status.RED, "2": Status.AMBER, "3": Status.GREEN}


def test_icons_turned_round_show_the_least_as_green():
    rule = IconSetRule("3Arrows", "percent", [0, 33, 67], reverse=True)
    assert shades(workbook(rule, (1, 2, 3))) == [Status.GREEN, Status.AMBER, Status.RED]


@pytest.mark.parametrize(
    ("kind", "colours"),
    [("min", [Status.RED, Status.AMBER, Status.GREEN]), ("percentile", [Status.RED, Status.AMBER, Status.GREEN])],
)
def test_a_scale_of_colours_tells_the_colour_of_a_number(kind, colours):
    rule = ColorScaleRule(
        start_type=kind, start_value=0, start_color="F8696B",
        mid_type="percentile", mid_value=50, mid_color="FFEB84",
        end_type="max", end_color="63BE7B",
    )  # fmt: skip
    assert shades(workbook(rule, (1, 2, 3))) == colours


def test_a_rules_fill_goes_before_an_icon():
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet, blue = book.add_worksheet(), book.add_format({"bg_color": "#0070C0"})
    sheet.write_row("A1", HEADINGS)
    sheet.write_column("C2", [1, 2, 3])
    sheet.conditional_format("C2:C4", {"type": "icon_set", "icon_style": "3_traffic_lights"})
    sheet.conditional_format("C2:C4", {"type": "formula", "criteria": "=$C2=3", "format": blue})
    book.close()
    assert shades(content.getvalue()) == [Status.RED, Status.AMBER, Status.BLUE]


def test_rules_that_stand_with_the_newer_ones_are_read_too():
    content, made = workbook(None, (None, 1, 3)), io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(b"</worksheet>", NEWER.encode()) if name.endswith("sheet1.xml") else part)
    assert shades(made.getvalue()) == [Status.GREEN, Status.RED, Status.GREEN]


def test_statuses_by_a_rule_come_back_as_they_were(bring):
    desk = bring(workbook(red('OR($F2="yes",$G2="yes")')))
    assert [one.get("status") for one in desk.now.of(Kind.REQUIREMENT)] == ["red", None, "red"]
    assert desk.decided(desk.download()) == {}


@given(st.text(alphabet='ANDOR(),"=<>$AB12 .&-', max_size=40))
def test_any_formula_is_understood_or_refused(formula):
    try:
        understand(formula).says(lambda ref: "x")
    except NotTold:
        return
