"""This file is a group of commands that says what to do where the database is not ready for them."""

from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

NOT_READY = (
    "The database is not ready: it is new, or older than this version. Nothing was changed. Run “flask db upgrade” and "
    "try again, or set DATABASE_URL if another database was meant."
)
SIGNS = ("no such table", "no such column", "does not exist", "unable to open database file")


class PreparedGroup(AppGroup):
    """Commands that need the tables of the database: where those are missing they end with a sentence, status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (OperationalError, ProgrammingError) as wrong:
            if not any(sign in str(wrong.orig) for sign in SIGNS):
                raise
            raise click.ClickException(NOT_READY) from None
