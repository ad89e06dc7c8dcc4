"""This file moves what other parts say about a sheet's rows: names, charts, pivots, tables, other sheets."""

import re
from collections.abc import Callable
from html import escape

from sync.ooxml.book import Book, Sheet
from sync.ooxml.edits import Refused
from sync.ooxml.grid import area
from sync.ooxml.markup import (
    attribute_text,
    attributes,
    first_tag,
    is_closed,
    local,
    parse,
    replaced,
    serialise,
    tags,
    unescape,
    with_attribute,
)
from sync.ooxml.rows.formulas import NumberedCell, cells_of, shift_formulas, unshare
from sync.ooxml.rows.moves import RowMoves
from sync.ooxml.rows.ranges import shift_texts
from sync.ooxml.rows.references import Shift, moved_area

_LINKS = re.compile(rb'\b(textlink|fmlaLink|fmlaRange|fmlaTxbx|fmlaGroup)\s*=\s*"([^"]+)"')
_VML_LINKS = re.compile(rb"(<x:(Fmla(?:Link|Range|Txbx|Group))>)([^<]+)(</x:\2>)")
_RANGES = ("table", "autoFilter", "sortState", "sortCondition")
_COLUMN_FORMULAS = ("calculatedColumnFormula", "totalsRowFormula")
_STAYS_NARROW = "_xlnm.Print_Titles"


def shift_names(book: Book, shift: Shift) -> None:
    """Defined names: print areas, filters and the names that staff gave."""
    xml = book.parts[book.part]
    for tag in reversed(list(tags(xml, "definedName"))):
        if is_closed(tag[0]):
            continue
        found = attributes(tag[0])
        end = xml.index(b"<", tag.end())
        text = unescape(xml[tag.end() : end].decode("utf-8"))
        position = int(found.get("localSheetId", "-1"))
        home = book.sheets[position].name if 0 <= position < len(book.sheets) else None
        new = shift.formula(text, home, grow=found.get("name") != _STAYS_NARROW)
        if new != text:
            xml = xml[: tag.end()] + escape(new, quote=False).encode("utf-8") + xml[end:]
    book.parts[book.part] = xml


def shift_charts_and_links(book: Book, shift: Shift) -> None:
    """What charts, text boxes and form controls anywhere in the workbook show."""
    for name in book.parts.names():
        lowered = name.lower()
        if "chart" in lowered and lowered.endswith(".xml"):
            book.parts[name] = _texts_shifted(book.parts[name], "f", lambda text: shift.formula(text, None))
        if lowered.startswith(("xl/drawings/", "xl/ctrlprops/")) and lowered.endswith((".xml", ".vml")):
            xml = _LINKS.sub(lambda link: _link(link, shift), book.parts[name])
            book.parts[name] = _VML_LINKS.sub(lambda link: _vml_link(link, shift), xml)


def shift_other_sheets(book: Book, moving: set[str], shift: Shift) -> bool:
    """Formulas, rules and links of the sheets that stay as they are. Says whether a formula changed."""
    any_changed = False
    for sheet in book.sheets:
        xml = book.parts[sheet.part] if sheet.is_grid and sheet.name not in moving else b""
        if b"!" not in xml:
            continue
        root = parse(xml)
        cells = cells_of(root)
        if _shares_across(cells):
            unshare(cells)
        formulas = shift_formulas(cells, shift, sheet.name)
        texts = shift_texts(root, shift, sheet.name)
        any_changed |= formulas
        if formulas or texts:
            book.parts[sheet.part] = serialise(root)
    return any_changed


def move_tables(book: Book, sheet: Sheet, moves: RowMoves, shift: Shift) -> None:
    """The Excel tables of the moving sheet. Raises Refused when one would lose its heading or last row."""
    for table in book.tables(sheet):
        root = parse(book.parts[table.part])
        heads, totals = int(root.get("headerRowCount", "1")), int(root.get("totalsRowCount", "0"))
        for element in [
            e for e in root.iter() if local(e) in ("table", "autoFilter", "sortState", "sortCondition")
        ]:
            inside = local(element) != "table" or totals == 0
            moved = moved_area(area(element.get("ref", "A1")), moves, grow=inside, even_single=True)
            if moved is None or (element is root and moved.last_row - moved.first_row < heads + totals):
                raise Refused(_last_row(sheet))
            element.set("ref", str(moved))
        if heads and moves.now(table.area.first_row) is None:
            raise Refused(_last_row(sheet))
        for formula in [
            e for e in root.iter() if local(e) in ("calculatedColumnFormula", "totalsRowFormula")
        ]:
            formula.text = shift.formula(formula.text or "", sheet.name)
        book.parts[table.part] = serialise(root)


def move_pivots(book: Book, sheet: Sheet, moves: RowMoves, shift: Shift) -> None:
    """Pivot tables on the sheet, and the ranges that any pivot of the workbook reads."""
    for part in book.parts.related(sheet.part, "pivotTable"):
        _move_pivot(book, part, moves, sheet)
    for part in book.parts.related(book.part, "pivotCacheDefinition"):
        xml = book.parts[part]
        tag = first_tag(xml, "worksheetSource")
        found = attributes(tag[0]) if tag else {}
        if tag is not None and found.get("sheet") == sheet.name and "ref" in found:
            moved = moved_area(area(found["ref"]), moves, grow=True)
            if moved is not None:
                book.parts[part] = replaced(xml, tag, with_attribute(tag[0], "ref", str(moved)))


def _move_pivot(book: Book, part: str, moves: RowMoves, sheet: Sheet) -> None:
    xml = book.parts[part]
    tag = first_tag(xml, "location")
    if tag is None:
        return
    covered = area(attributes(tag[0]).get("ref", "A1"))
    moved = moved_area(covered, moves, grow=False)
    if moved is None or moves.cuts(covered.first_row, covered.last_row):
        raise Refused(
            f"There is a pivot table among those rows of sheet {sheet.name!r}, so that none can be added or "
            "removed there. Nothing was changed."
        )
    book.parts[part] = replaced(xml, tag, with_attribute(tag[0], "ref", str(moved)))


def _shares_across(cells: list[NumberedCell]) -> bool:
    return any(
        local(child) == "f" and child.get("t") == "shared" and "!" in (child.text or "")
        for _, _, cell in cells
        for child in cell
    )


def _texts_shifted(xml: bytes, name: str, shifted: Callable[[str], str]) -> bytes:
    for tag in reversed(list(tags(xml, name))):
        if not is_closed(tag[0]):
            end = xml.index(b"<", tag.end())
            text = unescape(xml[tag.end() : end].decode("utf-8"))
            new = shifted(text)
            if new != text:
                xml = xml[: tag.end()] + escape(new, quote=False).encode("utf-8") + xml[end:]
    return xml


def _link(link: re.Match[bytes], shift: Shift) -> bytes:
    text = unescape(link[2].decode("utf-8"))
    new = shift.formula(text, None)
    return link[0] if new == text else link[1] + b'="' + attribute_text(new) + b'"'


def _vml_link(link: re.Match[bytes], shift: Shift) -> bytes:
    text = unescape(link[3].decode("utf-8"))
    return link[1] + escape(shift.formula(text, None), quote=False).encode("utf-8") + link[4]


def _last_row(sheet: Sheet) -> str:
    return (
        f"A table on sheet {sheet.name!r} would lose its heading or its last row. Nothing was changed; empty "
        "the row instead, or delete the table in Excel."
    )
