"""This file knows a workbook's sheets and where each one's XML, tables and common texts are."""

from typing import NamedTuple

from sync.ooxml.areas import Area, area
from sync.ooxml.contents import SharedStrings
from sync.ooxml.edits import Refused, SheetName, Visibility
from sync.ooxml.grid import Grid
from sync.ooxml.markup import attributes, first_tag, tags
from sync.ooxml.parts import CONTENT_TYPES, Parts
from sync.ooxml.styles import Formats

_SAFE = "Nothing was changed."
_OTHERS = {
    "word/": "a Word document",
    "ppt/": "a PowerPoint presentation",
    "content.xml": "an OpenDocument file (.ods)",
    "xl/workbook.bin": "a binary workbook (.xlsb)",
}


class Sheet(NamedTuple):
    name: str
    state: Visibility
    part: str
    is_grid: bool  # False for a sheet that is one chart, or of an older kind
    position: int


class Table(NamedTuple):
    part: str
    area: Area
    has_heading: bool
    is_linked: bool  # to a query or an XML map, which names its columns too

    @property
    def headings(self) -> frozenset[tuple[int, int]]:
        columns = range(self.area.first_column, self.area.last_column + 1) if self.has_heading else ()
        return frozenset((self.area.first_row, column) for column in columns)


class Book:
    """The workbook part of a package and what hangs on it."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.part = _workbook_part(parts)
        self.sheets = tuple(self._sheets())

    def _sheets(self) -> list[Sheet]:
        xml = self.parts[self.part]
        relations = {relation.id: relation for relation in self.parts.relations(self.part)}
        sheets: list[Sheet] = []
        seen: set[str] = set()
        opening = first_tag(xml, "sheets")
        for position, tag in enumerate(tags(xml, "sheet", opening.end() if opening else 0)):
            found = attributes(tag[0])
            id_ = next((value for key, value in found.items() if key.endswith(":id")), "")
            relation = relations.get(id_)
            state = Visibility(found.get("state", "visible"))
            part = relation.target if relation else ""
            is_grid = relation is not None and relation.kind == "worksheet" and part in self.parts
            is_grid &= part not in seen  # no program has two sheets share one part: they would change together
            seen.add(part)
            sheets.append(Sheet(found.get("name", ""), state, part, is_grid, position))
        return sheets

    def names(self) -> tuple[SheetName, ...]:
        return tuple(SheetName(sheet.name, sheet.state) for sheet in self.sheets if sheet.is_grid)

    def sheet(self, name: str) -> Sheet:
        for sheet in self.sheets:
            if sheet.name == name and sheet.is_grid:
                return sheet
        raise Refused(f"This workbook has no sheet called {name!r}. {_SAFE}")

    def tables(self, sheet: Sheet) -> tuple[Table, ...]:
        return tuple(_table(self.parts, part) for part in self.parts.related(sheet.part, "table"))

    @property
    def date1904(self) -> bool:
        tag = first_tag(self.parts[self.part], "workbookPr")
        return tag is not None and attributes(tag[0]).get("date1904") in ("1", "true")

    def strings(self) -> SharedStrings:
        found = self.parts.related(self.part, "sharedStrings")
        return SharedStrings(self.parts[found[0]] if found else None)

    def formats(self) -> Formats | None:
        found = self.parts.related(self.part, "styles")
        return Formats(self.parts[found[0]]) if found else None

    def keep_formats(self, formats: Formats | None) -> None:
        """Write the formats back when one was added; otherwise leave the part as it is."""
        if formats is not None and formats.grew:
            self.parts[self.parts.related(self.part, "styles")[0]] = formats.serialised()


def filter_area(grid: Grid) -> Area | None:
    """The sheet's own filter range. Tables have theirs elsewhere."""
    tag = first_tag(grid.xml, "autoFilter", grid.data_end)
    reference = attributes(tag[0]).get("ref") if tag else None
    return area(reference) if reference else None


def _table(parts: Parts, part: str) -> Table:
    xml = parts[part]
    tag = first_tag(xml, "table")
    found = attributes(tag[0]) if tag else {}
    linked = found.get("tableType", "worksheet") != "worksheet" or bool(parts.related(part, "queryTable"))
    return Table(part, area(found.get("ref", "A1")), found.get("headerRowCount", "1") != "0", linked)


def _workbook_part(parts: Parts) -> str:
    if CONTENT_TYPES not in parts or "_rels/.rels" not in parts:
        raise Refused(_not_a_workbook(parts))
    if any(relation.kind == "origin" for relation in parts.relations("")) or any(
        name.lower().startswith("_xmlsignatures/") for name in parts.names()
    ):
        raise Refused(
            f"This workbook carries a digital signature, which any change would break. {_SAFE} "
            "Save a copy without the signature and upload that."
        )
    found = parts.related("", "officeDocument")
    if not found or first_tag(parts[found[0]], "sheets") is None:
        raise Refused(_not_a_workbook(parts))
    return found[0]


def _not_a_workbook(parts: Parts) -> str:
    names = parts.names()
    what = next((what for key, what in _OTHERS.items() if any(name.startswith(key) for name in names)), None)
    if what is None:
        return f"This file is not an Excel workbook (.xlsx or .xlsm). {_SAFE}"
    return f"This file is {what}, not an Excel workbook. {_SAFE} Save it as .xlsx and upload that."
