"""This file tells whether something stands on a row beside the plan's table: another list, a key, somebody's sum."""

from sync.grid import Grid, boxes, number
from sync.layout import Table
from sync.row_ids import read_row
from sync.write_workbook.page import Page


def stands_beside(page: Page, sheet: str, row: int) -> bool:
    """Whether a row holds anything outside the tables that it is part of; it would go with the row."""
    grid = page.sheets[sheet]
    spans = [_columns(grid, table) for table in page.tables_of(sheet, [row])]
    outside = ((at, cell) for at, cell in grid.row(row).items() if not any(at in span for span in spans))
    return any(not cell.blank and not read_row(cell.value) for _, cell in outside)


def _columns(grid: Grid, table: Table) -> range:
    """The columns of a table: an Excel table's own, else its headings without a gap. Staff's own among them are its."""
    known = [number(column.letter) for column in table.columns if column.field]
    first, last, heading = min(known), max(known), table.heading_rows[-1]
    areas = [box for _, ref in grid.tables for box in boxes(ref) if box.top <= heading <= box.bottom]
    own = [box for box in areas if box.left <= first <= box.right]
    if own:
        return range(min(first, own[0].left), max(last, own[0].right) + 1)
    others = {col for box in areas for col in range(box.left, box.right + 1)}
    while first > 1 and first - 1 not in others and not grid.at(heading, first - 1).blank:
        first -= 1
    while last + 1 not in others and not grid.at(heading, last + 1).blank:
        last += 1
    return range(first, last + 1)
