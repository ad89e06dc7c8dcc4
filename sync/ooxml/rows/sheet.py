"""This file moves the rows of one sheet in its bytes, and puts the new ones among them."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from itertools import chain

from openpyxl.utils import column_index_from_string

from sync.ooxml.areas import LAST_ROW, name_of
from sync.ooxml.cells import CellWriter
from sync.ooxml.edits import RowInsert, Unmovable
from sync.ooxml.grid import Grid, Piece, Row, joined
from sync.ooxml.markup import attributes, is_closed, with_attribute, without_attribute
from sync.ooxml.rows.anchors import move_anchors
from sync.ooxml.rows.around import around_rows, ends
from sync.ooxml.rows.formulas import Edit, applied, edits_for, formulas_of, shifted, spread_moved, unshared
from sync.ooxml.rows.merges import heirs, move_merges, with_anchors_saved
from sync.ooxml.rows.ranges import Moved, move_ranges, shift_texts
from sync.ooxml.rows.references import translated

_NOT_COPIED = ("r", "spans", "hidden", "ht", "customHeight", "collapsed")


def moved_sheet(writer: CellWriter, moved: Moved) -> bytes:
    """The sheet with its rows moved, new ones written and all that it says about rows kept true."""
    grid = with_anchors_saved(writer.grid, heirs(writer.grid.merges, moved.moves))
    root = around_rows(grid)
    move_ranges(root, moved)
    shift_texts(root, moved.shift, moved.name)
    move_merges(root, moved)
    move_anchors(root, moved.moves)
    head, tail = ends(root)
    edits, texts = _moved_formulas(grid, moved)
    return joined(chain((head,), _rows(grid, edits, moved, _new_rows(writer, moved, texts)), (tail,)))


def _moved_formulas(grid: Grid, moved: Moved) -> tuple[list[Edit], Mapping[int, Mapping[int, str]]]:
    """What to write for the formulas, and by row and column the words of those that fill one cell only."""
    old = formulas_of(grid)
    alone = spread_moved(unshared(old), moved.moves, moved.name)
    new = list(shifted(alone, moved.shift, moved.name))
    texts: dict[int, dict[int, str]] = {}
    wanted = {insert.like for _, insert in moved.inserts}
    for formula in new:
        if formula.row in wanted and formula.text and formula.kind is None:
            texts.setdefault(formula.row, {})[formula.column] = formula.text
    return edits_for(grid, zip(old, new, strict=True)), texts


def _new_rows(writer: CellWriter, moved: Moved, texts: Mapping[int, Mapping[int, str]]) -> Iterator[tuple[int, bytes]]:
    for number, insert in moved.inserts:
        like = moved.moves.now(insert.like)
        formulas = {} if like is None else _continued(texts.get(insert.like, {}), like, number)
        row = _new_row(writer, insert, number, formulas)
        if not _falls_off(writer.grid, number, moved.name, filled=bool(insert.values)):
            yield number, row


def _continued(texts: Mapping[int, str], like: int, number: int) -> dict[int, str]:
    """A column of formulas goes on through the new row."""
    return {column: translated(text, name_of(like, column), name_of(number, column)) for column, text in texts.items()}


def _new_row(writer: CellWriter, insert: RowInsert, number: int, formulas: Mapping[int, str]) -> bytes:
    grid = writer.grid
    styles = _styles(writer, insert.like)
    values = {column_index_from_string(letter): value for letter, value in insert.values.items()}
    cells: list[bytes] = []
    for column in sorted(styles.keys() | values.keys()):
        style = styles.get(column) or grid.default_style(insert.like, column)
        cell = writer.written(number, column, values.get(column), style, like=insert.like)
        formula = formulas.get(column) if column not in values else None
        cells.append(_with_formula(grid, cell, formula) if formula else cell)
    return b"%b%b</%brow>" % (_opening(grid, insert.like, number), b"".join(cells), grid.prefix)


def _with_formula(grid: Grid, empty: bytes, formula: str) -> bytes:
    text = escape(formula, quote=False).encode("utf-8")
    p = grid.prefix
    return b"%b><%bf>%b</%bf></%bc>" % (empty.removesuffix(b"/>"), p, text, p, p)


def _styles(writer: CellWriter, row: int) -> dict[int, str | None]:
    found = writer.grid.row(row)
    return {cell.column: writer.style_of(cell) for cell in writer.grid.cells(found)} if found else {}


def _opening(grid: Grid, like: int, number: int) -> bytes:
    row = grid.row(like)
    opening = grid.xml[row.start : row.opened] if row else b"<%brow>" % grid.prefix
    for attribute in _NOT_COPIED:
        opening = without_attribute(opening, attribute)
    opening = opening[:-2].rstrip() + b">" if is_closed(opening) else opening
    return with_attribute(opening, "r", str(number))


def _rows(grid: Grid, edits: list[Edit], moved: Moved, new: Iterator[tuple[int, bytes]]) -> Iterator[Piece]:
    """The rows in their new order, each with the edits of its formulas."""
    waiting = sorted(new)
    changes = iter([*edits, Edit(len(grid.xml), 0, b"")])
    change = next(changes)
    view = memoryview(grid.xml)
    yield view[grid.opening.end() : grid.rows[0].start if grid.rows else grid.data_end]
    following = [*(row.start for row in grid.rows[1:]), grid.data_end]
    for row, until in zip(grid.rows, following, strict=True):
        own: list[Edit] = []
        while change.start < row.end:
            own.append(change)
            change = next(changes)
        now = moved.moves.now(row.number)
        while waiting and now is not None and waiting[0][0] < now:
            yield waiting.pop(0)[1]
        if now is not None and not _falls_off(grid, now, moved.name, filled=_is_filled(grid, row, now)):
            pieces = applied(grid, own, row.start, until)
            stays = now == row.number and (row.number < moved.moves.first_change or _says_number(grid, row))
            yield from pieces if stays else (_renumbered(grid, row, b"".join(pieces), now),)
    yield from (xml for _, xml in waiting)


def _falls_off(grid: Grid, number: int, sheet: str, *, filled: bool) -> bool:
    """Whether a row would lie beyond the last possible one: an empty one may, any other raises Unmovable."""
    if number > LAST_ROW and filled:
        raise Unmovable(f"Sheet {sheet!r} has no room for more rows.", sheet)
    return number > LAST_ROW


def _is_filled(grid: Grid, row: Row, now: int) -> bool:
    return now > LAST_ROW and any(grid.is_filled(cell) for cell in grid.cells(row))


def _renumbered(grid: Grid, row: Row, xml: bytes, now: int) -> bytes:
    number = str(now).encode()
    written = _named(grid.prefix).sub(lambda found: found[1] + number, xml)
    if _says_number(grid, row):
        return written
    opening = grid.xml[row.start : row.opened]
    return with_attribute(opening, "r", str(now)) + written[len(opening) :]


def _says_number(grid: Grid, row: Row) -> bool:
    opening = grid.xml[row.start : row.opened]
    return b" r=" in opening or "r" in attributes(opening)


@cache
def _named(prefix: bytes) -> re.Pattern[bytes]:
    """The start of a row's or cell's tag up to the number in its name."""
    others = rb"""(?:\s+(?!r\s*=)[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*"""
    name = rb"""\s+r\s*=\s*["']\$?[A-Za-z]{0,3}\$?"""
    return re.compile(b"(<" + re.escape(prefix) + rb"(?:c|row)(?=\s)" + others + name + b")[0-9]+")
