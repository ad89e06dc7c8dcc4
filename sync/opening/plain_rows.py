"""This file reads rows that are written plainly, as nearly all are, straight from a sheet's bytes.

Element by element a sheet of 20,000 rows takes three times as long to open. A row that is written in any other way
(rich text, prefixes, entities in attributes) is handed back as it stands, to be read element by element.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat

from sync.opening.some_rows import SomeRows, holds_any, places

_TEXT = rb"<is><t(?: xml:space=\"preserve\")?>([^<]*+)</t></is>"
# A cell, or else the rest of the row from the first thing on that is no plainly written cell.
_CELLS = re.compile(
    rb"<c r=\"([A-Z]{1,3}+)[0-9]{1,7}+\"([^<>&/]*+)"
    rb"(?:/>|>((?:<f[^<>]*?(?:/>|>[^<]*</f>))?)(?:<v>([^<]++)</v>|%b)?</c>)\s*+|(\S.*+)" % _TEXT,
    re.DOTALL,
)
_NUMBER = re.compile(rb"<row(?:\s[^<>&]*?)?\sr=\"([0-9]{1,9})\"")
_SPACE = re.compile(rb"\s*")
_BEGINS, _ENDS = b"<sheetData>", b"</sheetData>"

Written = tuple[bytes, bytes, bytes, bytes, bytes, bytes]
"""A cell as it is written: column, other attributes, formula's element, value, own text; empty where absent.

The last is what is no plainly written cell; of the cells of a plain row it is empty.
"""


class PlainRow(NamedTuple):
    """One row: its number where it says one, and its cells; `raw` where it is not written plainly."""

    number: bytes | None
    cells: list[Written]
    raw: bytes | None = None


class NotPlain(Exception):
    """The sheet is not written so that its rows could be told apart by their bytes alone."""


def without_rows(xml: bytes) -> tuple[bytes, int, int]:
    """A sheet's part without its rows, and where in the part they begin and end.

    Raises NotPlain, also for XML that is not well formed: what follows relies on tags being what they look like.
    """
    begins, ends = xml.find(_BEGINS), xml.rfind(_ENDS)
    if begins < 0 or ends < begins or b"\r" in xml:
        raise NotPlain
    see_that_tags_are_tags(xml)
    begins += len(_BEGINS)
    return xml[:begins] + xml[ends:], begins, ends


def see_that_tags_are_tags(xml: bytes) -> None:
    """Raises NotPlain for XML that is not well formed, and where a comment or the like could hold what looks a tag."""
    parser = expat.ParserCreate()
    parser.CommentHandler = parser.StartCdataSectionHandler = _not_plain
    parser.ProcessingInstructionHandler = parser.StartDoctypeDeclHandler = _not_plain
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as why:
        raise NotPlain from why


def rows(xml: bytes, begins: int, ends: int, only: SomeRows | None = None) -> Iterator[PlainRow]:
    """The rows that stand between two places of a sheet's part, or only some of them.

    Raises NotPlain where something else stands there.
    """
    at, marked = _after_space(xml, begins), places(xml, only) if only else []
    while at < ends:
        if not xml.startswith((b"<row>", b"<row "), at):
            raise NotPlain
        opened = xml.find(b">", at) + 1
        number = _NUMBER.match(xml, at, opened)
        closed = xml.startswith(b"/>", opened - 2)
        inner = opened if closed else xml.find(b"</row>", opened)
        if inner < 0 or inner > ends:
            raise NotPlain
        after = inner if closed else inner + len(b"</row>")
        if only and number is None:
            raise NotPlain  # rows without numbers can only be counted one after another
        if only is None or (number and int(number[1]) <= only.first) or holds_any(marked, at, after):
            yield _row(xml, number[1] if number else None, (at, opened, inner, after))
        at = _after_space(xml, after)


def _row(xml: bytes, number: bytes | None, places: tuple[int, int, int, int]) -> PlainRow:
    at, opened, inner, after = places
    if number is None and b" r=" in xml[at:opened]:
        return PlainRow(None, [], xml[at:after])
    cells = _CELLS.findall(xml, opened, inner)
    if cells and cells[-1][-1]:
        return PlainRow(number, [], xml[at:after])
    return PlainRow(number, cells)


def _after_space(xml: bytes, at: int) -> int:
    found = _SPACE.match(xml, at)
    return found.end() if found else at


def _not_plain(*_: object) -> None:
    raise NotPlain
