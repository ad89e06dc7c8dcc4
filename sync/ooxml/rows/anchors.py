"""This file moves what floats over a sheet or hangs on its cells: pictures, charts, controls, comments."""

import re
from functools import partial

from lxml import etree

from sync.ooxml.areas import area, name_of
from sync.ooxml.book import Book, Sheet
from sync.ooxml.markup import local, parse, serialise
from sync.ooxml.rows.merges import Heirs
from sync.ooxml.rows.moves import RowMoves
from sync.ooxml.rows.ranges import drop
from sync.ooxml.shapes import with_shapes

_ROW = re.compile(rb"(<x:Row>\s*)(\d+)(\s*</x:Row>)")
_COLUMN = re.compile(rb"<x:Column>\s*(\d+)\s*</x:Column>")
_ANCHOR = re.compile(rb"(<x:Anchor>)([^<]*)(</x:Anchor>)")


def move_hanging(book: Book, sheet: Sheet, moves: RowMoves, inherit: Heirs) -> None:
    """Comments, their boxes, threaded comments and drawings of the sheet.

    A comment goes with its row, but one on a merged cell stays with what is left of that.
    """
    parts = book.parts
    for part in parts.related(sheet.part, "comments", "threadedComment"):
        parts[part] = _with_comments_moved(parts[part], moves, inherit)
    for part in parts.related(sheet.part, "vmlDrawing"):
        parts[part] = with_shapes(parts[part], partial(_shape_moved, moves=moves, inherit=inherit))
    for part in parts.related(sheet.part, "drawing"):
        root = parse(parts[part])
        if move_anchors(root, moves):
            parts[part] = serialise(root)


def move_anchors(root: etree._Element, moves: RowMoves) -> bool:
    """Move the corners of what floats over the sheet. Says whether anything moved."""
    changed = False
    for start in [element for element in root.iter() if local(element) == "from"]:
        row = _row_of(start)
        if row is None or _stays(start):
            continue
        before = int(row.text or "0")
        after = moves.nearest(before + 1) - 1
        row.text = str(after)
        changed |= after != before
        end = next((element for element in start.itersiblings() if local(element) == "to"), None)
        if end is not None:
            changed |= _move_end(end, after - before, moves, keeps_size=_keeps_size(start))
    return changed


def _move_end(end: etree._Element, by: int, moves: RowMoves, *, keeps_size: bool) -> bool:
    row = _row_of(end)
    if row is None:
        return False
    before = int(row.text or "0")
    after = before + by if keeps_size else moves.nearest(before + 1) - 1
    row.text = str(after)
    return after != before


def _row_of(corner: etree._Element) -> etree._Element | None:
    return next((child for child in corner if local(child) == "row"), None)


def _stays(start: etree._Element) -> bool:
    parent = start.getparent()
    return parent is not None and parent.get("editAs") == "absolute"


def _keeps_size(start: etree._Element) -> bool:
    parent = start.getparent()
    if parent is None or local(parent) == "anchor":
        return parent is None or parent.get("sizeWithCells") not in ("1", "true")
    return parent.get("editAs") == "oneCell"


def _with_comments_moved(xml: bytes, moves: RowMoves, inherit: Heirs) -> bytes:
    root = parse(xml)
    changed = False
    for comment in [element for element in root.iter() if local(element) in ("comment", "threadedComment")]:
        before = area(comment.get("ref", ""))
        row = moves.now(inherit.get(before[:2], before.first_row))
        changed |= row != before.first_row
        if row is None:
            drop(comment)
        else:
            comment.set("ref", name_of(row, before.first_column))
    return serialise(root) if changed else xml


def _shape_moved(shape: bytes, moves: RowMoves, inherit: Heirs) -> bytes:
    cell = _ROW.search(shape)
    anchor = _ANCHOR.search(shape)
    if anchor is None:
        return shape
    corners = [int(number) for number in anchor[2].split(b",")]
    home = int(cell[2]) if cell else corners[2]
    column = int(found[1]) + 1 if (found := _COLUMN.search(shape)) else 0
    row = moves.now(inherit.get((home + 1, column), home + 1))
    if cell and row is None:
        return b""
    by = (row or moves.nearest(home + 1)) - 1 - home
    if by == 0:
        return shape
    corners[2], corners[6] = max(corners[2] + by, 0), max(corners[6] + by, 0)
    moved = _ANCHOR.sub(lambda found: found[1] + ", ".join(map(str, corners)).encode() + found[3], shape)
    return _ROW.sub(lambda found: found[1] + str(home + by).encode() + found[3], moved)
