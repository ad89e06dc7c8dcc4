"""This room is the inline edit: one mechanism for every field of every record, with or without JavaScript."""

import json
from dataclasses import replace

from flask import Blueprint, abort, flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.extensions import db, now, today
from blueprints.fields.settle import Settled, refused, settle
from blueprints.fields.view import Fields, FieldView, State
from blueprints.fields.words import rows_of
from blueprints.pages import moment
from blueprints.security import local_path
from plan import edits, history, people, questions, rights
from plan.edits import NotAllowed
from plan.fields import Field, Invalid, Kind
from plan.ledger import Step as Taken
from plan.models import Plan, Source
from plan.questions import Position
from plan.roles import Step
from plan.snapshot import Item

__all__ = ["FieldView", "Fields", "State", "blueprint", "of_page"]

blueprint = Blueprint("fields", __name__)


@blueprint.route(f"/plans/<slug>/<any({', '.join(Kind)}):kind>/<id>/<field>", methods=["GET", "POST"])
def edit(slug: str, kind: str, id: str, field: str) -> ResponseReturnValue:
    plan = access.the_plan(slug, Step.EDIT)
    item, view = _the_field(plan, Kind(kind), id, field)
    if request.method == "POST":
        return _save(plan, item, view)
    if "shown" in request.args:
        return _shown(plan, replace(view, focus=True))
    return pages.page("fields/edit.html", block="field", view=view.opened(), plan=plan)


def of_page(plan: Plan, position: Position, back: str) -> Fields:
    """What makes the blocks of a page for whoever is signed in; `back` is the page's own address."""
    return Fields(plan.slug, position, access.person(), people.team_names(db.session()), back)


def _the_field(plan: Plan, kind: Kind, id: str, name: str) -> tuple[Item, FieldView]:
    """The record and the block of its field, or 404; 403 where the person may not change it."""
    back = local_path(request.values.get("back")) or url_for("plan.show", slug=plan.slug)
    position = questions.position(db.session(), plan, today())
    item = position.snapshot.get(id)
    try:
        rows = rows_of(kind, name)
    except KeyError:
        abort(404)
    if item is None or item.kind is not kind:
        abort(404)
    access.allow(all(rights.may_change(access.person(), position.snapshot, id, row.name) for row in rows))
    return item, of_page(plan, position, back)(item, name)


def _save(plan: Plan, item: Item, view: FieldView) -> ResponseReturnValue:
    if not item.present:
        return _refuse(plan, view, _removed_meanwhile(item), 409)
    settled = settle(item, view, request.form, lambda row: _who_wrote(item, row))
    if settled.status != 200:
        return pages.page("fields/edit.html", block="field", status=settled.status, view=settled.view, plan=plan)
    try:
        edits.apply(db.session(), plan, settled.edits, Taken(access.person(), now(), Source.BROWSER))
    except (Invalid, NotAllowed) as refusal:
        db.session.rollback()
        return _refuse(plan, view, str(refusal), 422)
    db.session.commit()
    return _saved(plan, item, settled)


def _saved(plan: Plan, item: Item, settled: Settled) -> ResponseReturnValue:
    position = questions.position(db.session(), plan, today())
    view = of_page(plan, position, settled.view.back)(
        position.snapshot[item.id], settled.view.main.row.name, focus=True
    )
    message = settled.ending.value.format(f"{view.label.lower()} of {view.name}")
    return _shown(plan, view, message)


def _shown(plan: Plan, view: FieldView, message: str = "") -> ResponseReturnValue:
    """The block with what the plan says, focus back on its link; a plain browser goes back to its page."""
    if not pages.is_htmx():
        if message:
            flash(message)
        return redirect(f"{view.back}#{view.id}", 303)
    answer = make_response(pages.page("fields/edit.html", block="field", view=view, plan=plan))
    if message:
        answer.headers["HX-Trigger"] = json.dumps({"announce": message, "saved": view.id})
    return answer


def _refuse(plan: Plan, view: FieldView, sentence: str, status: int) -> ResponseReturnValue:
    return pages.page(
        "fields/edit.html",
        block="field",
        status=status,
        view=refused(view, request.form, sentence),
        plan=plan,
    )


def _who_wrote(item: Item, row: Field) -> tuple[str, str]:
    """Who last changed a field and when, in words."""
    changes = (change for change in history.changes_of(db.session(), [item.id]) if change.field == row.name)
    last = next(changes, None)
    return (last.revision.by_name, moment(last.revision.at)) if last else ("Somebody", "")


def _removed_meanwhile(item: Item) -> str:
    changes = history.changes_of(db.session(), [item.id])
    gone = next(change.revision for change in changes if change.field == "present")
    return (
        f"{gone.by_name} removed this on {moment(gone.at)}, so nothing was changed. Your words are kept "
        "below: copy them, bring it back on the requirement's page, and save them there."
    )
