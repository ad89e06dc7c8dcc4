"""This file rewrites references and formulas so that they mean the same cells after rows have moved."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial

from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError
from openpyxl.formula.translate import Translator

from sync.ooxml.areas import LAST_ROW, Area, area
from sync.ooxml.edits import Unmovable
from sync.ooxml.rows.moves import RowMoves

_SHEET = r"(?:'(?:[^']|'')*'|[^'!:\s]+(?::[^'!:\s]+)?)!"
_PREFIXED = re.compile(rf"({_SHEET})?(.*)$", re.DOTALL)
_CELLS = re.compile(rf"(\$?[A-Za-z]{{1,3}}\$?)([0-9]{{1,7}})(?:(:(?:{_SHEET})?\$?[A-Za-z]{{1,3}}\$?)([0-9]{{1,7}}))?$")
_ROWS = re.compile(r"(\$?)([0-9]{1,7})(:\$?)([0-9]{1,7})$")
_ROW_NUMBER = re.compile(r"(\$?)(?<![0-9])([0-9]{1,7})\b")
# What most formulas are made of. Reading these ourselves is many times faster than the tokenizer, to which
# all others go: structured references, arrays, error values, ranges ending in a function.
_WORD = re.compile(
    r"""(?P<rest>"[^"]*"|[-+*/^&=<>%(),;\s]+|[\w.]+\()|"""
    r"""((?:(?:'[^']*'|[\w.]+)!)?[\w.$]+(?::[\w.$]+)?)(?![\w.$:!(\['"])"""
)
_LOST = "#REF!"


class Growth(StrEnum):
    """Which ranges take in a row that comes right after their end."""

    none = "none"
    fixed_ends = "only those whose last row is written with a dollar"
    all_ends = "all"


class Shift:
    """Rewrites what refers to the rows of the sheets that move."""

    def __init__(self, moves: Mapping[str, RowMoves], order: tuple[str, ...]) -> None:
        self._moves = {name.casefold(): of_sheet for name, of_sheet in moves.items()}
        self._truly_move = {name for name, of_sheet in self._moves.items() if not of_sheet.only_beyond}
        self._order = [name.casefold() for name in order]
        self._known: dict[tuple[str, str | None, Growth, bool], str] = {}

    def formula(self, text: str, home: str | None, *, grow: Growth = Growth.all_ends, only_fixed: bool = False) -> str:
        """A formula without its "=" that stands on sheet `home`.

        What is wholly gone becomes #REF!. `grow` says which ranges take in a row that comes right after them. With
        `only_fixed` rows without a dollar stay: in a name they count from wherever the name is used. Raises
        Unmovable for a formula that cannot be read, or that reaches through several sheets at once.
        """
        if not self.concerns(home) and "!" not in text:
            return text
        key = (text, home, grow, only_fixed)
        if key not in self._known:
            self._known[key] = self._shifted(*key)
        return self._known[key]

    def growth_from(self, home: str, row: int, *, moved: bool = False) -> Growth:
        """Which ranges grow in a formula that stands in this row of a sheet, as it was or (`moved`) as it is now.

        A running total ends at its own row: a new row below is none of its business.
        """
        moves = self._moves.get(home.casefold())
        is_above_new = moves is not None and ((row + 1 in moves.new_rows()) if moved else (row in moves.inserted))
        return Growth.fixed_ends if is_above_new else Growth.all_ends

    def concerns(self, home: str | None) -> bool:
        return home is not None and home.casefold() in self._moves

    def _shifted(self, text: str, home: str | None, grow: Growth, only_fixed: bool) -> str:
        moved = partial(self._operand, home=home, grow=grow, only_fixed=only_fixed)
        words = _words(text)
        if words is not None:
            return "".join(moved(word) if moves else word for word, moves in words)
        try:
            tokens = Tokenizer("=" + text).items
        except TokenizerError as error:
            if not self._truly_move or not any(character.isdigit() for character in text):
                return text  # such as "#ref!": it names no row, so it cannot be wrong about one
            raise Unmovable(_unreadable(text)) from error
        if "".join(token.value for token in tokens) != text:
            if not self._truly_move:
                return text
            raise Unmovable(_unreadable(text))
        return "".join(_token_moved(token, moved) for token in tokens)

    def _operand(self, value: str, home: str | None, grow: Growth, only_fixed: bool) -> str:
        match = _PREFIXED.match(value)
        prefix, reference = (match[1] or "", match[2]) if match else ("", value)
        moves = self._moves_of(prefix, home)
        if moves is None:
            return value
        moved = _fixed_moved(reference, moves) if only_fixed else _moved(reference, moves, grow)
        # LibreOffice does not understand what is lost with a sheet before it.
        return moved if moved == _LOST != reference else prefix + moved

    def _moves_of(self, prefix: str, home: str | None) -> RowMoves | None:
        if not prefix:
            return self._moves.get(home.casefold()) if home else None
        name = prefix[:-1]
        name = name[1:-1].replace("''", "'") if name.startswith("'") else name
        if "[" in name:
            return None
        if ":" in name:
            self._refuse_several(*name.casefold().split(":", 1))
            return None
        return self._moves.get(name.casefold())

    def _refuse_several(self, first: str, last: str) -> None:
        if first in self._order and last in self._order:
            start, stop = sorted((self._order.index(first), self._order.index(last)))
            if any(name in self._truly_move for name in self._order[start : stop + 1]):
                raise Unmovable(
                    "A formula of this workbook reaches through several sheets at once, so that rows "
                    "cannot be moved safely."
                )


