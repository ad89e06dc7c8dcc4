"""This file puts the protective marking into a sheet's header and footer, beside what stands there."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from sync.ooxml.edits import Marking
from sync.ooxml.grid import Grid, joined
from sync.ooxml.markup import local
from sync.ooxml.rows.around import around_rows, ends

LONGEST = 255  # the most that one header or footer may hold, codes included: Excel calls more damaged

_SEPARATOR = " · "
_ORDER = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_USED_WHEN = {"even": "differentOddEven", "first": "differentFirst"}
# What may stand after the header and footer in a worksheet, in the standard's schema.
_AFTER = frozenset(
    {
        *("rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing"),
        *("legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems"),
        *("tableParts", "extLst", "AlternateContent"),
    }
)
_SECTION = re.compile(r"(&[LCR])", re.IGNORECASE)
_PIECE = re.compile(r'&"[^"]*"|&K(?:[0-9A-Fa-f]{6}|[0-9]{2}[+-][0-9]{3})|&[0-9]+|&&|&.|[^&]+', re.DOTALL)


class NoRoom(ValueError):
    """A header or footer that is too long to take the marking in."""


class Marked(NamedTuple):
    """A sheet with the marking, and whether one of its lines was too long to take it in."""

    xml: bytes
    lacks_room: bool


def marked(xml: bytes, marking: Marking) -> Marked:
    """The sheet with the marking in each header and footer that it prints."""
    grid = Grid(xml)
    root = around_rows(grid)
    lines = list(_lines(_header_footer(root), marking))
    if any(line.after != line.before for line in lines):
        head, tail = ends(root)
        xml = joined((head, memoryview(xml)[grid.opening.end() : grid.data_end], tail))
    return Marked(xml, any(line.lacks_room for line in lines))


def _header_footer(root: etree._Element) -> etree._Element:
    found = next((child for child in root if local(child) == "headerFooter"), None)
    if found is not None:
        return found
    names = [local(child) for child in root]
    after_rows = names.index("sheetData") + 1
    at = next((place for place, name in enumerate(names) if place >= after_rows and name in _AFTER), len(names))
    new = etree.Element(_tag(root, "headerFooter"))
    root.insert(at, new)
    return new


class _Line(NamedTuple):
    before: str
    after: str
    lacks_room: bool


def _lines(element: etree._Element, marking: Marking) -> Iterator[_Line]:
    """Write the marking into the lines in use."""
    for name in _ORDER:
        in_use = _USED_WHEN.get(re.split("[HF]", name)[0])
        if in_use is not None and element.get(in_use) not in ("1", "true"):
            continue
        line = next((child for child in element if local(child) == name), None)
        before = "" if line is None else line.text or ""
        try:
            after = line_with(before, marking)
        except NoRoom:
            yield _Line(before, before, lacks_room=True)
            continue
        if after != before:
            (line if line is not None else _new_line(element, name)).text = after
        yield _Line(before, after, lacks_room=False)


def _new_line(element: etree._Element, name: str) -> etree._Element:
    earlier = _ORDER[: _ORDER.index(name)]
    new = etree.Element(_tag(element, name))
    element.insert(sum(local(child) in earlier for child in element), new)
    return new


def line_with(line: str, marking: Marking) -> str:
    """A header or footer, written in Excel's codes, with the marking in its centre unless it stands there already.

    Raises NoRoom when it would be too long.
    """
    sections = _sections(line)
    if any(_says(text, marking.words) for text in sections.values()):
        return line
    for old in marking.instead_of:
        for section, text in sections.items():
            sections[section] = _SEPARATOR.join(part for part in text.split(_SEPARATOR) if not _says(part, old))
    centre = sections.get("&C", "")
    words = marking.words.replace("&", "&&")
    # A digit right after a code would be taken for the size of the letters.
    sections["&C"] = centre + _SEPARATOR + words if centre else (" " if words[:1].isdigit() else "") + words
    written = "".join(f"{code}{sections[code]}" for code in ("&L", "&C", "&R") if sections.get(code))
    if len(written) > LONGEST:
        raise NoRoom
    return written


def _sections(line: str) -> dict[str, str]:
    """The three sections of a line by their codes; what comes before any code is in the centre."""
    sections: dict[str, str] = {}
    now = "&C"
    for piece in _PIECE.findall(line):
        if _SECTION.fullmatch(piece):
            now = piece.upper()
        else:
            sections[now] = sections.get(now, "") + piece
    return sections


def _says(text: str, words: str) -> bool:
    plain = "".join(piece for piece in _PIECE.findall(text) if piece == "&&" or not piece.startswith("&"))
    said = re.split(rf"{_SEPARATOR}|\n", plain.replace("&&", "&"))
    return words.strip().casefold() in (part.strip().casefold() for part in said)


def _tag(beside: etree._Element, name: str) -> str:
    return f"{beside.tag.rpartition('}')[0]}}}{name}" if beside.tag.startswith("{") else name
