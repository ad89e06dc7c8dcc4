"""This file widens an Excel table or a filter by one column, and keeps a table's headings in step."""

import re
from collections.abc import Iterator

from lxml import etree

from sync.ooxml.areas import Area, area
from sync.ooxml.book import Book, Sheet, Table
from sync.ooxml.markup import (
    attributes,
    element_end,
    first_tag,
    local,
    needed_tag,
    parse,
    replaced,
    serialise,
    tags,
    with_attribute,
)

_LAST_CORNER = re.compile(rb"\$[A-Z]{1,3}(\$[0-9]+\s*)$")


def widen_table(book: Book, table: Table, heading: str) -> str:
    """Give the table one more column; its heading comes back, made unique where it must be."""
    root = parse(book.parts[table.part])
    columns = next(child for child in root if local(child) == "tableColumns")
    name = _unique(heading, {column.get("name", "").lower() for column in columns})
    new = etree.SubElement(columns, _tag(columns, "tableColumn"))
    new.set("id", str(max(int(column.get("id", "0")) for column in columns if column is not new) + 1))
    new.set("name", name)
    columns.set("count", str(len(columns)))
    for element in (root, *_ranges(root)):
        element.set("ref", str(_wider(area(element.get("ref", "A1")), table.area.last_column)))
    book.parts[table.part] = serialise(root)
    return name


def rename_heading(book: Book, table: Table, column: int, heading: str) -> str:
    """Call one column of the table by this heading, as its cell will."""
    root = parse(book.parts[table.part])
    columns = next(child for child in root if local(child) == "tableColumns")
    renamed = columns[column - table.area.first_column]
    if renamed.get("name") == heading:
        return heading
    name = _unique(heading, {other.get("name", "").lower() for other in columns if other is not renamed})
    renamed.set("name", name)
    book.parts[table.part] = serialise(root)
    return name


def widen_filter(book: Book, sheet: Sheet, xml: bytes, filtered: Area) -> bytes:
    """The sheet with its filter, and the hidden name that repeats the filter's range, one column wider."""
    _widen_filter_name(book, sheet)
    tag = needed_tag(xml, "autoFilter")
    whole = xml[tag.start() : element_end(xml, tag)]
    wider = whole
    for name in ("sortState", "autoFilter"):
        found = first_tag(wider, name)
        if found is not None and "ref" in attributes(found[0]):
            reference = _wider(area(attributes(found[0])["ref"]), filtered.last_column)
            wider = replaced(wider, found, with_attribute(found[0], "ref", str(reference)))
    return xml[: tag.start()] + wider + xml[tag.start() + len(whole) :]


def _widen_filter_name(book: Book, sheet: Sheet) -> None:
    xml = book.parts[book.part]
    for tag in tags(xml, "definedName"):
        found = attributes(tag[0])
        if found.get("name") == "_xlnm._FilterDatabase" and found.get("localSheetId") == str(sheet.position):
            end = xml.index(b"</", tag.end())
            wider = _LAST_CORNER.sub(_next_column, xml[tag.end() : end])
            book.parts[book.part] = xml[: tag.end()] + wider + xml[end:]
            return


def _next_column(match: re.Match[bytes]) -> bytes:
    corner = area(match[0].decode().strip())
    beyond = corner._replace(last_column=corner.last_column + 1, first_column=corner.last_column + 1)
    return b"$" + re.sub(rb"[0-9]", b"", str(beyond).encode()) + match[1]


def _ranges(root: etree._Element) -> Iterator[etree._Element]:
    return (element for element in root.iter() if local(element) in ("autoFilter", "sortState"))


def _wider(reference: Area, edge: int) -> Area:
    return reference._replace(last_column=edge + 1) if reference.last_column == edge else reference


def _unique(heading: str, taken: set[str]) -> str:
    names = (heading if number == 1 else f"{heading} {number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name.lower() not in taken)


def _tag(beside: etree._Element, name: str) -> str:
    return f"{beside.tag.rpartition('}')[0]}}}{name}" if beside.tag.startswith("{") else name
