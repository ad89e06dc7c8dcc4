"""This file reads the texts that a workbook's cells share; those without formatting straight from the bytes."""

import re
from collections.abc import Iterator

from sync.ooxml.markup import unescape
from sync.ooxml.text import unescaped
from sync.opening.markup import elements
from sync.opening.plain_rows import NotPlain, see_that_tags_are_tags
from sync.opening.values import words

# A text in one piece, or one that is written in any other way, or what is no text at all.
_TEXTS = re.compile(
    rb"<si><t(?: xml:space=\"preserve\")?>([^<]*+)</t></si>\s*+|(<si(?:/>|[ >].*?</si>))\s*+|(\S.*+)", re.DOTALL
)
_BEGINS, _END = b"<si", b"</sst>"


def texts(xml: bytes | None) -> list[str]:
    """The common texts of a workbook, rich ones as their words, in their order. Raises lxml's errors."""
    if not xml:
        return []
    try:
        return list(_plain_ones(xml))
    except NotPlain:
        return [words(each) for each in elements(xml, ["si"])]


def _plain_ones(xml: bytes) -> Iterator[str]:
    """The same. Raises NotPlain where texts could not be told apart by their bytes alone."""
    begins, ends = xml.find(_BEGINS), xml.rfind(_END)
    if begins < 0 or ends < begins or b"\r" in xml:
        raise NotPlain
    see_that_tags_are_tags(xml)
    for found in _TEXTS.finditer(xml, begins, ends):
        said, rich, other = found.groups()
        if said is not None:
            yield unescaped(unescape(said.decode()))
        elif rich:
            yield words(next(elements(b"%b%b%b" % (xml[:begins], rich, xml[ends:]), ["si"])))
        else:
            raise NotPlain(other[:20])
