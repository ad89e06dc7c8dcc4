"""This room is one requirement with all that stands under it: seeing it, adding, removing, bringing back."""

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, fields, pages
from blueprints.addresses import asking
from blueprints.extensions import db, now, today
from blueprints.requirements.adding import AddPage, add_page
from blueprints.requirements.page import requirement_page
from blueprints.requirements.removed import just_removed
from blueprints.security import local_path
from blueprints.signoff.standing import standing_of
from plan import edits, questions, rights
from plan.edits import Edit
from plan.fields import Invalid, Kind
from plan.ledger import Step as Taken
from plan.models import Plan, Source, new_id
from plan.questions import Position
from plan.roles import Step
from plan.snapshot import Item

blueprint = Blueprint("requirements", __name__)
KINDS = f"any({', '.join(kind for kind in Kind if kind not in (Kind.PLAN, Kind.CYCLE))})"

HOLDS_REQUIREMENTS = "The theme still holds requirements, so nothing was removed. Remove those first, then the theme."


@blueprint.get("/plans/<slug>/requirements/<id>")
def show(slug: str, id: str) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    position = questions.position(db.session(), plan, today())
    item = _record(position, Kind.REQUIREMENT, id)
    history = questions.requirement_entries(db.session(), position.snapshot, item)
    block = fields.of_page(plan, position, url_for("requirements.show", slug=slug, id=id))
    view = requirement_page(plan, item, history, block)
    removed = just_removed(block, request.args.get("removed"))
    standing = standing_of(db.session(), plan, position.snapshot, item)
    return pages.page("requirements/show.html", plan=plan, view=view, removed=removed, standing=standing)


@blueprint.route(f"/plans/<slug>/requirements/<id>/<{KINDS}:kind>", methods=["GET", "POST"])
def add(slug: str, id: str, kind: str) -> ResponseReturnValue:
    plan = access.the_plan(slug, Step.EDIT)
    position = questions.position(db.session(), plan, today())
    parent = position.snapshot.get(id) or abort(404)
    access.allow(rights.may_add(access.person(), position.snapshot, id, Kind(kind)))
    block = fields.of_page(plan, position, _back(plan, position, parent))
    view = add_page(parent, Kind(kind), block, request.form, inline=pages.is_htmx())
    if request.method == "GET":
        return _form(plan, view, shown="shown" in request.args)
    made = new_id()
    try:
        _apply(plan, edits.new(view.kind, made, parent.id, view.values(), position=view.place))
    except Invalid as invalid:
        db.session.rollback()
        return _form(plan, view.refused(invalid), status=422)
    db.session.commit()
    return pages.done(f"Added: {view.link.noun}.", _page_of(plan, made, parent, view.back))


@blueprint.post(f"/plans/<slug>/records/<{KINDS}:kind>/<id>/remove")
def remove(slug: str, kind: str, id: str) -> ResponseReturnValue:
    plan = access.the_plan(slug, Step.EDIT)
    position = questions.position(db.session(), plan, today())
    item = _record(position, Kind(kind), id)
    access.allow(rights.may_remove(access.person(), position.snapshot, id))
    back = _back(plan, position, item)
    if item.kind is Kind.THEME and position.snapshot.under(id, Kind.REQUIREMENT):
        return pages.done(HOLDS_REQUIREMENTS, f"{back}#theme-{id}")
    _apply(plan, edits.remove(item.kind, item.id))
    db.session.commit()
    if item.kind is Kind.REQUIREMENT:
        back = url_for("plan.show", slug=slug)
    return redirect(f"{asking(back, removed=item.id)}#removed-{item.id}", 303)


@blueprint.post(f"/plans/<slug>/records/<{KINDS}:kind>/<id>/bring-back")
def bring_back(slug: str, kind: str, id: str) -> ResponseReturnValue:
    plan = access.the_plan(slug, Step.EDIT)
    position = questions.position(db.session(), plan, today())
    item = _record(position, Kind(kind), id)
    access.allow(rights.may_remove(access.person(), position.snapshot, id))
    back = _back(plan, position, item)
    try:
        _apply(plan, edits.bring_back(item.kind, item.id))
    except Invalid as invalid:
        db.session.rollback()
        return pages.done(str(invalid), back)
    db.session.commit()
    return pages.done(f"Brought back: {questions.name(position.snapshot, item)}.", _at(back, item.id))


def _record(position: Position, kind: Kind, id: str) -> Item:
    item = position.snapshot.get(id)
    if item is None or item.kind is not kind:
        abort(404)
    return item


def _apply(plan: Plan, changes: list[Edit]) -> None:
    edits.apply(db.session(), plan, changes, Taken(access.person(), now(), Source.BROWSER))


def _form(plan: Plan, view: AddPage, *, shown: bool = False, status: int = 200) -> ResponseReturnValue:
    return pages.page(
        "requirements/add.html", block="adding", status=status, plan=plan, view=view, shown=shown and view.link.inline
    )


def _back(plan: Plan, position: Position, item: Item) -> str:
    """The page a person came from; without one the requirement's, or the plan's for a theme."""
    requirement = position.snapshot.requirement_of(item.id)
    own = url_for("requirements.show", slug=plan.slug, id=requirement.id) if requirement else None
    return local_path(request.values.get("back")) or own or url_for("plan.show", slug=plan.slug)


def _at(back: str, id: str) -> str:
    """The page at this record's row; htmx, which sends no fragment, is told in the query where the keyboard goes."""
    return f"{asking(back, at=id if pages.is_htmx() else None)}#row-{id}"


def _page_of(plan: Plan, made: str, parent: Item, back: str) -> str:
    """Where to look at a record just made; a requirement has a page of its own."""
    if parent.kind is Kind.THEME:
        return url_for("requirements.show", slug=plan.slug, id=made)
    return f"{back}#theme-{made}" if parent.kind is Kind.PLAN else _at(back, made)
