"""This file is `flask plan …`: import, show, download, compare, upload and undo (design 9)."""

import json
import re
import sys
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn

import click
from sqlalchemy import select

from blueprints.commands.prepared import PreparedGroup
from blueprints.extensions import db, now, today
from plan import audit, edits, fields, history, ledger, people, show, timescale, undo
from plan.ledger import Step
from plan.models import Person, Plan, Source, What
from plan.roles import Step as Right
from sync import roundtrip, tell
from sync.choices import Choices, Take

FILE = click.Path(dir_okay=False, path_type=Path)
EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
REFUSED = 1
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
COMMAND = "on the command line"
SENTENCES = (
    roundtrip.Unreadable,
    roundtrip.WrongPlan,
    roundtrip.NoTracker,
    roundtrip.Unsettled,
    roundtrip.Unwritable,
    edits.NotAllowed,
    edits.NoSuchRecord,
    fields.Invalid,
    undo.CannotUndo,
)

group = PreparedGroup("plan", help="Bring trackers in, download and upload them, and prove the history.")
which_plan = click.option("--plan", "slug", help="Which plan; needed only where there are several.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")


def refusing(command: Callable[..., None]) -> Callable[..., None]:
    """Exit 1 with the sentence where something is refused; nothing is then changed."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except SENTENCES as refusal:
            db.session.rollback()
            refuse(str(refusal))

    return run


def refuse(sentence: str) -> NoReturn:
    """Say why and exit 1."""
    click.echo(sentence, err=True)
    sys.exit(REFUSED)


@group.command("import")
@click.argument("tracker", type=EXISTING)
@click.option("--plan", "slug", help="The new plan's name in addresses; made from its title otherwise.")
@click.option("--title", help="The plan's title; the workbook's own otherwise.")
@click.option("--year", type=click.IntRange(1990, 2100), help="The April its financial year begins in, e.g. 2013.")
@click.option("--agreed", is_flag=True, help="Declare it the agreed, signed-off position.")
@as_json
@refusing
def import_tracker(
    tracker: Path, slug: str | None, title: str | None, year: int | None, agreed: bool, as_json: bool
) -> None:
    """Make a new plan of staff's workbook TRACKER."""
    if slug and not SLUG.fullmatch(slug):
        refuse(f"“{slug}” cannot stand in an address. Nothing was changed; use small letters, digits and hyphens.")
    if slug and db.session.scalar(select(Plan).where(Plan.slug == slug)):
        refuse(f"There is a plan called {slug} already. Nothing was changed; upload to it, or choose another name.")
    step = Step(None, now(), Source.IMPORT, file=tracker.name)
    plan, reading = roundtrip.import_plan(
        db.session(), tracker.read_bytes(), tracker.name, step, title=title, slug=slug, year=year, agreed=agreed
    )
    audit.note(db.session(), What.IMPORTED, by=None, at=step.at, plan=plan.slug, about=tracker.name)
    if agreed:
        audit.note(db.session(), What.AGREED, by=None, at=step.at, plan=plan.slug, about="the whole position")
    db.session.commit()
    problems = [{"sheet": p.sheet, "cell": p.cell, "found": p.found, "message": p.message} for p in reading.problems]
    number = ledger.latest(db.session(), plan.id)
    if as_json:
        print_json({"plan": plan.slug, "title": plan.title, "revision": number, "problems": problems})
        return
    click.echo(f"{plan.title} is now the plan “{plan.slug}”, revision {number}.")
    for problem in problems:
        click.echo(f"{problem['sheet']}!{problem['cell']}: {problem['message']}")


