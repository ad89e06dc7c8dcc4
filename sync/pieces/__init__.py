"""This room turns the rows of a workbook's tables into pieces of records."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plan.fields import Kind
from sync.cells import Meanings
from sync.grid import Grid
from sync.layout import Layout, Table
from sync.pieces.beside import without_echoes
from sync.pieces.figures import read_figures
from sync.pieces.gathering import Gathering
from sync.pieces.requirements import RequirementRows
from sync.pieces.sheet_rows import SheetRows
from sync.reading import Origin, Piece, Problem, UnknownStatus

__all__ = ["Gathered", "read_pieces"]


@dataclass(frozen=True)
class Gathered:
    """What the tables of a workbook tell: their records, what was not understood, and the plan they came from."""

    pieces: tuple[Piece, ...]
    problems: tuple[Problem, ...]
    unknown_statuses: tuple[UnknownStatus, ...]
    origin: Origin | None


def read_pieces(layout: Layout, grids: Sequence[Grid], meanings: Meanings) -> Gathered:
    """Every record that the tables of a layout tell of; `meanings` are the status words of this workbook.

    Tables that hold requirements are read first, so that the others can name them by number. Never raises on
    content.
    """
    gathering, sheets = Gathering(meanings=meanings, splits=layout.splits), {grid.sheet: grid for grid in grids}
    tables = [SheetRows(table, sheets[table.sheet], gathering) for table in layout.tables if table.sheet in sheets]
    for rows, bears in _in_order(tables):
        if rows.table.column_of(Kind.INDICATOR, "name"):
            read_figures(rows, gathering)
        else:
            RequirementRows(rows, gathering, bears=bears).read_all()
    origins = [rows.identity[1] for rows in tables if rows.identity]
    return Gathered(
        without_echoes(gathering.pieces(), layout),
        tuple(gathering.problems),
        gathering.unknown_statuses(),
        origins[0] if origins else None,
    )


def _in_order(tables: Sequence[SheetRows]) -> Iterator[tuple[SheetRows, bool]]:
    """Each table, and whether its rows begin requirements or only name those of another table."""
    bearing = [rows for rows in tables if _holds(rows.table, "text")]
    bearing = bearing or [rows for rows in tables if _holds(rows.table, "reference") and not _is_figures(rows.table)]
    yield from ((rows, True) for rows in bearing)
    yield from (
        (rows, False) for rows in tables if all(rows is not each for each in bearing) and not _is_figures(rows.table)
    )
    yield from (
        (rows, False) for rows in tables if all(rows is not each for each in bearing) and _is_figures(rows.table)
    )


def _holds(table: Table, field: str) -> bool:
    return table.column_of(Kind.REQUIREMENT, field) is not None and not _is_figures(table)


def _is_figures(table: Table) -> bool:
    return table.column_of(Kind.INDICATOR, "name") is not None
