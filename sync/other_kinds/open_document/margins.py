"""This file reads the printed header and footer of an .ods file's pages, where the protective marking stands."""

from collections.abc import Iterator

from lxml import etree

from sync.other_kinds.open_document.cells import TEXT
from sync.other_kinds.open_document.styles import STYLE

_REGIONS = {"region-left": "&L", "region-center": "&C", "region-right": "&R"}
_FIELDS = {"page-number": "&P", "page-count": "&N", "sheet-name": "&A", "file-name": "&F", "date": "&D", "time": "&T"}


def margins(styles: etree._Element) -> dict[str, tuple[str, str]]:
    """Header and footer of each kind of page by its name, in Excel's codes."""
    pages = styles.iter(f"{STYLE}master-page")
    return {page.get(f"{STYLE}name", ""): (_strip(page, "header"), _strip(page, "footer")) for page in pages}


def _strip(page: etree._Element, name: str) -> str:
    strip = page.find(f"{STYLE}{name}")
    if strip is None or strip.get(f"{STYLE}display") == "false":
        return ""
    regions = [(_REGIONS[_local(part)], _words(part)) for part in strip if _local(part) in _REGIONS]
    return "".join(code + words for code, words in regions or [("&C", _words(strip))] if words)


def _words(element: etree._Element) -> str:
    return "\n".join("".join(_said(part)) for part in element if part.tag == f"{TEXT}p")


def _said(element: etree._Element) -> Iterator[str]:
    yield (element.text or "").replace("&", "&&")
    for child in element:
        name = _local(child)
        if name == "s":
            yield " "
        elif name in _FIELDS:
            yield _FIELDS[name]
        elif name:
            yield from _said(child)
        yield (child.tail or "").replace("&", "&&")


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
