"""This file tells which cells a workbook's rules of colour fill, newer rules, scales and icons among them."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from sync.fills import status_of
from sync.grid import BLANK, Box, Cell, Content, Place, boxes
from sync.opening import scales
from sync.opening.conditions import Formula, Look, NotTold, Ref, holds, truth, understand
from sync.opening.markup import child, children
from sync.opening.scales import Scale
from sync.opening.styles import Styles

Elsewhere = Callable[[str], Mapping[Place, Cell]]
"""The cells of another sheet of the workbook, by its name in small letters."""

_LOOKS = 500_000  # at cells, for all rules of a sheet; the rest stays as it is filled itself
_SIGNS: Mapping[str, str] = {
    "greaterThan": ">",
    "greaterThanOrEqual": ">=",
    "lessThan": "<",
    "lessThanOrEqual": "<=",
}
_DEEPEST, _WIDEST = 1_048_576, 16_384


class Claim(NamedTuple):
    """What a rule asks of a cell's value; `refs` are the other cells that it looks at."""

    holds: Callable[[Content, Look], bool]
    refs: tuple[Ref, ...] = ()


class Rule(NamedTuple):
    """Cells in `areas` show `fill` where the claim is true of them, or else the colour that their number has.

    An icon says less than a fill: it counts where no rule fills the cell.
    """

    areas: tuple[Box, ...]
    priority: int
    fill: str | None = None
    claim: Claim | None = None
    scale: Scale | None = None
    is_icon: bool = False
    is_told: bool = True  # else it gives a status's colour where nobody can say here


def nowhere(sheet: str) -> Mapping[Place, Cell]:
    """The cells of a sheet that the workbook does not have."""
    return {}


def rules(element: etree._Element, styles: Styles) -> Iterator[Rule]:
    """The rules of one range that colour cells and that can be told here."""
    refs = element.get("sqref") or next((each.text or "" for each in children(element, "sqref")), "")
    areas = tuple(box for ref in refs.split()[:1000] for box in boxes(ref))
    for each in children(element, "cfRule") if areas else ():
        said = each.get("priority", "0")
        priority = int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else 0
        rule = _rule(each, Rule(areas, priority, _fill(each, styles)), styles)
        if rule:
            yield rule


def coloured(
    cells: Mapping[Place, Cell], blank_fills: Mapping[Place, str], found: list[Rule], elsewhere: Elsewhere
) -> tuple[dict[Place, Cell], dict[Place, str]]:
    """The cells, and the fills of those without content, as the rules colour them; the first rule wins."""
    seen, fills, done = dict(cells), dict(blank_fills), set[Place]()
    if not found:
        return seen, fills
    rows = sorted({row for row, _ in cells})
    widest = max((col for _, col in cells), default=0)
    looks = _LOOKS
    for rule in sorted(found, key=lambda rule: (rule.is_icon, rule.priority)):
        places = list(_places(rule, rows, widest, looks))
        looks -= len(places)
        if looks <= 0:
            return seen, fills
        for at, fill in _shown(rule, places, cells, elsewhere):
            if at not in done:
                done.add(at)
                if at in seen:
                    seen[at] = seen[at]._replace(fill=fill)
                else:
                    fills[at] = fill
    return seen, fills


def _places(rule: Rule, rows: list[int], widest: int, most: int) -> Iterator[Place]:
    for box in rule.areas:
        for row in rows:
            if box.top <= row <= box.bottom:
                for col in range(box.left, min(box.right, widest) + 1):
                    if most <= 0:
                        return
                    most -= 1
                    yield row, col


def _shown(
    rule: Rule, places: list[Place], cells: Mapping[Place, Cell], elsewhere: Elsewhere
) -> Iterator[tuple[Place, str]]:
    if rule.scale is not None:
        numbers = {at: value for at in places if (value := _number(cells.get(at, BLANK).value)) is not None}
        among = sorted(numbers.values())
        told = ((at, rule.scale(value, among)) for at, value in numbers.items())
        yield from ((at, fill) for at, fill in told if fill)
    elif rule.claim is not None and rule.fill is not None:
        yield from ((at, rule.fill) for at in _where(rule.claim, rule.areas[0], places, cells, elsewhere))


