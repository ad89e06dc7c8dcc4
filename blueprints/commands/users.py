"""This file is `flask user`: accounts made on the command line and linked to council accounts there."""

import json
import sys

import click

from blueprints.commands.prepared import PreparedGroup
from blueprints.extensions import db, now
from plan import audit, identities, people
from plan.models import Person, What
from plan.roles import Who

user_group = PreparedGroup("user", help="The people who may sign in.")


@user_group.command("add")
@click.argument("email")
@click.option("--name", required=True, help="The person's name; it stands beside what they change.")
@click.option(
    "--role",
    type=click.Choice([who.value for who in Who]),
    default=Who.READER.value,
    show_default=True,
    help="What the person may do.",
)
@click.option("--team", "teams", multiple=True, help="A team of theirs; may be given more than once.")
@click.option("--json", "as_json", is_flag=True, help="Print the account as one JSON document.")
def add_user(email: str, name: str, role: str, teams: tuple[str, ...], as_json: bool) -> None:
    """Make an account for EMAIL. The password is asked for, or read from standard input."""
    try:
        person = people.add(db.session(), email, name, _password(), role=Who(role), teams=teams, at=now())
    except people.CannotAdd as why:
        db.session.rollback()
        raise click.ClickException(str(why)) from None
    audit.note(db.session(), What.ACCOUNT_MADE, by=None, at=now(), about=person.named, detail=role)
    db.session.commit()
    click.echo(json.dumps(_document(person), ensure_ascii=False) if as_json else _sentence(person))


@user_group.command("link")
@click.argument("email")
@click.argument("number", type=click.IntRange(1, 2**31 - 1), required=False)
def link_user(email: str, number: int | None) -> None:
    """Let NUMBER, a council account that tried to sign in, in with the account of EMAIL. Without NUMBER: list them.

    It is the way in for the first of the programme office where LOCAL_SIGN_IN is off.
    """
    person = people.find(db.session(), email)
    identity = identities.by_id(db.session(), number) if number else None
    if person is None or identity is None:
        raise click.ClickException(_cannot_link(email if person is None else None, number))
    try:
        identities.link(db.session(), identity, person)
    except identities.CannotLink as why:
        db.session.rollback()
        raise click.ClickException(str(why)) from None
    audit.note(db.session(), What.LINKED, by=None, at=now(), about=person.named, detail=identity.named)
    said = f"{person.name} can sign in with their council account now ({identity.named})."
    db.session.commit()
    click.echo(said)


def _cannot_link(email: str | None, number: int | None) -> str:
    """Why nothing was linked, with those who could be."""
    waiting = [
        f"  {one.named}, last tried {one.last_seen:%Y-%m-%d %H:%M} UTC" for one in identities.newcomers(db.session())
    ]
    listed = "\n".join(waiting) or "  nobody"
    if email is not None:
        return f"There is no account of {email}. Nothing was changed; make it first with `flask user add`."
    said = f"There is no council account {number}." if number else "Say which council account."
    return f"{said} Nothing was changed. Without an account here tried to sign in:\n{listed}"


def _password() -> str:
    """The password, typed twice out of sight, or the first line of standard input where nobody is typing."""
    if sys.stdin.isatty():
        typed: str = click.prompt("Password", hide_input=True, confirmation_prompt="The same once more", err=True)
        return typed
    return sys.stdin.readline().rstrip("\r\n")


def _document(person: Person) -> dict[str, str | list[str]]:
    teams = [team.name for team in person.teams]
    return {"email": person.email, "name": person.name, "role": person.who.value, "teams": teams}


def _sentence(person: Person) -> str:
    teams = ", ".join(team.name for team in person.teams)
    return f"{person.name} may sign in as {person.email} ({person.who}{f', {teams}' if teams else ''})."