@group.command("show")
@which_plan
@click.option("--as-at", help="A day (2013-07-01) or the number of a revision.")
@click.option("--signed-off", is_flag=True, help="Only what is signed off.")
@as_json
@refusing
def show_plan(slug: str | None, as_at: str | None, signed_off: bool, as_json: bool) -> None:
    """Show the plan, now or as it was."""
    plan = the_plan(slug)
    latest = ledger.latest(db.session(), plan.id)
    number = latest if as_at is None else revision_number(plan, as_at, latest)
    if as_at is None:
        snapshot = history.signed_now(db.session(), plan) if signed_off else history.now(db.session(), plan)
    else:
        snapshot = history.as_at(db.session(), plan, number, signed_off=signed_off)
    told = show.as_json(snapshot, number)
    if as_json:
        print_json(told)
        return
    click.echo(f"{told['title']}, revision {number}")
    for theme in told["themes"]:
        click.echo(f"\n{theme['title']}")
        for one in theme["requirements"]:
            click.echo(f"  {one['reference'] or '-':>4}  {one['status'] or 'no status':9}  {(one['text'] or '')[:80]}")


@group.command("download")
@click.argument("out", type=FILE)
@which_plan
@click.option("--signed-off", is_flag=True, help="Say only what is signed off.")
@click.option("--notes", "noted", is_flag=True, help="Put a note on each entry that awaits sign-off.")
@refusing
def download(out: Path, slug: str | None, signed_off: bool, noted: bool) -> None:
    """Write the plan's own tracker, up to date, to OUT."""
    if signed_off and noted:
        raise click.UsageError("Nothing of the signed-off words awaits sign-off: leave --notes or --signed-off out.")
    plan = the_plan(slug)
    made = roundtrip.download(db.session(), plan, on=today(), signed_off=signed_off, with_notes=noted)
    audit.note(db.session(), What.DOWNLOADED, by=None, at=now(), plan=plan.slug, about=out.name)
    write_out(out, made.content)
    db.session.commit()
    for note in made.notes:
        click.echo(note, err=True)


@group.command("compare")
@click.argument("tracker", type=EXISTING)
@which_plan
@click.option("--notes", "noted", type=FILE, help="Write TRACKER here, with a note on each cell that is a problem.")
@click.option("--by", "email", help="Whose upload it would be: what they uploaded of this download before counts.")
@as_json
@refusing
def compare(tracker: Path, slug: str | None, noted: Path | None, email: str | None, as_json: bool) -> None:
    """Say what uploading TRACKER would do; change nothing."""
    plan, content = the_plan(slug), tracker.read_bytes()
    preview = roundtrip.preview(db.session(), plan, content, by=the_person(email) if email else None)
    told = tell.as_json(preview)
    if noted:
        made = roundtrip.annotated(db.session(), plan, content, tracker.name)
        write_out(noted, made.content)
        for note in made.notes:
            click.echo(note, err=True)
    if as_json:
        print_json(told)
        return
    click.echo(preview.how_base)
    for name, count in told["counts"].items():
        click.echo(f"{name:10} {count}")
    for problem in told["problems"]:
        click.echo(f"{problem['sheet']}!{problem['cell']}: {problem['message']}")


@group.command("upload")
@click.argument("tracker", type=EXISTING)
@which_plan
@click.option("--by", "email", required=True, help="The e-mail address of the person whose upload it is.")
@click.option(
    "--conflicts",
    type=click.Choice(["stop", "plan", "workbook"]),
    default="stop",
    show_default=True,
    help="Whose words win where both changed: stop and change nothing, the plan's, or the workbook's.",
)
@click.option("--clear-blanks", is_flag=True, help="Take cells that were emptied as meant.")
@click.option("--remove-missing", is_flag=True, help="Take rows that are gone as meant.")
@as_json
@refusing
def upload(
    tracker: Path, slug: str | None, email: str, conflicts: str, clear_blanks: bool, remove_missing: bool, as_json: bool
) -> None:
    """Carry TRACKER's changes out as one revision."""
    plan, by = the_plan(slug), the_person(email)
    if not by.may(Right.UPLOAD):
        refuse(f"{by.name} may not upload workbooks. Nothing was changed; ask the programme office for the right to.")
    content = tracker.read_bytes()
    preview = roundtrip.preview(db.session(), plan, content, by=by)
    choices = Choices(
        otherwise=None if conflicts == "stop" else Take(conflicts), clear_all=clear_blanks, remove_all=remove_missing
    )
    told = tell.as_json(preview)
    undecided = [d for d in preview.decisions if choices.leaves_open(d)]
    if undecided:
        db.session.rollback()
        if as_json:
            print_json({"applied": False, "revision": None, "undecided": len(undecided), **told})
        refuse(
            f"{len(undecided)} changed both here and in the workbook, so nothing was changed. Settle them in the "
            "browser, or say whose words win with --conflicts plan or --conflicts workbook."
        )
    step = Step(by, now(), Source.WORKBOOK, file=tracker.name)
    done = roundtrip.accept(db.session(), plan, content, tracker.name, choices, step, shown=preview)
    audit.note(db.session(), What.ACCEPTED, by=by, at=step.at, plan=plan.slug, about=tracker.name, detail=COMMAND)
    db.session.commit()
    number = done.revision.number if done.revision else None
    notes = [
        *done.notes,
        *(f"{e.kind} {e.record} {e.field} was left: {by.name} may not change it." for e in done.withheld),
    ]
    if as_json:
        print_json({"applied": True, "revision": number, "undecided": 0, "notes": notes, **told})
        return
    click.echo(f"Revision {number}." if number else "The workbook changes nothing.")
    for note in notes:
        click.echo(note)


