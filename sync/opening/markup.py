"""This file walks a workbook's XML by local names, whichever namespace a program wrote it in."""

import io
from collections.abc import Iterator, Sequence

from lxml import etree

from sync.ooxml.markup import local

__all__ = ["child", "children", "elements", "local", "number", "parsed"]


def parsed(xml: bytes) -> etree._Element:
    """The whole of a small part. Entities are never resolved, nothing is fetched."""
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def elements(xml: bytes, names: Sequence[str]) -> Iterator[etree._Element]:
    """Each element of these names as it ends, forgotten when the next is asked for: a part may be very large."""
    tags = [f"{{*}}{name}" for name in names]
    walk = etree.iterparse(
        io.BytesIO(xml), events=("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False
    )
    for _, element in walk:
        yield element
        _forget(element)


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of this name."""
    return next(children(element, name), None)


def children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """The children of this name; none of no element."""
    return (each for each in (() if element is None else element) if local(each) == name)


def number(words: str | None, otherwise: float) -> float:
    """The number that an attribute says, or another where it says none."""
    try:
        return float(words) if words else otherwise
    except ValueError:
        return otherwise


def _forget(element: etree._Element) -> None:
    element.clear()
    above = element.getparent()
    while above is not None and element.getprevious() is not None:
        del above[0]
