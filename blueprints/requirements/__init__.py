"""This room is one requirement with all that stands under it: seeing it, adding, removing, bringing back."""

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, fields, pages
from blueprints.extensions import db, now, today
from blueprints.requirements.adding import add_page, may_add
from blueprints.requirements.page import requirement_page
from blueprints.requirements.removed import just_removed
from plan import edits, questions
from plan.edits import Edit
from plan.fields import Invalid, Kind
from plan.ledger import Step as Taken
from plan.models import Plan, Source, new_id
from plan.questions import Position
from plan.roles import Step
from plan.snapshot import Item

blueprint = Blueprint("requirements", __name__)
KINDS = f"any({', '.join(kind for kind in Kind if kind is not Kind.PLAN)})"


@blueprint.get("/plans/<slug>/requirements/<id>")
def show(slug: str, id: str) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    position = questions.position(db.session(), plan, today())
    item = _record(position, Kind.REQUIREMENT, id)
    history = questions.requirement_entries(db.session(), position.snapshot, item)
    block = fields.of_page(plan, position, url_for("requirements.show", slug=slug, id=id))
    view = requirement_page(plan, position, item, history, block)
    removed = just_removed(slug, position.snapshot, request.args.get("removed"))
    return pages.page("requirements/show.html", plan=plan, view=view, removed=removed)


@blueprint.route(f"/plans/<slug>/requirements/<id>/<{KINDS}:kind>", methods=["GET", "POST"])
def add(slug: str, id: str, kind: str) -> ResponseReturnValue:
    plan = access.the_plan(slug, Step.EDIT)
    if not may_add(access.person(), Kind(kind)):
        abort(403)
    position = questions.position(db.session(), plan, today())
    parent = position.snapshot.get(id) or abort(404)
    view = add_page(plan, parent, Kind(kind), fields.of_page(plan, position, ""), request.form)
    if request.method == "GET":
        return pages.page("requirements/add.html", plan=plan, view=view)
    made = new_id()
    try:
        _apply(plan, edits.new(view.kind, made, parent.id, view.values(), position=view.place))
    except Invalid as invalid:
        db.session.rollback()
        return pages.page("requirements/add.html", status=422, plan=plan, view=view.refused(invalid))
    db.session.commit()
    return pages.done(f"Added: {view.noun}.", _page_of(plan, made, parent, position))


@blueprint.post(f"/plans/<slug>/records/<{KINDS}:kind>/<id>/remove")
def remove(slug: str, kind: str, id: str) -> ResponseReturnValue:
    plan = access.the_plan(slug, Step.EDIT)
    position = questions.position(db.session(), plan, today())
    item = _record(position, Kind(kind), id)
    _may(item)
    _apply(plan, edits.remove(item.kind, item.id))
    db.session.commit()
    return redirect(_address(plan, position, item, removed=item.id), 303)


@blueprint.post(f"/plans/<slug>/records/<{KINDS}:kind>/<id>/bring-back")
def bring_back(slug: str, kind: str, id: str) -> ResponseReturnValue:
    plan = access.the_plan(slug, Step.EDIT)
    position = questions.position(db.session(), plan, today())
    item = _record(position, Kind(kind), id)
    _may(item)
    try:
        _apply(plan, edits.bring_back(item.kind, item.id))
    except Invalid as invalid:
        db.session.rollback()
        return pages.done(str(invalid), _address(plan, position, item))
    db.session.commit()
    return pages.done(f"Brought back: {questions.name(position.snapshot, item)}.", _address(plan, position, item))


def _record(position: Position, kind: Kind, id: str) -> Item:
    item = position.snapshot.get(id)
    if item is None or item.kind is not kind:
        abort(404)
    return item


def _may(item: Item) -> None:
    """403 unless the person's role may take such a record out or put it back."""
    if not edits.may_edit(access.person(), item.kind, "present"):
        abort(403)


def _apply(plan: Plan, changes: list[Edit]) -> None:
    edits.apply(db.session(), plan, changes, Taken(access.person(), now(), Source.BROWSER))


def _address(plan: Plan, position: Position, item: Item, removed: str | None = None) -> str:
    """The page a record is seen on: its requirement's, the plan's for a theme or a removed requirement."""
    requirement = position.snapshot.requirement_of(item.id)
    if requirement is None or removed == requirement.id:
        return url_for("plan.show", slug=plan.slug, removed=removed)
    return url_for("requirements.show", slug=plan.slug, id=requirement.id, removed=removed)


def _page_of(plan: Plan, made: str, parent: Item, position: Position) -> str:
    """Where to look at a record just made; a requirement has a page of its own."""
    if parent.kind is Kind.THEME:
        return url_for("requirements.show", slug=plan.slug, id=made)
    return _address(plan, position, parent) + (f"#theme-{made}" if parent.kind is Kind.PLAN else f"#row-{made}")
