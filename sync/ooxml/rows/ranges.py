"""This file moves what a sheet says outside its cells about its rows: rules, links, breaks, views."""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from sync.ooxml.areas import Area, area, name_of
from sync.ooxml.edits import RowInsert
from sync.ooxml.markup import local
from sync.ooxml.rows.moves import RowMoves
from sync.ooxml.rows.references import Shift, moved_area, moved_areas, translated

_RULES = ("conditionalFormatting", "dataValidation")
_FORMULAS = ("formula", "formula1", "formula2", "f")
# One area each, and whether it takes in a row that comes right after it.
_AREAS = {"autoFilter": True, "sortState": True, "sortCondition": True, "dimension": True, "hyperlink": False}
_LISTS = ("protectedRange", "ignoredError")
_ALONE = {"cellWatch": "r", "inputCells": "r"}
_EMPTY_GOES = frozenset(
    {
        *("hyperlinks", "dataValidations", "rowBreaks", "protectedRanges", "ignoredErrors", "cellWatches"),
        *("mergeCells", "conditionalFormattings", "scenario", "ext", "extLst"),
        *("sparklines", "sparklineGroup", "sparklineGroups"),
    }
)


class Moved(NamedTuple):
    """The sheet that moves, where its rows go, and the new rows with where each one is."""

    name: str
    moves: RowMoves
    shift: Shift
    inserts: tuple[tuple[int, RowInsert], ...]


def move_ranges(root: etree._Element, moved: Moved) -> None:
    """Everything of the moving sheet but its cells, merges and drawings."""
    for element in list(_outside_cells(root)):
        name = local(element)
        if name in _RULES:
            _move_rule(element, moved)
        elif name in _AREAS and "ref" in element.attrib:
            _set_or_drop(element, "ref", _one(element.get("ref", ""), moved.moves, _AREAS[name]))
        elif name in _LISTS and "sqref" in element.attrib:
            _set_or_drop(element, "sqref", _several(moved_areas(element.get("sqref", ""), moved.moves, grow=True)))
        elif name in _ALONE:
            _set_or_drop(element, _ALONE[name], _one(element.get(_ALONE[name], ""), moved.moves, False))
        elif name == "brk" and local(element.getparent()) == "rowBreaks":
            _move_break(element, moved.moves)
        elif name == "sparkline":
            _move_sparkline(element, moved.moves)
        else:
            _move_view(element, moved.moves)


def shift_texts(root: etree._Element, shift: Shift, home: str) -> bool:
    """Move what rules, sparklines and links of any sheet refer to. Says whether anything changed."""
    changed = False
    for element in list(_outside_cells(root)):
        if local(element) in _FORMULAS and element.text and element.text.strip():
            seen_from = _seen_from(element) if shift.concerns(home) else 0
            text = shift.formula(element.text, home, grow=shift.growth_from(home, seen_from, moved=True))
            changed |= text != element.text
            element.text = text
        for attribute in _formula_attributes(element):
            text = shift.formula(element.get(attribute, ""), home)
            changed |= text != element.get(attribute)
            element.set(attribute, text)
    return changed


def drop(element: etree._Element) -> None:
    """Take an element out, keep its parent's count right, and take an emptied parent out too."""
    parent = element.getparent()
    if parent is None:
        return
    parent.remove(element)
    if len(parent) == 0 and local(parent) in _EMPTY_GOES:
        drop(parent)
    elif "count" in parent.attrib:
        parent.set("count", str(len(parent)))


def _outside_cells(root: etree._Element) -> Iterator[etree._Element]:
    for child in root:
        if local(child) != "sheetData":
            yield from child.iter()


def _seen_from(formula: etree._Element) -> int:
    """The row from which a rule's formula is written: the first of its range; 0 for what is no rule."""
    rule = next((above for above in formula.iterancestors() if local(above) in _RULES), None)
    return 0 if rule is None else min((area(one).first_row for one in _range_of(rule).split()), default=0)


