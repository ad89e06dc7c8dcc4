"""This file looks for what makes a package invalid: order, counts, overlaps, references to what is not there."""

import re
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree
from openpyxl.formula.tokenizer import Tokenizer, TokenizerError
from openpyxl.utils import range_boundaries

from bench.packages.reading import Reading, local

# The children of a worksheet in the order of the standard's schema (ECMA-376, CT_Worksheet).
WORKSHEET = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
    "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors",
    "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls",
    "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
WORKBOOK = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
    "externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews", "pivotCaches",
    "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst",
)  # fmt: skip
_COUNTED = ("mergeCells", "dataValidations", "tableParts", "cellXfs", "dxfs", "tableColumns", "rowBreaks")
_NAME = re.compile(r"([A-Z]{1,3})([0-9]{1,7})$")
_MOST_COMPARED = 2_000


def faults(reading: Reading) -> set[str]:
    """Every fault found, as a sentence without the numbers that an edit may rightly change."""
    found = set(_package_faults(reading))
    book = reading.workbook()
    related = {id: (kind, target) for id, kind, target in reading.relations(book)}
    formats = _formats(reading, related)
    found |= set(_order(book, reading.tree(book), WORKBOOK)) | set(_names(reading.tree(book)))
    for kind, target in related.values():
        if kind == "worksheet" and reading.has(target):
            found |= set(_sheet_faults(reading, target, formats))
    return found


def _package_faults(reading: Reading) -> Iterator[str]:
    types = reading.tree("[Content_Types].xml")
    known = () if types is None else tuple(types)
    defaults = {element.get("Extension", "").lower() for element in known}
    overrides = {element.get("PartName", "").lower().lstrip("/") for element in known}
    for name in reading.names:
        typed = name.lower() in overrides or name.rpartition(".")[2].lower() in defaults
        if not typed and not name.endswith("/") and name != "[Content_Types].xml":
            yield f"{name} has no content type"
        for id, kind, target in reading.relations(name) if not name.endswith(".rels") else ():
            if not reading.has(target) and target != "." and not target.startswith("#"):
                yield f"{name} points by {id} ({kind}) to a part that is not there"
    yield from (f"{name} is declared and not there" for name in overrides - {""} if not reading.has(name))
    if len(set(reading.names)) != len(reading.names):
        yield "a part is there twice"


def _formats(reading: Reading, related: dict[str, tuple[str, str]]) -> dict[str, int]:
    styles = next((target for kind, target in related.values() if kind == "styles"), "")
    root = reading.tree(styles)
    return {} if root is None else {local(child): len(child) for child in root}


def _order(name: str, root: etree._Element | None, order: tuple[str, ...]) -> Iterator[str]:
    known = [] if root is None else [local(child) for child in root]
    places = [(order.index(child), child) for child in known if child in order]
    yield from (f"{name}: {b[1]} stands after {a[1]}" for a, b in pairwise(places) if b[0] < a[0])
    single = [child for child in known if child in order and child != "conditionalFormatting"]
    yield from (f"{name}: two of {child}" for child in set(single) if single.count(child) > 1)


def _names(root: etree._Element | None) -> Iterator[str]:
    for element in () if root is None else root.iter("{*}definedName"):
        try:
            Tokenizer("=" + (element.text or ""))
        except TokenizerError:
            yield f"the name {element.get('name')} cannot be read"


def _sheet_faults(reading: Reading, part: str, formats: dict[str, int]) -> Iterator[str]:
    root = reading.tree(part)
    if root is None:
        yield f"{part} is no XML"
        return
    yield from _order(part, root, WORKSHEET)
    yield from _row_faults(part, root, formats, len(reading.strings))
    yield from _column_faults(part, root)
    yield from _merge_faults(part, root)
    for holder in root.iter():
        if local(holder) in _COUNTED and holder.get("count") not in (None, str(len(holder))):
            yield f"{part}: the count of {local(holder)} is wrong"
    for rule in root.iter("{*}cfRule"):
        if _whole(rule.get("dxfId")) >= max(formats.get("dxfs", 0), 1):
            yield f"{part}: a rule's format is not there"
    for _, kind, target in reading.relations(part):
        if kind == "table" and reading.has(target):
            yield from _table_faults(target, reading.tree(target))


def _row_faults(part: str, root: etree._Element, formats: dict[str, int], strings: int) -> Iterator[str]:
    number = 0
    for row in root.iter("{*}row"):
        before, number = number, _whole(row.get("r"), number + 1)
        if number <= before:
            yield f"{part}: rows out of order"
        column = 0
        for cell in row.iter("{*}c"):
            name = _NAME.match(cell.get("r", ""))
            earlier, column = column, _bounds(f"{name[1]}1")[0] if name else column + 1
            if column <= earlier:
                yield f"{part}: cells out of order"
            if name and int(name[2]) != number:
                yield f"{part}: a cell calls itself by another row"
            if _whole(cell.get("s")) >= max(formats.get("cellXfs", 1), 1):
                yield f"{part}: a cell's format is not there"
            if cell.get("t") == "s" and _whole(next((v.text for v in cell.iter("{*}v")), None)) >= strings:
                yield f"{part}: a cell's text is not there"


def _column_faults(part: str, root: etree._Element) -> Iterator[str]:
    spans = [(_whole(col.get("min")), _whole(col.get("max"))) for col in root.iter("{*}col")]
    if any(second[0] <= first[1] for first, second in pairwise(spans)):
        yield f"{part}: columns overlap or are out of order"
    if next(root.iter("{*}cols"), None) is not None and not spans:
        yield f"{part}: cols is empty"


def _merge_faults(part: str, root: etree._Element) -> Iterator[str]:
    merges = sorted(_bounds(merge.get("ref")) for merge in root.iter("{*}mergeCell"))
    by_row = sorted(merges, key=lambda merge: merge[1])[:_MOST_COMPARED]
    for place, one in enumerate(by_row):
        for other in by_row[place + 1 :]:
            if other[1] > one[3]:
                break
            if one[0] <= other[2] and other[0] <= one[2]:
                yield f"{part}: merged cells overlap"


def _table_faults(part: str, root: etree._Element | None) -> Iterator[str]:
    if root is None:
        yield f"{part} is no XML"
        return
    left, top, right, bottom = _bounds(root.get("ref"))
    columns = list(root.iter("{*}tableColumn"))
    if right - left + 1 != len(columns):
        yield f"{part}: the table is not as wide as its columns"
    if bottom - top < _whole(root.get("headerRowCount"), 1) + _whole(root.get("totalsRowCount")):
        yield f"{part}: the table has no row"
    for attribute in ("id", "name"):
        if len({column.get(attribute, "").lower() for column in columns}) != len(columns):
            yield f"{part}: two columns of the table have one {attribute}"


def _whole(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.strip().isdecimal() else otherwise


def _bounds(reference: str | None) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of an area."""
    left, top, right, bottom = range_boundaries(reference or "A1")
    return left or 1, top or 1, right or 1, bottom or 1
