"""This file is `flask backup` and `flask restore`: the whole database in one file, and such a file put back."""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from blueprints.commands.upgrading import Newer, bring_up_to_date
from blueprints.extensions import db, now
from plan import audit, backups
from plan.models import What

REFUSED = (backups.Broken, backups.CannotKeep, backups.CannotPutBack)


@click.command("backup")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
def backup_command(out: Path) -> None:
    """Keep the whole database in the new file OUT, while people go on working."""
    try:
        backups.keep(db.engine, out)
    except REFUSED as why:
        _refuse(why)
    named = _named(out)
    audit.note(db.session(), What.BACKED_UP, by=None, at=now(), detail=named)
    db.session.commit()
    click.echo(f"Kept: {named}. It holds OFFICIAL-SENSITIVE content; keep it where only its keepers can read it.")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask before all that the database holds is replaced.")
def restore_command(file: Path, yes: bool) -> None:
    """Put FILE, made by `flask backup`, in the place of all that the database holds. Stop the server first.

    It is brought up to date and proved whole before; what it replaces is kept beside it.
    """
    at = now()
    replaced = file.with_name(f"{file.stem}-replaced-{at:%Y%m%d-%H%M%S}{file.suffix}")
    if not yes:
        click.confirm("Everything in the database will be replaced by this file. Go on?", abort=True, err=True)
    try:
        backups.put_back(db.engine, file, replaced, lambda engine: _renew(engine, at, _named(file)))
    except REFUSED as why:
        _refuse(why)
    click.echo(
        f"{file} is put back. What it replaced is kept in {replaced}. Everybody signs in anew, and one-time links that "
        "were open must be made again. Who left or was given another role since is as before: look at the people page."
    )


def _renew(engine: Engine, at: datetime, named: str) -> None:
    """Bring a database up to date, prove it and put on record that it was put back. Raises backups.Broken."""
    try:
        bring_up_to_date(engine)
    except Newer as unknown:
        raise backups.CannotPutBack(
            "The file was made by a newer version of the app. Nothing was changed; bring the app up to date first."
        ) from unknown
    with Session(engine) as session:
        backups.renew(session, at=at, named=named)
        session.commit()


def _named(file: Path) -> str:
    """A backup as the audit log names it: what it is called and the SHA-256 of its bytes."""
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return f"{file.name}, SHA-256 {digest}"


def _refuse(why: Exception) -> NoReturn:
    db.session.rollback()
    raise click.ClickException(str(why))
