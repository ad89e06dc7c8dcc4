"""This room is the plan on one page: everything in its order, or just what a person asked to see."""

import json

from flask import Blueprint, current_app, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, fields, pages
from blueprints.extensions import db, today
from blueprints.plan.page import plan_page
from blueprints.requirements.removed import just_removed
from plan import questions
from plan.questions import Asked

blueprint = Blueprint("plan", __name__)


@blueprint.get("/")
def index() -> ResponseReturnValue:
    plans = questions.plans(db.session())
    if len(plans) == 1:
        return redirect(url_for("plan.show", slug=plans[0].slug), 303)
    return pages.page("plan/index.html", plans=plans, start_import=_start_import())


@blueprint.get("/plans/<slug>")
def show(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    asked = Asked.of(request.args)
    address = url_for("plan.show", slug=slug) + asked.query_string()
    if not pages.is_htmx() and "" in request.args.values():
        return redirect(address, 303)  # an empty box says nothing: each view has one address
    position = questions.position(db.session(), plan, today())
    view = plan_page(plan, position, asked, fields.of_page(plan, position, address), access.person())
    removed = just_removed(slug, position.snapshot, request.args.get("removed"))
    answer = make_response(pages.page("plan/show.html", block="results", plan=plan, view=view, removed=removed))
    return _announced(answer, view.found, address) if pages.is_htmx() else answer


def _announced(answer: ResponseReturnValue, found: str, address: str) -> ResponseReturnValue:
    response = make_response(answer)
    response.headers["HX-Push-Url"] = address
    response.headers["HX-Trigger"] = json.dumps({"announce": found})
    return response


def _start_import() -> str:
    return url_for("workbooks.start_import") if "workbooks.start_import" in current_app.view_functions else "/import"
