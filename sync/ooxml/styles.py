"""This file knows which of a workbook's cell formats show dates, and adds one that does."""

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
        self._custom = {
            int(element.get("numFmtId", "0")): element.get("formatCode", "")
            for element in self._root.iter()
            if local(element) == "numFmt" and local(_parent(element)) == "numFmts"
        }
        self._list = next((child for child in self._root if local(child) == "cellXfs"), None)

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
        for number, existing in enumerate(self._list):
            if etree.tostring(existing, with_tail=False) == etree.tostring(wanted, with_tail=False):
                return number
        self.grew = True
        self._list.append(wanted)
        self._list.set("count", str(len(self._list)))
        return len(self._list) - 1

    def serialised(self) -> bytes:
        return serialise(self._root)


def _is_date_code(code: str) -> bool:
    return bool(re.search("[dDyY]|[mM]{3}", _NOT_PLACEHOLDERS.sub("", code.split(";", maxsplit=1)[0])))


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    return element if parent is None else parent
