"""This file is what the pages of people share: the room, its right of entry, and how an account is shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, abort, current_app, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.extensions import db, now
from plan import invitations, people
from plan.models import Person, What
from plan.roles import WHO_NAMES, Step, Who

blueprint = Blueprint("people", __name__, url_prefix="/people")

NO_ROLE = "Choose one of the roles. Nothing was saved yet."
NOBODY = "There is no such account. Nothing was changed; look for the person in the list of people."
NO_LINK = (
    "{name} has an account. Passwords are not used here, so there is no link to pass on: ask them to sign in with "
    "their council account, and link the two when they are listed below."
)
MEANS = {
    Who.READER: "Reads the plan and its history: board members, scrutiny.",
    Who.LIMITED_EDITOR: "Reads the plan and edits only the requirements that you name to them: partner agencies.",
    Who.EDITOR: "Edits the plan, in the browser or in the workbook.",
    Who.LEAD: "Edits too, and signs updates off for their teams.",
    Who.OFFICE: "Edits too, and looks after settings, people and imports.",
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
    """One account, as the pages of people show it; `names_first` while a limited editor has no requirement named."""

    id: int
    name: str
    email: str
    role: str
    teams: str
    is_active: bool
    has_password: bool
    names_first: bool


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
    role, has_password = WHO_NAMES[person.who], person.password_hash is not None
    names_first = person.is_limited and not person.limits
    return PersonView(person.id, person.name, person.email, role, teams, person.active, has_password, names_first)


def chosen_role() -> Who:
    """The role that the form chose. Raises NoSuchRole with a sentence."""
    chosen = request.form.get("role", "")
    if chosen not in set(Who):
        raise NoSuchRole(NO_ROLE)
    return Who(chosen)


def chosen_teams() -> list[str]:
    """The teams that the form ticked, and the new one that it names."""
    return [*request.form.getlist("team"), request.form.get("new_team", "")]


def roles(chosen: str) -> list[Choice]:
    """The roles to choose from."""
    return [Choice(who.value, WHO_NAMES[who], MEANS[who], who.value == chosen) for who in Who]


def teams(chosen: Iterable[str]) -> list[Choice]:
    """The teams to choose from."""
    ticked = set(chosen)
    return [Choice(name, name, "", name in ticked) for name in people.team_names(db.session())]


def link_page(person: Person) -> ResponseReturnValue:
    """Make a one-time link, keep its hash, and show the link this once: it is in no other answer and in no cookie.

    Where passwords are not used there is nothing to link to: the person signs in with their council account.
    """
    if not current_app.config["LOCAL_SIGN_IN"]:
        said = NO_LINK.format(name=person.name)
        db.session.commit()
        return pages.done(said, url_for("sso.newcomers"))
    token = invitations.invite(db.session(), person, by=access.person(), at=now())
    access.note(What.INVITED, about=person.named)
    view, until = shown(person), now() + invitations.VALID_FOR
    db.session.commit()
    link = url_for("welcome.choose", token=token, _external=True)
    return pages.page("people/link.html", one=view, link=link, until=until)
