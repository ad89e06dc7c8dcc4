"""This file reads how a workbook's cells look, as far as their looks mean something."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

from sync.opening.colours import Palette
from sync.opening.markup import child, children, local, number

_Part = TypeVar("_Part")


class Look(NamedTuple):
    """How cells of one style look. `dated` and `lasting`: their numbers are days, or lengths of time."""

    number_format: str = "General"
    fill: str | None = None
    italic: bool = False
    dated: bool = False
    lasting: bool = False


PLAIN = Look()


class Styles:
    """The looks of a workbook by their numbers, and the fills of its conditional formats."""

    def __init__(self, styles: etree._Element | None, palette: Palette) -> None:
        self._palette = palette
        self.looks = tuple(self._looks(styles))
        self.conditional = tuple(self.ruled(each) for each in children(child(styles, "dxfs"), "dxf"))

    def look(self, style: str | None) -> Look:
        """The look of a cell's style; a plain one where the workbook has none of that number."""
        place = int(style) if style and style.isascii() and style.isdecimal() and len(style) < 9 else 0
        return self.looks[place] if place < len(self.looks) else PLAIN

    def colour(self, element: etree._Element | None) -> str | None:
        """The colour that an element states."""
        return self._palette.of(element)

    def _looks(self, styles: etree._Element | None) -> Iterator[Look]:
        codes = dict(_codes(styles))
        fills = [self._fill(each) for each in children(child(styles, "fills"), "fill")]
        italic = [_is_italic(each) for each in children(child(styles, "fonts"), "font")]
        for style in children(child(styles, "cellXfs"), "xf"):
            code = codes.get(style.get("numFmtId", "0"), "General")
            lasting = bool(is_timedelta_format(code))
            fill, slanted = _at(fills, style.get("fillId")), _at(italic, style.get("fontId"))
            yield Look(code, fill, bool(slanted), bool(is_date_format(code)), lasting)

    def _fill(self, fill: etree._Element | None) -> str | None:
        pattern = child(fill, "patternFill")
        if pattern is None:
            stop = child(child(fill, "gradientFill"), "stop")
            return self._palette.of(child(stop, "color"))
        kind = pattern.get("patternType", "none")
        return None if kind == "none" else self._palette.of(child(pattern, "fgColor" if kind == "solid" else "bgColor"))

    def ruled(self, format_: etree._Element | None) -> str | None:
        """The fill of a conditional format, which states its colour as the one behind the pattern."""
        pattern = child(child(format_, "fill"), "patternFill")
        return self._palette.of(child(pattern, "bgColor")) or self._palette.of(child(pattern, "fgColor"))


def _codes(styles: etree._Element | None) -> Iterator[tuple[str, str]]:
    yield from ((str(place), code) for place, code in BUILTIN_FORMATS.items())
    for each in children(child(styles, "numFmts"), "numFmt"):
        yield each.get("numFmtId", ""), each.get("formatCode", "General")


def _is_italic(font: etree._Element) -> bool:
    slanted = next((each for each in font if local(each) == "i"), None)
    return slanted is not None and slanted.get("val", "1") not in ("0", "false")


def _at(found: Sequence[_Part], place: str | None) -> _Part | None:
    at = int(number(place, 0))
    return found[at] if 0 <= at < len(found) else None
