"""This file limits an editor of a partner agency to the requirements that the programme office names."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan import history, questions
from plan.fields import Kind
from plan.models import Limit, Person, Plan, Requirement
from plan.snapshot import Item

NOT_LIMITED = "Requirements are named to a limited editor only. Nothing was changed; give them that role first."
UNKNOWN = "Something that was ticked is no requirement of any plan here. Nothing was changed; look at the list again."


class CannotLimit(ValueError):
    """The account may not be limited so; the message says why and what would work."""


@dataclass(frozen=True)
class Named:
    """A requirement that can be named to somebody, and whether it is."""

    plan: Plan
    requirement: Item
    name: str
    is_named: bool


def name(session: Session, person: Person, requirements: Iterable[str]) -> None:
    """Let a limited editor change these requirements and what stands under them, and nothing else. It counts at once.

    Without any they change nothing. Raises CannotLimit for anybody else, and for what is no requirement.
    """
    wanted = sorted(set(requirements))
    if not person.is_limited:
        raise CannotLimit(NOT_LIMITED)
    known = set(session.scalars(select(Requirement.id).where(Requirement.id.in_(wanted))))
    if known != set(wanted):
        raise CannotLimit(UNKNOWN)
    kept = {one.requirement_id: one for one in person.limits}
    person.limits = [kept.get(id) or Limit(requirement_id=id) for id in wanted]


def choices(session: Session, person: Person) -> list[Named]:
    """Every requirement of every plan in its order; removed ones only while they are named to this person."""
    return [one for plan in questions.plans(session) for one in _of_plan(session, plan, person)]


def named_to(session: Session, person: Person) -> list[Named]:
    """The requirements that a limited editor may change."""
    return [one for one in choices(session, person) if one.is_named] if person.is_limited else []


def _of_plan(session: Session, plan: Plan, person: Person) -> list[Named]:
    snapshot = history.now(session, plan)
    every = (
        Named(plan, item, questions.first_upper(questions.name(snapshot, item)), person.is_named_for(item.id))
        for item in snapshot.of(Kind.REQUIREMENT, removed=True)
    )
    return [one for one in every if one.requirement.present or one.is_named]
