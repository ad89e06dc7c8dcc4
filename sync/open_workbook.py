"""This file opens a workbook's bytes as plain sheets; no other reader knows the workbook library."""

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta

import openpyxl
from openpyxl.cell.cell import Cell as OpenedCell
from openpyxl.cell.cell import MergedCell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from sync import ooxml
from sync.grid import Box, Cell, Content, Grid

LIMIT = 20 * 1024 * 1024
_SAVE_AS = "Open it in Excel or LibreOffice, save it as an .xlsx workbook and try again."
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ANY_XML = re.compile(r"\.(?:xml|rels)$", re.IGNORECASE)
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(spreadsheetml|officeDocument|drawingml)/")
_WORDS = re.compile(r"(?:sharedstrings|worksheets/[^/]*)\.xml$", re.IGNORECASE)
_RELATIONS = re.compile(r"worksheets/_rels/[^/]*\.rels$|workbook\.xml(\.rels)?$", re.IGNORECASE)
_ADORNMENT = re.compile(
    rb"<(?:\w+:)?Relationship\s[^>]*/(?:pivotTable|pivotCacheDefinition|drawing)\"[^>]*/>|"
    rb"<((?:\w+:)?)pivotCaches>.*?</\1pivotCaches>",
    re.DOTALL,
)
_ESCAPED = re.compile(rb"_x005[Ff]_(?=x[0-9A-Fa-f]{4}_)")
# openpyxl takes the escaping off a literal "_x000D_", after which it looks like a line end. This mark, from a
# range that no language uses, stands in for the escaped underscore meanwhile.
_MARK = "\ue05f"


class Unreadable(ValueError):
    """A file that cannot be read as a tracker. The message is a sentence for staff."""


def grids(content: bytes) -> tuple[Grid, ...]:
    """The sheets of a workbook in their order. Raises Unreadable."""
    _check(content)
    content = _with_marks(_transitional(content))
    try:
        return _opened(content)
    except Exception:
        # Pivot tables and pictures that the library cannot take in are no reason not to read the cells.
        try:
            return _opened(_bare(content))
        except Exception as why:
            raise Unreadable(
                f"The workbook could not be opened: it seems damaged. Nothing was changed. {_SAVE_AS}"
            ) from why


def _opened(content: bytes) -> tuple[Grid, ...]:
    with warnings.catch_warnings():
        # The library tells of parts it would lose on saving; nothing is ever saved through it.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content), rich_text=True)
        results = _results(content, book)
        return tuple(_grid(sheet, results) for sheet in book.worksheets)


def _check(content: bytes) -> None:
    if not content:
        raise Unreadable("The file is empty. Nothing was changed. Choose the workbook again and upload it.")
    if len(content) > LIMIT:
        raise Unreadable(
            f"The file is larger than {LIMIT // 1024 // 1024} MB, the most that is accepted. Nothing "
            "was changed. Take out pictures or old sheets and try again."
        )
    if not content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise Unreadable(f"The file is not an Excel workbook. Nothing was changed. {_SAVE_AS}")
    try:
        ooxml.Package.open(content)
    except ooxml.Refused as why:
        raise Unreadable(str(why)) from why


def _with_marks(content: bytes) -> bytes:
    """The same package with each escaped underscore marked."""
    return _rewritten(content, _WORDS, lambda part: _ESCAPED.sub(_MARK.encode(), part))


def _transitional(content: bytes) -> bytes:
    """The same package in the usual namespaces where it was saved as "Strict Open XML", which opens as no sheets."""
    return _rewritten(content, _ANY_XML, lambda part: _STRICT.sub(_usual, part))


def _usual(found: re.Match[bytes]) -> bytes:
    return b"http://schemas.openxmlformats.org/" + found[1] + b"/2006/"


def _bare(content: bytes) -> bytes:
    """The same package without the relations to pivot tables and drawings."""
    return _rewritten(content, _RELATIONS, lambda part: _ADORNMENT.sub(b"", part))


def _rewritten(content: bytes, names: re.Pattern[str], change: Callable[[bytes], bytes]) -> bytes:
    """The package with the parts of these names changed; the very same bytes where nothing changes."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [(member, package.read(member)) for member in package.infolist()]
    changed = {m.filename: change(part) for m, part in parts if names.search(m.filename)}
    if all(changed.get(member.filename, part) == part for member, part in parts):
        return content
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        for member, part in parts:
            package.writestr(member, changed.get(member.filename, part))
    return written.getvalue()


def _results(content: bytes, book: Workbook) -> Workbook | None:
    """The same workbook with the stored results of its formulas; None where it has no formula."""
    has_formula = any(cell.data_type == "f" for sheet in book.worksheets for cell in _cells(sheet))
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True) if has_formula else None


def _cells(sheet: Worksheet) -> Iterator[OpenedCell]:
    # The public way walks every place up to the farthest formatted cell, which may be the millionth row.
    held = sheet._cells.values()
    return (cell for cell in held if not isinstance(cell, MergedCell) and cell.value is not None)


def _grid(sheet: Worksheet, results: Workbook | None) -> Grid:
    calculated = results[sheet.title] if results else None
    found = ((place, _cell(cell, calculated)) for cell in _cells(sheet) for place in [(cell.row, cell.column)])
    return Grid(
        sheet=sheet.title,
        visible=sheet.sheet_state == "visible",
        cells={place: cell for place, cell in found if not cell.blank},
        merges=tuple(Box(box.min_row, box.min_col, box.max_row, box.max_col) for box in sheet.merged_cells.ranges),
        tables=tuple((table.displayName, table.ref) for table in sheet.tables.values()),
        filter_ref=sheet.auto_filter.ref,
        hidden_columns=frozenset(name for name, column in sheet.column_dimensions.items() if column.hidden),
        margins=tuple(_margins(sheet)),
    )


def _cell(cell: OpenedCell, calculated: Worksheet | None) -> Cell:
    formula, value, kind = None, cell.value, cell.data_type
    if kind == "f":
        formula = _formula(value)
        result = calculated.cell(cell.row, cell.column) if calculated is not None else None
        value, kind = (result.value, result.data_type) if result is not None else (None, "n")
    content = _content(value)
    return Cell(
        value=content,
        number_format=cell.number_format,
        fill=_fill(cell),
        formula=formula,
        italic=bool(cell.font and cell.font.i),
        is_date=bool(cell.is_date) and not isinstance(content, str | int | float),
        is_error=kind == "e",
    )


def _formula(value: object) -> str:
    if isinstance(value, ArrayFormula):
        return value.text or "="
    return "=" if isinstance(value, DataTableFormula) else str(value)


def _content(value: object) -> Content:
    if isinstance(value, timedelta):
        return str(value)
    if value is None or isinstance(value, bool | int | float) or hasattr(value, "strftime"):
        return value  # type: ignore[return-value]
    words = _ESCAPE.sub(_unescaped, str(value)).replace(_MARK, "_")
    return words if words.strip() else None


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def _fill(cell: OpenedCell) -> str | None:
    fill = cell.fill
    if not fill or fill.fill_type != "solid" or not fill.fgColor:
        return None
    colour = fill.fgColor
    return str(colour.rgb)[-6:] if colour.type == "rgb" else f"{colour.type} {colour.value}"


def _margins(sheet: Worksheet) -> Iterator[str]:
    for strip in (sheet.oddHeader, sheet.oddFooter):
        for part in (strip.left, strip.center, strip.right) if strip else ():
            if part is not None and part.text:
                yield str(part.text)
