"""This file is `flask db`, and brings a database up to date; Alembic, a tenth of a start, is loaded only then."""

from importlib import import_module
from pathlib import Path
from typing import Any

import click
from flask import current_app
from sqlalchemy import Engine

from blueprints.extensions import MIGRATIONS
from plan import database


class _MigrateCommands(click.Command):
    """Flask-Migrate's own group of commands, which is loaded when it is asked for."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        own: click.Group = import_module("flask_migrate.cli").db
        return own.make_context(info_name, args, parent, **extra)


db_group = _MigrateCommands("db", help="Bring the database up to date, or write a new step for it.")


class Newer(RuntimeError):
    """The database was made by a newer version of the app than this one."""


def bring_up_to_date(engine: Engine) -> None:
    """Take every step of `migrations/` that the database has not taken. Raises Newer for one that is ahead of them."""
    if database.stands_at(engine) == newest():
        return
    config = current_app.extensions["migrate"].migrate.get_config()
    config.attributes["engine"] = engine
    alembic, unknown = import_module("alembic.command"), import_module("alembic.util").CommandError
    try:
        alembic.upgrade(config, "head")
    except unknown as ahead:
        raise Newer from ahead


def newest(steps: Path = MIGRATIONS / "versions") -> str:
    """The newest step, as the names of their files begin with it: "0007"."""
    return max(file.name.partition("_")[0] for file in steps.glob("[0-9]*.py"))
