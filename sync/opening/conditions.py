"""This file understands the formulas of rules of colour, as far as staff's trackers use them: words, cells, OR, AND."""

import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from typing import NamedTuple

from sync.grid import Content, number


class Ref(NamedTuple):
    """A cell as a formula names it; `fixed_row` and `fixed_col` where a dollar sign stands before them.

    `sheet` is the name of the other sheet that it lies on, in small letters; empty for the rule's own.
    """

    row: int
    col: int
    fixed_row: bool
    fixed_col: bool
    sheet: str = ""


Look = Callable[[Ref], Content]
"""What stands in the cell that a formula means, seen from the cell that is to be coloured."""
Told = Callable[[Look], Content]


class Formula(NamedTuple):
    """What a formula says, and the cells that it names."""

    says: Told
    refs: tuple[Ref, ...] = ()


class NotTold(ValueError):
    """A formula with something in it that is not understood here, or that gives an error for this cell."""


_DEEPEST = 20
_LONGEST = 1_000  # characters of a formula
_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<figure>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)|(?P<name>[A-Za-z][A-Za-z.]*)\s*\(|
    (?P<ref>(?:(?:'(?:[^']|'')+'|[A-Za-z_][\w.]*)!)?\$?[A-Za-z]{1,3}\$?[0-9]{1,7})(?![\w(!:.])|(?P<truth>TRUE|FALSE)(?!\w)|(?P<sign><>|<=|>=|[-=<>&(),]))""",
    re.IGNORECASE | re.VERBOSE,
)
_REF = re.compile(r"(?:(.+)!)?(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})", re.DOTALL)
_ORDER: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def understand(formula: str) -> Formula:
    """What a formula says of a cell. Raises NotTold for one that is not understood as a whole."""
    if len(formula) > _LONGEST:
        raise NotTold(formula)
    reader = _Reader(formula.strip().removeprefix("="))
    said = reader.comparison()
    if reader.at < len(reader.tokens):
        raise NotTold(formula)
    return Formula(said, tuple(dict.fromkeys(reader.refs)))


def holds(sign: str, one: Content, other: Content) -> bool:
    """Whether two values compare so, as a spreadsheet does: small letters as capitals, a blank as nothing or 0."""
    left, right = _comparable(one, other), _comparable(other, one)
    if sign in ("=", "<>"):
        return (left == right) is (sign == "=")
    if isinstance(one, date | time) or isinstance(other, date | time):
        raise NotTold  # a day is a number to a spreadsheet, and here it is not
    if isinstance(left, float) and isinstance(right, float):
        return _ORDER[sign](left, right)
    if isinstance(left, float) or isinstance(right, float):
        return isinstance(right, float) is (sign[0] == ">")  # words stand after every number
    return _ORDER[sign](*((0, 1) if left < right else (1, 0) if left > right else (0, 0)))


def truth(said: Content) -> bool:
    """Whether what a formula says is true: a number but 0 is. Raises NotTold for words."""
    if isinstance(said, str):
        raise NotTold(said)
    return bool(said)


class _Reader:
    """The parts of a formula, read from the left."""

    def __init__(self, formula: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        self.refs: list[Ref] = []
        self.at = self.depth = 0
        place, formula = 0, formula.rstrip()
        while place < len(formula):
            found = _TOKEN.match(formula, place)
            if found is None or found.lastgroup is None:
                raise NotTold(formula)
            self.tokens.append((found.lastgroup, found[found.lastgroup]))
            place = found.end()

    def comparison(self) -> Told:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise NotTold
        one = self._joined()
        while (sign := self._take("=", "<>", "<", "<=", ">", ">=")) is not None:
            one = _compared(sign, one, self._joined())
        self.depth -= 1
        return one

    def _joined(self) -> Told:
        one = self._part()
        while self._take("&"):
            one = _together(one, self._part())
        return one

    def _part(self) -> Told:
        if self.at >= len(self.tokens):
            raise NotTold
        kind, words = self.tokens[self.at]
        self.at += 1
        if kind == "text":
            return _always(words[1:-1].replace('""', '"'))
        if kind == "figure":
            return _always(float(words))
        if kind == "truth":
            return _always(words.upper() == "TRUE")
        if kind == "ref":
            self.refs.append(_ref(words))
            return _cell(self.refs[-1])
        if kind == "name":
            return _called(words.upper(), self._arguments())
        return self._signed(words)

    def _signed(self, sign: str) -> Told:
        if sign == "-":
            one = self._part()
            return lambda look: -_figure(one(look))
        if sign != "(":
            raise NotTold
        one = self.comparison()
        self._need(")")
        return one

    def _arguments(self) -> list[Told]:
        if self._take(")"):
            return []
        found = [self.comparison()]
        while self._take(","):
            found.append(self.comparison())
        self._need(")")
        return found

    def _take(self, *signs: str) -> str | None:
        if self.at < len(self.tokens) and self.tokens[self.at][0] == "sign" and self.tokens[self.at][1] in signs:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return None

    def _need(self, sign: str) -> None:
        if self._take(sign) is None:
            raise NotTold


def _always(value: Content) -> Told:
    return lambda look: value


def _ref(words: str) -> Ref:
    parts = _REF.fullmatch(words)
    if parts is None:
        raise NotTold(words)
    sheet = (parts[1] or "").removeprefix("'").removesuffix("'").replace("''", "'").casefold()
    return Ref(int(parts[5]), number(parts[3]), bool(parts[4]), bool(parts[2]), sheet)


def _cell(ref: Ref) -> Told:
    return lambda look: look(ref)


def _compared(sign: str, one: Told, other: Told) -> Told:
    return lambda look: holds(sign, one(look), other(look))


def _together(one: Told, other: Told) -> Told:
    return lambda look: _words(one(look)) + _words(other(look))


def _called(name: str, given: Sequence[Told]) -> Told:
    function, least, most = _FUNCTIONS.get(name, (None, 0, 0))
    if function is None or not least <= len(given) <= most:
        raise NotTold(name)
    return lambda look: function(look, given)


def _each(look: Look, given: Sequence[Told]) -> list[bool]:
    """All are looked at, as a spreadsheet does: one that fails makes the whole fail."""
    return [truth(each(look)) for each in given]


def _fails(look: Look, said: Told) -> bool:
    try:
        said(look)
    except NotTold:
        return True
    return False


def _search(look: Look, given: Sequence[Told]) -> Content:
    wanted, words = _words(given[0](look)).casefold(), _words(given[1](look)).casefold()
    if wanted not in words:
        raise NotTold(wanted)
    return float(words.index(wanted) + 1)


def _begins(look: Look, given: Sequence[Told]) -> Content:
    count = int(_figure(given[1](look))) if len(given) > 1 else 1
    return _words(given[0](look))[: max(count, 0)]


def _ends(look: Look, given: Sequence[Told]) -> Content:
    count = int(_figure(given[1](look))) if len(given) > 1 else 1
    return _words(given[0](look))[-count:] if count > 0 else ""


_Function = Callable[[Look, Sequence[Told]], Content]
_FUNCTIONS: Mapping[str, tuple[_Function, int, int]] = {
    "OR": (lambda look, given: any(_each(look, given)), 1, 50),
    "AND": (lambda look, given: all(_each(look, given)), 1, 50),
    "NOT": (lambda look, given: not truth(given[0](look)), 1, 1),
    "ISERROR": (lambda look, given: _fails(look, given[0]), 1, 1),
    "ISNUMBER": (lambda look, given: not _fails(look, given[0]) and _is_number(given[0](look)), 1, 1),
    "ISTEXT": (lambda look, given: isinstance(given[0](look), str), 1, 1),
    "ISBLANK": (lambda look, given: given[0](look) is None, 1, 1),
    "SEARCH": (_search, 2, 2),
    "FIND": (_search, 2, 2),
    "EXACT": (lambda look, given: _words(given[0](look)) == _words(given[1](look)), 2, 2),
    "LEFT": (_begins, 1, 2),
    "RIGHT": (_ends, 1, 2),
    "TRIM": (lambda look, given: " ".join(_words(given[0](look)).split()), 1, 1),
    "UPPER": (lambda look, given: _words(given[0](look)).upper(), 1, 1),
    "LOWER": (lambda look, given: _words(given[0](look)).lower(), 1, 1),
    "LEN": (lambda look, given: float(len(_words(given[0](look)))), 1, 1),
}


def _comparable(value: Content, beside: Content) -> float | str:
    if value is None:
        return "" if isinstance(beside, str) else 0.0
    if _is_number(value):
        return _figure(value)
    if isinstance(value, bool):
        return f"\x01{value}"  # neither a number nor words
    return str(value).casefold()


def _is_number(value: Content) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _figure(value: Content) -> float:
    if value is None:
        return 0.0
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise NotTold(str(value))
    return float(value)


def _words(value: Content) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
