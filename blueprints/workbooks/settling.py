"""This file is the preview of an upload: what it would do, the choices, accepting it, and what it did."""

from collections.abc import Mapping

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.extensions import db
from blueprints.workbooks import choosing, importing, keeping, room
from blueprints.workbooks.choosing import Asked
from blueprints.workbooks.preview_page import lay_out
from blueprints.workbooks.room import REFUSALS, blueprint
from plan import ledger, uploads
from plan.edits import NoSuchRecord, NotAllowed
from plan.fields import Invalid
from plan.models import Plan, Revision, Source, Upload, UploadState, What
from plan.undisturbed import undisturbed
from plan.uploads import Done
from sync import roundtrip, trackers
from sync.listed_cells import remembering
from sync.read_workbook import shape
from sync.roundtrip import Accepted, Preview

STALE = (
    "Somebody changed the plan while you were looking, so nothing was applied. This is what your workbook would do to "
    "the plan as it is now. Your choices are kept, but for those marked below; look again and accept."
)
CHANGED_SINCE_SAVED = (
    "The plan has changed since you saved your choices. They are kept, but for those marked below; choose these again."
)
READ_OTHERWISE = (
    "The programme office said how some cells of your workbook are read while you were looking, so nothing was "
    "applied. This is what it would do now. Your choices are kept; look again and accept."
)


@blueprint.get("/plans/<slug>/uploads/<id>")
@undisturbed
def preview(slug: str, id: str) -> ResponseReturnValue:
    plan, upload = room.the_upload(slug, id)
    if upload.state != UploadState.WAITING:
        return redirect(url_for("workbooks.accepted", slug=slug, id=id), 303)
    if room.takes_long(upload.content) and "read" not in request.args:
        return pages.page(
            "workbooks/reading.html", plan=plan, upload=upload, address=room.preview_address(plan, upload)
        )
    try:
        seen = room.preview_of(plan, upload)
    except REFUSALS as refusal:
        return _cannot_be_settled(plan, upload, refusal)
    asked = Asked.from_json(upload.choices)
    moved = choosing.moved_since(db.session(), seen, asked.revision)
    return _page(plan, upload, seen, asked, moved=moved, stale=CHANGED_SINCE_SAVED if moved else "")


@blueprint.post("/plans/<slug>/uploads/<id>/accept")
def accept(slug: str, id: str) -> ResponseReturnValue:
    plan, upload = room.the_upload(slug, id)
    asked = choosing.all_said(db.session(), upload.choices, request.form)
    if upload.state == UploadState.WAITING:
        return _accept(plan, upload, asked)
    return redirect(url_for("workbooks.accepted", slug=slug, id=id), 303)


@blueprint.get("/plans/<slug>/uploads/<id>/done")
def accepted(slug: str, id: str) -> ResponseReturnValue:
    plan, upload = room.the_upload(slug, id)
    if upload.state == UploadState.WAITING:
        return redirect(url_for("workbooks.preview", slug=slug, id=id), 303)
    return pages.page(
        "workbooks/accepted.html",
        plan=plan,
        upload=upload,
        done=uploads.done(upload),
        is_first=upload.revision == importing.FIRST_REVISION,
    )


def _accept(plan: Plan, upload: Upload, asked: Asked) -> ResponseReturnValue:
    try:
        with room.looking():
            read_as, seen = room.read_as(upload), room.preview_of(plan, upload, accepting=True)
    except REFUSALS as refusal:
        return _cannot_be_settled(plan, upload, refusal)
    done = redirect(url_for("workbooks.accepted", slug=plan.slug, id=upload.id), 303)
    if upload.state != UploadState.WAITING:  # asked again: the lock was let go while the workbook was read
        return done
    stale = _stale(plan, upload, asked, seen, read_as)
    if stale:
        return _moved_on(plan, upload, asked, stale)
    if keeping.means_otherwise(upload, seen.reading, asked):
        return redirect(room.preview_address(plan, upload, turned=room.turned()), 303)
    wrong = choosing.wrong(seen, asked, access.person())
    if wrong:
        return _page(plan, upload, seen, asked, wrong=wrong, status=422)
    try:
        _apply(plan, upload, seen, asked)
    except (Invalid, NotAllowed, NoSuchRecord, *REFUSALS) as refusal:
        db.session.rollback()
        return _page(plan, upload, seen, asked, refusal=str(refusal), status=422)
    return done


def _stale(plan: Plan, upload: Upload, asked: Asked, seen: Preview, read_as: str) -> str:
    """A sentence where what the person saw, or what was read just now, is not what it would be now."""
    if {asked.revision, seen.revision} != {ledger.latest(db.session(), plan.id)}:
        return STALE
    return READ_OTHERWISE if {read_as, request.form.get("read_as", "")} != {room.read_as(upload)} else ""


def _apply(plan: Plan, upload: Upload, seen: Preview, asked: Asked) -> None:
    """One transaction: the revision, the plan's workbook, and what became of the upload."""
    step = room.taken(Source.WORKBOOK)
    result = roundtrip.accept(
        db.session(),
        plan,
        upload.content,
        upload.name,
        choosing.with_rest(asked),
        step,
        shown=seen,
        leave_undecided=True,
    )
    uploads.accept(upload, result.revision.number if result.revision else None, _done(result, seen))
    if upload.layout:
        layout = remembering(seen.reading, seen.resolved.ids)
        trackers.remember(db.session(), shape(seen.sheets), layout, step.at)
    number = result.revision.number if result.revision else None
    access.note(What.ACCEPTED, plan=plan, about=upload.name, detail=f"revision {number}" if number else "no change")
    db.session.commit()


def _done(result: Accepted, seen: Preview) -> Done:
    changes = _count(result.revision) if result.revision else 0
    withheld = {(edit.record, edit.field) for edit in result.withheld}
    return Done(changes, len(result.undecided), len(withheld), result.notes, len(seen.problems) + len(seen.doubts))


def _count(revision: Revision) -> int:
    """How many changes a person would count: a record that came or went is one, whatever it says."""
    came_or_went = {c.record_id for c in revision.changes if c.field == "present"}
    return len({(c.record_id, "" if c.record_id in came_or_went else c.field) for c in revision.changes})


def _moved_on(plan: Plan, upload: Upload, asked: Asked, why: str) -> ResponseReturnValue:
    """The preview again, as it is now; of the choices those stay whose words did not move."""
    seen = room.preview_of(plan, upload)
    moved = choosing.moved_since(db.session(), seen, asked.revision)
    return _page(plan, upload, seen, asked, moved=moved, stale=why, status=409)


def _page(
    plan: Plan,
    upload: Upload,
    seen: Preview,
    asked: Asked,
    *,
    moved: frozenset[str] = frozenset(),
    wrong: Mapping[str, str] | None = None,
    stale: str = "",
    refusal: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    turned = room.turned()
    view = lay_out(
        db.session(),
        plan,
        seen,
        access.person(),
        choosing.without(asked, moved),
        moved=moved,
        wrong=wrong,
        turned=turned,
    )
    return pages.page(
        "workbooks/preview.html",
        block="main",
        status=status,
        plan=plan,
        upload=upload,
        view=view,
        stale=stale,
        refusal=refusal,
        read_as=room.read_as(upload),
        addresses=room.posts(plan, upload, turned),
    )


def _cannot_be_settled(plan: Plan, upload: Upload, refusal: Exception) -> ResponseReturnValue:
    return pages.page(
        "workbooks/unsettled.html", block="main", status=422, plan=plan, upload=upload, sentence=str(refusal)
    )
