"""This file reads and writes the lines of a sheet's printed header and footer, every other byte as it was."""

import re
from collections.abc import Callable
from html import escape
from typing import NamedTuple

from sync.ooxml.after_rows import after_rows, place_before
from sync.ooxml.markup import attributes, element_end, first_tag, is_closed, prefix, unescape

_ORDER = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_USED_WHEN = {"even": "differentOddEven", "first": "differentFirst"}
# What may stand after the header and footer in a worksheet, in the standard's schema.
_AFTER = frozenset({
    b"rowBreaks", b"colBreaks", b"customProperties", b"cellWatches", b"ignoredErrors", b"smartTags", b"drawing",
    b"legacyDrawing", b"legacyDrawingHF", b"drawingHF", b"picture", b"oleObjects", b"controls", b"webPublishItems",
    b"tableParts", b"extLst", b"AlternateContent",
})  # fmt: skip
# A line end as some programs escape it there, which the standard allows; an escaped underscore makes it plain words.
_LINE_END = re.compile("(?<!_x005F)_x000[aA]_")


class Line(NamedTuple):
    """One of the six lines, in Excel's codes; whether the sheet prints it, and whether it is a footer."""

    text: str
    in_use: bool
    is_footer: bool


def with_lines(xml: bytes, change: Callable[[Line], str]) -> bytes:
    """The sheet with each line as `change` gives it back; the very same bytes where none of them differs."""
    found = next((one for one in after_rows(xml) if one.name == b"headerFooter"), None)
    if found is None:
        at, before = place_before(xml, _AFTER), b"<%bheaderFooter/>" % prefix(xml)
        end = at
    else:
        tag = first_tag(xml, "headerFooter", found.start)
        at, end = found.start, element_end(xml, tag) if tag else found.opened
        before = xml[at:end]
    after = _changed(before, prefix(xml), change)
    view = memoryview(xml)  # of a large sheet no third copy is made
    return xml if after == before else b"".join((view[:at], after, view[end:]))


def _changed(element: bytes, start: bytes, change: Callable[[Line], str]) -> bytes:
    opening = first_tag(element, "headerFooter")
    said = attributes(opening[0]) if opening else {}
    for name in _ORDER:
        used_when = _USED_WHEN.get(re.split("[HF]", name)[0])
        in_use = used_when is None or said.get(used_when) in ("1", "true")
        text = _text(element, name)
        wanted = change(Line(text, in_use, name.endswith("Footer")))
        if wanted != text:
            element = _with(element, name, wanted, start)
    return element


def _text(element: bytes, name: str) -> str:
    tag = first_tag(element, name)
    if tag is None or is_closed(tag[0]):
        return ""
    text = unescape(element[tag.end() : element.rindex(b"</", 0, element_end(element, tag))].decode("utf-8"))
    return _LINE_END.sub("\n", text)


def _with(element: bytes, name: str, text: str, start: bytes) -> bytes:
    """The element with this line, in its place in the standard's order."""
    written = escape(text, quote=False).encode("utf-8")
    own = start + name.encode()
    line = b"<%b>%b</%b>" % (own, written, own) if text else b""
    tag = first_tag(element, name)
    if tag is not None:
        return element[: tag.start()] + line + element[element_end(element, tag) :]
    opening = first_tag(element, "headerFooter")
    if opening is not None and is_closed(opening[0]):
        whole = opening[0][:-2].rstrip()
        return b"%b>%b</%bheaderFooter>" % (whole, line, start)
    earlier = (first_tag(element, one) for one in _ORDER[: _ORDER.index(name)])
    at = max((element_end(element, one) for one in earlier if one), default=opening.end() if opening else 0)
    return element[:at] + line + element[at:]
