"""This file shows the office where nobody may decide, and lets it name somebody there for a time."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import request
from sqlalchemy.orm import Session

from blueprints.extensions import today
from blueprints.signoff import telling
from blueprints.signoff.grouping import address_of
from blueprints.signoff.line import title
from blueprints.signoff.waiting import QueueView
from plan import deputies
from plan.models import Decider, Person, Plan
from plan.roles import ROLE_NAMES, Role, Step
from plan.signoffs import naming
from plan.signoffs.naming import Place, Stuck
from plan.snapshot import Snapshot
from plan.timescale import say_date

USUAL_DAYS = 14
FOR_TEAM = "team "


@dataclass(frozen=True)
class Choice:
    """One answer of a list."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class WaitingThere:
    """One line that nobody may decide on, and where it is looked at."""

    heading: str
    address: str | None


@dataclass(frozen=True)
class StuckView:
    """One place where nobody may decide: why, what waits there, and the form that names somebody."""

    id: str
    heading: str
    why: str
    lines: tuple[WaitingThere, ...]
    places: tuple[Choice, ...]


@dataclass(frozen=True)
class NamedView:
    """Somebody whom the office named, in force or to come."""

    id: int
    words: str


@dataclass(frozen=True)
class StuckPage:
    """What the office sees of it; None of it is shown to anybody else."""

    stuck: tuple[StuckView, ...]
    people: tuple[Choice, ...]
    named: tuple[NamedView, ...]
    starts: str
    ends: str
    earliest: str


def stuck_page(session: Session, plan: Plan, person: Person, view: QueueView) -> StuckPage | None:
    """What the office sees, None for anybody else and where there is nothing to see."""
    if not person.may(Step.ADMINISTER):
        return None
    named = naming.standing(session, plan, today())
    if not view.stuck and not named:
        return None
    chosen = request.form.get("person", "")
    return StuckPage(
        tuple(_stuck(plan, view.snapshot, number, one) for number, one in enumerate(view.stuck, 1)),
        tuple(_person(one, chosen) for one in naming.eligible(session, person)),
        tuple(_named(view.snapshot, one) for one in named),
        request.form.get("starts", today().isoformat()),
        request.form.get("ends", (today() + timedelta(days=USUAL_DAYS)).isoformat()),
        today().isoformat(),
    )


def place_of(value: str) -> Place:
    """The place that a form names."""
    if value.startswith(FOR_TEAM):
        return Place(team=value.removeprefix(FOR_TEAM))
    return Place(record=value)


def say_named(snapshot: Snapshot, one: Decider) -> str:
    """Who decides, for what, and from when to when: "Ned decides for the team Review from … to …"."""
    where = f"the team {one.team}" if one.team else _record(snapshot, one.record_id or "")
    days = _days(one.starts, one.ends)
    counts = "" if one.person.may(Step.SIGN_OFF) else f" {deputies.NOT_NOW}."
    return f"{one.person.name} decides for {where} {days}, named by {one.named_by.name}.{counts}"


def _stuck(plan: Plan, snapshot: Snapshot, number: int, one: Stuck) -> StuckView:
    waits = tuple(WaitingThere(title(snapshot, line), address_of(plan, line.head)) for line in one.lines)
    chosen = request.form.get("place", "")
    places = tuple(
        Choice(value, words, value == chosen) for place in one.places for value, words in [_place(snapshot, place)]
    )
    return StuckView(f"stuck-{number}", f"Team {one.team}" if one.team else "No team", _why(one), waits, places)


def _why(one: Stuck) -> str:
    if one.team and not one.has_lead:
        return "The team has no lead with an open account, and no deputy today."
    of = "of the team" if one.team else "there is"
    return f"Every lead {of} had a hand in what waits, so none of them may sign it off."


def _place(snapshot: Snapshot, place: Place) -> tuple[str, str]:
    if place.team:
        return f"{FOR_TEAM}{place.team}", f"The whole team {place.team}"
    return place.record or "", f"{_record(snapshot, place.record or '')} only"


def _record(snapshot: Snapshot, id: str) -> str:
    return telling.name_of(snapshot, snapshot[id])


def _person(one: Person, chosen: str) -> Choice:
    return Choice(str(one.id), f"{one.name} ({ROLE_NAMES[Role(one.role)].lower()})", chosen == str(one.id))


def _named(snapshot: Snapshot, one: Decider) -> NamedView:
    return NamedView(one.id, say_named(snapshot, one))


def _days(starts: date, ends: date) -> str:
    return f"on {say_date(starts)}" if starts == ends else f"from {say_date(starts)} to {say_date(ends)}"
