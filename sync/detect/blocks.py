"""This file finds the tables of a sheet, from the left and from the top."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from sync.detect.beside import cuts, part
from sync.detect.block import Block
from sync.detect.ends import last_row_of
from sync.detect.heading_rows import both_rows, heading_rows
from sync.detect.heads import heads_of
from sync.detect.rows import is_guidance
from sync.grid import Grid

_ITSELF = Grid("")


def find_blocks(grid: Grid) -> list[Block]:
    """All tables of a sheet whose headings the vocabulary knows, from the left and from the top."""
    if "blocks" not in grid.noted:
        # Without the sheet itself: it and what it notes would be a ring, and stay in memory when nobody needs it.
        grid.noted["blocks"] = [replace(b, grid=_ITSELF) if b.grid is grid else b for b in _blocks_of(grid)]
    return [replace(b, grid=grid) if b.grid is _ITSELF else b for b in grid.noted["blocks"]]


def _blocks_of(grid: Grid) -> list[Block]:
    rows = heading_rows(grid)
    found = sorted({cut for row in rows for cut in cuts(grid, row)})
    if not found:
        return _below_each_other(grid, rows)
    parts = [part(grid, left + 1, right) for left, right in pairwise([0, *found, grid.last_col])]
    return [block for each in parts for block in _below_each_other(each, heading_rows(each))]


def _below_each_other(grid: Grid, rows: Sequence[int]) -> list[Block]:
    found: list[Block] = []
    for row in rows:
        covered = found[-1].last_row if found else 0
        if row > covered and not (found and row in found[-1].heading_rows):
            found.append(block_at(grid, row, covered, frozenset(rows)))
    return found


def block_at(grid: Grid, row: int, above: int = 0, headed: frozenset[int] | None = None) -> Block:
    """The table whose headings stand in this row and, where they take two, the one before or after.

    `headed` are the sheet's rows of known headings, where they were looked for already.
    """
    rows = both_rows(grid, row)
    block = Block(grid, rows, tuple(heads_of(grid, rows)), rows[-1] + 1, rows[-1], above)
    return replace(block, last_row=last_row_of(block, frozenset(heading_rows(grid)) if headed is None else headed))


def after_guidance(block: Block) -> int:
    """The first row of a table that does not only say how to fill it in."""
    row = block.first_row
    while row < block.last_row and is_guidance(block.row(row)):
        row += 1
    return row
