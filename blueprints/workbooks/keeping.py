"""This file keeps with an upload what was said of it so far (choices, ticks, what words mean), or lets it go."""

from dataclasses import replace

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.extensions import db
from blueprints.workbooks import choosing, meanings, room, splitting, turning
from blueprints.workbooks.choosing import Asked
from blueprints.workbooks.room import blueprint
from blueprints.workbooks.turning import Turned
from plan import uploads
from plan.models import Plan, Upload, UploadState
from plan.roles import Step
from sync.merge import Outcome
from sync.reading import Reading

SAVED = "Your choices are saved with the upload. Nothing of the plan was changed."
ALL_TICKED = "All of them are ticked and saved with the upload. Nothing of the plan was changed yet; untick what stays."
NONE_TICKED = "None of them is ticked any more. Nothing of the plan was changed."
MEANT = "The workbook was read again as you said. Nothing of the plan was changed; look at what it would do now."
GONE = "The upload of {name} was let go. Nothing of the plan was changed."
TICKED = {"clear": Outcome.CLEARED, "remove": Outcome.MISSING}
SECTION = {"clear": "cleared", "remove": "missing"}


@blueprint.post("/plans/<slug>/uploads/<id>/save")
def save(slug: str, id: str) -> ResponseReturnValue:
    plan, upload = room.the_upload(slug, id)
    asked = choosing.all_said(db.session(), upload.choices, request.form)
    turned, tick, message = room.turned(), request.form.get("tick", ""), SAVED
    if upload.state == UploadState.WAITING and tick.removeprefix("no ") in TICKED:
        asked, message = _ticked(plan, upload, asked, tick), NONE_TICKED if tick.startswith("no ") else ALL_TICKED
    if upload.state == UploadState.WAITING:  # asked again: the lock was let go while the workbook was read
        uploads.save(upload, asked.as_json())
        db.session.commit()
        if "turn" not in request.form:
            flash(message)
    anchor = SECTION.get(tick.removeprefix("no ")) or next(iter(turning.pressed(request.form.get("turn", ""))), None)
    return redirect(room.preview_address(plan, upload, anchor, turned), 303)


@blueprint.post("/plans/<slug>/uploads/<id>/meanings")
def mean(slug: str, id: str) -> ResponseReturnValue:
    access.require(Step.ADMINISTER)
    plan, upload = room.the_upload(slug, id)
    asked = choosing.all_said(db.session(), upload.choices, request.form)
    try:
        with room.looking():
            reading = room.preview_of(plan, upload).reading
    except room.REFUSALS as refusal:
        flash(str(refusal))
    else:
        if not means_otherwise(upload, reading, asked) and upload.state == UploadState.WAITING:
            uploads.save(upload, asked.as_json())
            db.session.commit()
    return redirect(_at_lists(plan, upload), 303)


@blueprint.post("/plans/<slug>/uploads/<id>/let-go")
def let_go(slug: str, id: str) -> ResponseReturnValue:
    _, upload = room.the_upload(slug, id)
    if upload.state == UploadState.WAITING:
        uploads.let_go(upload)
        db.session.commit()
    return pages.done(GONE.format(name=upload.name), url_for("workbooks.show", slug=slug))


def means_otherwise(upload: Upload, reading: Reading, asked: Asked) -> bool:
    """Whether the form gives words another meaning than they were read with; that is then kept with the upload.

    Only the programme office may. An answer that is not offered is 422.
    """
    if upload.state != UploadState.WAITING or not access.person().may(Step.ADMINISTER):
        return False
    try:
        layout = meanings.answered(reading, reading.layout, request.form)
        layout = splitting.answered(reading, layout, request.form)
    except meanings.NoSuchMeaning as refusal:
        abort(422, str(refusal))
    if layout == reading.layout:
        return False
    upload.layout = layout.as_json()
    uploads.save(upload, asked.as_json())
    db.session.commit()
    flash(MEANT)
    return True


def _at_lists(plan: Plan, upload: Upload) -> str:
    """The preview, at the cells with several lines if one of their own buttons was pressed."""
    turned, start = room.turned(), splitting.turned_to(request.form)
    if splitting.BUTTON not in request.form:
        return room.preview_address(plan, upload, turned=turned)
    here = turned.starts.get(splitting.SECTION, 0) if start is None else start
    turned = Turned({**turned.starts, splitting.SECTION: here})
    return room.preview_address(plan, upload, splitting.SECTION, turned)


def _ticked(plan: Plan, upload: Upload, asked: Asked, tick: str) -> Asked:
    """The same choices with every box of one kind ticked, or with none of them."""
    which = tick.removeprefix("no ")
    keys: frozenset[str] = frozenset()
    if tick == which:
        person = access.person()
        with room.looking():
            seen = room.preview_of(plan, upload)
        keys = frozenset(d.key for d in seen.of(TICKED[which]) if choosing.may_settle(seen, person, d))
    chosen = asked.choices
    return replace(asked, choices=replace(chosen, clear=keys) if which == "clear" else replace(chosen, remove=keys))
