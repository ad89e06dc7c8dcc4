"""This file is one person's account: role and teams, a new link, closing it with what is to be handed over."""

from dataclasses import dataclass

from flask import request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.extensions import db, now, today
from blueprints.people import room
from blueprints.people.room import NoSuchRole, blueprint
from plan import deputies, leaving, people
from plan.leaving import CannotChange, Held
from plan.models import Deputy, Person
from plan.timescale import say_date

MEANWHILE = (
    "Somebody else changed this account while you were choosing, so nothing was saved. Below is what it says "
    "now; choose again."
)
CLOSED = "This account is closed, so there is no link for it. Open it again first."


@dataclass(frozen=True)
class HeldView:
    """One thing that a person holds, and where it is found."""

    words: str
    lead: str
    plan: str
    address: str


@blueprint.get("/<int(max=2147483647):id>")
def person(id: int) -> ResponseReturnValue:
    return _page(room.the_person(id), 200)


@blueprint.post("/<int(max=2147483647):id>", endpoint="change")
def change_person(id: int) -> ResponseReturnValue:
    person = room.the_person(id)
    if request.form.get("was", _says(person)) != _says(person):
        return _page(person, 409, MEANWHILE)
    try:
        leaving.change(db.session(), person, room.chosen_role(), room.chosen_teams(), by=access.person())
    except (NoSuchRole, CannotChange) as why:
        db.session.rollback()
        return _page(person, 422, str(why))
    said = f"Saved the role and teams of {person.name}. They count from the next click."
    db.session.commit()
    return pages.done(said, url_for("people.show"))


@blueprint.post("/<int(max=2147483647):id>/close")
def close(id: int) -> ResponseReturnValue:
    person = room.the_person(id)
    try:
        leaving.close(db.session(), person, by=access.person(), at=now())
    except CannotChange as why:
        db.session.rollback()
        return _page(person, 409, str(why))
    said = f"The account of {person.name} is closed and they are signed out. What they did stays in the history."
    db.session.commit()
    return pages.done(said, url_for("people.person", id=id))


@blueprint.post("/<int(max=2147483647):id>/open", endpoint="open")
def open_account(id: int) -> ResponseReturnValue:
    person = room.the_person(id)
    leaving.open_again(person)
    said = f"The account of {person.name} is open again. Without a password: make a new link and pass it on."
    db.session.commit()
    return pages.done(said, url_for("people.person", id=id))


@blueprint.post("/<int(max=2147483647):id>/link")
def link(id: int) -> ResponseReturnValue:
    person = room.the_person(id)
    return room.link_page(person) if person.active else _page(person, 409, CLOSED)


def _page(person: Person, status: int, wrong: str | None = None) -> ResponseReturnValue:
    return pages.page(
        "people/person.html",
        status=status,
        wrong=wrong,
        one=room.shown(person),
        was=_says(person),
        is_own=person.id == access.person().id,
        roles=room.roles(person.role),
        teams=room.teams(team.name for team in person.teams),
        held=[_held(one) for one in leaving.held_by(db.session(), person)],
        deputyships=[_deputyship(one, person) for one in deputies.standing(db.session(), person, on=today())],
        leaderless=leaving.teams_without_lead(person, people.everybody(db.session())),
    )


def _says(person: Person) -> str:
    """What the form was showing, so that two of the office never overwrite each other unseen."""
    return "|".join((person.role, *(team.name for team in person.teams)))


def _held(one: Held) -> HeldView:
    address = url_for("requirements.show", slug=one.plan.slug, id=one.requirement)
    return HeldView(one.words, one.lead, one.plan.title or one.plan.slug, address)


def _deputyship(one: Deputy, person: Person) -> str:
    days = f"from {say_date(one.starts)} to {say_date(one.ends)}"
    if one.lead_id == person.id:
        return f"{one.deputy.name} decides for them {days}."
    return f"They decide for {one.lead.name} {days}."
