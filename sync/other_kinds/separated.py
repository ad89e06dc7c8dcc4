"""This file reads a .csv file: which alphabet and which separator it uses, and then nothing but words."""

import codecs
import csv
import io
import re
from collections import Counter
from itertools import islice

from sync.other_kinds.page import Page, Shown

_SEPARATORS = ",;\t|"
_SAID = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # a first line by which Excel is told the separator
_OTHER_TEXT = ("<", "{\\rtf", "%PDF", "%!PS", "MIME-Version", "From ")
_NEVER_TYPED = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_SHEET = "Plan"


def pages(content: bytes) -> list[Page]:
    """The file as one sheet. Every value is text, as it stands there."""
    page = Page(_SHEET)
    for row, values in enumerate(rows_of(content), start=1):
        for column, words in enumerate(values, start=1):
            if words.strip():
                page.put(row, column, Shown(words.replace("\r\n", "\n")))
    return [page]


def rows_of(content: bytes, most: int | None = None) -> list[list[str]]:
    """The rows of a .csv file, at most so many; none where the bytes are no such file."""
    text = _text(content)
    if text is None or text.lstrip().startswith(_OTHER_TEXT):
        return []
    said = _SAID.match(text)
    if said:
        return _split(text[said.end() :], said[1], most)
    start = text[:200_000]
    separator, fit = max(((mark, _fit(_split(start, mark, 50))) for mark in _SEPARATORS), key=lambda pair: pair[1])
    return _split(text, separator, most) if fit >= 2 else []


def _text(content: bytes) -> str | None:
    """The words of the file, in Unicode where it is so, or else in Windows' alphabet; None where it is no text."""
    try:
        text = content.decode(_marked(content) or "utf-8")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    return None if _NEVER_TYPED.search(text[:100_000]) else text.rstrip("\x1a")


def _marked(content: bytes) -> str | None:
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    return "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else None


def _split(text: str, separator: str, most: int | None) -> list[list[str]]:
    try:
        return list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator), most))
    except csv.Error:
        return []


def _fit(rows: list[list[str]]) -> int:
    """How many cells stand in rows of the usual width; 0 where that is one column, or where only one row has it."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    width, times = max(widths.items(), key=lambda pair: pair[0] * pair[1], default=(0, 0))
    return width * times if times > 1 else 0
