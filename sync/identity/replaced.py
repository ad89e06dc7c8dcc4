"""This file finds new rows without a hidden identity that may be a record reworded from end to end."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from plan.snapshot import Item, Snapshot
from sync.identity.words import words_said
from sync.reading import Piece


def in_place_of(
    pieces: Sequence[Piece], ids: Mapping[int, str], base: Snapshot, plan: Snapshot
) -> Iterator[tuple[Piece, Item]]:
    """New rows, each with a record that no row tells of any more.

    The row stands where the record stood, after the same one; or, on a sheet that has lost its hidden column,
    anywhere under the same requirement. `pieces` are all of one kind.
    """
    told = set(ids.values())
    hinted = {piece.sheet for piece in pieces if piece.hints}
    stood_for: dict[int | None, str] = {}  # by parent: the record that the row before is, or may be
    for piece in pieces:
        stands_for = ids[piece.key]
        if stands_for not in base and not piece.hints and words_said(piece) is not None:
            parent = None if piece.parent is None else ids[piece.parent]
            gone = [item for item in base.under(parent, piece.kind) if _is_gone(item, told, plan)]
            here = _next(base, parent, piece, stood_for.get(piece.parent))
            found = here if here in gone else None if piece.sheet in hinted or not gone else gone[0]
            if found:
                told.add(found.id)
                stands_for = found.id
                yield piece, found
        stood_for[piece.parent] = stands_for


def _is_gone(item: Item, told: Collection[str], plan: Snapshot) -> bool:
    return item.id not in told and item.id in plan and plan[item.id].present


def _next(base: Snapshot, parent: str | None, piece: Piece, before: str | None) -> Item | None:
    """The record after this one in the base, or the first."""
    siblings = base.under(parent, piece.kind)
    place = next((at for at, item in enumerate(siblings, start=1) if item.id == before), 0 if before is None else None)
    return siblings[place] if place is not None and place < len(siblings) else None
