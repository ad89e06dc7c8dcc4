"""This file freezes a cycle's pack, and gives what is frozen back as it was, byte for byte."""

import io

from flask import abort, request, send_file, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.board.cycle import cycle_page
from blueprints.board.documents import documents_of
from blueprints.board.room import blueprint, many, step, the_cycle
from blueprints.extensions import db, today
from plan import cycles, database
from plan.cycles import CannotFreeze, Cycle, Document
from plan.models import PackFormat, Plan, What
from plan.roles import Step
from reports.source import NothingToReport

NO_PACK = "There is no such frozen file in this plan. Nothing was changed; look at the board's cycles."
TYPES = {
    PackFormat.JSON: "application/json",
    PackFormat.HTML: "text/html",
    PackFormat.PDF: "application/pdf",
    PackFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    PackFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@blueprint.post("/board/<id>/freeze")
def freeze(slug: str, id: str) -> ResponseReturnValue:
    plan = access.the_plan(slug, Step.ADMINISTER)
    cycle = the_cycle(plan, id)
    edition = request.form.get("edition", 0, type=int)
    try:
        documents = _documents(plan, cycle, edition)
        made = cycles.freeze(
            db.session(), plan, cycle, documents, step(), edition=edition, on=today(), address=access.address()
        )
    except (CannotFreeze, NothingToReport) as why:
        return cycle_page(plan, cycle, status=409, wrong=str(why))
    said = f"Froze the pack: {many(len(made), 'file')} as at revision {made[0].revision}, kept for good."
    db.session.commit()
    return pages.done(said, url_for("board.cycle", slug=slug, id=id, _anchor="packs"))


@blueprint.get("/board/packs/<int(max=2147483647):id>")
def pack(slug: str, id: int) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    found = cycles.pack(db.session(), plan, id)
    if found is None:
        abort(404, NO_PACK)
    kind, name, content = TYPES[PackFormat(found.format)], found.name, found.content
    access.note_taken(What.DOWNLOADED, plan=plan, about=name)
    return send_file(io.BytesIO(content), mimetype=kind, as_attachment=True, download_name=name)


def _documents(plan: Plan, cycle: Cycle, edition: int) -> list[Document]:
    """The documents, made without the write lock: that takes seconds, and the position they tell is past."""
    db.session.rollback()
    with database.only_looking():
        cycles.check_may_freeze(db.session(), plan, cycle, edition, on=today())
        made = documents_of(plan, cycle.cut_off)
        db.session.rollback()
    return made
