"""This file gets a requirement's page ready: all of it, its neighbours, its history."""

from dataclasses import dataclass

from flask import url_for

from blueprints.fields import Fields
from blueprints.requirements.everything import Everything, everything
from plan import questions
from plan.fields import Kind
from plan.models import Plan
from plan.questions import Entry, Position
from plan.snapshot import Item


@dataclass(frozen=True)
class Neighbour:
    """The requirement before or after this one."""

    reference: str
    address: str


@dataclass(frozen=True)
class RequirementPage:
    """All that a requirement's page shows."""

    heading: str
    theme: str
    present: bool
    all: Everything
    previous: Neighbour | None
    following: Neighbour | None
    history: tuple[Entry, ...]


def requirement_page(plan: Plan, item: Item, entries: list[Entry], block: Fields) -> RequirementPage:
    """The page of one requirement, for one person."""
    position = block.position
    theme = position.snapshot.get(item.parent or "")
    previous, following = _neighbours(plan, position, item)
    return RequirementPage(
        heading=questions.first_upper(questions.name(position.snapshot, item)),
        theme=str(theme.get("title") or "") if theme else "",
        present=item.present,
        all=everything(item, block),
        previous=previous,
        following=following,
        history=tuple(entries),
    )


def _neighbours(plan: Plan, position: Position, item: Item) -> tuple[Neighbour | None, Neighbour | None]:
    themes = position.snapshot.under(plan.id, Kind.THEME)
    order = [one for theme in themes for one in position.snapshot.under(theme.id, Kind.REQUIREMENT)]
    if item not in order:
        return None, None
    place = order.index(item)
    beside = (order[place - 1] if place else None, order[place + 1] if place + 1 < len(order) else None)
    previous, following = (_neighbour(plan, one) if one else None for one in beside)
    return previous, following


def _neighbour(plan: Plan, item: Item) -> Neighbour:
    address = url_for("requirements.show", slug=plan.slug, id=item.id)
    return Neighbour(str(item.get("reference") or "without a number"), address)
