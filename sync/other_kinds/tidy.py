"""This file makes a new, tidy .xlsx workbook of what another kind of file shows."""

import io
import re
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from sync.grid import Place
from sync.ooxml.text import escaped
from sync.other_kinds.page import Page, Shown

NARROWEST, WIDEST = 8, 60  # in the characters of a column's width
LAST_HEADING_ROW = 20
LONGEST_NAME = 31
BY = "Improvement plan"
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))
_TOP, _HEADING = Alignment(wrap_text=True, vertical="top"), Alignment(wrap_text=True, vertical="center")


def workbook(pages: Sequence[Page]) -> bytes:
    """All sheets with their values at the same addresses; headings bold and frozen, long words wrapped."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for page in pages:
        _fill(book.create_sheet(_free_name(page.name, book.sheetnames)), page)
    if not any(page.visible for page in pages):
        book.worksheets[0].sheet_state = "visible"  # a workbook must show one sheet
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _free_name(name: str, taken: Sequence[str]) -> str:
    wanted = name.translate(_NOT_IN_NAMES).strip("'")[:LONGEST_NAME] or "Sheet"
    used = {other.lower() for other in taken}
    names = (wanted if n == 1 else f"{wanted[: LONGEST_NAME - 4]} {n}" for n in range(1, len(used) + 2))
    return next(name for name in names if name.lower() not in used)


def _fill(sheet: Worksheet, page: Page) -> None:
    sheet.sheet_state = "visible" if page.visible else "hidden"
    heading = _heading_row(page)
    for place, shown in page.cells.items():
        cell = sheet.cell(*place)
        if isinstance(cell, Cell):  # as they all are before anything is merged
            _write(cell, shown, is_heading=place[0] == heading)
    for place, words in page.notes.items():
        sheet.cell(*place).comment = Comment(escaped(words), BY)
    _merge(sheet, page)
    _widen(sheet, page)
    for strip, words in ((sheet.oddHeader, page.margins[0]), (sheet.oddFooter, page.margins[1])):
        _print(strip, words)
    if heading:
        _head(sheet, page, heading)


def _heading_row(page: Page) -> int | None:
    """The first row that is nearly as wide as the sheet and all words."""
    widths: dict[int, int] = {}
    for (row, _), shown in page.cells.items():
        widths[row] = widths.get(row, 0) + (isinstance(shown.value, str) and not shown.is_error)
    most = max((width for row, width in widths.items() if row <= LAST_HEADING_ROW), default=0)
    wide = (row for row in sorted(widths) if row <= LAST_HEADING_ROW and widths[row] >= max(2, most * 0.6))
    return next(wide, None)


def _write(cell: Cell, shown: Shown, *, is_heading: bool) -> None:
    if isinstance(shown.value, str):
        cell.value = escaped(shown.value)
        cell.data_type = "e" if shown.is_error else "s"  # words that begin with "=" stay words
        if shown.value.startswith("="):
            cell.quotePrefix = True  # and stay so when somebody edits them
    else:
        cell.value = shown.value
        cell.number_format = shown.format or cell.number_format
    if shown.fill:
        cell.fill = PatternFill("solid", fgColor=shown.fill)
    cell.alignment = _HEADING if is_heading else _TOP
    if is_heading:
        cell.font = Font(bold=True)


def _merge(sheet: Worksheet, page: Page) -> None:
    taken: set[Place] = set()
    last_row, last_column = page.last
    for box in page.merges:
        rows, columns = range(box.top, min(box.bottom, last_row) + 1), range(box.left, min(box.right, last_column) + 1)
        places = {(row, column) for row in rows for column in columns}
        if len(places) > 1 and not places & taken and not any(place in page.notes for place in places - {box[:2]}):
            taken |= places
            sheet.merge_cells(None, box.top, box.left, rows[-1], columns[-1])


def _widen(sheet: Worksheet, page: Page) -> None:
    longest: dict[int, int] = {}
    for (_, column), shown in page.cells.items():
        width = max((len(line) for line in str(shown.value or "").splitlines()), default=0)
        longest[column] = max(longest.get(column, 0), width)
    for column, width in longest.items():
        sheet.column_dimensions[get_column_letter(column)].width = min(max(width + 2, NARROWEST), WIDEST)


def _print(strip: HeaderFooterItem | None, words: str) -> None:
    """Say in a header or footer what its codes say on the left, in the middle and on the right."""
    if strip is None or not words:
        return
    places = {"L": strip.left, "C": strip.center, "R": strip.right}
    _, *pieces = re.split(r"(?<!&)&([LCR])", words if words.startswith("&") else f"&C{words}")
    for place, said in zip(pieces[::2], pieces[1::2], strict=True):
        places[place].text = said or None


def _head(sheet: Worksheet, page: Page, heading: int) -> None:
    sheet.freeze_panes = f"A{heading + 1}"
    sheet.print_title_rows = f"{heading}:{heading}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    columns = [column for (row, column), shown in page.cells.items() if row == heading and shown.value is not None]
    if not page.merges and page.last[0] > heading:
        last = get_column_letter(max(columns))
        sheet.auto_filter.ref = f"{get_column_letter(min(columns))}{heading}:{last}{page.last[0]}"
