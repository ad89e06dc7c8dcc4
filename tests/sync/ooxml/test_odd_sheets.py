"""This file tests sheets that are written in ways few programs write them."""

import io
import zipfile

import pytest

from sync.ooxml import CellEdit, HiddenColumn, Package, Refused, RowInsert, RowRemove
from sync.ooxml.grid import Grid

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def with_sheet(workbook: bytes, xml: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as before, zipfile.ZipFile(written, "w") as after:
        for item in before.infolist():
            is_sheet = item.filename == "xl/worksheets/sheet1.xml"
            after.writestr(item, xml.encode() if is_sheet else before.read(item))
    return written.getvalue()


ONE_ROW = "<x:row r='1'><x:c r='A1'><x:v>1</x:v></x:c></x:row>"
NO_NAMES = "<row><c><v>1</v></c><c t='str'><v>a</v></c></row><row/>"
SHARED = "<c r='A1'><f t='shared' ref='A1:A2' si='0'>B1+B$1</f></c>"
TWO_ROWS = f"<row r='1'>{SHARED}</row><row r='2'><c r='A2'><f t='shared' si='0'/></c></row>"


def sheet_of(rows: str, *, before: str = "", namespace: str = MAIN) -> str:
    return f"<worksheet xmlns='{namespace}'>{before}<sheetData>{rows}</sheetData></worksheet>"


@pytest.mark.parametrize(
    "xml",
    [
        sheet_of(NO_NAMES),
        f"<x:worksheet xmlns:x='{MAIN}'><x:sheetData>{ONE_ROW}</x:sheetData></x:worksheet>",
        f"<worksheet xmlns='{STRICT}'><sheetData/></worksheet>",
        sheet_of("<row r='1' ></row >", before="<!-- <row r='9'> -->"),
        sheet_of("", before="<cols><col min='1' max='16384' width='9'></col></cols>"),
    ],
    ids=["no names", "prefixed", "strict and empty", "comment and spaces", "wide columns"],
)
def test_it_takes_cells_a_hidden_column_and_rows(plan_workbook, xml, part):
    package = Package.open(with_sheet(plan_workbook, xml))
    result = package.patch(
        cells=[CellEdit("The Plan", "B2", "there")],
        columns=[HiddenColumn("The Plan", None, 1, "ids", {2: "id-2"})],
        inserts=[RowInsert("The Plan", 1, 2, {"B": "new"}, hidden="id-new")],
    )
    grid = Grid(part(result.content, "xl/worksheets/sheet1.xml").encode())
    assert grid.numbers[:3] == [1, 2, 3]
    texts = part(result.content, "xl/worksheets/sheet1.xml")
    assert texts.index(">new") < texts.index(">id-new") < texts.index(">there") < texts.index(">id-2")


DAMAGED = [
    "<row r='one'/>",
    "<row r='2'/><row r='1'/>",
    "<row><c r='??'/></row>",
    "<row><c r='B1' t='s'><v>z</v></c></row>",
]


@pytest.mark.parametrize("rows", DAMAGED)
def test_a_damaged_sheet_is_refused_in_words(plan_workbook, rows):
    package = Package.open(with_sheet(plan_workbook, sheet_of(rows)))
    with pytest.raises(Refused, match="Nothing was changed"):
        package.patch(cells=[CellEdit("The Plan", "B1", "x")])


def test_a_shared_formula_is_not_overwritten_where_it_is_kept(plan_workbook):
    xml = sheet_of(TWO_ROWS)
    package = Package.open(with_sheet(plan_workbook, xml))
    with pytest.raises(Refused, match="other cells share"):
        package.patch(cells=[CellEdit("The Plan", "A1", "x")])
    assert package.patch(cells=[CellEdit("The Plan", "A2", "x")]).parts_changed


def test_shared_formulas_are_written_out_before_rows_move(plan_workbook, opened):
    xml = sheet_of(TWO_ROWS)
    package = Package.open(with_sheet(plan_workbook, xml))
    result = package.patch(inserts=[RowInsert("The Plan", 1, 1, {"C": "new"})])
    sheet = opened(result.content)["The Plan"]
    assert [sheet[cell].value for cell in ("A1", "A2", "A3")] == ["=B1+B$1", "=B2+B$1", "=B3+B$1"]


def test_rows_without_numbers_keep_theirs_when_others_come_and_go(plan_workbook, opened):
    rows = "<row r='1'><c><v>1</v></c></row><row r='3'><c><v>3</v></c></row><row><c><v>4</v></c></row>"
    package = Package.open(with_sheet(plan_workbook, sheet_of(rows)))
    result = package.patch(inserts=[RowInsert("The Plan", 1, 1, {"A": 2})], removes=[RowRemove("The Plan", 3)])
    sheet = opened(result.content)["The Plan"]
    assert [sheet.cell(row, 1).value for row in (1, 2, 3, 4)] == [1, 2, None, 4]


@pytest.mark.parametrize("name", ["r='A6'", 's="1" r="A6"', "s = '1'  r = 'A6'"])
def test_a_cell_is_renumbered_however_its_name_is_written(plan_workbook, opened, name):
    package = Package.open(with_sheet(plan_workbook, sheet_of(f"<row ht='20' r='6'><c {name}><v>6</v></c></row>")))
    result = package.patch(inserts=[RowInsert("The Plan", 2, 2, {"B": "new"})])
    assert opened(result.content)["The Plan"]["A7"].value == 6
