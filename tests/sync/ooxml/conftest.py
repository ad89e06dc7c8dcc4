"""This file makes a small plan workbook with everything in it that refers to rows."""

import datetime
import io
import shutil
import subprocess
import warnings
import zipfile
from collections.abc import Callable
from html import escape
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

ROWS = [
    ("1", "First thing", "Red", "Write it", "Ann", datetime.date(2013, 7, 1)),
    (None, None, None, "Check it", "Bob", datetime.date(2013, 8, 1)),
    (None, None, None, "Agree it", "Ann", None),
    ("2", "Second thing", "Green", "Tell people", "Bob", None),
    (None, None, None, "Ask people", "Cat", None),
]


@pytest.fixture(scope="session")
def plan_workbook() -> bytes:
    """Headings in row 3, two requirements merged down in rows 4-6 and 7-8, a filter over all of it."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written)
    sheet, board, lists = (book.add_worksheet(name) for name in ("The Plan", "Board", "Lists"))
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    wrapped = book.add_format({"text_wrap": True})
    sheet.write("A1", "Improvement plan")
    sheet.write_row("A3", ["No", "Requirement", "RAG", "Action", "Lead", "By when"], wrapped)
    for number, row in enumerate(ROWS, start=3):
        for column, value in enumerate(row):
            if isinstance(value, datetime.date):
                sheet.write_datetime(number, column, datetime.datetime.combine(value, datetime.time()), day)
            else:
                sheet.write(number, column, value, day if column == 5 else wrapped)
        sheet.set_row(number, 40)
        sheet.write_formula(number, 6, f"=LEN(D{number + 1})", None, 1)
    for column, letter in enumerate("ABC"):
        sheet.merge_range(f"{letter}4:{letter}6", ROWS[0][column], wrapped)
        sheet.merge_range(f"{letter}7:{letter}8", ROWS[3][column], wrapped)
    sheet.autofilter("A3:G8")
    sheet.conditional_format("C4:C8", {"type": "cell", "criteria": "==", "value": '"Red"', "format": day})
    sheet.conditional_format("G4:G8", {"type": "data_bar", "data_bar_2010": True})
    sheet.data_validation("C4:C8", {"validate": "list", "source": "=Lists!$A$1:$A$3"})
    sheet.write_comment("C7", "Agreed in June")
    sheet.write_url("H7", "https://www.gov.uk/", string="link")
    sheet.set_h_pagebreaks([6])
    sheet.print_area("A1:G8")
    sheet.repeat_rows(2)
    board.write_formula("A1", "=COUNTIF('The Plan'!C4:C8,\"Red\")", None, 1)
    board.write_formula("A2", '=COUNTIF(Colours,"Green")', None, 1)
    board.write_formula("A3", "='The Plan'!D7", None, "Tell people")
    board.add_sparkline("B1", {"range": "'The Plan'!G4:G8"})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='The Plan'!$G$4:$G$8", "categories": "='The Plan'!$D$4:$D$8"})
    board.insert_chart("D2", chart)
    book.define_name("Colours", "='The Plan'!$C$4:$C$8")
    lists.write_column("A1", ["Red", "Amber", "Green"])
    lists.hide()
    book.close()
    return written.getvalue()


@pytest.fixture(scope="session")
def table_workbook() -> bytes:
    """One Excel table in A1:B4 and words to the right of it in row 10."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written)
    sheet = book.add_worksheet("Actions")
    columns = [{"header": "Action"}, {"header": "Due"}]
    sheet.add_table("A1:B4", {"columns": columns, "data": [["a", 1], ["b", 2], ["c", 3]]})
    sheet.write("F10", "a note")
    book.close()
    return written.getvalue()


@pytest.fixture(scope="session")
def part() -> Callable[[bytes, str], str]:
    def read(content: bytes, name: str) -> str:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return package.read(name).decode()

    return read


@pytest.fixture(scope="session")
def opened() -> Callable[[bytes], openpyxl.Workbook]:
    def load(content: bytes) -> openpyxl.Workbook:
        with warnings.catch_warnings():
            # openpyxl says what it will not keep; it only reads here.
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(content))

    return load


RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NO_RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'


@pytest.fixture(scope="session")
def with_part() -> Callable[..., bytes]:
    """A workbook with one part more, related to a part that it has."""

    def add(workbook: bytes, owner: str, kind: str, name: str, xml: str) -> bytes:
        folder, _, file = owner.rpartition("/")
        rels = f"{folder}/_rels/{file}.rels"
        with zipfile.ZipFile(io.BytesIO(workbook)) as package:
            parts = {member: package.read(member) for member in package.namelist()}
        related = parts.get(rels, NO_RELATIONS).decode().replace("/>", "></Relationships>", 1)
        if rels in parts:
            related = parts[rels].decode()
        new = f'<Relationship Id="x{len(related)}" Type="{RELATION}/{kind}" Target="/{name}"/></Relationships>'
        parts |= {rels: related.replace("</Relationships>", new).encode(), name: xml.encode()}
        return zipped(parts)

    return add


@pytest.fixture(scope="session")
def with_text() -> Callable[..., bytes]:
    """A workbook with some text of one part replaced."""

    def replace(workbook: bytes, name: str, old: str, new: str) -> bytes:
        with zipfile.ZipFile(io.BytesIO(workbook)) as package:
            parts = {member: package.read(member) for member in package.namelist()}
        assert old in parts[name].decode()
        parts[name] = parts[name].decode().replace(old, new, 1).encode()
        return zipped(parts)

    return replace


def zipped(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return written.getvalue()


LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library">
<library:library library:name="Standard" library:link="false"/></library:libraries>"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false"><library:element library:name="Act"/></library:library>"""
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Act" script:language="StarBasic">
Sub Main
  On Error Goto Failed
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL("{before}", "_blank", 0, hidden())
  {act}
  book.calculateAll()
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  kind(0).Name = "FilterName"
  kind(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL("{after}", kind())
  book.close(True)
  Exit Sub
Failed:
  StarDesktop.terminate()
End Sub
</script:module>"""


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], Path]:
    """The command that starts LibreOffice on a profile of its own, and where that keeps its Basic."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not on this machine")
    profile = tmp_path_factory.mktemp("profile")
    start = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    # The first start fills the profile, and would write over a library that is there already.
    subprocess.run([*start, "--terminate_after_init"], check=True, capture_output=True, timeout=120)
    basic = profile / "user" / "basic"
    (basic / "Standard").mkdir(parents=True, exist_ok=True)
    (basic / "script.xlc").write_text(LIBRARIES)
    (basic / "Standard" / "script.xlb").write_text(LIBRARY)
    return start, basic / "Standard" / "Act.xba"


@pytest.fixture
def saved_by_libreoffice(tmp_path: Path, libreoffice: tuple[list[str], Path]) -> Callable[..., bytes]:
    """Has LibreOffice open a workbook, act on it as `book` in its own Basic, work it out and save it."""
    start, module = libreoffice

    def save(workbook: bytes, act: str = "") -> bytes:
        before, after = tmp_path / "before.xlsx", tmp_path / "after.xlsx"
        before.write_bytes(workbook)
        after.unlink(missing_ok=True)
        basic = MODULE.format(before=before.as_uri(), after=after.as_uri(), act=escape(act, quote=False))
        module.write_text(basic)
        subprocess.run([*start, "macro:///Standard.Act.Main"], check=True, capture_output=True, timeout=120)
        return after.read_bytes()

    return save
