"""This file draws the hidden boxes in which Excel shows notes, beside those that a sheet has already."""

import re
from collections.abc import Iterable

from sync.ooxml.areas import LAST_COLUMN, LAST_ROW, place
from sync.ooxml.edits import Refused
from sync.ooxml.markup import DAMAGED

PER_DRAWING = 1024  # a drawing's boxes are counted from its number times this
WIDE, HIGH = 4, 6  # columns and rows that a box covers
_SHAPE_NUMBER = re.compile(rb'\bid="_x0000_s(\d+)"')
_IDMAP = re.compile(rb'<o:idmap\b[^>]*\bdata="(\d+)')
_NAMES = (
    b'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_KIND = (
    b'<v:shapetype %b id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_EMPTY = b'<xml %b><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%d"/></o:shapelayout></xml>'
_BOX = (
    b'<v:shape %b id="_x0000_s%d" type="#_x0000_t202" '
    b'style="position:absolute;margin-left:60pt;margin-top:2pt;width:220pt;height:90pt;z-index:%d;visibility:hidden" '
    b'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    b'<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
    b'</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%b</x:Anchor>'
    b"<x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>"
)


def with_boxes(drawing: bytes | None, cells: Iterable[str], number: int) -> bytes:
    """The sheet's drawing with a box for a note on each cell; a new drawing counts its boxes from `number`."""
    vml = drawing or _EMPTY % (_NAMES, number)
    end = vml.rfind(b"</xml")
    if end < 0:
        raise Refused(DAMAGED)
    first = _IDMAP.search(vml)
    taken = [int(found) for found in _SHAPE_NUMBER.findall(vml)]
    last = max(taken, default=int(first[1] if first else number) * PER_DRAWING)
    kind = b"" if b'id="_x0000_t202"' in vml else _KIND % _NAMES
    boxes = [_box(cell, last + count, count) for count, cell in enumerate(cells, start=1)]
    return vml[:end] + kind + b"".join(boxes) + vml[end:]


def _box(cell: str, number: int, depth: int) -> bytes:
    row, column = (counted - 1 for counted in place(cell))
    left = min(column + 1, LAST_COLUMN - 1 - WIDE)
    top = min(max(row - 1, 0), LAST_ROW - 1 - HIGH)
    corners = b"%d, 15, %d, 10, %d, 15, %d, 4" % (left, top, left + WIDE, top + HIGH)
    return _BOX % (_NAMES, number, depth, corners, row, column)
