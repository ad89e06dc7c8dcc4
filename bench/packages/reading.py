"""This file reads a workbook's package without the app's own code: its parts, what they hold, every cell's value."""

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

_XML = re.compile(r"\.(xml|rels|vml)$", re.IGNORECASE)
_NAME = re.compile(r"([A-Z]+)([0-9]+)$")


class CellValue(NamedTuple):
    """What a cell holds: its kind, its value as shown, its formula and how many runs its rich text has."""

    kind: str
    value: str
    formula: str | None
    runs: int
    style: str


class Reading:
    """One package, read part by part and never kept whole."""

    def __init__(self, content: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(content))
        self.names = tuple(self._zip.namelist())
        self._folded = {name.replace("\\", "/").lower(): name for name in self.names}
        self.strings = self._strings()

    def raw(self, name: str) -> bytes:
        return self._zip.read(name)

    def part(self, name: str) -> bytes:
        """The bytes of a part that a relation names, whatever the case of the letters."""
        return self.raw(self._folded[name.lower()])

    def has(self, name: str) -> bool:
        return name.lower() in self._folded

    def tree(self, name: str) -> etree._Element | None:
        """A part's root, None when it is no XML."""
        found = self._folded.get(name.lower())
        if found is None or not _XML.search(found):
            return None
        try:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
            return etree.fromstring(self.raw(found), parser)
        except etree.XMLSyntaxError:
            return None

    def relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Id, last word of the type, and target of each internal relation of a part."""
        folder, name = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", name + ".rels"))
        for element in () if root is None else root:
            if isinstance(element.tag, str) and element.get("TargetMode") != "External":
                target = unquote(element.get("Target", "")).replace("\\", "/")
                full = target if target.startswith("/") else posixpath.join(folder, target)
                kind = element.get("Type", "").rpartition("/")[2]
                yield element.get("Id", ""), kind, posixpath.normpath(full).lstrip("/")

    def workbook(self) -> str:
        return next(target for _, kind, target in self.relations("") if kind == "officeDocument")

    def _strings(self) -> list[tuple[str, int]]:
        parts = [target for _, kind, target in self.relations(self.workbook()) if kind == "sharedStrings"]
        root = self.tree(parts[0]) if parts else None
        return [] if root is None else [_words(item) for item in root if local(item) == "si"]

    def features(self, part: str) -> Counter[str]:
        """How many there are of every kind of element and attribute in a part, but for the cells of a sheet."""
        root = self.tree(part)
        counted: Counter[str] = Counter()
        if root is None:
            return counted
        for element in _outside_cells(root):
            counted[local(element)] += 1
            counted.update(f"{local(element)}@{etree.QName(key).localname}" for key in element.attrib)
        return counted

    def cells(self, part: str) -> Iterator[tuple[int, int, CellValue]]:
        """Row, column and content of each cell of a sheet that holds something."""
        number = 0
        for _, row in etree.iterparse(io.BytesIO(self.part(part)), huge_tree=True, tag="{*}row"):
            number = int(row.get("r", number + 1))
            yield from _cells(row, number, self.strings)
            row.clear()


def _cells(row: etree._Element, number: int, strings: list[tuple[str, int]]) -> Iterator[tuple[int, int, CellValue]]:
    column = 0
    for cell in row:
        if local(cell) != "c":
            continue
        name = _NAME.match(cell.get("r", ""))
        column = _column(name[1]) if name else column + 1
        value = _value(cell, strings)
        if value.value or value.formula is not None:
            yield number, column, value


def _value(cell: etree._Element, strings: list[tuple[str, int]]) -> CellValue:
    kind = cell.get("t", "n")
    style = cell.get("s", "0")
    inside = {local(child): child for child in cell}
    shown = "" if "v" not in inside else _all_text(inside["v"])
    formula = None if "f" not in inside else _all_text(inside["f"])
    if kind == "s" and shown:
        text, runs = strings[int(shown)] if int(shown) < len(strings) else (shown, 0)
        return CellValue("text", text, formula, runs, style)
    if kind == "inlineStr" and "is" in inside:
        text, runs = _words(inside["is"])
        return CellValue("text", text, formula, runs, style)
    return CellValue(kind, shown, formula, 0, style)


def _words(item: etree._Element) -> tuple[str, int]:
    runs = [child for child in item if local(child) == "r"]
    direct = [child for child in item if local(child) == "t"]
    texts = [*direct, *(child for run in runs for child in run if local(child) == "t")]
    return "".join(text.text or "" for text in texts), len(runs)


def _all_text(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _outside_cells(root: etree._Element) -> Iterator[etree._Element]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if isinstance(element.tag, str):
            yield element
            if local(element) != "sheetData":
                waiting.extend(element)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def local(element: etree._Element | None) -> str:
    return str(etree.QName(element).localname) if element is not None and isinstance(element.tag, str) else ""
