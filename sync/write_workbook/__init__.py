"""This folder writes the plan into staff's own workbook: only the cells whose words differ, in its own manner.

`manner` says how a value is written, `cells` finds what differs, `lines` lists several records in one cell, `rows`
finds places for new records and takes removed ones out, `ids` fills the hidden column.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plan.fields import Kind
from plan.snapshot import Snapshot
from sync.grid import Grid
from sync.ooxml import CellEdit, Marking, Package, Patched, Unmovable
from sync.reading import Origin, Reading
from sync.write_workbook.cells import changed_cells
from sync.write_workbook.ids import hidden_columns
from sync.write_workbook.lines import changed_lists
from sync.write_workbook.manner import Manners
from sync.write_workbook.page import Page
from sync.write_workbook.rows import Moves, moves_of

__all__ = ["Left", "Written", "write"]


@dataclass(frozen=True)
class Left:
    """What to leave as it is: fields of records that stand there, and new records that have no good place."""

    fields: frozenset[tuple[Kind, str, str]] = frozenset()
    records: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Written:
    """The workbook's bytes, what staff should know, and on which sheet each record stands in it.

    `wrote` are the (record, field) pairs that were written, so that they can be read back and checked, `added` the
    records that came in; `left` are the pairs that the workbook could not say and so does not.
    """

    content: bytes
    notes: tuple[str, ...]
    places: Mapping[str, str]
    wrote: frozenset[tuple[str, str]]
    added: frozenset[str] = frozenset()
    left: frozenset[tuple[str, str]] = frozenset()


def write(
    content: bytes,
    sheets: Sequence[Grid],
    reading: Reading,
    ids: Mapping[int, str],
    target: Snapshot,
    origin: Origin,
    *,
    leave: Left = Left(),
    former_markings: frozenset[str] = frozenset(),
) -> Written:
    """The workbook saying what `target` says, with the hidden column for `origin` and the plan's marking.

    `ids` gives each piece of the reading its record; the marking takes the place of `former_markings`. Rows that
    cannot stand where they should go to the end of their sheet; what has no place at all is told in a note.
    Raises Refused for a workbook that must not be changed.
    """
    page = Page(sheets, reading, ids, target)
    manners = Manners(page)
    cells, wrote = changed_cells(page, manners, leave.fields)
    lists, listed = changed_lists(page, manners, leave.fields)
    moves = moves_of(page, manners, leave.records)
    package, marking = Package.open(content), _marking(page, former_markings)
    try:
        patched = _patch(package, page, [*cells, *lists], moves, origin, marking)
    except Unmovable as refusal:
        notes = f"{refusal.reason} Rows were therefore neither added nor removed; the other cells are up to date."
        moves = Moves((), (), (), {}, (*moves.notes, notes))
        patched = _patch(package, page, [*cells, *lists], moves, origin, marking)
    standing = {id: piece.sheet for piece in reading.pieces if (id := ids[piece.key]) in target}
    filled = {id: sheet for (sheet, _row), new in moves.filled.items() for _kind, id in new}
    added = {**filled, **moves.inserted_places}
    return Written(
        patched.content,
        (*moves.notes, *patched.notes),
        {**standing, **added},
        wrote | listed,
        frozenset(added),
    )


def _patch(
    package: Package, page: Page, cells: Sequence[CellEdit], moves: Moves, origin: Origin, marking: Marking | None
) -> Patched:
    return package.patch(
        cells=[*cells, *moves.cells],
        inserts=moves.inserts,
        removes=moves.removes,
        columns=hidden_columns(page, moves.filled, origin),
        marking=marking,
        else_at_end=True,
    )


def _marking(page: Page, former: frozenset[str]) -> Marking | None:
    """The plan's marking for the sheets that hold a table of it; the others are staff's own."""
    plan = page.target.plan
    words = plan.get("marking") if plan else None
    sheets = tuple(dict.fromkeys(table.sheet for table in page.tables))
    return Marking(str(words), sheets, former - {str(words)}) if words else None
