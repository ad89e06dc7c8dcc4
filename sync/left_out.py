"""This file says in sentences what of a workbook was not read and why: other sheets, and rows outside the tables."""

from collections.abc import Iterable, Iterator, Sequence

from sync.detect.rows import is_total, titles_a_key
from sync.grid import Grid
from sync.layout import Layout, Table

_LIKE_A_TABLE = 3  # cells on a row: what has fewer is a title, a remark or a signature


def left_out(layout: Layout, sheets: Sequence[Grid]) -> Iterable[str]:
    """A sentence for each sheet, and each stretch of rows below a sheet's first headings, that was not read."""
    tables: dict[str, list[Table]] = {}
    for table in layout.tables:
        tables.setdefault(table.sheet, []).append(table)
    for grid in sheets:
        if grid.sheet in tables and grid.left_behind:
            yield (
                f"On sheet “{grid.sheet}” rows were moved and their merged cells were not, so that some words are "
                "hidden there. All words were read. A fresh download has them in order again."
            )
        if grid.sheet in tables:
            yield from _beside_tables(grid, tables[grid.sheet])
        elif grid.cells:
            why = "has no table of the plan" if grid.visible else "is hidden"
            yield f"The sheet “{grid.sheet}” {why}, so it is not read but kept."


def _beside_tables(grid: Grid, tables: Sequence[Table]) -> Iterator[str]:
    for rows in _stretches(grid, _uncovered(grid, tables)):
        like_a_table = any(len(grid.columns_of(row)) >= _LIKE_A_TABLE for row in rows)
        if like_a_table and not _begins_a_key(grid, rows[0]):
            where = f"Row {rows[0]}" if rows[0] == rows[-1] else f"Rows {rows[0]} to {rows[-1]}"
            verb = "lies" if rows[0] == rows[-1] else "lie"
            yield (
                f"{where} of sheet “{grid.sheet}” {verb} outside the tables that were found, so nothing is read there. "
                "All is kept. Where rows of the plan stand there, close the gap above them or repeat the headings."
            )


def _uncovered(grid: Grid, tables: Sequence[Table]) -> Iterator[int]:
    """The rows with content below the first headings that no table of the sheet takes in."""
    covered = sorted((table.heading_rows[0], table.last_row) for table in tables)
    end = covered[0][1]
    for first, last in covered[1:]:
        yield from grid.rows_between(end + 1, first - 1)
        end = max(end, last)
    yield from grid.rows_below(end)


def _begins_a_key(grid: Grid, row: int) -> bool:
    return any(titles_a_key(grid.at(row, col).words) for col in grid.columns_of(row)[:1])


def _stretches(grid: Grid, rows: Iterable[int]) -> Iterator[list[int]]:
    """Rows that stand together, blank ones between two titles or so aside, and rows that count the others."""
    stretch: list[int] = []
    for row in rows:
        if is_total([grid.at(row, col) for col in grid.columns_of(row)]):
            continue
        if stretch and (row > stretch[-1] + 2 or _begins_a_key(grid, row)):
            yield stretch
            stretch = []
        stretch.append(row)
    if stretch:
        yield stretch
