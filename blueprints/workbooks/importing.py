"""This file makes a new plan of staff's tracker: bring it, see how it is read, put that right, make the plan."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import PurePath

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.extensions import db, now, today
from blueprints.workbooks import mapping_page, meanings, room, splitting
from blueprints.workbooks.entries import where
from blueprints.workbooks.meanings import NoSuchMeaning
from blueprints.workbooks.room import blueprint
from plan import fields, uploads
from plan.fields import Invalid, Kind
from plan.models import Plan, Source, Upload, What
from plan.roles import Step
from plan.uploads import Done
from sync import new_plan, roundtrip
from sync.reading import Reading

FIRST_REVISION = 1
FIRST_MONTH = 4  # the financial year begins in April
YEARS = range(1990, 2101)
NO_YEAR = "Write the year as 2013/14 or as 2013, the April in which it begins. Nothing was made yet."
READ_AGAIN = "The workbook was read again as you said. Nothing is made yet; look below at what was found."
CHOSEN = "That is chosen for all cells of the column. Nothing is made yet; choose otherwise for any of them below."
MADE = "The plan “{title}” was made from {name}: {counts}."
LEFT = " {problems} could not be read and {stay} only in the workbook; the list is on the workbook page."
GONE = "The workbook {name} was let go. No plan was made."
REFUSALS = (roundtrip.Unreadable, roundtrip.Unwritable, Invalid)


@dataclass(frozen=True)
class Wanted:
    """What the office says of the new plan besides its workbook."""

    title: str
    year: str
    agreed: bool = False
    scale: Mapping[str, str] = field(default_factory=dict)


class NoYear(ValueError):
    """The financial year was not understood."""


@blueprint.get("/import")
def start_import() -> ResponseReturnValue:
    access.require(Step.ADMINISTER)
    return pages.page("workbooks/start_import.html", wrong="")


@blueprint.post("/import", endpoint="bring")
def bring_tracker() -> ResponseReturnValue:
    access.require(Step.ADMINISTER)
    try:
        name, content = room.posted_file()
        with room.looking():
            roundtrip.read_tracker(db.session(), content)
    except (room.NoFile, *REFUSALS) as refusal:
        return pages.page("workbooks/start_import.html", status=422, wrong=str(refusal))
    kept = uploads.keep(db.session(), access.person(), name, content, at=now())
    access.note(What.UPLOADED, about=kept.name)
    db.session.commit()
    return redirect(url_for("workbooks.mapping", id=kept.id), 303)


@blueprint.get("/import/<id>")
def mapping(id: str) -> ResponseReturnValue:
    upload = room.the_tracker(id)
    return _page(upload, upload.choices.get("wanted"))


@blueprint.post("/import/<id>", endpoint="map")
def map_columns(id: str) -> ResponseReturnValue:
    upload = room.the_tracker(id)
    wanted = _wanted()
    if request.form.get("do") == "let go":
        return _let_go(upload)
    try:
        upload = _remember(upload, wanted)
        if splitting.BUTTON in request.form:
            db.session.commit()
            return _show_lists(upload)
        if request.form.get("do") == "read":
            db.session.commit()
            return pages.done(READ_AGAIN, url_for("workbooks.mapping", id=id))
        plan, reading = _make(upload, wanted)
    except (NoSuchMeaning, NoYear, *REFUSALS) as refusal:
        db.session.rollback()
        return _page(upload, asdict(wanted), wrong=str(refusal), status=422)
    access.note(What.IMPORTED, plan=plan, about=upload.name)
    if wanted.agreed:
        access.note(What.AGREED, plan=plan, about="the whole position")
    db.session.commit()
    return pages.done(_said(plan, upload, reading), url_for("plan.show", slug=plan.slug))


def _show_lists(upload: Upload) -> ResponseReturnValue:
    """The page at the cells with several lines, turned to where a button said, else where they were."""
    turned = splitting.turned_to(request.form)
    start = request.form.get("lists_from", type=int) if turned is None else turned
    if turned is None:
        flash(CHOSEN)
    return redirect(url_for("workbooks.mapping", id=upload.id, lists=start or None, _anchor="lists"), 303)


def _wanted() -> Wanted:
    title, year = (request.form.get(name, "").strip() for name in ("title", "year"))
    return Wanted(title, year, "agreed" in request.form, meanings.scale_of(request.form))


def _remember(upload: Upload, wanted: Wanted) -> Upload:
    """Keep what columns and words mean and what was typed, so that all is there when the page is come back to."""
    with room.looking():
        reading = roundtrip.read_tracker(db.session(), upload.content, room.layout_of(upload))
    upload = room.the_tracker(upload.id)  # asked again: the lock was let go while the workbook was read
    upload.layout = mapping_page.corrected(reading, request.form).as_json()
    uploads.save(upload, {"wanted": asdict(wanted)})
    return upload


def _make(upload: Upload, wanted: Wanted) -> tuple[Plan, Reading]:
    title = fields.clean(fields.field(Kind.PLAN, "title"), wanted.title)
    plan, reading = roundtrip.import_plan(
        db.session(),
        upload.content,
        upload.name,
        room.taken(Source.IMPORT),
        title=str(title),
        year=_year(wanted.year),
        agreed=wanted.agreed,
        layout=room.layout_of(upload),
        scale=wanted.scale,
    )
    done = Done(changes=len(reading.pieces), notes=_notes(reading), problems=len(reading.problems))
    uploads.accept(upload, FIRST_REVISION, done, plan)
    return plan, reading


def _notes(reading: Reading) -> tuple[str, ...]:
    problems = (f"{where(p.sheet, p.cell)}: {p.message}" for p in reading.problems)
    return (*reading.notes, *problems)


def _year(typed: str) -> int:
    found = re.fullmatch(r"(\d{4})(?:\s*[/–-]\s*\d{2,4})?", typed, re.ASCII)
    if found is None or int(found[1]) not in YEARS:
        raise NoYear(NO_YEAR)
    return int(found[1])


def _let_go(upload: Upload) -> ResponseReturnValue:
    uploads.let_go(upload)
    db.session.commit()
    return pages.done(GONE.format(name=upload.name), url_for("workbooks.start_import"))


def _page(upload: Upload, wanted: dict[str, object] | None, wrong: str = "", status: int = 200) -> ResponseReturnValue:
    try:
        reading, sheets = roundtrip.read_sheets(db.session(), upload.content, room.layout_of(upload))
    except REFUSALS as refusal:
        return pages.page("workbooks/start_import.html", status=422, wrong=str(refusal))
    said = {**asdict(_suggested(reading, upload.name)), **(wanted or {})}
    return pages.page(
        "workbooks/mapping.html",
        status=status,
        upload=upload,
        view=mapping_page.lay_out(reading, sheets),
        lists=splitting.lay_out(reading, request.args.get("lists", 0, type=int)),
        colours=meanings.colours(said["scale"]),
        wrong=wrong,
        wanted=said,
    )


def _suggested(reading: Reading, name: str) -> Wanted:
    day = date.fromisoformat(reading.position_date) if reading.position_date else today()
    year = day.year if day.month >= FIRST_MONTH else day.year - 1
    title = reading.title or PurePath(name).stem
    return Wanted(title, f"{year}/{(year + 1) % 100:02d}", scale=new_plan.scale_of(reading))


def _said(plan: Plan, upload: Upload, reading: Reading) -> str:
    said = MADE.format(title=plan.title, name=upload.name, counts=", ".join(mapping_page.counts(reading)))
    many = len(reading.problems)
    left = LEFT.format(problems=f"{many} cells" if many > 1 else "1 cell", stay="stay" if many > 1 else "stays")
    return said + (left if many else "")
