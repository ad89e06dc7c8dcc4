"""This file is the frame around every page: whose plan it is, where one can go, what awaits one there."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app, g, request, url_for

from blueprints.extensions import db, now, today
from plan import cycles, signoffs, standing
from plan.models import Person, Plan
from plan.roles import WHO_NAMES, Step

PLAN_ROOMS = frozenset({"plan", "requirements", "fields"})


@dataclass(frozen=True)
class Count:
    """How much awaits the person in a room; at `address`, if any, the page asks again by itself."""

    number: int
    says: str
    id: str
    address: str | None = None


@dataclass(frozen=True)
class Room:
    """One link of the navigation."""

    text: str
    address: str
    is_here: bool
    count: Count | None = None


@dataclass(frozen=True)
class Frame:
    """What stands around a page. Everything is None or empty before signing in and after a failure."""

    name: str | None = None
    role: str | None = None
    people: str | None = None
    title: str | None = None
    council: str | None = None
    marking: str | None = None
    is_sample: bool = False
    rooms: tuple[Room, ...] = ()
    head: standing.Head | None = None


def around(person: Person | None, plan: Plan | None) -> Frame:
    """The frame for this person and plan, made once for each answer."""
    kept: Frame | None = g.get("frame")
    if kept is None:
        kept = g.frame = _frame(person, plan)
    return kept


def awaiting_count(person: Person, plan: Plan) -> Count | None:
    """How many lines await this person's decision, None for somebody who decides on nothing."""
    if not signoffs.powers_of(db.session(), person, today()).any:
        return None
    number = len(signoffs.queue(db.session(), plan, person, today()))
    return Count(number, "awaiting you", "awaiting-count", url_for("signoff.count", slug=plan.slug))


def updates_count(person: Person, plan: Plan) -> Count | None:
    """How many updates this person still owes in the open cycle, None for somebody of whom none is asked."""
    cycle = cycles.open_on(db.session(), plan, today()) if person.may(Step.CONFIRM) else None
    asked = cycles.asked_of_person(db.session(), plan, cycle, person) if cycle else []
    owed = sum(one.update is None for one in asked)
    return Count(owed, "update due" if owed == 1 else "updates due", "updates-count") if asked else None


def _frame(person: Person | None, plan: Plan | None) -> Frame:
    if person is None:
        return Frame()
    role = WHO_NAMES[person.who].lower()
    people = url_for("people.show") if person.may(Step.ADMINISTER) else None
    if plan is None:
        return Frame(person.name, role, people)
    return Frame(
        person.name,
        role,
        people,
        plan.title,
        None if (plan.council or "") in (plan.title or "") else plan.council,
        plan.marking,
        plan.sample,
        tuple(_rooms(person, plan)),
        standing.head(db.session(), plan),
    )


def _settled_by_others(person: Person, plan: Plan) -> bool:
    """Whether there is news of a line that was returned to this person among others."""
    return person.may(Step.EDIT) and bool(signoffs.settled_by_others(db.session(), plan, person, now()))


def _rooms(person: Person, plan: Plan) -> Iterator[Room]:
    yield Room("Plan", _address("plan.show", plan, ""), request.blueprint in PLAN_ROOMS)
    yield _room("Where we stand", "dashboard.show", plan, "standing")
    yield _room("Sign-off", "signoff.queue", plan, "sign-off", awaiting_count(person, plan))
    returned = len(signoffs.returned_to(db.session(), plan, person)) if person.may(Step.EDIT) else 0
    if returned or request.endpoint == "signoff.returned" or _settled_by_others(person, plan):
        count = Count(returned, "to look at", "returned-count")
        yield _room("Returned to me", "signoff.returned", plan, "returned", count)
    due = updates_count(person, plan)
    if due or request.endpoint == "board.updates":
        yield Room("My updates", _address("board.updates", plan, "/updates"), request.endpoint == "board.updates", due)
    here = request.blueprint == "board" and request.endpoint != "board.updates"
    yield Room("Board", _address("board.show", plan, "/board"), here)
    yield _room("Figures", "figures.show", plan, "figures")
    yield _room("Reports", "documents.choose", plan, "reports")
    yield _room("Workbook", "workbooks.show", plan, "workbook")
    yield _room("History", "history.show", plan, "history")
    if person.may(Step.ADMINISTER):
        yield _room("Settings", "office.settings", plan, "settings")


def _room(text: str, endpoint: str, plan: Plan, path: str, count: Count | None = None) -> Room:
    named = [endpoint] if endpoint in ("signoff.queue", "signoff.returned") else []
    here = request.endpoint in named or (not named and request.blueprint == endpoint.partition(".")[0])
    return Room(text, _address(endpoint, plan, f"/{path}"), here, count)


def _address(endpoint: str, plan: Plan, path: str) -> str:
    """The address of a room, also of one that is not built yet."""
    if endpoint in current_app.view_functions:
        return url_for(endpoint, slug=plan.slug)
    return f"{request.script_root}/plans/{plan.slug}{path}"
