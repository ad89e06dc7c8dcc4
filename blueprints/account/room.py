"""This file is the page of one's own account."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from blueprints import access, pages, session_cookie
from blueprints.extensions import db, now, today
from plan import deputies, limits, people, sessions
from plan.models import Deputy, Person, PersonSession
from plan.roles import WHO_NAMES, Step

blueprint = Blueprint("account", __name__, url_prefix="/account")

USUAL_DAYS = 14
BROWSERS = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Mac OS": "a Mac",
    "CrOS": "a Chromebook",
    "Linux": "Linux",
}


@dataclass(frozen=True)
class DeputyView:
    """One deputy in force or to come; `is_mine` where this person named them and so may end it."""

    id: int
    name: str
    words: str
    is_mine: bool


@dataclass(frozen=True)
class DeputyChoice:
    """Somebody whom a lead may name."""

    id: int
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class SessionView:
    """One browser in which this person is signed in."""

    id: int
    browser: str
    address: str
    began: datetime
    seen: datetime
    is_this: bool


@blueprint.get("")
def show() -> ResponseReturnValue:
    return page(200)


def page(status: int, wrong: str | None = None, target: str | None = None) -> ResponseReturnValue:
    """The account of the person who is signed in, with a sentence on what went wrong where something did."""
    person = access.person()
    return pages.page(
        "account/show.html",
        status=status,
        wrong=wrong,
        target=target,
        name=person.name,
        email=person.email,
        role=WHO_NAMES[person.who],
        teams=", ".join(team.name for team in person.teams),
        changes=_changes(person),
        shortest=people.SHORTEST_PASSWORD,
        may_name=person.may(Step.NAME_DEPUTY),
        choices=[_choice(one) for one in deputies.eligible(db.session(), person)],
        starts=request.form.get("starts", today().isoformat()),
        ends=request.form.get("ends", (today() + timedelta(days=USUAL_DAYS)).isoformat()),
        earliest=today().isoformat(),
        deputies=[_deputy(one, person) for one in deputies.standing(db.session(), person, on=today())],
        sessions=[_session(one) for one in sessions.open_of(db.session(), person, access.limits(), at=now())],
    )


def _changes(person: Person) -> str:
    """What a limited editor may change, in words; empty for anybody else, whose role says it."""
    if not person.is_limited:
        return ""
    named = [f"{one.name} ({one.plan.title})" for one in limits.named_to(db.session(), person)]
    return ", ".join(named) or "Nothing yet: the programme office names requirements to you"


def _choice(one: Person) -> DeputyChoice:
    words = f"{one.name} ({WHO_NAMES[one.who].lower()})"
    return DeputyChoice(one.id, words, request.form.get("deputy") == str(one.id))


def _deputy(one: Deputy, person: Person) -> DeputyView:
    days = deputies.days_of(one)
    is_mine = one.lead_id == person.id
    words = f"{one.deputy.name} decides for you {days}." if is_mine else f"You decide for {one.lead.name} {days}."
    return DeputyView(one.id, one.deputy.name, words, is_mine)


def _session(one: PersonSession) -> SessionView:
    this = session_cookie.its_row()
    is_this = this is not None and this.id == one.id
    return SessionView(one.id, _browser(one.browser), one.address or "unknown", one.began, one.seen, is_this)


def _browser(words: str) -> str:
    """A browser's own words in two of ours, as far as they say anything: "Firefox on Windows"."""
    browser = next((name for mark, name in BROWSERS.items() if mark in words), "A browser")
    system = next((name for mark, name in SYSTEMS.items() if mark in words), None)
    return f"{browser} on {system}" if system else browser
