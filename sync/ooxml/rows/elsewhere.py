"""This file moves what other parts say about a sheet's rows: names, charts, pivots, tables, other sheets."""

import re
from collections.abc import Callable
from html import escape

from lxml import etree
from openpyxl.utils import column_index_from_string

from sync.ooxml.areas import Area, area
from sync.ooxml.book import Book, Sheet
from sync.ooxml.edits import Unmovable
from sync.ooxml.grid import Grid, joined
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
from sync.ooxml.rows.around import around_rows, ends
from sync.ooxml.rows.formulas import applied, edits_for, formulas_of, shifted, unshared
from sync.ooxml.rows.moves import RowMoves
from sync.ooxml.rows.ranges import Moved, shift_texts
from sync.ooxml.rows.references import Growth, Shift, moved_area

_LINKS = re.compile(rb'\b(textlink|fmlaLink|fmlaRange|fmlaTxbx|fmlaGroup)\s*=\s*"([^"]+)"')
_VML_LINKS = re.compile(rb"(<x:(Fmla(?:Link|Range|Txbx|Group))>)([^<]+)(</x:\2>)")
_RANGES = ("table", "autoFilter", "sortState", "sortCondition")
_COLUMN_FORMULAS = ("calculatedColumnFormula", "totalsRowFormula")
_OFFICE_MADE = "_xlnm."  # print areas, filters: meant as they stand, whoever wrote them without dollars
_STAYS_NARROW = "_xlnm.Print_Titles"


def shift_names(book: Book, shift: Shift) -> None:
    """Defined names: print areas, filters and the names that staff gave."""

    def shifted(found: dict[str, str], text: str) -> str:
        position, name = int(found.get("localSheetId", "-1")), found.get("name", "")
        home = book.sheets[position].name if 0 <= position < len(book.sheets) else None
        grow = Growth.none if name == _STAYS_NARROW else Growth.all_ends
        return shift.formula(text, home, grow=grow, only_fixed=not name.startswith(_OFFICE_MADE))

    book.parts[book.part] = _texts_shifted(book.parts[book.part], "definedName", shifted)


def shift_charts_and_links(book: Book, shift: Shift) -> None:
    """What charts, text boxes and form controls anywhere in the workbook show."""
    homes = _homes(book)
    for name in book.parts.names():
        lowered = name.replace("\\", "/").lower()
        if "chart" in lowered and lowered.endswith(".xml"):
            book.parts[name] = _texts_shifted(book.parts[name], "f", lambda _, text: shift.formula(text, None))
        if lowered.startswith(("xl/drawings/", "xl/ctrlprops/")) and lowered.endswith((".xml", ".vml")):
            book.parts[name] = _links_shifted(book.parts[name], shift, homes.get(lowered))


def _homes(book: Book) -> dict[str, str]:
    """The sheet on which each drawing and control stands: what they show of it goes without its name."""
    return {
        part.lower(): sheet.name
        for sheet in book.sheets
        if sheet.is_grid
        for part in book.parts.related(sheet.part, "drawing", "vmlDrawing", "ctrlProp")
    }


def shift_other_sheets(book: Book, moving: set[str], shift: Shift) -> None:
    """Formulas, rules and links of the sheets that stay as they are."""
    for sheet in book.sheets:
        xml = book.parts[sheet.part] if sheet.is_grid and sheet.name not in moving else b""
        if b"!" in xml:
            _shift_other(book, sheet, Grid(xml), shift)


def _shift_other(book: Book, sheet: Sheet, grid: Grid, shift: Shift) -> None:
    old = formulas_of(grid)
    across = any(formula.kind == "shared" and "!" in formula.text for formula in old)
    alone = list(unshared(old)) if across else old
    new = list(shifted(alone, shift, sheet.name))
    edits = edits_for(grid, zip(old, new, strict=True)) if new != alone else []
    root = around_rows(grid)
    changed = shift_texts(root, shift, sheet.name)
    head, tail = ends(root) if changed else (grid.head, grid.tail)
    if edits or changed:
        rows = applied(grid, edits, grid.opening.end(), grid.data_end)
        book.parts[sheet.part] = joined((head, *rows, tail))


