"""This room is the plan's figures on one page: their pictures, what is missing, audits, and figures found in words."""

from collections.abc import Callable

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.extensions import db, now, today
from blueprints.figures.card import drawn as drawn_of
from blueprints.figures.page import figures_page
from blueprints.security import local_path
from plan import edits, figures, questions, rights, taking
from plan.edits import Edit
from plan.fields import Invalid, Kind
from plan.ledger import Step as Taken
from plan.models import Plan, Source
from plan.questions import Position
from plan.roles import Step
from plan.snapshot import Item

blueprint = Blueprint("figures", __name__)
GONE = (
    "These words are not offered any more: somebody has taken the figure already, or the words have changed. "
    "Nothing was changed; what is offered now stands below."
)


@blueprint.get("/plans/<slug>/figures")
def show(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    return _page(plan, questions.position(db.session(), plan, today()))


@blueprint.get("/plans/<slug>/figures/<id>")
def drawn(slug: str, id: str) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    position = questions.position(db.session(), plan, today())
    item = position.snapshot.get(id)
    requirement = position.snapshot.requirement_of(id)
    if item is None or requirement is None or item.kind not in (Kind.INDICATOR, Kind.REQUIREMENT):
        abort(404)
    name = questions.first_upper(questions.name(position.snapshot, item))
    back = url_for("requirements.show", slug=slug, id=requirement.id)
    view = drawn_of(slug, position.snapshot, item)
    return pages.page("figures/drawn.html", block="drawn", plan=plan, view=view, name=name, back=back)


@blueprint.post("/plans/<slug>/figures/<id>/readings/<key>")
def take(slug: str, id: str, key: str) -> ResponseReturnValue:
    plan, position, requirement = _asked(slug, id)
    offer = next((one for one in figures.offers(position.snapshot, requirement) if one.key == key), None)
    if offer is None:
        return _page(plan, position, GONE, 409)
    figure, name = request.form.get("figure", ""), request.form.get("name", "")
    made = f"{offer.told.literal} for {offer.told.period.words}"
    return _take(
        plan,
        position,
        requirement,
        lambda: taking.reading(position.snapshot, requirement, offer, figure, name),
        made,
        offer.told.sentence,
    )


@blueprint.post("/plans/<slug>/figures/<id>/audits/<key>")
def take_audit(slug: str, id: str, key: str) -> ResponseReturnValue:
    plan, position, requirement = _asked(slug, id)
    offer = next((one for one in figures.audit_offers(position.snapshot, requirement) if one.key == key), None)
    if offer is None:
        return _page(plan, position, GONE, 409)
    title = request.form.get("name", "")
    return _take(
        plan,
        position,
        requirement,
        lambda: taking.audit(position.snapshot, requirement, offer, title),
        "the audit",
        offer.told.sentence,
    )


def _asked(slug: str, id: str) -> tuple[Plan, Position, Item]:
    """The plan, how it stands and the requirement whose words are meant, or 403 or 404."""
    plan = access.the_plan(slug, Step.EDIT)
    position = questions.position(db.session(), plan, today())
    requirement = position.snapshot.get(id)
    if requirement is None or requirement.kind is not Kind.REQUIREMENT or not requirement.present:
        abort(404)
    access.allow(rights.may_add(access.person(), position.snapshot, id, Kind.INDICATOR))
    return plan, position, requirement


def _take(
    plan: Plan, position: Position, requirement: Item, changes: Callable[[], list[Edit]], made: str, sentence: str
) -> ResponseReturnValue:
    note = f"Taken from the words “{questions.shorten(sentence, 200)}”"
    try:
        edits.apply(db.session(), plan, changes(), Taken(access.person(), now(), Source.BROWSER, note=note))
    except Invalid as refusal:
        db.session.rollback()
        return _page(plan, position, str(refusal), 422)
    db.session.commit()
    back = local_path(request.form.get("back")) or url_for("figures.show", slug=plan.slug)
    where = questions.name(position.snapshot, requirement)
    return pages.done(f"Taken: {made}, under {where}.", f"{back}#figures-{requirement.id}")


def _page(plan: Plan, position: Position, problem: str = "", status: int = 200) -> ResponseReturnValue:
    compared = (request.args.get("before", ""), request.args.get("after", ""))
    view = figures_page(plan, position, access.person(), compared)
    return pages.page("figures/show.html", status=status, plan=plan, view=view, problem=problem)
