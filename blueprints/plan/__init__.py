"""This room is the plan on one page: everything in its order, or just what a person asked to see."""

import json

from flask import Blueprint, abort, get_flashed_messages, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, fields, pages
from blueprints.extensions import db, today
from blueprints.plan.card import Cards, Opened
from blueprints.plan.page import plan_page
from blueprints.requirements.removed import just_removed
from plan import questions
from plan.fields import Kind
from plan.questions import Asked, Position
from plan.roles import Step

blueprint = Blueprint("plan", __name__)


@blueprint.get("/")
def index() -> ResponseReturnValue:
    plans = questions.plans(db.session())
    if len(plans) == 1:
        return redirect(url_for("plan.show", slug=plans[0].slug), 303)
    start_import = url_for("workbooks.start_import") if access.person().may(Step.ADMINISTER) else None
    return pages.page("plan/index.html", plans=plans, start_import=start_import)


@blueprint.get("/plans/<slug>")
def show(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    asked = Asked.of(request.args)
    address = url_for("plan.show", slug=slug) + asked.query_string()
    opened = Opened(*(request.args.get(name, "") for name in ("open", "removed", "at")))
    if not pages.is_htmx() and ("close" in request.args or "" in request.args.values()):
        return redirect(address, 303)  # an empty box says nothing: each view has one address
    position = questions.position(db.session(), plan, today())
    if asked.looks_around:
        position = questions.surrounded(db.session(), plan, position, today())
    block = fields.of_page(plan, position, address)
    if pages.is_htmx() and (id := opened.id or request.args.get("close")):
        return _card(Cards(block, opened, alone=True), position, id)
    view = plan_page(plan, asked, block, Cards(block, opened))
    if pages.is_htmx() and "counts" in request.args:
        return pages.page("plan/show.html", block="counts", plan=plan, view=view)
    removed = None if view.says_what_was_removed else just_removed(block, opened.removed)
    answer = make_response(pages.page("plan/show.html", block="results", plan=plan, view=view, removed=removed))
    return _announced(answer, view.found, address) if pages.is_htmx() else answer


def _card(cards: Cards, position: Position, id: str) -> ResponseReturnValue:
    """One card alone, opened, closed, or after a change of what stands in it; wherever the asking form stood."""
    item = position.snapshot.get(id)
    if item is None or item.kind is not Kind.REQUIREMENT:
        abort(404)
    card = cards(questions.found_requirement(position, item))
    answer = make_response(pages.page("plan/card.html", card=card))
    answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = f"#requirement-{item.id}", "outerHTML"
    answer.headers["HX-Replace-Url"] = cards.address
    said = [*get_flashed_messages(), *([f"{card.removed.name} is removed."] if card.removed else [])]
    if said:
        answer.headers["HX-Trigger"] = json.dumps({"announce": " ".join(said), "saved": item.id})
    return answer


def _announced(answer: ResponseReturnValue, found: str, address: str) -> ResponseReturnValue:
    response = make_response(answer)
    response.headers["HX-Push-Url"] = address
    response.headers["HX-Trigger"] = json.dumps({"announce": found})
    return response