def move_tables(book: Book, sheet: Sheet, moved: Moved) -> None:
    """The Excel tables of the moving sheet. Raises Unmovable when one would lose its heading or last row."""
    moves, shift = moved.moves, moved.shift
    for table in book.tables(sheet):
        root = parse(book.parts[table.part])
        if table.has_heading and moves.now(table.area.first_row) is None:
            raise _last_row(sheet)
        takes_in = _says_something_there(moved, table.area)
        ranges = [element for element in root.iter() if local(element) in _RANGES]
        changed = [_range_moved(element, root, sheet, moves, takes_in=takes_in) for element in ranges]
        for formula in [element for element in root.iter() if local(element) in _COLUMN_FORMULAS]:
            text = shift.formula(formula.text or "", sheet.name)
            changed.append(text != (formula.text or ""))
            formula.text = text
        if any(changed):
            book.parts[table.part] = serialise(root)


def _says_something_there(moved: Moved, table: Area) -> bool:
    """Whether a row that comes right below a table says anything in its columns: another list may end there."""
    columns = (
        column_index_from_string(letter)
        for _, row in moved.inserts
        if row.after == table.last_row
        for letter, value in row.values.items()
        if value not in (None, "")
    )
    return any(table.first_column <= column <= table.last_column for column in columns)


def _range_moved(
    element: etree._Element, root: etree._Element, sheet: Sheet, moves: RowMoves, *, takes_in: bool
) -> bool:
    """Move one range of a table. Says whether it changed."""
    heads, totals = int(root.get("headerRowCount", "1")), int(root.get("totalsRowCount", "0"))
    before = area(element.get("ref", "A1"))
    grows = local(element) != "table" if totals else takes_in
    after = moved_area(before, moves, grow=grows, even_single=True)
    if after is None or (element is root and after.last_row - after.first_row < heads + totals):
        raise _last_row(sheet)
    if after == before:
        return False
    element.set("ref", str(after))
    return True


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
            if moved is not None and moved != area(found["ref"]):
                book.parts[part] = replaced(xml, tag, with_attribute(tag[0], "ref", str(moved)))


def _move_pivot(book: Book, part: str, moves: RowMoves, sheet: Sheet) -> None:
    xml = book.parts[part]
    tag = first_tag(xml, "location")
    if tag is None:
        return
    covered = area(attributes(tag[0]).get("ref", "A1"))
    moved = moved_area(covered, moves, grow=False)
    if moved is None or moves.cuts(covered.first_row, covered.last_row):
        raise Unmovable(
            f"There is a pivot table among those rows of sheet {sheet.name!r}, so that none can be added or "
            "removed there.",
            sheet.name,
        )
    if moved != covered:
        book.parts[part] = replaced(xml, tag, with_attribute(tag[0], "ref", str(moved)))


def _texts_shifted(xml: bytes, name: str, shifted: Callable[[dict[str, str], str], str]) -> bytes:
    """The part with the text of each element of this name as the function says, told its attributes too."""
    pieces: list[bytes] = []
    done = 0
    for tag in (tag for tag in tags(xml, name) if not is_closed(tag[0])):
        end = xml.index(b"<", tag.end())
        text = unescape(xml[tag.end() : end].decode("utf-8"))
        new = shifted(attributes(tag[0]), text)
        if new != text:
            pieces += [xml[done : tag.end()], escape(new, quote=False).encode("utf-8")]
            done = end
    return joined([*pieces, xml[done:]]) if pieces else xml


def _links_shifted(xml: bytes, shift: Shift, home: str | None) -> bytes:
    def attribute(link: re.Match[bytes]) -> bytes:
        text = unescape(link[2].decode("utf-8"))
        new = shift.formula(text, home)
        return link[0] if new == text else link[1] + b'="' + attribute_text(new) + b'"'

    def element(link: re.Match[bytes]) -> bytes:
        text = unescape(link[3].decode("utf-8"))
        return link[1] + escape(shift.formula(text, home), quote=False).encode("utf-8") + link[4]

    return _VML_LINKS.sub(element, _LINKS.sub(attribute, xml))


def _last_row(sheet: Sheet) -> Unmovable:
    return Unmovable(f"A table on sheet {sheet.name!r} would lose its heading or its last row.", sheet.name)