def _where(
    claim: Claim, first: Box, places: list[Place], cells: Mapping[Place, Cell], elsewhere: Elsewhere
) -> Iterator[Place]:
    """The places of which a claim is true. Sheets are long and say few different things: each is asked about once."""
    known: dict[tuple[object, ...], bool] = {}
    named = [(ref, elsewhere(ref.sheet) if ref.sheet else cells) for ref in claim.refs]
    for at in places:
        seen = [cells.get(at, BLANK).value, *(among.get(_named(ref, first, at), BLANK).value for ref, among in named)]
        key = (*seen, *map(type, seen))
        if key not in known:
            known[key] = _is_true(claim, seen[0], dict(zip(claim.refs, seen[1:], strict=True)).__getitem__)
        if known[key]:
            yield at


def _is_true(claim: Claim, value: Content, look: Look) -> bool:
    try:
        return claim.holds(value, look)
    except NotTold:
        return False


def _named(ref: Ref, first: Box, at: Place) -> Place:
    """The cell that a formula names for this place: it is written as seen from the first cell of its range."""
    row = ref.row if ref.fixed_row else (ref.row + at[0] - first.top - 1) % _DEEPEST + 1
    return row, ref.col if ref.fixed_col else (ref.col + at[1] - first.left - 1) % _WIDEST + 1


def _fill(element: etree._Element, styles: Styles) -> str | None:
    """The fill that a rule gives: one of the workbook's by number, or with newer rules its own."""
    place = element.get("dxfId", "")
    if place.isascii() and place.isdecimal() and len(place) < 10 and int(place) < len(styles.conditional):
        return styles.conditional[int(place)]
    return styles.ruled(child(element, "dxf"))


def _rule(element: etree._Element, rule: Rule, styles: Styles) -> Rule | None:
    kind = element.get("type")
    if kind == "iconSet":
        return rule._replace(scale=scales.icons(element), is_icon=True)
    if kind == "colorScale":
        return rule._replace(scale=scales.colours(element, styles))
    try:
        claim = _claim(element) if rule.fill else None
    except NotTold:
        return rule._replace(is_told=False) if status_of(rule.fill) else None
    return rule._replace(claim=claim) if claim else None


def _claim(element: etree._Element) -> Claim | None:
    """What a rule asks of a cell. Raises NotTold for formulas that are not understood."""
    kind, text = element.get("type"), (element.get("text") or "").casefold()
    if kind == "containsText" and text:
        return Claim(lambda value, look: text in _words(value))
    if kind == "notContainsText" and text:
        return Claim(lambda value, look: text not in _words(value))
    if kind == "beginsWith" and text:
        return Claim(lambda value, look: _words(value).startswith(text))
    if kind == "endsWith" and text:
        return Claim(lambda value, look: _words(value).endswith(text))
    formulas = [each.text or "" for name in ("formula", "f") for each in children(element, name)]
    if kind == "cellIs":
        return _compares(element.get("operator", ""), [understand(each) for each in formulas[:2]])
    if kind in ("expression", "containsText", "beginsWith", "endsWith") and formulas:
        told = understand(formulas[0])
        return Claim(lambda value, look: truth(told.says(look)), told.refs)
    return None


def _compares(sign: str, said: list[Formula]) -> Claim | None:
    refs = tuple(dict.fromkeys(ref for each in said for ref in each.refs))
    told = [each.says for each in said]
    if sign in ("equal", "notEqual") and told:
        return Claim(lambda value, look: _alike(value, told[0](look)) is (sign == "equal"), refs)
    if sign in _SIGNS and told:
        return Claim(lambda value, look: _in_order(_SIGNS[sign], value, told[0](look)), refs)
    if sign in ("between", "notBetween") and len(told) > 1:
        return Claim(
            lambda value, look: _is_between(value, told[0](look), told[1](look), sign == "between"),
            refs,
        )
    return None


def _alike(value: Content, other: Content) -> bool:
    """A cell that shows nothing is like no number, though a formula would take it for 0."""
    return holds("=", value, other) and (value is not None or _number(other) is None)


def _in_order(sign: str, value: Content, other: Content) -> bool:
    """Only numbers are more or less: programs differ about words."""
    return _number(value) is not None and _number(other) is not None and holds(sign, value, other)


def _is_between(value: Content, low: Content, high: Content, inside: bool) -> bool:
    if _number(value) is None or _number(low) is None or _number(high) is None:
        return False
    return (holds(">=", value, low) and holds("<=", value, high)) is inside


def _words(value: Content) -> str:
    return value.casefold() if isinstance(value, str) else ""


def _number(value: Content) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
