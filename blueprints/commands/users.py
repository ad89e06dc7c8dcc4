"""This file is `flask user`: accounts made on the command line, the first one and any other."""

import json
import sys

import click
from flask.cli import AppGroup

from blueprints.extensions import db, now
from plan import people
from plan.models import Person
from plan.roles import Role

user_group = AppGroup("user", help="The people who may sign in.")


@user_group.command("add")
@click.argument("email")
@click.option("--name", required=True, help="The person's name; it stands beside what they change.")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.READER.value,
    show_default=True,
    help="What the person may do.",
)
@click.option("--team", "teams", multiple=True, help="A team of theirs; may be given more than once.")
@click.option("--json", "as_json", is_flag=True, help="Print the account as one JSON document.")
def add_user(email: str, name: str, role: str, teams: tuple[str, ...], as_json: bool) -> None:
    """Make an account for EMAIL. The password is asked for, or read from standard input."""
    try:
        person = people.add(db.session(), email, name, _password(), role=Role(role), teams=teams, at=now())
    except people.CannotAdd as why:
        db.session.rollback()
        raise click.ClickException(str(why)) from None
    db.session.commit()
    click.echo(json.dumps(_document(person), ensure_ascii=False) if as_json else _sentence(person))


def _password() -> str:
    """The password, typed twice out of sight, or the first line of standard input where nobody is typing."""
    if sys.stdin.isatty():
        typed: str = click.prompt("Password", hide_input=True, confirmation_prompt="The same once more", err=True)
        return typed
    return sys.stdin.readline().rstrip("\r\n")


def _document(person: Person) -> dict[str, str | list[str]]:
    teams = [team.name for team in person.teams]
    return {"email": person.email, "name": person.name, "role": person.role, "teams": teams}


def _sentence(person: Person) -> str:
    teams = ", ".join(team.name for team in person.teams)
    return f"{person.name} may sign in as {person.email} ({person.role}{f', {teams}' if teams else ''})."
