"""This file takes out blank records that are only the hidden ids of the table beside theirs: both share one column."""

from collections.abc import Iterator, Sequence

from plan.fields import Kind
from sync.layout import Layout, Table
from sync.reading import Piece


def without_echoes(pieces: Sequence[Piece], layout: Layout) -> tuple[Piece, ...]:
    """The pieces without the blank ones whose ids belong to records with words on the same row beside them."""
    sheets = {one.sheet for one, _ in _beside_each_other(layout.tables)}
    if not sheets:
        return tuple(pieces)
    worded: dict[tuple[str, int, Kind], list[Piece]] = {}
    for piece in pieces:
        if piece.sheet in sheets and not _is_blank(piece):
            for row in piece.rows:
                worded.setdefault((piece.sheet, row, piece.kind), []).append(piece)
    kept: list[Piece] = []
    parents: set[int | None] = set()
    for piece in reversed(pieces):  # what stands under a piece comes after it, and may be an echo as well
        echo = piece.hints and _is_blank(piece) and len(_sharing(piece, worded)) >= len(piece.hints)
        if piece.key in parents or not echo:
            kept.append(piece)
            parents.add(piece.parent)
    return tuple(reversed(kept))


def _sharing(piece: Piece, worded: dict[tuple[str, int, Kind], list[Piece]]) -> set[int]:
    """The records with words on the piece's rows that have one of its ids."""
    here = (other for row in piece.rows for other in worded.get((piece.sheet, row, piece.kind), ()))
    return {other.key for other in here if {*other.hints} & {*piece.hints}}


def _is_blank(piece: Piece) -> bool:
    return all(said.value is None for values in piece.values.values() for said in values)


def _beside_each_other(tables: Sequence[Table]) -> Iterator[tuple[Table, Table]]:
    return (
        (one, other)
        for at, one in enumerate(tables)
        for other in tables[at + 1 :]
        if one.sheet == other.sheet and one.first_row <= other.last_row and other.first_row <= one.last_row
    )
