"""This file finds the place in a sheet where its old-style drawing is named, in the order of the standard's schema."""

import re

from sync.ooxml.after_rows import place_before
from sync.ooxml.markup import prefix, root_tag

_AFTER = frozenset({
    b"legacyDrawingHF", b"drawingHF", b"picture", b"oleObjects", b"controls", b"AlternateContent", b"webPublishItems",
    b"tableParts", b"extLst",
})  # fmt: skip


def with_legacy_drawing(xml: bytes, id_: str, namespace: str) -> bytes:
    """The sheet with a legacyDrawing of this relation."""
    at = place_before(xml, _AFTER)
    known = re.search(rb'xmlns:([\w.-]+)="' + re.escape(namespace.encode()) + b'"', root_tag(xml))
    alias = known[1] if known else b"r"
    declared = b"" if known else b' xmlns:r="%b"' % namespace.encode()
    new = b'<%blegacyDrawing%b %b:id="%b"/>' % (prefix(xml), declared, alias, id_.encode())
    return xml[:at] + new + xml[at:]
