"""This file is the blueprint that the pages of workbooks hang on, their door, and what they all need of a file."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager

from flask import Blueprint, abort, request, url_for
from werkzeug.datastructures import FileStorage

from blueprints import access
from blueprints.extensions import db, now
from blueprints.workbooks import splitting, turning
from blueprints.workbooks.sections import SECTIONS
from blueprints.workbooks.turning import NOT_TURNED, Turned
from plan import database, uploads
from plan.ledger import Step as Taken
from plan.models import Plan, Source, Upload, UploadState
from plan.roles import Step
from sync import roundtrip
from sync.layout import Layout
from sync.roundtrip import Preview

blueprint = Blueprint("workbooks", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSM = "application/vnd.ms-excel.sheet.macroEnabled.12"
REFUSALS = (roundtrip.Unreadable, roundtrip.Unwritable, roundtrip.WrongPlan)

SECTION_IDS = frozenset((*(heading.id for heading in SECTIONS.values()), splitting.SECTION))
POSTS = ("accept", "save", "mean")
LONG = 1 << 20  # bytes of a workbook that takes more than a moment to read
NO_FILE = "No file was chosen. Nothing was changed. Choose your workbook and press the button again."
NOT_YOURS = "There is no such upload here, or it is somebody else's. Nothing is lost. Go back to the workbook page."
LET_GO = "This upload was let go, so there is nothing left to settle. The plan is as it was; upload the workbook again."


class NoFile(ValueError):
    """Nothing was chosen; the message says so."""


def the_upload(slug: str, id: str) -> tuple[Plan, Upload]:
    """The plan and the upload of this address and the right to settle it, or 404 or 403."""
    plan = access.the_plan(slug, Step.UPLOAD)
    return plan, _open(uploads.find(db.session(), id, access.person(), plan))


def the_tracker(id: str) -> Upload:
    """The workbook of this address that shall become a plan, or 404 or 403."""
    access.require(Step.ADMINISTER)
    return _open(uploads.find(db.session(), id, access.person()))


def posted_file() -> tuple[str, bytes]:
    """The name and the bytes of the workbook that was posted. Raises NoFile."""
    posted: FileStorage | None = request.files.get("file")
    if posted is None or not posted.filename:
        raise NoFile(NO_FILE)
    with closing(posted):
        return uploads.file_name(posted.filename), posted.read()


def kind_of(name: str) -> str:
    """The media type of a workbook of this name."""
    return XLSM if name.endswith(".xlsm") else XLSX


def layout_of(upload: Upload) -> Layout | None:
    """How the upload is to be read, where a person said so."""
    return Layout.from_json(upload.layout) if upload.layout else None


def read_as(upload: Upload) -> str:
    """A mark of how the upload is read, posted with the choices: they hold only for what they were made on."""
    return hashlib.sha256(json.dumps(upload.layout).encode()).hexdigest()[:12] if upload.layout else ""


def takes_long(content: bytes) -> bool:
    """Whether a workbook is so large that it is kept first and read when its preview is looked at."""
    return len(content) > LONG


def preview_address(plan: Plan, upload: Upload, anchor: str | None = None, turned: Turned = NOT_TURNED) -> str:
    """Where the preview is, for somebody who has seen it before: it is read without asking to wait first."""
    read = "yes" if takes_long(upload.content) else None
    query = turned.as_query()
    return url_for("workbooks.preview", slug=plan.slug, id=upload.id, read=read, _anchor=anchor, **query)


def posts(plan: Plan, upload: Upload, turned: Turned) -> Mapping[str, str]:
    """Where the buttons of a preview send to; each comes back to where the sections are turned."""
    query = turned.as_query()
    return {name: url_for(f"workbooks.{name}", slug=plan.slug, id=upload.id, **query) for name in POSTS}


def turned() -> Turned:
    """How far the sections of a preview are turned, as the address says, or a button that was pressed."""
    said = {id: request.args.get(id, type=int) for id in SECTION_IDS}
    known = {id: start for id, start in said.items() if start is not None}
    pressed = turning.pressed(request.form.get("turn", ""))
    return Turned({**known, **{id: start for id, start in pressed.items() if id in SECTION_IDS}})


def preview_of(plan: Plan, upload: Upload, *, accepting: bool = False) -> Preview:
    """What the upload would do to the plan as it is now; kept for a moment, unless it is accepted. Raises REFUSALS."""
    layout, next_too = layout_of(upload), not accepting
    return roundtrip.preview(db.session(), plan, upload.content, by=upload.person, layout=layout, shown_next=next_too)


def taken(source: Source) -> Taken:
    """The person who is signed in takes this step now."""
    return Taken(access.person(), now(), source)


@contextmanager
def looking() -> Iterator[None]:
    """Inside, a POST holds no write lock: reading a workbook takes seconds that nobody else should wait."""
    db.session.rollback()
    with database.only_looking():
        yield
        db.session.rollback()


def _open(upload: Upload | None) -> Upload:
    if upload is None:
        abort(404, NOT_YOURS)
    if upload.state == UploadState.LET_GO:
        abort(404, LET_GO)
    return upload
