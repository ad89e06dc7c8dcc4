"""This file is the list of actions: exactly those that a number of the dashboard counts."""

from dataclasses import replace

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.dashboard.room import action_row, blueprint, here, scope
from plan import questions
from plan.questions import Asked
from plan.questions.counting import LABELS


@blueprint.get("/standing/actions")
def actions(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    asked = Asked.of(request.args)
    asked = replace(asked.scope, when=asked.when, slipped=asked.slipped)
    if "" in request.args.values():
        return redirect(url_for("dashboard.actions", slug=slug) + asked.query_string(), 303)
    position = here(plan)
    requirements = questions.find(position, asked.scope).requirements
    found = questions.found_actions(position, asked, requirements)
    return pages.page(
        "dashboard/actions.html",
        plan=plan,
        scope=scope(position, asked),
        title=_title(asked),
        rows=tuple(action_row(plan, position, one) for one in found),
        back=url_for("dashboard.show", slug=slug) + asked.scope.query_string(),
    )


def _title(asked: Asked) -> str:
    chosen = [LABELS[name].get(group, group) for name in ("when", "slipped") if (group := getattr(asked, name))]
    return f"Actions: {', '.join(chosen).lower()}" if chosen else "All actions"
