"""This folder writes the plan into staff's own workbook: only the cells whose words differ, in its own manner.

`cells` says how a value is written, `lines` lists several records in one cell, `rows` finds places for new
records and takes removed ones out, `ids` fills the hidden column.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plan.fields import Kind
from plan.snapshot import Snapshot
from sync.grid import Grid
from sync.ooxml import CellEdit, Package, Refused
from sync.reading import Origin, Reading
from sync.write_workbook.cells import changed_cells
from sync.write_workbook.ids import hidden_columns
from sync.write_workbook.lines import changed_lists
from sync.write_workbook.page import Page
from sync.write_workbook.rows import Moves, moves_of

__all__ = ["Written", "write"]


@dataclass(frozen=True)
class Written:
    """The workbook's bytes, what staff should know, and on which sheet each record stands in it.

    `wrote` are the (record, field) pairs that were written, so that they can be read back and checked; `left`
    those that the workbook could not say and so does not.
    """

    content: bytes
    notes: tuple[str, ...]
    places: Mapping[str, str]
    wrote: frozenset[tuple[str, str]]
    left: frozenset[tuple[str, str]] = frozenset()


def write(
    content: bytes,
    sheets: Sequence[Grid],
    reading: Reading,
    ids: Mapping[int, str],
    target: Snapshot,
    origin: Origin,
    *,
    leave: frozenset[tuple[Kind, str, str]] = frozenset(),
) -> Written:
    """The workbook saying what `target` says, with the hidden column for `origin`.

    `ids` gives each piece of the reading its record; `leave` names fields to leave as they are. Where rows
    cannot be moved safely, what has no place is told in a note and the rest is written.
    """
    page = Page(sheets, reading, ids, target)
    cells, wrote = changed_cells(page, leave)
    lists, listed = changed_lists(page, leave)
    moves = moves_of(page)
    package = Package.open(content)
    try:
        patched = _patch(package, page, [*cells, *lists], moves, origin)
        notes = moves.notes
    except Refused as refusal:
        stay = Moves((), (), (), {}, moves.notes)
        patched = _patch(package, page, [*cells, *lists], stay, origin)
        notes = (
            *moves.notes,
            f"{refusal} Rows were therefore neither added nor removed; the other cells are up to date.",
        )
    places = {id: piece.sheet for piece in reading.pieces if (id := ids[piece.key]) in target}
    placed = {**places, **{id: sheet for (sheet, _row), new in moves.filled.items() for _kind, id in new}}
    return Written(patched.content, (*notes, *patched.notes), {**placed, **moves.inserted_places}, wrote | listed)


def _patch(package: Package, page: Page, cells: list[CellEdit], moves: Moves, origin: Origin):  # type: ignore[no-untyped-def]
    return package.patch(
        cells=[*cells, *moves.cells],
        inserts=moves.inserts,
        removes=moves.removes,
        columns=hidden_columns(page, moves.filled, origin),
    )
