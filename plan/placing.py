"""This file finds the requirement that a record belongs to, wherever the caller looks its parent up."""

from collections.abc import Callable

from plan.fields import PARENT, Kind

ParentOf = Callable[[str, Kind], str | None]
"""Says what a record of a kind stands under, None where that is nothing."""


def requirement_of(id: str | None, kind: Kind, parent_of: ParentOf) -> str | None:
    """The requirement a record belongs to (itself, if it is one); None for what stands above requirements."""
    while id is not None and kind is not Kind.REQUIREMENT:
        id, kind = (parent_of(id, kind), PARENT[kind]) if kind in PARENT else (None, kind)
    return id


def requirements_of(id: str, kind: Kind, moved_to: str | None, parent_of: ParentOf) -> set[str | None]:
    """The requirements that a change is about: where the record stands and, where it is moved, where it is put."""
    stands = requirement_of(id, kind, parent_of)
    is_moved = moved_to is not None and kind not in (Kind.THEME, Kind.REQUIREMENT)
    return {stands, requirement_of(moved_to, PARENT[kind], parent_of)} if is_moved else {stands}
