"""This file finds the first row of a sheet whose text in one column holds a word."""

import re
from collections.abc import Iterator

from sync.ooxml.areas import place
from sync.ooxml.markup import attributes, prefix
from sync.ooxml.parts import Parts

_TEXT_BEGINS = (b"<si>", b"<si ")
_NAME = re.compile(rb'\br="([A-Z]{1,3}[0-9]{1,7})"')
_MOST_TEXTS = 40  # common texts with the same word; of more, which comes first would take long to say


class Marks:
    """The texts of one column of a sheet, as its bytes and the workbook's common texts hold them."""

    def __init__(self, parts: Parts, sheet: str, column: int, common: str | None) -> None:
        self._xml = parts[sheet]
        self._common = parts[common] if common else b""
        self._column = column
        self._cell = b"<%bc " % prefix(self._xml)

    def first_row(self, word: str) -> int | None:
        """The first row that holds the word; None where none does, or where that cannot be said in a moment."""
        wanted = word.encode()
        rows = [next(self._rows_with(wanted, shared=False), None)]
        for place_ in self._common_texts(wanted):
            rows.append(next(self._rows_with(b"<v>%d</v>" % place_, shared=True), None))
        return min((row for row in rows if row is not None), default=None)

    def _rows_with(self, mark: bytes, *, shared: bool) -> Iterator[int]:
        for at in _found(self._xml, mark):
            start = self._xml.rfind(self._cell, 0, at)
            tag = self._xml[start : self._xml.find(b">", start) + 1] if start >= 0 else b""
            name = _NAME.search(tag)
            if name is not None and (attributes(tag).get("t") == "s") is shared:
                row, column = place(name[1].decode())
                if column == self._column:
                    yield row

    def _common_texts(self, word: bytes) -> list[int]:
        found = list(_found(self._common, word))
        if len(found) > _MOST_TEXTS:
            return []
        return [sum(self._common.count(begins, 0, at) for begins in _TEXT_BEGINS) - 1 for at in found]


def _found(xml: bytes, mark: bytes) -> Iterator[int]:
    at = xml.find(mark)
    while at >= 0:
        if not (_is_letter(xml, at - 1) or _is_letter(xml, at + len(mark))):
            yield at
        at = xml.find(mark, at + 1)


def _is_letter(xml: bytes, at: int) -> bool:
    return xml[at : at + 1].isalnum()