def _range_of(rule: etree._Element) -> str:
    holder = next((child for child in rule if local(child) == "sqref"), None)
    return rule.get("sqref", "") if holder is None else holder.text or ""


def _formula_attributes(element: etree._Element) -> tuple[str, ...]:
    if local(element) == "hyperlink" and "!" in element.get("location", ""):
        return ("location",)
    if local(element) == "cfvo" and element.get("type") == "formula" and element.get("val"):
        return ("val",)
    return ()


def _move_rule(rule: etree._Element, moved: Moved) -> None:
    holder = next((child for child in rule if local(child) == "sqref"), None)
    sqref = _range_of(rule)
    _rebase(rule, sqref, moved.moves)
    areas = moved_areas(sqref, moved.moves, grow=True)
    areas += _for_new_rows(sqref, areas, moved)
    if holder is None:
        _set_or_drop(rule, "sqref", _several(areas))
    elif areas:
        holder.text = _several(areas)
    else:
        drop(rule)


def _for_new_rows(sqref: str, areas: list[Area], moved: Moved) -> list[Area]:
    """The cells of new rows that must follow the same rule as the row that they look like."""
    added: list[Area] = []
    before = [area(text) for text in sqref.split()]
    below_first = [(row, insert) for row, insert in moved.inserts if before and row > min(areas or before).first_row]
    for row, insert in below_first:
        here = [known for known in areas if known.first_row <= row <= known.last_row]
        alike = (one for one in before if one.first_row <= insert.like <= one.last_row)
        for one in dict.fromkeys(one._replace(first_row=row, last_row=row) for one in alike):
            if not any(known.holds(row, one.first_column) for known in here):
                here.append(one)
                added.append(one)
    return added


def _rebase(rule: etree._Element, sqref: str, moves: RowMoves) -> None:
    # A rule's formulas are as seen from the first cell of its range: when that row goes, from the next.
    areas = [area(text) for text in sqref.split()]
    if not areas:
        return
    first = min(areas)
    kept = moves.first_kept(first.first_row, first.last_row)
    if kept is None or kept == first.first_row:
        return
    for formula in rule.iter():
        if local(formula) in _FORMULAS and formula.text and formula.text.strip():
            formula.text = translated(formula.text, name_of(first.first_row, 1), name_of(kept, 1))


def _move_sparkline(sparkline: etree._Element, moves: RowMoves) -> None:
    place = next((child for child in sparkline if local(child) == "sqref"), None)
    if place is not None:
        place.text = _one(place.text or "", moves, False)
        if not place.text:
            drop(sparkline)


def _move_break(brk: etree._Element, moves: RowMoves) -> None:
    parent = brk.getparent()
    _set_or_drop(brk, "id", str(moves.now(int(brk.get("id", "0"))) or ""))
    if parent is not None and "manualBreakCount" in parent.attrib:
        parent.set("manualBreakCount", str(sum(child.get("man") in ("1", "true") for child in parent)))


def _move_view(element: etree._Element, moves: RowMoves) -> None:
    for attribute in ("topLeftCell", "activeCell"):
        if attribute in element.attrib:
            one = area(element.get(attribute, ""))
            row = moves.nearest(one.first_row)
            element.set(attribute, name_of(row, one.first_column))
    if local(element) == "selection" and "sqref" in element.attrib:
        before = element.get("sqref", "").split()
        areas = moved_areas(element.get("sqref", ""), moves, grow=False)
        element.set("sqref", _several(areas) or element.get("activeCell", "A1"))
        if len(areas) < len(before):
            element.attrib.pop("activeCellId", "")


def _one(reference: str, moves: RowMoves, grow: bool) -> str:
    moved = moved_area(area(reference), moves, grow=grow, even_single=True)
    return str(moved) if moved else ""


def _several(areas: list[Area]) -> str:
    return " ".join(str(one) for one in areas)


def _set_or_drop(element: etree._Element, attribute: str, value: str) -> None:
    if value:
        element.set(attribute, value)
    else:
        drop(element)
