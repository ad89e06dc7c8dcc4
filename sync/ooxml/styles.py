"""This file knows which of a workbook's cell formats show dates or a fill, and adds those that are asked for."""

import copy
import re

from lxml import etree

from sync.ooxml.markup import local, parse, serialise

DAY_MONTH_YEAR = 14  # the built-in short date, which follows the reader's own country

_BUILT_IN_DATES = frozenset({14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 59)})
_NOT_PLACEHOLDERS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


class Formats:
    """The cell formats (cellXfs) of one workbook, by their number."""

    def __init__(self, xml: bytes) -> None:
        self.grew = False
        self._root = parse(xml)
        self._colours: dict[str, int] = {}
        self._found: dict[tuple[int, int], int] = {}  # formats by the one they are like and their fill
        self._custom = {
            int(element.get("numFmtId", "0")): element.get("formatCode", "")
            for element in self._root.iter()
            if local(element) == "numFmt" and local(_parent(element)) == "numFmts"
        }
        self._list = next((child for child in self._root if local(child) == "cellXfs"), None)
        self._fills = next((child for child in self._root if local(child) == "fills"), None)

    def shows_dates(self, style: int) -> bool:
        formats = () if self._list is None else self._list
        if style >= len(formats):
            return False
        number = int(formats[style].get("numFmtId", "0"))
        return number in _BUILT_IN_DATES or _is_date_code(self._custom.get(number, ""))

    def dated(self, style: int) -> int | None:
        """The number of a format like this one that shows dates, added when there is none yet."""
        if self._list is None or len(self._list) == 0:
            return None
        wanted = copy.deepcopy(self._list[style if style < len(self._list) else 0])
        wanted.set("numFmtId", str(DAY_MONTH_YEAR))
        wanted.set("applyNumberFormat", "1")
        return self._among(self._list, wanted)

    def is_filled(self, style: int) -> bool:
        """Whether a format has a fill of one colour."""
        if self._list is None or self._fills is None or style >= len(self._list):
            return False
        number = int(self._list[style].get("fillId", "0"))
        pattern = next(iter(self._fills[number]), None) if number < len(self._fills) else None
        return pattern is not None and pattern.get("patternType") == "solid"

    def filled(self, style: int, colour: str | None, *, like: int | None = None) -> int | None:
        """The number of a format like this one, filled as format `like` is, or else with the colour ("RRGGBB").

        None without fills to choose from; with neither, the number of one that has no fill.
        """
        if self._list is None or self._fills is None or style >= len(self._list):
            return None
        if like is not None and self.is_filled(like):
            number = int(self._list[like].get("fillId", "0"))
        else:
            number = self._fill_number(self._fills, colour) if colour else 0
        if int(self._list[style].get("fillId", "0")) == number:
            return style
        if (style, number) not in self._found:
            wanted = copy.deepcopy(self._list[style])
            wanted.set("fillId", str(number))
            wanted.set("applyFill", "1" if number else "0")
            self._found[style, number] = self._among(self._list, wanted)
        return self._found[style, number]

    def _fill_number(self, fills: etree._Element, colour: str) -> int:
        """The number of a fill of one colour, added when it was not asked for before."""
        if colour not in self._colours:
            self._colours[colour] = self._among(fills, self._fill(colour))
        return self._colours[colour]

    def _fill(self, colour: str) -> etree._Element:
        name = self._root.tag.removesuffix("styleSheet")
        fill = etree.Element(f"{name}fill")
        pattern = etree.SubElement(fill, f"{name}patternFill", patternType="solid")
        etree.SubElement(pattern, f"{name}fgColor", rgb=f"FF{colour}")
        etree.SubElement(pattern, f"{name}bgColor", indexed="64")
        return fill

    def _among(self, elements: etree._Element, wanted: etree._Element) -> int:
        """The place of an element that says the same, added at the end where there is none yet."""
        said = etree.tostring(wanted, method="c14n", exclusive=True, with_tail=False)
        for number, existing in enumerate(elements):
            if etree.tostring(existing, method="c14n", exclusive=True, with_tail=False) == said:
                return number
        self.grew = True
        elements.append(wanted)
        elements.set("count", str(len(elements)))
        return len(elements) - 1

    def serialised(self) -> bytes:
        return serialise(self._root)


def _is_date_code(code: str) -> bool:
    return bool(re.search("[dDyY]|[mM]{3}", _NOT_PLACEHOLDERS.sub("", code.split(";", maxsplit=1)[0])))


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    return element if parent is None else parent
