"""This file lists everybody with an account, and invites more."""

from flask import request
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.extensions import db, now
from blueprints.people import room
from blueprints.people.room import NoSuchRole, blueprint
from plan import people
from plan.models import What
from plan.people import CannotAdd
from plan.roles import Role, Step


@blueprint.get("")
def show() -> ResponseReturnValue:
    access.require(Step.ADMINISTER)
    everybody = [room.shown(person) for person in people.everybody(db.session())]
    return pages.page("people/show.html", everybody=everybody)


@blueprint.get("/invite")
def invite() -> ResponseReturnValue:
    access.require(Step.ADMINISTER)
    return _form(200)


@blueprint.post("/invite", endpoint="send")
def invite_person() -> ResponseReturnValue:
    access.require(Step.ADMINISTER)
    email, name = request.form.get("email", ""), request.form.get("name", "")
    try:
        role, teams = room.chosen_role(), room.chosen_teams()
        person = people.add(db.session(), email, name, None, role=role, teams=teams, at=now())
    except (NoSuchRole, CannotAdd) as why:
        db.session.rollback()
        return _form(422, str(why), _to_mend(why, name))
    access.note(What.ACCOUNT_MADE, about=person.named, detail=person.who.value)
    return room.link_page(person)


def _to_mend(why: Exception, name: str) -> str:
    """The part of the form that a refusal is about."""
    if isinstance(why, NoSuchRole):
        return "roles"
    return "email" if name.strip() else "name"


def _form(status: int, wrong: str | None = None, target: str | None = None) -> ResponseReturnValue:
    return pages.page(
        "people/invite.html",
        status=status,
        wrong=wrong,
        target=target,
        email=request.form.get("email", ""),
        name=request.form.get("name", ""),
        roles=room.roles(request.form.get("role", Role.EDITOR.value)),
        teams=room.teams(request.form.getlist("team")),
        new_team=request.form.get("new_team", ""),
    )
