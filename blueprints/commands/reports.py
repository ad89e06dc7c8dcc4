"""This file is `flask plan report`: the six-month review and the board pack as documents, scripted (design 9)."""

from datetime import date
from pathlib import Path

import click
from flask.cli import with_appcontext

from blueprints.commands.plans import FILE, refuse, the_plan, which_plan
from blueprints.extensions import db, now, today
from plan import audit
from plan.models import What
from reports import making
from reports.making import Format, Kind
from reports.pdf import NoPdf
from reports.source import NothingToReport, Wanted


@click.command("report")
@with_appcontext
@click.argument("out", type=FILE)
@which_plan
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in Kind]),
    default=Kind.REVIEW.value,
    show_default=True,
    help="The review, or the board pack.",
)
@click.option("--as-at", help="A day (2013-07-01) or the number of a revision; now otherwise.")
@click.option(
    "--signed-off/--working", default=True, show_default=True, help="What is signed off, or what is said now."
)
@click.option("--theme", help="One theme alone: its title, or the beginning of it.")
@click.option("--publish", is_flag=True, help="The version for publication: leaves out what is marked not to be in it.")
def report(
    out: Path, slug: str | None, kind: str, as_at: str | None, signed_off: bool, theme: str | None, publish: bool
) -> None:
    """Write a report to OUT: .docx, .html, .pdf or .xlsx."""
    form = _form(out)
    if publish and (not signed_off or kind != Kind.REVIEW):
        raise click.UsageError("Only the signed-off six-month review is published: leave out --working and --kind.")
    wanted = Wanted(_moment(as_at), signed_off=signed_off, theme=theme, published=publish)
    try:
        plan = the_plan(slug)
        document = making.make(db.session(), plan, Kind(kind), wanted, today())
        written = making.write(document, form)
        audit.note(db.session(), What.REPORTED, by=None, at=now(), plan=plan.slug, about=out.name)
        db.session.commit()
        out.write_bytes(written)
    except (NothingToReport, NoPdf) as refusal:
        refuse(str(refusal))
    except OSError as failure:
        refuse(f"{out} could not be written: {failure.strerror}. Choose another place and run the command again.")
    click.echo(f"{document.name}, {document.provenance}", err=True)


def _form(out: Path) -> Format:
    try:
        return Format(out.suffix.removeprefix(".").lower())
    except ValueError:
        endings = ", ".join(f".{form}" for form in Format)
        raise click.BadParameter(f"a report's file ends in one of {endings}.", param_hint="OUT") from None


def _moment(said: str | None) -> date | int | None:
    if said is None or (said.isdecimal() and len(said) < 8):
        return None if said is None else int(said)
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise click.BadParameter("write a day like 2013-07-01 or the number of a revision.") from None
