"""This file moves the formulas in a sheet's cells: shared ones are written out first."""

from lxml import etree

from sync.ooxml.edits import Refused
from sync.ooxml.grid import area, name_of, place
from sync.ooxml.markup import local
from sync.ooxml.rows.moves import RowMoves
from sync.ooxml.rows.references import Shift, moved_area, translated

NumberedCell = tuple[int, int, etree._Element]


def cells_of(root: etree._Element) -> list[NumberedCell]:
    """Row, column and element of every cell, counted where the file does not say."""
    found: list[NumberedCell] = []
    number = 0
    for row in rows_of(root):
        number = int(row.get("r", number + 1))
        found += cells_in(row, number)
    return found


def cells_in(row: etree._Element, number: int) -> list[NumberedCell]:
    found: list[NumberedCell] = []
    column = 0
    for cell in row:
        if local(cell) == "c":
            column = place(cell.get("r", ""))[1] if cell.get("r") else column + 1
            found.append((number, column, cell))
    return found


def rows_of(root: etree._Element) -> list[etree._Element]:
    data = next(child for child in root if local(child) == "sheetData")
    return [row for row in data if local(row) == "row"]


def formula_of(cell: etree._Element) -> etree._Element | None:
    return next((child for child in cell if local(child) == "f"), None)


def unshare(cells: list[NumberedCell]) -> bool:
    """Give every cell of a shared formula its own words. Says whether there were any."""
    masters: dict[str, tuple[str, str]] = {}
    shared = [(row, column, f) for row, column, cell in cells if _kind(f := formula_of(cell)) == "shared"]
    for row, column, formula in shared:
        if formula is not None and formula.text:
            masters.setdefault(formula.get("si", ""), (formula.text, name_of(row, column)))
    for row, column, formula in shared:
        if formula is None:
            continue
        if not formula.text:
            text, origin = masters.get(formula.get("si", ""), ("", ""))
            formula.text = translated(text, origin, name_of(row, column)) if text else None
        for attribute in ("t", "si", "ref"):
            formula.attrib.pop(attribute, "")
    return bool(shared)


def shift_formulas(cells: list[NumberedCell], shift: Shift, home: str) -> bool:
    """Move what each cell's formula refers to. Says whether any formula changed."""
    changed = False
    for row, _, cell in cells:
        formula = formula_of(cell)
        if formula is not None and formula.text:
            text = shift.formula(formula.text, home, row=row)
            changed |= text != formula.text
            formula.text = text
    return changed


def move_spreads(cells: list[NumberedCell], moves: RowMoves, sheet: str) -> None:
    """Move the areas of array formulas and data tables; raises Refused when rows come or go inside one."""
    for row, column, cell in cells:
        formula = formula_of(cell)
        if formula is None or _kind(formula) not in ("array", "dataTable"):
            continue
        covered = area(formula.get("ref", name_of(row, column)))
        moved = moved_area(covered, moves, grow=False)
        if moved is not None and moves.cuts(covered.first_row, covered.last_row):
            raise Refused(
                f"The formula in cell {name_of(row, column)} of sheet {sheet!r} fills several rows, so that "
                "none can be added or removed among them. Nothing was changed."
            )
        if moved is not None and "ref" in formula.attrib:
            formula.set("ref", str(moved))
        _move_inputs(formula, moves)


def _move_inputs(formula: etree._Element, moves: RowMoves) -> None:
    for attribute in ("r1", "r2"):
        if attribute in formula.attrib:
            moved = moved_area(area(formula.get(attribute, "")), moves, grow=False)
            if moved is not None:
                formula.set(attribute, str(moved))


def _kind(formula: etree._Element | None) -> str | None:
    return None if formula is None else formula.get("t")
