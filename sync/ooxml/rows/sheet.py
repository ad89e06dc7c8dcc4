"""This file moves the rows of one sheet in its XML, and puts the new ones among them."""

from lxml import etree
from openpyxl.utils import column_index_from_string

from sync.ooxml.cells import CellWriter
from sync.ooxml.edits import Refused, RowInsert
from sync.ooxml.grid import LAST_ROW, Grid, name_of
from sync.ooxml.markup import local, parse, root_tag, serialise, with_attribute, without_attribute
from sync.ooxml.rows.anchors import move_anchors
from sync.ooxml.rows.formulas import (
    cells_in,
    cells_of,
    formula_of,
    move_spreads,
    rows_of,
    shift_formulas,
    unshare,
)
from sync.ooxml.rows.merges import heirs, move_merges, save_anchors
from sync.ooxml.rows.ranges import Moved, move_ranges, shift_texts
from sync.ooxml.rows.references import translated

_NOT_COPIED = ("r", "spans", "hidden", "ht", "customHeight", "collapsed")


def moved_sheet(xml: bytes, writer: CellWriter, moved: Moved) -> bytes:
    """The sheet with its rows moved, new ones written and all that it says about rows kept true."""
    root = parse(xml)
    cells = cells_of(root)
    unshare(cells)
    move_spreads(cells, moved.moves, moved.name)
    inherit = heirs(writer.grid.merges, moved.moves)
    save_anchors({(row, column): cell for row, column, cell in cells}, inherit)
    shift_formulas(cells, moved.shift, moved.name)
    move_ranges(root, moved)
    shift_texts(root, moved.shift, moved.name)
    move_merges(root, moved)
    move_anchors(root, moved.moves)
    _place_rows(root, _new_rows(xml, writer, moved), moved)
    return serialise(root)


def _new_rows(xml: bytes, writer: CellWriter, moved: Moved) -> list[etree._Element]:
    opening = root_tag(xml)
    name = opening[1:].split(None, 1)[0].rstrip(b">")
    rows = b"".join(_new_row(writer, insert, row) for row, insert in moved.inserts)
    return list(parse(opening + rows + b"</%b>" % name))


def _new_row(writer: CellWriter, insert: RowInsert, number: int) -> bytes:
    grid = writer.grid
    styles = _styles(writer, insert.like)
    values = {column_index_from_string(letter): value for letter, value in insert.values.items()}
    opening = _opening(grid, insert.like, number)
    cells = (
        writer.written(
            number,
            column,
            values.get(column),
            styles.get(column) or grid.default_style(insert.like, column),
            like=insert.like,
        )
        for column in sorted(styles.keys() | values.keys())
    )
    return b"%b%b</%brow>" % (opening, b"".join(cells), grid.prefix)


def _styles(writer: CellWriter, row: int) -> dict[int, str | None]:
    found = writer.grid.row(row)
    return {cell.column: writer.style_of(cell) for cell in writer.grid.cells(found)} if found else {}


def _opening(grid: Grid, like: int, number: int) -> bytes:
    row = grid.row(like)
    opening = grid.xml[row.start : row.opened] if row else b"<%brow>" % grid.prefix
    for attribute in _NOT_COPIED:
        opening = without_attribute(opening, attribute)
    opening = opening[:-2].rstrip() + b">" if opening.endswith(b"/>") else opening
    return with_attribute(opening, "r", str(number))


def _place_rows(root: etree._Element, new: list[etree._Element], moved: Moved) -> None:
    data = next(child for child in root if local(child) == "sheetData")
    placed: dict[int, etree._Element] = {}
    number = 0
    for row in rows_of(root):
        number = int(row.get("r", number + 1))
        now = moved.moves.now(number)
        if now is not None and not _falls_off(row, now, moved.name):
            _renumber(row, number, now)
            placed[now] = row
    for (position, insert), row in zip(moved.inserts, new, strict=True):
        _falls_off(row, position, moved.name)
        placed[position] = row
        _continue_formulas(row, position, placed, moved, insert)
    data[:] = [placed[position] for position in sorted(placed)]


def _falls_off(row: etree._Element, number: int, sheet: str) -> bool:
    """Whether a row would lie beyond the last possible one: an empty one may, any other raises Refused."""
    if number > LAST_ROW and any(len(cell) for cell in row):
        raise Refused(f"Sheet {sheet!r} has no room for more rows. Nothing was changed.")
    return number > LAST_ROW


def _renumber(row: etree._Element, before: int, now: int) -> None:
    if before == now and "r" in row.attrib:
        return
    row.set("r", str(now))
    for cell in row:
        if local(cell) == "c" and cell.get("r"):
            cell.set("r", str(cell.get("r")).rstrip("0123456789") + str(now))


def _continue_formulas(
    row: etree._Element, position: int, placed: dict[int, etree._Element], moved: Moved, insert: RowInsert
) -> None:
    """A column of formulas goes on through the new row, where it was given no value."""
    like = moved.moves.now(insert.like)
    if like is None or like not in placed:
        return
    given = {column_index_from_string(letter) for letter in insert.values}
    targets = {column: cell for _, column, cell in cells_in(row, position)}
    for _, column, cell in cells_in(placed[like], like):
        formula = formula_of(cell)
        if formula is None or not formula.text or formula.get("t") or column in given:
            continue
        copy = etree.SubElement(targets[column], formula.tag)
        copy.text = translated(formula.text, name_of(like, column), name_of(position, column))
