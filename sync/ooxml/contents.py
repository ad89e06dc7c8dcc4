"""This file reads what a cell says now, as plain words or a number."""

import re
from array import array
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from sync.ooxml.areas import Area, area
from sync.ooxml.edits import Refused
from sync.ooxml.grid import Cell, Grid
from sync.ooxml.markup import (
    attributes,
    element_end,
    exact_tag_pattern,
    first_tag,
    is_closed,
    needed_tag,
    prefix,
    unescape,
)
from sync.ooxml.serials import number_text
from sync.ooxml.text import words


class SharedStrings:
    """The workbook's common texts, read only as far as they are asked for."""

    def __init__(self, xml: bytes | None) -> None:
        self._xml = xml or b""
        self._starts = array("Q")

    @cached_property
    def _waiting(self) -> Iterator[re.Match[bytes]]:
        name = (prefix(self._xml) if self._xml else b"") + b"si"
        return exact_tag_pattern(name).finditer(self._xml)

    def __getitem__(self, index: int) -> str:
        wanted = index + 1 - len(self._starts)
        self._starts.extend(tag.start() for tag in islice(self._waiting, max(wanted, 0)))
        if not 0 <= index < len(self._starts):
            raise Refused("A text of this workbook is missing. Nothing was changed; save it in Excel and try again.")
        tag = needed_tag(self._xml, "si", self._starts[index])
        return words(self._xml[tag.start() : element_end(self._xml, tag)])


class CellContent:
    """One cell's format, formula and plain text."""

    def __init__(self, grid: Grid, cell: Cell, strings: SharedStrings) -> None:
        self._xml = grid.xml[cell.start : cell.end]
        self._opening = grid.xml[cell.start : cell.opened]
        self._strings = strings

    @cached_property
    def _attributes(self) -> dict[str, str]:
        return attributes(self._opening)

    @property
    def style(self) -> str | None:
        return self._attributes.get("s")

    @cached_property
    def formula(self) -> dict[str, str] | None:
        """The attributes of the formula, None when there is none."""
        tag = first_tag(self._xml, "f")
        return attributes(tag[0]) if tag else None

    @property
    def is_blank(self) -> bool:
        return self.formula is None and not self.text

    @cached_property
    def text(self) -> str:
        """The words shown, a number in its shortest form; "" for an empty cell."""
        kind = self._attributes.get("t", "n")
        if kind == "inlineStr":
            return words(self._inside("is"))
        value = unescape(re.sub(rb"<[^>]*>", b"", self._inside("v")).decode("utf-8"))
        if kind == "s":
            return self._strings[int(value)] if value.strip() else ""
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value, value)
        return _shortest(value) if kind == "n" else value

    def _inside(self, name: str) -> bytes:
        tag = first_tag(self._xml, name)
        return b"" if tag is None or is_closed(tag[0]) else self._xml[tag.start() : element_end(self._xml, tag)]


def spread_formulas(grid: Grid) -> tuple[Area, ...]:
    """The areas that array formulas and data tables fill: none of their cells may be changed alone."""
    found = (attributes(tag[0]) for tag in grid.tags(b"f") if b"array" in tag[0] or b"dataTable" in tag[0])
    return tuple(area(f["ref"]) for f in found if f.get("t") in ("array", "dataTable") and "ref" in f)


def _shortest(value: str) -> str:
    try:
        return number_text(float(value)) if value.strip() else ""
    except (ValueError, OverflowError):
        return value
