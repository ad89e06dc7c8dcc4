"""This file is one person's account: role and teams, a new link, closing it with what is to be handed over."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.extensions import db, now, today
from blueprints.people import limiting, room
from blueprints.people.room import NoSuchRole, blueprint
from plan import deputies, leaving, limits, people
from plan.leaving import CannotChange, Changed, Held, Unfinished
from plan.limits import CannotLimit
from plan.models import Deputy, Person, What
from plan.timescale import say_date

MEANWHILE = (
    "Somebody else changed this account while you were choosing, so nothing was saved. Below is what it says "
    "now; choose again."
)
COUNTS = "They count from the next click."
NEW_ROLE = "They are signed out everywhere, and have the new role when they sign in again."
NEW_LINK = "Without a password: make a new link and pass it on."
COUNCIL_ACCOUNT = "They sign in with their council account."
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
        role, teams = room.chosen_role(), room.chosen_teams()
        changed = leaving.change(db.session(), person, role, teams, by=access.person(), at=now())
    except (NoSuchRole, CannotChange) as why:
        db.session.rollback()
        return _page(person, 422, str(why))
    _note_change(person, changed)
    said = f"Saved the role and teams of {person.name}. {NEW_ROLE if changed.role else COUNTS}"
    address = url_for("people.person", id=id, _anchor="limits") if person.is_limited else url_for("people.show")
    db.session.commit()
    return pages.done(said, address)


@blueprint.post("/<int(max=2147483647):id>/limits", endpoint="limit")
def limit_person(id: int) -> ResponseReturnValue:
    person = room.the_person(id)
    if request.form.get("was", limiting.named(person)) != limiting.named(person):
        return _page(person, 409, MEANWHILE)
    try:
        limits.name(db.session(), person, request.form.getlist("requirement"))
    except CannotLimit as why:
        db.session.rollback()
        return _page(person, 422, str(why))
    many = limiting.many(len(person.limits))
    access.note(What.LIMITED, about=person.named, detail=limiting.in_words(person))
    said = f"Saved: {person.name} may change {many}, and nothing else. It counts from the next click."
    db.session.commit()
    return pages.done(said, url_for("people.person", id=id, _anchor="limits"))


@blueprint.post("/<int(max=2147483647):id>/close")
def close(id: int) -> ResponseReturnValue:
    person = room.the_person(id)
    try:
        leaving.close(db.session(), person, by=access.person(), at=now())
    except CannotChange as why:
        db.session.rollback()
        return _page(person, 409, str(why))
    access.note(What.ACCOUNT_CLOSED, about=person.named)
    said = f"The account of {person.name} is closed and they are signed out. What they did stays in the history."
    db.session.commit()
    return pages.done(said, url_for("people.person", id=id))


@blueprint.post("/<int(max=2147483647):id>/open", endpoint="open")
def open_account(id: int) -> ResponseReturnValue:
    person = room.the_person(id)
    leaving.open_again(person)
    access.note(What.ACCOUNT_OPENED, about=person.named)
    with_what = NEW_LINK if current_app.config["LOCAL_SIGN_IN"] else COUNCIL_ACCOUNT
    said = f"The account of {person.name} is open again. {with_what}"
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
        roles=room.roles(person.who.value),
        teams=room.teams(team.name for team in person.teams),
        held=[_held(one) for one in leaving.held_by(db.session(), person)],
        deputyships=[*_deputyships(person)],
        unfinished=[_unfinished(one) for one in leaving.unfinished(db.session(), person)],
        limits=limiting.limits_view(person),
        leaderless=leaving.teams_without_lead(person, people.everybody(db.session())),
    )


def _note_change(person: Person, changed: Changed) -> None:
    if changed.role:
        access.note(What.ROLE_CHANGED, about=person.named, detail=person.who.value)
    if changed.teams:
        teams = ", ".join(sorted(team.name for team in person.teams))
        access.note(What.TEAMS_CHANGED, about=person.named, detail=teams or "none")


def _says(person: Person) -> str:
    """What the form was showing, so that two of the office never overwrite each other unseen."""
    return "|".join((person.who.value, *(team.name for team in person.teams)))


def _held(one: Held) -> HeldView:
    address = url_for("requirements.show", slug=one.plan.slug, id=one.requirement)
    return HeldView(one.words, one.lead, one.plan.title or one.plan.slug, address)


def _unfinished(one: Unfinished) -> str:
    uploads = f"{one.uploads} {'upload' if one.uploads == 1 else 'uploads'} not settled yet" if one.uploads else ""
    returned = f"{one.returned} {'line' if one.returned == 1 else 'lines'} returned to them" if one.returned else ""
    return f"{' and '.join(words for words in (uploads, returned) if words)}, in {one.plan.title or one.plan.slug}"


def _deputyships(person: Person) -> Iterator[str]:
    for one in deputies.standing(db.session(), person, on=today()):
        yield _deputyship(one, person)
    for named in leaving.named_by_office(db.session(), person, on=today()):
        where = f"the team {named.team}" if named.team else "one requirement or theme"
        days = f"from {say_date(named.starts)} to {say_date(named.ends)}"
        yield f"The office named them to decide for {where} {days}."


def _deputyship(one: Deputy, person: Person) -> str:
    if one.lead_id == person.id:
        return f"{one.deputy.name} decides for them {deputies.days_of(one)}."
    return f"They decide for {one.lead.name} {deputies.days_of(one)}."
