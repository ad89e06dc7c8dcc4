"""This file tells which cells a workbook's rules of colour fill, for rules that look at one cell in one simple way."""

import math
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from sync.grid import BLANK, Box, Cell, Content, Place, boxes, number
from sync.opening.markup import children
from sync.opening.styles import Styles

Claim = Callable[[Content], bool]

_LOOKS = 500_000  # at cells, for all rules of a sheet; the rest stays as it is filled itself
_REF = r"(?P<ref>\$?[A-Za-z]{1,3}\$?[0-9]{1,7})"
_LITERAL = r"(?P<said>\"(?:[^\"]|\"\")*\"|-?[0-9.]+)"
_EQUAL = re.compile(rf"\(*{_REF}\)*\s*(?P<sign><>|=)\s*{_LITERAL}\)*")
_LEFT = re.compile(rf"LEFT\({_REF}(?:,\s*[0-9]+)?\)\s*=\s*{_LITERAL}", re.IGNORECASE)
_SEARCH = re.compile(rf"(?:ISNUMBER\(|NOT\(ISERROR\()(?:SEARCH|FIND)\(\s*{_LITERAL}\s*,\s*{_REF}\s*\)+", re.IGNORECASE)
_SIGNS: Mapping[str, Callable[[float, float], bool]] = {
    "greaterThan": operator.gt,
    "greaterThanOrEqual": operator.ge,
    "lessThan": operator.lt,
    "lessThanOrEqual": operator.le,
}


class Rule(NamedTuple):
    """Cells in `areas` show `fill` where the claim is true of the cell `down` and `right` of them.

    Where `row` or `col` is not None, the claim looks at that very row or column instead.
    """

    areas: tuple[Box, ...]
    priority: int
    fill: str
    claim: Claim
    down: int = 0
    right: int = 0
    row: int | None = None
    col: int | None = None


def rules(element: etree._Element, styles: Styles) -> Iterator[Rule]:
    """The rules of one range that fill cells and that can be told here."""
    areas = tuple(box for ref in element.get("sqref", "").split()[:1000] for box in boxes(ref))
    for each in children(element, "cfRule"):
        format_number = each.get("dxfId", "")
        fill = styles.conditional[int(format_number)] if _is_place(format_number, len(styles.conditional)) else None
        priority = each.get("priority", "0")
        if fill and areas:
            yield from _rule(each, areas, int(priority) if _is_place(priority, 10**9) else 0, fill)


def coloured(
    cells: Mapping[Place, Cell], blank_fills: Mapping[Place, str], found: list[Rule]
) -> tuple[dict[Place, Cell], dict[Place, str]]:
    """The cells, and the fills of those without content, as the rules colour them; the first rule wins."""
    seen, fills, done = dict(cells), dict(blank_fills), set[Place]()
    rows = sorted({row for row, _ in cells}) if found else []
    widest = max((col for _, col in cells), default=0)
    looks = _LOOKS
    for rule in sorted(found, key=lambda rule: rule.priority):
        for at in _places(rule, rows, widest):
            looks -= 1
            if looks < 0:
                return seen, fills
            if at not in done and rule.claim(_looked_at(rule, at, cells).value):
                done.add(at)
                if at in seen:
                    seen[at] = seen[at]._replace(fill=rule.fill)
                else:
                    fills[at] = rule.fill
    return seen, fills


def _places(rule: Rule, rows: list[int], widest: int) -> Iterator[Place]:
    for box in rule.areas:
        for row in rows:
            if box.top <= row <= box.bottom:
                yield from ((row, col) for col in range(box.left, min(box.right, widest) + 1))


def _looked_at(rule: Rule, at: Place, cells: Mapping[Place, Cell]) -> Cell:
    row = at[0] + rule.down if rule.row is None else rule.row
    col = at[1] + rule.right if rule.col is None else rule.col
    return cells.get((row, col), BLANK)


def _rule(element: etree._Element, areas: tuple[Box, ...], priority: int, fill: str) -> Iterator[Rule]:
    kind, sign = element.get("type"), element.get("operator", "")
    formulas = [(each.text or "").strip() for each in children(element, "formula")][:2]
    text = element.get("text")
    if kind == "cellIs":
        claim = _compares(sign, [_literal(each) for each in formulas])
        yield from [Rule(areas, priority, fill, claim)] if claim else []
    elif kind == "containsText" and text:
        yield Rule(areas, priority, fill, lambda value: text.casefold() in _words(value))
    elif kind == "beginsWith" and text:
        yield Rule(areas, priority, fill, lambda value: _words(value).startswith(text.casefold()))
    elif kind == "expression" and formulas:
        yield from _told(formulas[0], areas, priority, fill)


def _told(formula: str, areas: tuple[Box, ...], priority: int, fill: str) -> Iterator[Rule]:
    for pattern, claims in ((_EQUAL, _equals), (_LEFT, _begins), (_SEARCH, _holds)):
        found = pattern.fullmatch(formula)
        wanted = _literal(found["said"]) if found else None
        if found and wanted is not None:
            claim = claims(wanted, unequal="sign" in pattern.groupindex and found["sign"] == "<>")
            yield _looking(found["ref"], Rule(areas, priority, fill, claim))
            return


def _looking(ref: str, rule: Rule) -> Rule:
    """The rule looking at the cell that its formula names, as seen from the first cell of its range."""
    parts = re.fullmatch(r"(\$?)([A-Za-z]+)(\$?)([0-9]+)", ref)
    if not parts:
        return rule
    row, col, first = int(parts[4]), number(parts[2]), rule.areas[0]
    return rule._replace(
        row=row if parts[3] else None,
        col=col if parts[1] else None,
        down=row - first.top,
        right=col - first.left,
    )


def _compares(sign: str, said: list[float | str | None]) -> Claim | None:
    if not said or said[0] is None:
        return None
    first, second = said[0], said[1] if len(said) > 1 else None
    if sign in ("equal", "notEqual"):
        return _equals(first, unequal=sign == "notEqual")
    if not isinstance(first, float):
        return None
    if sign in _SIGNS:
        return lambda value: _is_number(value) and _SIGNS[sign](_number(value), first)
    if sign in ("between", "notBetween") and isinstance(second, float):
        return lambda value: _is_number(value) and (first <= _number(value) <= second) is (sign == "between")
    return None


def _equals(wanted: float | str, *, unequal: bool) -> Claim:
    if isinstance(wanted, str):
        return lambda value: (_words(value) == wanted.casefold()) is not unequal
    return lambda value: (_is_number(value) and _number(value) == wanted) is not unequal


def _begins(wanted: float | str, *, unequal: bool) -> Claim:
    return lambda value: _words(value).startswith(str(wanted).casefold())


def _holds(wanted: float | str, *, unequal: bool) -> Claim:
    return lambda value: str(wanted).casefold() in _words(value)


def _literal(said: str) -> float | str | None:
    said = said.removeprefix("=").strip()
    if len(said) > 1 and said[0] == said[-1] == '"':
        return said[1:-1].replace('""', '"')
    try:
        found = float(said)
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def _words(value: Content) -> str:
    return value.casefold() if isinstance(value, str) else ""


def _is_number(value: Content) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(value: Content) -> float:
    return value if isinstance(value, int | float) else math.nan


def _is_place(words: str, below: int) -> bool:
    return words.isascii() and words.isdecimal() and len(words) < 10 and int(words) < below
