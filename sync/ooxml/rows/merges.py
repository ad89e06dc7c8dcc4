"""This file moves merged cells, and saves what stood in one whose first row goes."""

from collections.abc import Iterable, Mapping
from itertools import chain

from lxml import etree
from openpyxl.utils import column_index_from_string, get_column_letter

from sync.ooxml.areas import Area, area, name_of
from sync.ooxml.edits import RowInsert, Unmovable
from sync.ooxml.grid import Grid, joined
from sync.ooxml.markup import local, with_attribute
from sync.ooxml.rows.moves import RowMoves
from sync.ooxml.rows.ranges import Moved, drop

Heirs = Mapping[tuple[int, int], int]


def heirs(merges: Iterable[Area], moves: RowMoves) -> Heirs:
    """For each merged cell whose first row goes: the first of its rows that stays, by the cell's place."""
    found = ((merged, moves.first_kept(merged.first_row, merged.last_row)) for merged in merges)
    return {merged[:2]: kept for merged, kept in found if kept is not None and kept != merged.first_row}


def with_anchors_saved(grid: Grid, inherit: Heirs) -> Grid:
    """The sheet with the content of each merged cell whose first row goes in the first of its rows that stays."""
    cells: dict[int, dict[int, bytes]] = {}
    for (row, column), kept in inherit.items():
        anchor = grid.cell(row, column)
        if anchor is not None:
            opening = with_attribute(grid.xml[anchor.start : anchor.opened], "r", name_of(kept, column))
            cells.setdefault(kept, {})[column] = opening + grid.xml[anchor.opened : anchor.end]
    return Grid(joined(chain((grid.head,), grid.spliced(cells), (grid.tail,)))) if cells else grid


def move_merges(root: etree._Element, moved: Moved) -> None:
    """Merges follow their rows; a row inside one joins it, a row after one only where it is asked to."""
    for element in [child for child in root.iter() if local(child) == "mergeCell"]:
        before = area(element.get("ref", ""))
        after = _moved(before, moved)
        if after is None or after[:2] == after[2:]:
            drop(element)
        else:
            element.set("ref", str(after))
    _merge_new_rows(root, moved)
    _refuse_hidden_values(root, moved)


def _moved(merged: Area, moved: Moved) -> Area | None:
    span = moved.moves.span(merged.first_row, merged.last_row)
    if span is None:
        return None
    last = span[1]
    for row, insert in moved.inserts:
        if insert.after == merged.last_row and get_column_letter(merged.first_column) in insert.grow_merges:
            last = max(last, row)
    return merged._replace(first_row=span[0], last_row=last)


def _merge_new_rows(root: etree._Element, moved: Moved) -> None:
    """A new row has the merges along the row that it looks like, unless they would cover its values."""
    holder = next((child for child in root if local(child) == "mergeCells"), None)
    if holder is None:
        return
    areas = _areas(root)
    for row, insert in moved.inserts:
        filled = _filled(insert)
        for merged in [one for one in areas if one.first_row == one.last_row == moved.moves.now(insert.like)]:
            covered = any(merged.first_column < column <= merged.last_column for column in filled)
            copy = merged._replace(first_row=row, last_row=row)
            if not covered and not any(_overlap(copy, other) for other in areas):
                etree.SubElement(holder, holder[0].tag).set("ref", str(copy))
                areas.append(copy)
    holder.set("count", str(len(holder)))


def _refuse_hidden_values(root: etree._Element, moved: Moved) -> None:
    merges = _areas(root)
    for row, insert in moved.inserts:
        here = [merged for merged in merges if merged.first_row <= row <= merged.last_row]
        for column in _filled(insert):
            if any(merged.holds(row, column) and merged[:2] != (row, column) for merged in here):
                raise Unmovable(_under_merge(insert, column), insert.sheet)


def _under_merge(insert: RowInsert, column: int) -> str:
    return (
        f"The new row after row {insert.after} of sheet {insert.sheet!r} lies under a merged cell in column "
        f"{get_column_letter(column)}, so that nobody would see its value."
    )


def _filled(insert: RowInsert) -> set[int]:
    return {column_index_from_string(letter) for letter, value in insert.values.items() if value not in (None, "")}


def _areas(root: etree._Element) -> list[Area]:
    return [area(element.get("ref", "")) for element in root.iter() if local(element) == "mergeCell"]


def _overlap(one: Area, other: Area) -> bool:
    rows = one.first_row <= other.last_row and other.first_row <= one.last_row
    return rows and one.first_column <= other.last_column and other.first_column <= one.last_column
