"""This file makes Excel work every formula out again when it opens the workbook."""

import re

from sync.ooxml.book import Book
from sync.ooxml.markup import element_end, first_tag, prefix, replaced, with_attribute

# What may stand before calcPr in a workbook, in the order of the standard's schema.
_BEFORE = ("definedNames", "externalReferences", "functionGroups", "sheets")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")


def recalculate_on_load(book: Book) -> None:
    """Ask for a full calculation; a workbook without a formula is left alone."""
    if not has_formulas(book):
        return
    xml = book.parts[book.part]
    tag = first_tag(xml, "calcPr")
    if tag is not None:
        book.parts[book.part] = replaced(xml, tag, with_attribute(tag[0], "fullCalcOnLoad", "1"))
        return
    before = next(found for found in (first_tag(xml, name) for name in _BEFORE) if found is not None)
    at = element_end(xml, before)
    book.parts[book.part] = xml[:at] + b'<%bcalcPr fullCalcOnLoad="1"/>' % prefix(xml) + xml[at:]


def has_formulas(book: Book) -> bool:
    return any(_FORMULA.search(book.parts[sheet.part]) for sheet in book.sheets if sheet.is_grid)


def drop_calculation_chain(book: Book) -> None:
    """Take out the list of formula cells, which Excel makes again; with a stale one it says damaged."""
    for part in book.parts.related(book.part, "calcChain"):
        book.parts.drop(part, owner=book.part)