@group.command("undo")
@click.argument("revision", type=click.IntRange(1))
@which_plan
@click.option("--by", "email", required=True, help="The e-mail address of the person who undoes it.")
@as_json
@refusing
def undo_revision(revision: int, slug: str | None, email: str, as_json: bool) -> None:
    """Undo one REVISION as a new one; what was changed since stays as it is."""
    plan, by = the_plan(slug), the_person(email)
    if not by.may(Right.EDIT):
        refuse(f"{by.name} may not change the plan. Nothing was changed.")
    made, left_alone = undo.undo(db.session(), plan, revision, Step(by, now(), Source.UNDO))
    about = f"revision {revision}"
    audit.note(db.session(), What.UNDONE, by=by, at=now(), plan=plan.slug, about=about, detail=COMMAND)
    db.session.commit()
    number = made.number if made else None
    if as_json:
        print_json(
            {
                "revision": number,
                "left_alone": [{"kind": one.kind, "record": one.record, "field": one.field} for one in left_alone],
            }
        )
        return
    click.echo(f"Revision {revision} is undone by revision {number}." if number else "There was nothing left to undo.")
    for one in left_alone:
        click.echo(f"Left alone, for it was changed since: {one.field} of {one.kind} {one.record}.")


def write_out(out: Path, content: bytes) -> None:
    """Write a file, or say why it cannot be and exit 1."""
    try:
        out.write_bytes(content)
    except OSError as problem:
        refuse(f"The file {out} could not be written: {problem.strerror}. The plan is as it was; choose another place.")


def the_plan(slug: str | None) -> Plan:
    """The plan asked for; where there is only one it need not be named."""
    plans = list(db.session.scalars(select(Plan).where(Plan.present).order_by(Plan.slug)))
    chosen = [plan for plan in plans if slug in (None, plan.slug)]
    if not chosen:
        refuse(
            f"There is no plan called {slug}."
            if slug
            else "There is no plan yet. Bring a tracker in with flask plan import."
        )
    if len(chosen) > 1:
        refuse(f"There are several plans; name one with --plan: {', '.join(plan.slug for plan in plans)}.")
    return chosen[0]


def the_person(email: str) -> Person:
    """The account with this address."""
    person = people.find(db.session(), email)
    if person is None or not person.active:
        refuse(f"There is no account for {email}. Nothing was changed; make one with flask user add.")
    return person


def revision_number(plan: Plan, said: str, latest: int) -> int:
    """The revision that --as-at names by its number or by a day."""
    if said.isdecimal() and len(said) < 8:
        if not 1 <= int(said) <= latest:
            refuse(f"There is no revision {said}; the newest is {latest}.")
        return int(said)
    try:
        day = date.fromisoformat(said)
    except ValueError:
        raise click.BadParameter("write a day like 2013-07-01 or the number of a revision.") from None
    number = history.number_at(db.session(), plan, day)
    return number or refuse(f"The plan did not exist yet on {timescale.say_date(day)}. Its history begins later.")


def print_json(told: Any) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(told, ensure_ascii=False, indent=2))
