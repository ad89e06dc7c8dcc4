"""This file is the sign-off record of one requirement, to be printed: what is signed, what waits, every decision."""

from flask import abort
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.extensions import db, now
from blueprints.signoff import telling
from blueprints.signoff.record_page import record_page
from blueprints.signoff.room import blueprint
from plan import history, ledger
from plan.fields import Kind


@blueprint.get("/requirements/<id>/record")
def record(slug: str, id: str) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    snapshot = history.now(db.session(), plan)
    item = snapshot.get(id)
    if item is None or item.kind is not Kind.REQUIREMENT:
        abort(404)
    head = ledger.head(db.session(), plan.id)
    view = record_page(db.session(), plan, snapshot, item)
    answer = pages.page(
        "signoff/record.html",
        plan=plan,
        view=view,
        head=head,
        printed=telling.moment(now()),
    )
    access.note_read(plan, f"Sign-off record: {view.heading}", head.number if head else 0)
    return answer
