"""This file gives staff their own file back: with a note on each cell not understood, or brought up to date."""

import io

from flask import abort, send_file
from flask.typing import ResponseReturnValue

from blueprints import access
from blueprints.extensions import db, today
from blueprints.workbooks import room
from blueprints.workbooks.room import blueprint
from plan.models import Plan, Upload, What
from sync import roundtrip
from sync.roundtrip import Download


@blueprint.get("/plans/<slug>/uploads/<id>/with-notes")
def annotated(slug: str, id: str) -> ResponseReturnValue:
    plan, upload = room.the_upload(slug, id)
    return _with_notes(plan, upload)


@blueprint.get("/import/<id>/with-notes")
def annotated_tracker(id: str) -> ResponseReturnValue:
    upload = room.the_tracker(id)
    return _with_notes(None, upload)


@blueprint.get("/plans/<slug>/uploads/<id>/up-to-date")
def updated(slug: str, id: str) -> ResponseReturnValue:
    plan, upload = room.the_upload(slug, id)
    try:
        made = roundtrip.updated(db.session(), plan, upload.content, upload.name, on=today())
    except room.REFUSALS as refusal:
        abort(422, str(refusal))
    return _sent(made, plan)


def _with_notes(plan: Plan | None, upload: Upload) -> ResponseReturnValue:
    try:
        made = roundtrip.annotated(db.session(), plan, upload.content, upload.name, layout=room.layout_of(upload))
    except room.REFUSALS as refusal:
        abort(422, str(refusal))
    return _sent(made, plan)


def _sent(made: Download, plan: Plan | None) -> ResponseReturnValue:
    access.note_taken(What.DOWNLOADED, plan=plan, about=made.name)
    return send_file(
        io.BytesIO(made.content), mimetype=room.kind_of(made.name), as_attachment=True, download_name=made.name
    )
