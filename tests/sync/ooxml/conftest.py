"""This file makes a small plan workbook with everything in it that refers to rows."""

import datetime
import io
import warnings
import zipfile
from collections.abc import Callable

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