def moved_areas(sqref: str, moves: RowMoves, *, grow: bool) -> list[Area]:
    """What is left of a list of areas. With `grow` those of several rows take in what comes right after."""
    found = [moved_area(area(one), moves, grow=grow) for one in sqref.split()]
    return [one for one in found if one is not None]


def moved_area(one: Area, moves: RowMoves, *, grow: bool, even_single: bool = False) -> Area | None:
    several = even_single or one.last_row > one.first_row
    span = moves.span(one.first_row, one.last_row, grow=grow and several)
    return one._replace(first_row=span[0], last_row=span[1]) if span else None


def translated(formula: str, origin: str, target: str) -> str:
    """A formula without its "=", as it would be if its cell were copied from one place to the other."""
    return str(Translator("=" + formula, origin=origin).translate_formula(target))[1:]


def _token_moved(token: Token, moved: Callable[[str], str]) -> str:
    value = str(token.value)
    if token.type == Token.FUNC and token.subtype == Token.OPEN and ":" in value:
        first, _, rest = value.rpartition(":")
        return f"{moved(first)}:{rest}"
    if token.type != Token.OPERAND or token.subtype != Token.RANGE:
        return value
    return ":" + moved(value[1:]) if value[:1] == ":" else moved(value)


def _fixed_moved(reference: str, moves: RowMoves) -> str:
    """A reference of a name with its rows moved where a dollar fixes them."""
    rows = _ROW_NUMBER.findall(reference)
    if all(dollar for dollar, _ in rows):
        return _moved(reference, moves, Growth.all_ends)
    return _ROW_NUMBER.sub(lambda row: row[1] + (str(moves.nearest(int(row[2]))) if row[1] else row[2]), reference)


def _moved(reference: str, moves: RowMoves, grow: Growth) -> str:
    cells = _CELLS.match(reference)
    if cells:
        first = int(cells[2])
        last = int(cells[4]) if cells[4] else first
        if first == last == LAST_ROW:
            return reference  # seen from row 1 it is the row above, as a rule says it
        span = moves.span(min(first, last), max(first, last), grow=first != last and _may_grow(cells[3] or "", grow))
        if span is None:
            return _LOST
        start, stop = span if first <= last else span[::-1]
        return f"{cells[1]}{start}" + (f"{cells[3]}{stop}" if cells[4] else "")
    rows = _ROWS.match(reference)
    if rows:
        span = moves.span(int(rows[2]), int(rows[4]))
        return f"{rows[1]}{span[0]}{rows[3]}{span[1]}" if span else _LOST
    return reference


def _words(formula: str) -> list[tuple[str, bool]] | None:
    """The formula in pieces, each with whether it may be a reference; None where it holds more than this knows."""
    words: list[tuple[str, bool]] = []
    at = 0
    while at < len(formula):
        found = _WORD.match(formula, at)
        if found is None:
            return None
        words.append((found[0], found["rest"] is None))
        at = found.end()
    return words


def _may_grow(end: str, grow: Growth) -> bool:
    return grow is Growth.all_ends or (grow is Growth.fixed_ends and end.endswith("$"))


def _unreadable(text: str) -> str:
    return f"The formula {text!r} cannot be followed, so that rows cannot be moved safely."
