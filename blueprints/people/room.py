"""This file is what the pages of people share: the room, its right of entry, and how an account is shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.extensions import db, now
from plan import invitations, people
from plan.models import Person
from plan.roles import ROLE_NAMES, Role, Step

blueprint = Blueprint("people", __name__, url_prefix="/people")

NO_ROLE = "Choose one of the four roles. Nothing was saved yet."
NOBODY = "There is no such account. Nothing was changed; look for the person in the list of people."
MEANS = {
    Role.READER: "Reads the plan and its history: board members, scrutiny.",
    Role.EDITOR: "Edits the plan, in the browser or in the workbook.",
    Role.LEAD: "Edits too, and signs updates off for their teams.",
    Role.OFFICE: "Edits too, and looks after settings, people and imports.",
}


class NoSuchRole(ValueError):
    """The form names a role that there is not."""


@dataclass(frozen=True)
class Choice:
    """One option of the form: its value, its words, whether it is chosen."""

    value: str
    label: str
    hint: str
    is_chosen: bool


@dataclass(frozen=True)
class PersonView:
    """One account, as the pages of people show it."""

    id: int
    name: str
    email: str
    role: str
    teams: str
    is_active: bool
    has_password: bool


def the_person(id: int) -> Person:
    """The account of this address and the right to look after it, or 404 or 403."""
    access.require(Step.ADMINISTER)
    found = people.by_id(db.session(), id)
    if found is None:
        abort(404, NOBODY)
    return found


def shown(person: Person) -> PersonView:
    """The account in words."""
    teams = ", ".join(team.name for team in person.teams)
    role, has_password = ROLE_NAMES[Role(person.role)], person.password_hash is not None
    return PersonView(person.id, person.name, person.email, role, teams, person.active, has_password)


def chosen_role() -> Role:
    """The role that the form chose. Raises NoSuchRole with a sentence."""
    chosen = request.form.get("role", "")
    if chosen not in set(Role):
        raise NoSuchRole(NO_ROLE)
    return Role(chosen)


def chosen_teams() -> list[str]:
    """The teams that the form ticked, and the new one that it names."""
    return [*request.form.getlist("team"), request.form.get("new_team", "")]


def roles(chosen: str) -> list[Choice]:
    """The roles to choose from."""
    return [Choice(role.value, ROLE_NAMES[role], MEANS[role], role.value == chosen) for role in Role]


def teams(chosen: Iterable[str]) -> list[Choice]:
    """The teams to choose from."""
    ticked = set(chosen)
    return [Choice(name, name, "", name in ticked) for name in people.team_names(db.session())]


def link_page(person: Person) -> ResponseReturnValue:
    """Make a one-time link, keep its hash, and show the link this once: it is in no other answer and in no cookie."""
    token = invitations.invite(db.session(), person, by=access.person(), at=now())
    view, until = shown(person), now() + invitations.VALID_FOR
    db.session.commit()
    link = url_for("welcome.choose", token=token, _external=True)
    return pages.page("people/link.html", one=view, link=link, until=until)
