"""This file finds what stands after the rows of a sheet, in the bytes and in the order of the standard's schema."""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from sync.ooxml.markup import REST_OF_TAG, element_end, needed_tag

_ANY_TAG = re.compile(rb"<(/?)(?:[\w.-]+:)?([\w.-]+)(?=[\s/>])" + REST_OF_TAG)


class Standing(NamedTuple):
    """An element directly under the root: its name, and where its opening tag begins and ends."""

    name: bytes
    start: int
    opened: int


def after_rows(xml: bytes) -> Iterator[Standing]:
    """The elements after the rows. Raises Refused for a sheet without any place for rows."""
    data = needed_tag(xml, "sheetData")
    depth = 0
    for tag in _ANY_TAG.finditer(xml, element_end(xml, data)):
        if tag[1]:
            depth -= 1
        else:
            if depth == 0:
                yield Standing(tag[2], tag.start(), tag.end())
            depth += not tag[0].endswith(b"/>")


def place_before(xml: bytes, names: Collection[bytes]) -> int:
    """Where an element goes that the schema has before these: in front of the first of them, else at the end."""
    return next((found.start for found in after_rows(xml) if found.name in names), xml.rindex(b"</"))
