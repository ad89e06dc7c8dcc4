"""This file fills the hidden column: on each row the ids of its records, in its heading the plan and revision."""

from collections.abc import Iterator

from plan.fields import Kind
from sync.grid import letter
from sync.ooxml import HiddenColumn
from sync.reading import Origin
from sync.row_ids import heading, read_heading
from sync.row_ids import row as row_of_ids
from sync.write_workbook.page import Page
from sync.write_workbook.rows import Filled

NOT_ON_ROWS = frozenset({Kind.READING})


def hidden_columns(page: Page, filled: Filled, origin: Origin) -> Iterator[HiddenColumn]:
    """One hidden column for each sheet that holds a table of the plan."""
    read = [table for table in page.tables if any(column.kind for column in table.columns)]
    for sheet in dict.fromkeys(table.sheet for table in read):
        tables = [table for table in page.tables if table.sheet == sheet]
        found = _present(page, sheet)
        row, column = found or (tables[0].heading_rows[-1], None)
        rows = sorted({r for t in tables for r in range(t.first_row, t.last_row + 1)})
        cells = {r: _ids(page, filled, sheet, r) for r in rows}
        yield HiddenColumn(sheet, column, row, heading(origin), {r: ids for r, ids in cells.items() if ids or found})


def _present(page: Page, sheet: str) -> tuple[int, str] | None:
    """Where the hidden column stands already."""
    for (row, col), cell in page.sheets[sheet].cells.items():
        if read_heading(cell.value) is not None:
            return row, letter(col)
    return None


def _ids(page: Page, filled: Filled, sheet: str, row: int) -> str:
    ids: dict[Kind, list[str]] = {}
    for piece in page.on_row.get((sheet, row), []):
        if piece.kind not in NOT_ON_ROWS and page.item(piece) is not None:
            ids.setdefault(piece.kind, []).append(page.ids[piece.key])
    for owner in (page.owner_of(table, row) for table in page.tables_of(sheet, [row])):
        if owner and page.alive(owner) and owner not in ids.get(Kind.REQUIREMENT, []):
            ids.setdefault(Kind.REQUIREMENT, []).append(owner)
    for kind, id in filled.get((sheet, row), []):
        ids.setdefault(kind, []).append(id)
    return row_of_ids(ids)
