"""This file tells tables that stand beside each other on one sheet, a blank column between them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from sync.detect.heading_rows import cells_of, is_heading_row, meanings, numbers_requirements
from sync.detect.rows import ends_table
from sync.grid import Grid
from sync.headings import Word, normalise

BLANK_ROWS_THAT_END = 3
MOST_BESIDE = 6  # tables beside each other on one sheet


def cuts(grid: Grid, row: int) -> Iterator[int]:
    """The blank columns between headings that make a table each, beside each other."""
    runs: list[list[int]] = []
    for col in grid.columns_of(row):
        if not runs or col > runs[-1][-1] + 1:
            runs.append([])
        runs[-1].append(col)
    for before, after in pairwise(runs[:MOST_BESIDE]):
        gap = range(before[-1] + 1, after[0])
        two = _are_two(_headings_among(grid, row, before), _headings_among(grid, row, after), row)
        below = list(_rows_of_tables(grid, row)) if two else []
        if below and all(grid.at(each, col).blank for each in below for col in gap[:1]):
            yield gap[0]


def part(grid: Grid, left: int, right: int) -> Grid:
    """The sheet as if it had only these columns."""
    return replace(grid, cells={place: cell for place, cell in grid.cells.items() if left <= place[1] <= right})


def _rows_of_tables(grid: Grid, heading: int) -> Iterator[int]:
    """The rows below some headings that can be their tables': what lies further down may be as wide as it likes."""
    last = heading
    for row in grid.rows_below(heading):
        if row - last > BLANK_ROWS_THAT_END or ends_table(cells_of(grid, row)):
            return
        yield row
        last = row


def _are_two(left: Grid, right: Grid, row: int) -> bool:
    """Whether headings beside each other are two tables': each names requirements, or both say the same."""
    if not (is_heading_row(left, row) and is_heading_row(right, row)):
        return False
    one, other = ({normalise(cell.words) for cell in cells_of(side, row)} for side in (left, right))
    alike = len(one & other) * 3 >= max(len(one), len(other)) * 2
    return alike or (_names_requirements(left, row) and _names_requirements(right, row))


def _headings_among(grid: Grid, row: int, cols: Iterable[int]) -> Grid:
    return Grid(grid.sheet, cells={(row, col): grid.at(row, col) for col in cols})


def _names_requirements(side: Grid, row: int) -> bool:
    said = meanings(side, row)
    return any(each.word is Word.REQUIREMENT or numbers_requirements(each) for each in said)
