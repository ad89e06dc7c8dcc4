"""This file moves the formulas in a sheet's cells, in its bytes: shared ones are written out first."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple

from openpyxl.formula.translate import Translator

from sync.ooxml.areas import area, name_of
from sync.ooxml.edits import Unmovable
from sync.ooxml.grid import Grid
from sync.ooxml.markup import (
    attributes,
    element_end,
    is_closed,
    unescape,
    with_attribute,
    without_attribute,
)
from sync.ooxml.rows.moves import RowMoves
from sync.ooxml.rows.references import Shift, moved_area

MOST_FORMULAS = 200_000  # of one sheet: four columns of 50,000 rows


class Formula(NamedTuple):
    """The formula of one cell: where it is, where its element lies in the bytes, and its words."""

    row: int
    column: int
    start: int
    end: int
    opening: bytes
    text: str

    @property
    def place(self) -> tuple[int, int]:
        return self.row, self.column

    @property
    def kind(self) -> str | None:
        return attributes(self.opening).get("t") if b"t=" in self.opening or b"t =" in self.opening else None


class Edit(NamedTuple):
    """New bytes for a stretch of the old ones."""

    start: int
    end: int
    new: bytes


def formulas_of(grid: Grid) -> list[Formula]:
    """Every cell's formula, in the order of the bytes. Raises Unmovable where they are more than can be followed."""
    found: list[Formula] = []
    for tag in grid.tags(b"f"):
        if len(found) == MOST_FORMULAS:
            raise Unmovable(f"One sheet has more than {MOST_FORMULAS:,} formulas, too many to be moved with the rows.")
        row = grid.row_around(tag.start())
        end = element_end(grid.xml, tag)
        inside = b"" if is_closed(tag[0]) else grid.xml[tag.end() : grid.xml.rindex(b"</", tag.end(), end)]
        column = grid.column_at(row, tag.start())
        found.append(Formula(row.number, column, tag.start(), end, tag[0], unescape(inside.decode("utf-8"))))
    return found


def unshared(formulas: Iterable[Formula]) -> Iterator[Formula]:
    """The formulas with every cell of a shared one given its own words."""
    masters: dict[str, Translator] = {}
    for formula in formulas:
        if formula.kind != "shared":
            yield formula
            continue
        key = attributes(formula.opening).get("si", "")
        text = formula.text
        if text and key not in masters:
            masters[key] = Translator("=" + text, origin=name_of(*formula.place))
        elif not text and key in masters:
            text = str(masters[key].translate_formula(name_of(*formula.place)))[1:]
        yield formula._replace(opening=_plain(formula.opening), text=text)


def shifted(formulas: Iterable[Formula], shift: Shift, home: str) -> Iterator[Formula]:
    """The formulas meaning the same cells after the rows have moved."""
    for formula in formulas:
        if formula.text:
            grow = shift.growth_from(home, formula.row)
            yield formula._replace(text=shift.formula(formula.text, home, grow=grow))
        else:
            yield formula


def spread_moved(formulas: Iterable[Formula], moves: RowMoves, sheet: str) -> Iterator[Formula]:
    """Array formulas and data tables with their areas moved; raises Unmovable when rows come or go inside one."""
    for formula in formulas:
        if formula.kind in ("array", "dataTable"):
            yield _spread_moved(formula, moves, sheet)
        else:
            yield formula


def edits_for(grid: Grid, formulas: Iterable[tuple[Formula, Formula]]) -> list[Edit]:
    """What must be written where a formula, as it was and as it shall be, differs."""
    return [Edit(old.start, old.end, _written(grid, new)) for old, new in formulas if old != new]


def applied(grid: Grid, edits: Iterable[Edit], start: int, end: int) -> Iterator[bytes | memoryview]:
    """A stretch of the sheet's bytes with these edits, which all lie inside it, in order."""
    view = memoryview(grid.xml)
    for edit in edits:
        yield view[start : edit.start]
        yield edit.new
        start = edit.end
    yield view[start:end]


def _written(grid: Grid, formula: Formula) -> bytes:
    opening = formula.opening[:-2].rstrip() if is_closed(formula.opening) else formula.opening[:-1]
    if not formula.text:
        return opening + b"/>"
    text = escape(formula.text, quote=False).encode("utf-8")
    return b"%b>%b</%bf>" % (opening, text, grid.prefix)


def _plain(opening: bytes) -> bytes:
    for attribute in ("t", "si", "ref"):
        opening = without_attribute(opening, attribute)
    return opening


def _spread_moved(formula: Formula, moves: RowMoves, sheet: str) -> Formula:
    found = attributes(formula.opening)
    covered = area(found.get("ref", name_of(*formula.place)))
    moved = moved_area(covered, moves, grow=False)
    if moved is not None and moves.cuts(covered.first_row, covered.last_row):
        raise Unmovable(
            f"The formula in cell {name_of(*formula.place)} of sheet {sheet!r} fills several rows, so that "
            "none can be added or removed among them.",
            sheet,
        )
    opening = formula.opening
    for attribute in ("ref", "r1", "r2"):
        after = moved_area(area(found[attribute]), moves, grow=False) if attribute in found else None
        if after is not None and str(after) != found[attribute]:
            opening = with_attribute(opening, attribute, str(after))
    return formula._replace(opening=opening)
