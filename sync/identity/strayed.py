"""This file finds rows that came under another requirement only because of the row they now stand below."""

from collections.abc import Iterator, Mapping, Sequence

from plan.fields import Kind
from plan.snapshot import Snapshot
from sync.grid import place
from sync.identity.resolved import Doubt
from sync.reading import Piece

CHILDREN = frozenset({Kind.ACHIEVEMENT, Kind.ACTION})
MOST = 8  # rows that are named


def strayed(pieces: Sequence[Piece], ids: Mapping[int, str], base: Snapshot) -> Iterator[Doubt]:
    """A doubt for each sheet with such rows: moved on purpose, or sorted, which nobody can tell from the cells.

    Their requirement's cells are blank on their own rows, so they belong to whatever stands above.
    """
    said_on = {
        piece.key: {(said.sheet, place(said.cell)[0]) for values in piece.values.values() for said in values}
        for piece in pieces
        if piece.kind is Kind.REQUIREMENT
    }
    found: dict[str, list[int]] = {}
    for piece in pieces:
        before = base.get(ids[piece.key]) if piece.kind in CHILDREN and piece.parent in said_on else None
        if before is None or piece.parent is None or before.parent in (None, ids[piece.parent]):
            continue
        if not said_on[piece.parent] & {(piece.sheet, row) for row in piece.rows}:
            found.setdefault(piece.sheet, []).append(min(piece.rows, default=0))
    for sheet, rows in found.items():
        yield Doubt(sheet, rows[0], "", _sentence(sorted(set(rows))))


def _sentence(rows: Sequence[int]) -> str:
    named = ", ".join(str(row) for row in rows[:MOST])
    more = f" and {len(rows) - MOST:,} more" if len(rows) > MOST else ""
    return (
        f"{'Rows' if len(rows) > 1 else 'Row'} {named}{more} name no requirement and now stand below another one than "
        "before, so they are taken as moved to it. If the rows were only sorted, do not take that; write the "
        "requirement on each row before sorting."
    )
