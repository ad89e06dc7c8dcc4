"""This file is a person's own account: their password, and the deputy they name."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, auth, pages
from blueprints.extensions import db, today
from plan import deputies, people
from plan.deputies import CannotName
from plan.models import Deputy, Person
from plan.people import CannotAdd, Throttled
from plan.roles import ROLE_NAMES, Role, Step
from plan.timescale import say_date

blueprint = Blueprint("account", __name__, url_prefix="/account")

OLD_WRONG = "That is not your current password, so nothing was changed. Type it again, or ask the programme office."
CHANGED = "Your password is changed. You are still signed in here; any other session of yours has ended."
NO_DAYS = "Give the first and the last day. Nobody was named yet."
NO_DEPUTY = "That is no deputy of yours, or it has ended already. Nothing was changed; look at your account."
USUAL_DAYS = 14


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


@blueprint.get("")
def show() -> ResponseReturnValue:
    return _page(200)


@blueprint.post("/password")
def change_password() -> ResponseReturnValue:
    person = access.person()
    email, new = person.email, request.form.get("password", "")
    try:
        people.check_choice(new, request.form.get("again", ""), email)
        known = auth.recognise(email, request.form.get("old", ""))
    except CannotAdd as why:
        return _page(422, str(why), "password")
    except Throttled as wait:
        return _page(429, str(wait), "old")
    if known is None:
        return _page(422, OLD_WRONG, "old")
    chosen = people.hashed(new)  # between two transactions, for it is slow
    people.set_password(person, chosen)
    db.session.commit()
    access.begin(person)
    return pages.done(CHANGED, url_for("account.show"))


@blueprint.post("/deputies")
def name_deputy() -> ResponseReturnValue:
    access.require(Step.SIGN_OFF)
    try:
        starts, ends = _day("starts"), _day("ends")
        named = deputies.name(db.session(), access.person(), _chosen(), starts, ends, on=today())
    except CannotName as why:
        return _page(422, str(why), "deputy")
    said = f"{named.deputy.name} decides for you from {say_date(starts)} to {say_date(ends)}."
    db.session.commit()
    return pages.done(said, url_for("account.show", _anchor="deputies"))


@blueprint.post("/deputies/<int:id>/end")
def end_deputy(id: int) -> ResponseReturnValue:
    access.require(Step.SIGN_OFF)
    ended = deputies.end(db.session(), access.person(), id, on=today())
    if ended is None:
        abort(404, NO_DEPUTY)
    said = f"{ended.deputy.name} decides for you no longer. What they decided stays on record."
    db.session.commit()
    return pages.done(said, url_for("account.show", _anchor="deputies"))


def _day(name: str) -> date:
    try:
        return date.fromisoformat(request.form.get(name, ""))
    except ValueError:
        raise CannotName(NO_DAYS) from None


def _chosen() -> Person | None:
    chosen = request.form.get("deputy", "")
    return people.by_id(db.session(), int(chosen)) if chosen.isdecimal() and len(chosen) < 10 else None


def _page(status: int, wrong: str | None = None, target: str | None = None) -> ResponseReturnValue:
    person = access.person()
    return pages.page(
        "account/show.html",
        status=status,
        wrong=wrong,
        target=target,
        name=person.name,
        email=person.email,
        role=ROLE_NAMES[Role(person.role)],
        teams=", ".join(team.name for team in person.teams),
        shortest=people.SHORTEST_PASSWORD,
        may_name=person.may(Step.SIGN_OFF),
        choices=[_choice(one) for one in deputies.eligible(db.session(), person)],
        starts=request.form.get("starts", today().isoformat()),
        ends=request.form.get("ends", (today() + timedelta(days=USUAL_DAYS)).isoformat()),
        earliest=today().isoformat(),
        deputies=[_deputy(one, person) for one in deputies.standing(db.session(), person, on=today())],
    )


def _choice(one: Person) -> DeputyChoice:
    words = f"{one.name} ({ROLE_NAMES[Role(one.role)].lower()})"
    return DeputyChoice(one.id, words, request.form.get("deputy") == str(one.id))


def _deputy(one: Deputy, person: Person) -> DeputyView:
    days = f"from {say_date(one.starts)} to {say_date(one.ends)}"
    is_mine = one.lead_id == person.id
    words = f"{one.deputy.name} decides for you {days}." if is_mine else f"You decide for {one.lead.name} {days}."
    return DeputyView(one.id, one.deputy.name, words, is_mine)
