"""This file reads one sheet's part: its cells, merged ranges, rules of colour, filter and hidden columns."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from sync.grid import Box, Cell, Grid, Place, boxes, letter, number, place
from sync.ooxml import Refused, markup
from sync.ooxml.markup import unescape
from sync.ooxml.text import unescaped
from sync.opening import plain_rows
from sync.opening.conditional import Elsewhere, Rule, coloured, nowhere, rules
from sync.opening.markup import children, elements, local
from sync.opening.some_rows import SomeRows
from sync.opening.styles import Look, Styles
from sync.opening.values import Damaged, Values, words

_PARTS = ("row", "col", "mergeCell", "autoFilter", "conditionalFormatting", "headerFooter")
_MARGINS = ("oddHeader", "oddFooter")
_STRIP = re.compile(r"&[LCR]")
_CODE = re.compile(r"&(?:[PNDTFAGZUESXYBIOH]|\"[^\"]*\"|K[0-9A-Fa-f+-]{6}|[0-9]+)")
_EMPTY_ROW = re.compile(rb"<((?:\w+:)?)row\s[^<>]*(?:/>|>(?:<\1c\s[^<>]*/>)*</\1row>)")
_UNNUMBERED_ROW = re.compile(rb"<(?:\w+:)?row(?:>|\s(?![^<>]*\br=))")
_LARGE = 1 << 20
_MOST_KNOWN = 20_000  # different cells that are remembered while a sheet is read, none of them longer than this
_SHORT = 1_000
_MOST_MERGED_ROWS = 400_000
_MOST_CELLS = 1_000_000
_LONGEST = 100_000  # characters of a cell: three times what Excel holds, for other programs hold more
_TOO_LONG = (
    "One cell of the workbook holds more than 100,000 characters, far more than a tracker needs. Nothing was changed. "
    "Shorten it and try again."
)
_TOO_MANY = "The workbook holds far more than a tracker can. Nothing was changed. Take out what is not the plan."
_MANY = 20_000  # cells that are told ahead of the others
_RULES = b"conditionalFormatting"
_WIDEST = 16_384
_DEEPEST = 1_048_576

Ahead = Callable[[Mapping[Place, Cell]], None]
"""Takes the cells of a sheet as far as they have been read."""


@dataclass
class Sheet:
    """A sheet while it is read. `blank_fills` are of cells without content that stand between those that have."""

    styles: Styles
    values: Values
    cells: dict[Place, Cell] = field(default_factory=dict)
    blank_fills: dict[Place, str] = field(default_factory=dict)
    merges: list[Box] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    hidden: list[tuple[int, int]] = field(default_factory=list)
    filter_ref: str | None = None
    margins: list[str] = field(default_factory=list)
    row: int = 0
    widest: int = 0
    only: SomeRows | None = None
    elsewhere: Elsewhere = nowhere
    ahead: Ahead | None = None
    _told: dict[bytes, tuple[str, Look]] = field(default_factory=dict)
    _known: dict[tuple[bytes, ...], Cell] = field(default_factory=dict)

    def grid(self, name: str, xml: bytes, tables: Sequence[tuple[str, str]], *, visible: bool) -> Grid:
        """The sheet of this name as plain content. Raises Damaged, lxml's errors and, where only some rows are asked
        for, NotPlain.
        """
        for element in elements(self._without_plain_rows(xml), _PARTS):
            self._take(element)
        cells, fills = coloured(self.cells, self.blank_fills, self.rules, self.elsewhere)
        return Grid(
            sheet=name,
            visible=visible,
            cells=cells,
            merges=tuple(self._merges()),
            tables=tuple(tables),
            filter_ref=self.filter_ref,
            hidden_columns=frozenset(self._hidden()),
            margins=tuple(self.margins),
            blank_fills=fills,
            unread_rules=tuple(box for rule in self.rules if not rule.is_told for box in rule.areas),
        )

    def cells_alone(self, xml: bytes) -> dict[Place, Cell]:
        """The cells of a sheet without what its rules of colour make of them. Raises Damaged and lxml's errors."""
        for element in elements(self._without_plain_rows(xml), ("row",)):
            self._take(element)
        return self.cells

    def _take(self, element: etree._Element) -> None:
        name = local(element)
        if name == "row":
            self._take_row(element)
        elif name == "mergeCell":
            self.merges += boxes(element.get("ref", ""))
        elif name == "col" and element.get("hidden") in ("1", "true"):
            self.hidden.append((_whole(element.get("min")), _whole(element.get("max"))))
        elif name == "autoFilter":
            self.filter_ref = element.get("ref")
        elif name == "conditionalFormatting":
            self.rules += rules(element, self.styles)
        elif name == "headerFooter":
            self._take_margins(element)

    def _without_plain_rows(self, xml: bytes) -> bytes:
        """What is left to be read element by element, once the rows that are written plainly have been read."""
        try:
            rest, begins, ends = plain_rows.without_rows(xml)
            ahead = None if _RULES in rest else self.ahead  # a rule may colour any cell once all are there
            due = _MANY
            for row in plain_rows.rows(xml, begins, ends, self.only):
                if row.raw is None:
                    self._keep_row(row.number, self._plain_cells(row.cells))
                else:
                    alone = b"%b%b%b" % (rest[:begins], row.raw, rest[begins:])
                    for element in elements(alone, ["row"]):
                        self._take_row(element)
                if ahead and len(self.cells) >= due:
                    ahead(self.cells)
                    due = len(self.cells) + _MANY
        except plain_rows.NotPlain:
            if self.only:
                raise
            self.cells, self.blank_fills, self.row, self.widest = {}, {}, 0, 0
            return without_empty_rows(xml)
        return rest

    def _take_row(self, element: etree._Element) -> None:
        self._keep_row(element.get("r"), list(self._cells_of(element)))

    def _keep_row(self, said: str | bytes | None, cells: Sequence[tuple[int, Cell]]) -> None:
        row = self.row = _whole(said if isinstance(said, str) else said.decode()) if said else self.row + 1
        if not 0 < row <= _DEEPEST:
            raise Damaged(said)
        kept = {(row, col): cell for col, cell in cells if cell.value is not None or cell.formula is not None}
        if not kept:
            return
        self.cells.update(kept)
        self.widest = max(self.widest, max(kept)[1])
        if len(self.cells) > _MOST_CELLS:
            raise Refused(_TOO_MANY)
        if len(kept) < len(cells):
            blanks = ((col, cell.fill) for col, cell in cells if cell.blank and cell.fill and col <= self.widest)
            self.blank_fills.update(((row, col), fill) for col, fill in blanks)

    def _cells_of(self, element: etree._Element) -> Iterator[tuple[int, Cell]]:
        col = 0
        for each in element:
            at = each.get("r")
            col = _column(at) if at else col + 1
            look = self.styles.look(each.get("s"))
            yield col, self._cell(each.get("t", "n"), look, *_inside(each)) if len(each) else Cell(fill=look.fill)

    def _plain_cells(self, cells: Iterable[plain_rows.Written]) -> list[tuple[int, Cell]]:
        known = self._known
        return [(_numbered(each[0]), known.get(said := each[1:]) or self._plain_cell(said)) for each in cells]

    def _plain_cell(self, said: tuple[bytes, ...]) -> Cell:
        """The cell of these bytes, each kept once where they are short: trackers repeat theirs on many rows."""
        attributes, formula, value, text, _ = said
        kind, look = self._told.get(attributes) or self._tell(attributes)
        if text:
            own = unescaped(unescape(text.decode()))
            cell = self._cell(kind, look, None, own, None)
        elif value or formula:
            words = unescape(value.decode()) if value else None
            cell = self._cell(kind, look, words, None, _formula(formula) if formula else None)
        else:
            cell = Cell(fill=look.fill)
        if len(self._known) < _MOST_KNOWN and len(text) < _SHORT:
            self._known[said] = cell
        return cell

    def _tell(self, attributes: bytes) -> tuple[str, Look]:
        """The type and the look that a cell's attributes state; there are few ways of it on one sheet."""
        said = markup.attributes(attributes)
        self._told[attributes] = found = said.get("t", "n"), self.styles.look(said.get("s"))
        return found

    def _cell(self, kind: str, look: Look, said: str | None, inline: str | None, formula: str | None) -> Cell:
        value = self.values.read(kind, said, inline, look)
        if isinstance(value, str) and len(value) > _LONGEST:
            raise Refused(_TOO_LONG)
        if formula is not None and kind == "str" and said is not None and value is None:
            formula = None  # it was calculated and shows nothing: as good as a blank cell
        return Cell(
            value, look.number_format, look.fill, formula, look.italic,
            look.dated and value is not None and not isinstance(value, str | int | float), kind == "e",
        )  # fmt: skip

    def _take_margins(self, element: etree._Element) -> None:
        told = (each.text or "" for name in _MARGINS for each in children(element, name))
        strips = (_CODE.sub("", strip).strip() for words in told for strip in _STRIP.split(words))
        self.margins += [strip for strip in strips if strip]

    def _merges(self) -> Iterator[Box]:
        """The merged ranges that a sheet can really have: they cannot lie on each other without end."""
        rows = sorted({row for row, _ in self.cells}) if self.merges else []
        left = _MOST_MERGED_ROWS
        for box in self.merges:
            filled = bisect_right(rows, box.bottom) - bisect_left(rows, box.top)
            left -= filled
            if left < 0:
                return
            if filled:
                yield box

    def _hidden(self) -> Iterator[str]:
        for first, last in self.hidden:
            yield from (letter(col) for col in range(first, min(last, max(self.widest, first)) + 1))


def without_empty_rows(xml: bytes) -> bytes:
    """A large sheet's part without the rows that only have a format: there may be a million of them."""
    if len(xml) < _LARGE or _UNNUMBERED_ROW.search(xml):
        return xml
    return _EMPTY_ROW.sub(b"", xml)


def _inside(element: etree._Element) -> tuple[str | None, str | None, str | None]:
    """A cell's value as written, its own text, and its formula."""
    said, inline, formula = None, None, None
    for each in element:
        name = local(each)
        if name == "v":
            said = each.text or ""
        elif name == "is":
            inline = words(each)
        elif name == "f":
            formula = f"={each.text or ''}"
    return said, inline, formula


def _formula(element: bytes) -> str:
    opened = element.index(b">") + 1
    return f"={unescape(element[opened : element.rindex(b'<')].decode())}" if element[opened:] else "="


@lru_cache(maxsize=1024)
def _numbered(letters: bytes) -> int:
    return number(letters.decode())


def _column(at: str) -> int:
    letters = at.rstrip("0123456789")
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        return place(at)[1]
    return number(letters)


def _whole(said: str | None) -> int:
    if not said or not said.isascii() or not said.isdecimal() or len(said) > 9:
        raise Damaged(said)
    return int(said)
