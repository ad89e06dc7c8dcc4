"""This file is the programme office's page of council accounts: who came without an account here, who is linked."""

from dataclasses import dataclass
from datetime import datetime

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.extensions import db, now
from blueprints.people import room as people_room
from blueprints.people.room import NoSuchRole
from blueprints.sso import room
from blueprints.sso.room import blueprint
from plan import identities, people
from plan.identities import CannotLink
from plan.models import Identity, What
from plan.people import CannotAdd
from plan.roles import Step, Who

GONE = "There is no such council account any more; somebody linked it or let it go. Nothing was changed."
CHOOSE = "Choose the account that this person has here. Nothing was changed."
NUMBER = "<int(max=2147483647):id>"


@dataclass(frozen=True)
class IdentityView:
    """A council account, as the pages show it; `account` is whose it is here, if anybody's."""

    id: int
    name: str
    email: str
    tenant: str
    first_seen: datetime
    last_seen: datetime
    account: str | None
    by_group: bool


@blueprint.get("/people/council-accounts")
def newcomers() -> ResponseReturnValue:
    access.require(Step.ADMINISTER)
    return pages.page(
        "sso/newcomers.html",
        is_set_up=room.is_set_up(),
        newcomers=[_shown(one) for one in identities.newcomers(db.session())],
        linked=[_shown(one) for one in identities.linked(db.session())],
    )


@blueprint.get(f"/people/council-accounts/{NUMBER}")
def newcomer(id: int) -> ResponseReturnValue:
    return _page(_the_identity(id), 200)


@blueprint.post(f"/people/council-accounts/{NUMBER}/link")
def link(id: int) -> ResponseReturnValue:
    identity = _the_identity(id)
    person = people.by_id(db.session(), request.form.get("account", 0, type=int))
    if person is None:
        return _page(identity, 422, CHOOSE, "account")
    try:
        identities.link(db.session(), identity, person)
    except CannotLink as why:
        db.session.rollback()
        return _page(identity, 409, str(why), "account")
    access.note(What.LINKED, about=person.named, detail=identity.named)
    said = f"{person.name} can sign in with their council account now."
    db.session.commit()
    return pages.done(said, url_for("sso.newcomers"))


@blueprint.post(f"/people/council-accounts/{NUMBER}/account")
def make(id: int) -> ResponseReturnValue:
    """Make an account for a newcomer and link the two, in one step."""
    identity = _the_identity(id)
    email, name = request.form.get("email", ""), request.form.get("name", "")
    try:
        role, teams = people_room.chosen_role(), people_room.chosen_teams()
        person = people.add(db.session(), email, name, None, role=role, teams=teams, at=now())
        identities.link(db.session(), identity, person)
    except (NoSuchRole, CannotAdd, CannotLink) as why:
        db.session.rollback()
        return _page(identity, 422, str(why), "roles" if isinstance(why, NoSuchRole) else "name")
    access.note(What.ACCOUNT_MADE, about=person.named, detail=person.who.value)
    access.note(What.LINKED, about=person.named, detail=identity.named)
    said = f"{person.name} has an account now and can sign in with their council account."
    db.session.commit()
    return pages.done(said, url_for("sso.newcomers"))


@blueprint.post(f"/people/council-accounts/{NUMBER}/unlink")
def unlink(id: int) -> ResponseReturnValue:
    identity = _the_identity(id)
    person = identities.unlink(db.session(), identity, at=now())
    if person is None:
        return pages.done("It was unlinked already; nothing was changed.", url_for("sso.newcomers"))
    access.note(What.UNLINKED, about=person.named, detail=identity.named)
    said = f"{person.name} cannot sign in with that council account any more, and is signed out everywhere."
    db.session.commit()
    return pages.done(said, url_for("sso.newcomers"))


@blueprint.post(f"/people/council-accounts/{NUMBER}/let-go")
def let_go(id: int) -> ResponseReturnValue:
    identity = _the_identity(id)
    said = f"{identity.name or 'The newcomer'} is off the list, and comes back to it by trying once more."
    try:
        identities.let_go(db.session(), identity)
    except CannotLink as why:
        db.session.rollback()
        return pages.done(str(why), url_for("sso.newcomers"))
    db.session.commit()
    return pages.done(said, url_for("sso.newcomers"))


def _the_identity(id: int) -> Identity:
    access.require(Step.ADMINISTER)
    found = identities.by_id(db.session(), id)
    if found is None:
        abort(404, GONE)
    return found


def _page(identity: Identity, status: int, wrong: str | None = None, target: str | None = None) -> ResponseReturnValue:
    chosen = request.form.get("account", 0, type=int)
    accounts = [
        people_room.Choice(str(one.id), f"{one.name}, {one.email}", "", one.id == chosen)
        for one in people.everybody(db.session())
        if one.active
    ]
    return pages.page(
        "sso/one.html",
        status=status,
        wrong=wrong,
        target=target,
        one=_shown(identity),
        accounts=accounts,
        email=request.form.get("email", identity.email),
        name=request.form.get("name", identity.name),
        roles=people_room.roles(request.form.get("role", Who.READER.value)),
        teams=people_room.teams(request.form.getlist("team")),
        new_team=request.form.get("new_team", ""),
    )


def _shown(one: Identity) -> IdentityView:
    account = one.person.name if one.person else None
    named = one.name or one.email or f"Number {one.id}"
    return IdentityView(one.id, named, one.email, one.tenant, one.first_seen, one.last_seen, account, one.by_group)
