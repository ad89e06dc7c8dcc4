"""This file is `flask prepare` and `flask serve`: the database brought up to date, and the app on its address."""

from threading import Timer

import click
import waitress
from flask.cli import ScriptInfo, pass_script_info

from blueprints import pages
from blueprints.commands import sample
from blueprints.commands.upgrading import Newer, bring_up_to_date
from blueprints.extensions import db

THREADS = 8
AFTER_FIRST_PAGE = 1.0  # seconds: who opened the browser already would wait for every template, and needs two
AHEAD = (
    "The database was made by a newer version of the app, so it is not served by this one. Nothing was changed; bring "
    "the app up to date, or set DATABASE_URL if another database was meant."
)


@click.command("prepare")
def prepare_command() -> None:
    """Bring the database up to date; load the sample plan into a new one; tell its accounts."""
    prepare_database()


@click.command("serve")
@pass_script_info
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
def serve_command(info: ScriptInfo, host: str, port: int) -> None:
    """Prepare the database and serve the app."""
    prepare_database()
    click.echo(f"The app is at http://{host}:{port} (Ctrl+C stops it).")
    app = info.load_app()
    ready = Timer(AFTER_FIRST_PAGE, pages.be_ready, [app])
    ready.daemon = True
    ready.start()
    waitress.serve(app, host=host, port=port, threads=THREADS, ident=None)


def prepare_database() -> None:
    """Migrate; where there is neither plan nor person, load the sample; say who can sign in to it."""
    try:
        bring_up_to_date(db.engine)
    except Newer:
        raise click.ClickException(AHEAD) from None
    session = db.session()
    if sample.is_wanted(session):
        click.echo("A new database: loading the sample plan.")
        sample.load(session)
        session.commit()
    for line in sample.accounts_in_words(session):
        click.echo(line)
    db.session.remove()
