"""This file shows the plan's workbook: to download, to upload, what waits to be settled and what became of the rest."""

import io
from dataclasses import dataclass
from datetime import datetime

from flask import abort, flash, request, send_file, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.extensions import db, today
from blueprints.workbooks.room import blueprint, kind_of
from plan import history, signoffs, uploads
from plan.models import Plan, Upload, What
from plan.roles import Step
from sync import roundtrip, trackers


@dataclass(frozen=True)
class UploadView:
    """An upload in a list: its file, who brought it and when, where it leads, and the revision it made."""

    name: str
    by: str
    at: datetime
    address: str
    revision: int | None = None
    revision_address: str | None = None


@blueprint.get("/plans/<slug>/workbook")
def show(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    return show_page(plan)


@blueprint.get("/plans/<slug>/workbook/download")
def download(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    signed_off, noted = request.args.get("position") == "signed-off", request.args.get("notes") == "yes"
    try:
        made = roundtrip.download(db.session(), plan, on=today(), signed_off=signed_off, with_notes=noted)
    except roundtrip.NoTracker as refusal:
        abort(404, str(refusal))
    except (roundtrip.Unreadable, roundtrip.Unwritable) as refusal:
        return show_page(plan, str(refusal), 422)
    access.note_taken(What.DOWNLOADED, plan=plan, about=made.name, detail="signed off" if signed_off else "working")
    if noted:  # a file has no page of its own to say it on
        flash(" ".join(made.notes))
    return send_file(io.BytesIO(made.content), mimetype=kind_of(made.name), as_attachment=True, download_name=made.name)


def show_page(plan: Plan, wrong: str = "", status: int = 200) -> ResponseReturnValue:
    """The workbook page, with a sentence on what went wrong where something did."""
    person = access.person()
    if person.may(Step.UPLOAD):
        roundtrip.be_ready()
    return pages.page(
        "workbooks/show.html",
        status=status,
        plan=plan,
        tracker=trackers.newest(db.session(), plan),
        lines_waiting=signoffs.outline(db.session(), plan, history.now(db.session(), plan)).count,
        may_upload=person.may(Step.UPLOAD),
        waiting=[_waiting(plan, one) for one in uploads.waiting(db.session(), plan, person)],
        past=[_past(plan, one) for one in uploads.past(db.session(), plan, person)],
        wrong=wrong,
    )


def _waiting(plan: Plan, upload: Upload) -> UploadView:
    address = url_for("workbooks.preview", slug=plan.slug, id=upload.id)
    return UploadView(upload.name, upload.person.name, upload.at, address)


def _past(plan: Plan, upload: Upload) -> UploadView:
    number = upload.revision
    address = url_for("workbooks.accepted", slug=plan.slug, id=upload.id)
    made = url_for("history.revision", slug=plan.slug, number=number) if number else None
    return UploadView(upload.name, upload.person.name, upload.at, address, number, made)
