"""This folder writes the plan into staff's own workbook: only the cells whose words differ, in its own manner.

`manner` says how a value is written, `cells` finds what differs, `lines` lists several records in one cell, `rows`
finds places for new records and takes removed ones out, `ids` fills the hidden column, `foot` says what awaits
sign-off.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

from plan.fields import Kind
from plan.snapshot import Snapshot
from sync.grid import Grid
from sync.ooxml import CellEdit, Marking, Package, Patched, UnfitCells, Unmovable
from sync.reading import Origin, Reading
from sync.write_workbook.cells import changed_cells
from sync.write_workbook.foot import Notice, feet
from sync.write_workbook.ids import hidden_columns
from sync.write_workbook.lines import changed_lists
from sync.write_workbook.manner import Manners
from sync.write_workbook.page import Page
from sync.write_workbook.rows import Moves, moves_of

__all__ = ["Left", "Notice", "Written", "write"]

Place = tuple[str, str]
"""A sheet, and the address of a cell there."""

_MOST_TOLD = 20  # cells, one by one


@dataclass(frozen=True)
class Left:
    """What to leave as it is: fields of records that stand there, new records without a good place, and cells."""

    fields: frozenset[tuple[Kind, str, str]] = frozenset()
    records: frozenset[str] = frozenset()
    cells: frozenset[Place] = frozenset()


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
    notice: Notice | None = None,
) -> Written:
    """The workbook saying what `target` says, with the hidden column for `origin` and the plan's marking.

    `ids` gives each piece of the reading its record; the marking takes the place of `former_markings`. With a
    `notice` the footers say what awaits sign-off. Rows that
    cannot stand where they should go to the end of their sheet; what has no place at all is told in a note. A cell
    that cannot take its words, such as one of a formula that fills several, is left, and a note says which and why.
    Raises Refused for a workbook that must not be changed.
    """
    page = Page(sheets, reading, ids, target)
    headed = _Headed(origin, _marking(page, former_markings), notice)
    try:
        return _write(content, page, leave, headed)
    except UnfitCells as unfit:
        fields = frozenset(one for place in unfit.reasons for one in page.said_in(*place))
        without = Left(leave.fields | fields, leave.records, leave.cells | unfit.reasons.keys())
        written = _write(content, page, without, headed)
        left = frozenset((id, name) for _, id, name in fields)
        return replace(written, notes=(*written.notes, *_told(unfit.reasons)), left=left)


class _Headed(NamedTuple):
    """What a download says of itself: in the hidden column's heading, as its marking, and at its foot."""

    origin: Origin
    marking: Marking | None
    notice: Notice | None


def _write(content: bytes, page: Page, leave: Left, headed: _Headed) -> Written:
    manners = Manners(page)
    cells, wrote = changed_cells(page, manners, leave.fields)
    lists, listed = changed_lists(page, manners, leave.fields)
    moves = moves_of(page, manners, leave.records)
    moves = replace(moves, cells=tuple(edit for edit in moves.cells if (edit.sheet, edit.cell) not in leave.cells))
    package = Package.open(content)
    try:
        patched = _patch(package, page, [*cells, *lists], moves, headed)
    except Unmovable as refusal:
        notes = f"{refusal.reason} Rows were therefore neither added nor removed; the other cells are up to date."
        moves = Moves((), (), (), {}, (*moves.notes, notes))
        patched = _patch(package, page, [*cells, *lists], moves, headed)
    added = _added(moves)
    return Written(
        patched.content,
        (*moves.notes, *patched.notes),
        {**_standing(page), **added},
        wrote | listed,
        frozenset(added),
    )


def _patch(package: Package, page: Page, cells: Sequence[CellEdit], moves: Moves, headed: _Headed) -> Patched:
    places = {**_standing(page), **_added(moves)} if headed.notice else {}
    return package.patch(
        cells=[*cells, *moves.cells],
        inserts=moves.inserts,
        removes=moves.removes,
        columns=hidden_columns(page, moves.filled, headed.origin),
        marking=headed.marking,
        feet=feet(headed.notice, page.tables, places) if headed.notice else None,
        else_at_end=True,
    )


def _standing(page: Page) -> dict[str, str]:
    """On which sheet each record stood already."""
    return {id: piece.sheet for piece in page.reading.pieces if (id := page.ids[piece.key]) in page.target}


def _added(moves: Moves) -> dict[str, str]:
    """On which sheet each new record comes to stand."""
    filled = {id: sheet for (sheet, _row), new in moves.filled.items() for _kind, id in new}
    return {**filled, **moves.inserted_places}


def _told(reasons: Mapping[Place, str]) -> Iterator[str]:
    """A sentence for each cell that was left, as far as a person would read them."""
    for why in islice(reasons.values(), _MOST_TOLD):
        yield f"{why} It was left as it is, so it may say other than the plan, where nothing is lost."
    if len(reasons) > _MOST_TOLD:
        yield f"{len(reasons) - _MOST_TOLD:,} more cells were left as they are for reasons of the same kinds."


def _marking(page: Page, former: frozenset[str]) -> Marking | None:
    """The plan's marking for the sheets that hold a table of it; the others are staff's own."""
    plan = page.target.plan
    words = plan.get("marking") if plan else None
    sheets = tuple(dict.fromkeys(table.sheet for table in page.tables))
    return Marking(str(words), sheets, former - {str(words)}) if words else None
