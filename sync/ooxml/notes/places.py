"""This file finds the place in a sheet where its old-style drawing is named, in the order of the standard's schema."""

import re
from collections.abc import Iterator

from sync.ooxml.markup import REST_OF_TAG, element_end, needed_tag, prefix, root_tag

_AFTER = frozenset({
    b"legacyDrawingHF", b"drawingHF", b"picture", b"oleObjects", b"controls", b"AlternateContent", b"webPublishItems",
    b"tableParts", b"extLst",
})  # fmt: skip
_ANY_TAG = re.compile(rb"<(/?)(?:[\w.-]+:)?([\w.-]+)(?=[\s/>])" + REST_OF_TAG)


def with_legacy_drawing(xml: bytes, id_: str, namespace: str) -> bytes:
    """The sheet with a legacyDrawing of this relation."""
    data = needed_tag(xml, "sheetData")
    start = element_end(xml, data)
    at = next((place for name, place in _children(xml, start) if name in _AFTER), xml.rindex(b"</"))
    known = re.search(rb'xmlns:([\w.-]+)="' + re.escape(namespace.encode()) + b'"', root_tag(xml))
    alias = known[1] if known else b"r"
    declared = b"" if known else b' xmlns:r="%b"' % namespace.encode()
    new = b'<%blegacyDrawing%b %b:id="%b"/>' % (prefix(xml), declared, alias, id_.encode())
    return xml[:at] + new + xml[at:]


def _children(xml: bytes, start: int) -> Iterator[tuple[bytes, int]]:
    """The names and places of the elements directly under the root from here on."""
    depth = 0
    for tag in _ANY_TAG.finditer(xml, start):
        if tag[1]:
            depth -= 1
        else:
            if depth == 0:
                yield tag[2], tag.start()
            depth += not tag[0].endswith(b"/>")
