"""This file puts what was not understood in a workbook into notes on the very cells, for staff to correct there."""

from collections.abc import Iterable, Sequence

from sync.grid import Grid
from sync.identity import Doubt
from sync.layout import Layout, Table
from sync.ooxml import CellNote, with_notes
from sync.reading import Problem

CALLED = "Improvement plan"
NOTHING = "Everything in this workbook was understood, so there is nothing to note. It is as you brought it."


def noted(
    content: bytes, sheets: Sequence[Grid], layout: Layout, problems: Iterable[Problem], doubts: Iterable[Doubt]
) -> tuple[bytes, tuple[str, ...]]:
    """The same workbook with a note on each cell that is a problem, and what a person should know of it.

    A problem of a whole table hangs on its first heading. Raises Refused for a workbook that must not be changed.
    """
    wanted = [
        *(CellNote(*_place(p.sheet, p.cell, layout, sheets), _words(p)) for p in problems),
        *(CellNote(d.sheet, _row_cell(d, layout), f"{CALLED}: {d.message}") for d in doubts),
    ]
    if not wanted:
        return content, (NOTHING,)
    written = with_notes(content, wanted)
    count = len(wanted) - len(written.left)
    left = (
        f"On {note.cell} of “{note.sheet}” no note could be put, for a conversation is there. {note.words}"
        for note in written.left
    )
    return written.content, (f"{count} {'note was' if count == 1 else 'notes were'} put into the workbook.", *left)


def _words(problem: Problem) -> str:
    found = problem.found.strip()
    told = f"found “{found[:200]}”. " if found and found not in problem.message else ""
    return f"{CALLED}: {told}{problem.message}"


def _place(sheet: str, cell: str | None, layout: Layout, sheets: Sequence[Grid]) -> tuple[str, str]:
    """The cell itself, the first heading of its table where only the sheet is known, or the first of all."""
    if sheet and cell:
        return sheet, cell.split(":")[0]
    tables = [table for table in layout.tables if table.sheet == sheet or not sheet]
    if tables:
        return tables[0].sheet, f"{_first_letter(tables[0])}{tables[0].heading_rows[-1]}"
    return sheet or next((grid.sheet for grid in sheets if grid.visible), sheets[0].sheet), "A1"


def _row_cell(doubt: Doubt, layout: Layout) -> str:
    tables = (table for table in layout.tables if table.sheet == doubt.sheet and table.first_row <= doubt.row)
    table = max(tables, key=lambda one: one.first_row, default=None)
    return f"{_first_letter(table) if table else 'A'}{max(doubt.row, 1)}"


def _first_letter(table: Table) -> str:
    return table.columns[0].letter if table.columns else "A"
