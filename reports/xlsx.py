"""This file writes a document as a workbook: a sheet that says what it is, and a sheet for each kind of record."""

from datetime import date, datetime, time
from io import BytesIO
from typing import cast

from openpyxl import Workbook
from openpyxl.cell import Cell as Written
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooter, HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from plan.fields import EXCEL_CELL_LIMIT
from reports import package
from reports.colours import HEAD, LINE, TONES
from reports.document import Cell, Document, Sheet

_EDGE = Side("thin", color=LINE)
BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
ABOUT = "About"
CUT = " … [cut: Excel holds no more in a cell]"
TEXT, DAY = "@", "d mmmm yyyy"


def page(document: Document) -> bytes:
    """The document's sheets as .xlsx, always the same bytes for the same document."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _about(book.create_sheet(ABOUT), document)
    for sheet in document.sheets:
        _fill(book.create_sheet(sheet.name), sheet)
    for written in book.worksheets:
        _print_set_up(written, document)
    _describe(book, document)
    made = BytesIO()
    book.save(made)
    return package.fixed(made.getvalue(), document.as_at)


def _about(written: Worksheet, document: Document) -> None:
    told = [document.name, document.council, document.marking, document.provenance, document.scope]
    for place, words in enumerate(filter(None, told), start=1):
        _text(_at(written, place, 1), words)
    written.cell(1, 1).font = Font(name="Arial", size=16, bold=True)
    written.column_dimensions["A"].width = 100


def _fill(written: Worksheet, sheet: Sheet) -> None:
    for at, (heading, width) in enumerate(zip(sheet.table.headings, sheet.table.widths, strict=True), start=1):
        top = _at(written, 1, at)
        _text(top, heading)
        top.font, top.fill = Font(name="Arial", size=10, bold=True), PatternFill("solid", fgColor=HEAD)
        written.column_dimensions[get_column_letter(at)].width = width
    for down, row in enumerate(sheet.table.rows, start=2):
        for at, cell in enumerate(row, start=1):
            _write(_at(written, down, at), cell)
    written.freeze_panes = "A2"
    written.auto_filter.ref = written.dimensions
    written.print_title_rows = "1:1"


def _at(written: Worksheet, row: int, column: int) -> Written:
    return cast("Written", written.cell(row, column))  # nothing is merged here


def _write(written: Written, cell: Cell) -> None:
    if isinstance(cell.value, date):
        written.value, written.number_format = cell.value, DAY
    elif cell.value is not None:
        written.value = cell.value
    else:
        _text(written, f"{cell.text}\n({cell.note})" if cell.note else cell.text)
    written.font = Font(name="Arial", size=10)
    written.alignment = Alignment(wrap_text=True, vertical="top", horizontal="right" if cell.number else "left")
    written.border = BOX
    if cell.tone:
        ground, ink, _edge = TONES[cell.tone]
        written.fill = PatternFill("solid", fgColor=ground)
        written.font = Font(name="Arial", size=10, bold=True, color=ink)


def _text(written: Written, words: str) -> None:
    """Words as words: "=1+1" is no formula."""
    held = words if len(words) <= EXCEL_CELL_LIMIT // 2 else _as_much_as_fits(words)
    written.value = held or None
    written.number_format = TEXT
    if held:
        written.data_type = "s"


def _as_much_as_fits(words: str) -> str:
    """The words, cut with a remark where a note made them longer than a cell holds, an emoji counting as two."""
    if len(words.encode("utf-16-le")) // 2 <= EXCEL_CELL_LIMIT:
        return words
    room = (EXCEL_CELL_LIMIT - len(CUT)) * 2
    return words.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT


def _print_set_up(written: Worksheet, document: Document) -> None:
    marking, council = (words.replace("&", "&&") for words in (document.marking, document.council))
    written.HeaderFooter = HeaderFooter()
    written.HeaderFooter.oddHeader = _line(marking, council)
    written.HeaderFooter.oddFooter = _line(marking, "Page &P of &N")
    written.page_setup.orientation, written.page_setup.paperSize = "landscape", Worksheet.PAPERSIZE_A4
    written.page_setup.fitToWidth, written.page_setup.fitToHeight = 1, 0
    written.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _line(left: str, right: str) -> HeaderFooterItem:
    return HeaderFooterItem(left=_HeaderFooterPart(left), right=_HeaderFooterPart(right))


def _describe(book: Workbook, document: Document) -> None:
    about = book.properties
    about.title, about.creator, about.language = document.name, document.council, "en-GB"
    about.subject, about.keywords, about.category = document.provenance, document.marking, document.kind
    about.created = datetime.combine(document.as_at, time())
