"""This file is `flask plan changes`: what changed between two days, revisions or cycles, in sentences or as JSON."""

import click
from flask.cli import with_appcontext

from blueprints.commands import plans
from blueprints.dashboard.changes import moments, told
from blueprints.extensions import db
from plan import changed
from plan.changed import NoSuchMoment


@click.command("changes")
@with_appcontext
@plans.which_plan
@click.option("--from", "start", default="", help="A day, a revision's number or a cycle's id; else the last board.")
@click.option("--to", "end", default="", help="The same; else now.")
@click.option("--signed-off", is_flag=True, help="Only what was signed off.")
@plans.as_json
def changes(slug: str | None, start: str, end: str, signed_off: bool, as_json: bool) -> None:
    """Say what changed between two moments, by theme."""
    plan = plans.the_plan(slug)
    try:
        first, last = moments(plan, start, end)
    except NoSuchMoment as why:
        plans.refuse(str(why))
    found = changed.between(db.session(), plan, first, last, signed_off=signed_off)
    if as_json:
        plans.print_json(told(plan, first, last, found, signed_off))
        return
    click.echo(f"{plan.title}: from {first.words} to {last.words}")
    for theme in found.themes:
        click.echo(f"\n{theme.title}")
        for sentence in theme.sentences:
            click.echo(f"  {sentence.words}")
