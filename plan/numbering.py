"""This file numbers new actions: "7.2" for requirement 7, stable, and never given to another (design 2)."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Text, func, select, type_coerce
from sqlalchemy.orm import Session

from plan.fields import Kind
from plan.models import Action, Change, Revision


@dataclass(frozen=True)
class Unnumbered:
    """A new action without a number of its own: its id, and the requirement it comes under, by id and number."""

    action: str
    requirement: str
    reference: str


def numbers(
    session: Session, plan_id: str, actions: Sequence[Unnumbered], given: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Each action's id and its new number: one more than the highest that any action of the plan ever had there.

    `given` are the numbers that come with the same batch and so stand in no history yet.
    """
    taken = list(given)
    highest: dict[str, int] = {}
    for action in actions:
        reference = action.reference
        if reference not in highest:
            highest[reference] = _highest(session, plan_id, action, taken)
        highest[reference] += 1
        yield action.action, f"{reference}.{highest[reference]}"


def _highest(session: Session, plan_id: str, action: Unnumbered, taken: Sequence[str]) -> int:
    tails = [
        tail
        for number in [*taken, *_ever_given(session, plan_id, action.reference)]
        if (tail := number.removeprefix(f"{action.reference}.")) != number and tail.isascii() and tail.isdecimal()
    ]
    return max((int(tail) for tail in tails), default=0) or _how_many(session, action.requirement)


def _ever_given(session: Session, plan_id: str, reference: str) -> Iterable[str]:
    """All numbers under this reference in the plan's history, of removed and renumbered actions too."""
    written = json.dumps(f"{reference}.", ensure_ascii=False).removesuffix('"')
    found = (
        select(Change.after)
        .join(Revision)
        .where(
            Revision.plan_id == plan_id,
            Change.kind == Kind.ACTION,
            Change.field == "reference",
            type_coerce(Change.after, Text).startswith(written, autoescape=True),
        )
    )
    return [str(number) for number in session.scalars(found)]


def _how_many(session: Session, requirement: str) -> int:
    """How many actions came under the requirement so far, where none has such a number: the next is one more."""
    counted = select(func.count()).select_from(Action).where(Action.parent == requirement)
    with session.no_autoflush:
        return session.scalar(counted) or 0
