"""This room reads an .ods file as what its cells show; the words beside each number tell in which format that is."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from lxml import etree

from sync.grid import Box
from sync.open_workbook import Unreadable
from sync.other_kinds.open_document.cells import OFFICE, TABLE, note, shown
from sync.other_kinds.open_document.margins import margins
from sync.other_kinds.open_document.styles import Styles
from sync.other_kinds.page import LAST_COLUMN, MOST_SHEETS, TOO_MUCH, Page, Shown

_PASSWORD = "The file is protected by a password. Nothing was changed. Save it without the password and upload that."  # noqa: S105
_DOCUMENT_TYPE = "The file declares a document type, which no office program writes. Nothing was changed."
_DAMAGED = "The file seems damaged. Nothing was changed. Open it, save it again as .xlsx and upload that."
_FAULTS = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, LookupError, ValueError, etree.LxmlError,
)  # fmt: skip
_ENCRYPTED = re.compile(rb"<(?:[\w.-]+:)?encryption-data[\s/>]")
_ROW, _SHEET, _SOURCE = f"{TABLE}table-row", f"{TABLE}table", f"{TABLE}table-source"
_CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
_KEPT = (_SHEET, f"{OFFICE}automatic-styles", _ROW, _SOURCE)
_MOST_MERGED = 100_000  # places; a larger merge is somebody's slip over the whole sheet


def pages(content: bytes) -> list[Page]:
    """The sheets of the file. Raises Unreadable for one with a password or that is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _refuse_password(package)
            return _read(package)
    except Unreadable:
        raise
    except _FAULTS as fault:
        raise Unreadable(_DAMAGED) from fault


def _refuse_password(package: zipfile.ZipFile) -> None:
    names = set(package.namelist())
    manifest = package.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
    locked = any(member.flag_bits & 1 for member in package.infolist())
    if locked or "encrypted-package" in names or _ENCRYPTED.search(manifest):
        raise Unreadable(_PASSWORD)


def _refuse_document_type(package: zipfile.ZipFile, name: str) -> None:
    with package.open(name) as part:
        if b"<!DOCTYPE" in part.read(10_000):
            raise Unreadable(_DOCUMENT_TYPE)


def _read(package: zipfile.ZipFile) -> list[Page]:
    styles, printed = Styles(), {}
    if "styles.xml" in package.namelist():
        _refuse_document_type(package, "styles.xml")
        known = etree.fromstring(package.read("styles.xml"), _parser())
        styles.learn(known)
        printed = margins(known)
    _refuse_document_type(package, "content.xml")
    with package.open("content.xml") as content:
        sheets = _sheets(content, styles)
    for sheet in sheets:
        sheet.page.margins = printed.get(styles.page_of(sheet.style), ("", ""))
    return [sheet.page for sheet in sheets if not sheet.is_elsewhere]


@dataclass
class _Sheet:
    page: Page
    style: str
    row: int = 1
    is_elsewhere: bool = False  # a copy of another file's sheet, kept for formulas that look there


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def _sheets(xml: IO[bytes], styles: Styles) -> list[_Sheet]:
    sheets: list[_Sheet] = []
    walk = etree.iterparse(xml, ("start", "end"), tag=_KEPT, resolve_entities=False, no_network=True)
    for event, element in walk:
        if event == "start":
            if element.tag == _SHEET:
                if len(sheets) == MOST_SHEETS:
                    raise Unreadable(TOO_MUCH)
                style = element.get(f"{TABLE}style-name", "")
                sheets.append(_Sheet(Page(element.get(f"{TABLE}name", ""), visible=styles.is_shown(style)), style))
        elif element.tag == f"{OFFICE}automatic-styles":
            styles.learn(element)
        elif element.tag == _SOURCE and sheets:
            sheets[-1].is_elsewhere = True
        elif element.tag == _ROW and sheets:
            _take_row(sheets[-1], element, styles)
            element.clear()
    return sheets


def _take_row(sheet: _Sheet, row: etree._Element, styles: Styles) -> None:
    times = _count(row, "number-rows-repeated")
    found = list(_cells(row, styles))
    if any(cell.shown.value is not None or cell.note for cell in found):
        for number in range(sheet.row, sheet.row + times):
            for cell in found:
                _put(sheet.page, number, cell)
    sheet.row += times


@dataclass(frozen=True)
class _Cell:
    column: int
    shown: Shown
    spans: tuple[int, int]
    note: str | None


def _cells(row: etree._Element, styles: Styles) -> Iterator[_Cell]:
    """The cells that show anything, a value or a colour, each as often as it is repeated."""
    column = 1
    for element in row:
        if element.tag not in _CELLS:
            continue
        times = _count(element, "number-columns-repeated")
        fill = styles.fill(element.get(f"{TABLE}style-name", ""))
        seen, said = shown(element, fill), note(element)
        spans = _count(element, "number-rows-spanned"), _count(element, "number-columns-spanned")
        # A colour that runs on for many columns is decoration to the edge of the sheet.
        if element.tag == _CELLS[0] and (seen.value is not None or said or (fill and times < 50) or spans != (1, 1)):
            yield from (_Cell(column + more, seen, spans, said) for more in range(min(times, LAST_COLUMN + 1)))
        column += times


def _put(page: Page, row: int, cell: _Cell) -> None:
    if cell.shown.value is not None or cell.shown.fill:
        page.put(row, cell.column, cell.shown)
    if cell.note:
        page.notes[row, cell.column] = cell.note
    rows, columns = cell.spans
    if 1 < rows * columns <= _MOST_MERGED:
        page.merges.append(Box(row, cell.column, row + rows - 1, cell.column + columns - 1))


def _count(element: etree._Element, name: str) -> int:
    return max(int(element.get(f"{TABLE}{name}", "1")), 1)
