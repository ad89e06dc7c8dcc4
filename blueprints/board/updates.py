"""This file is a person's own updates: what they owe in this cycle, and their word that nothing has changed."""

import json
from dataclasses import dataclass

from flask import make_response, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, frame, pages
from blueprints.board import listing
from blueprints.board.calendar import stands
from blueprints.board.room import blueprint, many
from blueprints.extensions import db, now, today
from plan import cycles, history
from plan.cycles import CannotConfirm, Cycle
from plan.models import Plan
from plan.roles import Step

NONE_OPEN = "No cycle is open today, so nothing was recorded. Look at the board's cycles for the next one."
NOTHING_CHOSEN = "Nothing was chosen, so nothing was recorded. Press “No change” beside what has not changed."


@dataclass(frozen=True)
class UpdatesView:
    """A person's list in the open cycle; `cycle` is None, and the list empty, while none is open."""

    cycle: Cycle | None
    stands: str
    owed: tuple[listing.LineView, ...]
    done: tuple[listing.LineView, ...]

    @property
    def progress(self) -> str:
        """How far they have come: "3 of 7 done"."""
        return f"{len(self.done)} of {len(self.owed) + len(self.done)} done"


@blueprint.get("/updates")
def updates(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug, Step.CONFIRM)
    return _page(plan)


@blueprint.post("/updates")
def confirm(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug, Step.CONFIRM)
    cycle = cycles.open_on(db.session(), plan, today())
    if cycle is None:
        return _page(plan, 409, NONE_OPEN)
    records = request.form.getlist("shown" if "all" in request.form else "record")
    if not records:
        return _page(plan, 422, NOTHING_CHOSEN)
    try:
        given = cycles.confirm(db.session(), plan, cycle, records, by=access.person(), at=now(), on=today())
    except CannotConfirm as why:
        return _page(plan, 409, str(why))
    db.session.commit()
    return _said(access.the_plan(slug, Step.CONFIRM), given)


def _said(plan: Plan, given: int) -> ResponseReturnValue:
    message = (
        f"Recorded “no change” for {many(given, 'line')}, with your name and today's date."
        if given
        else "There was an update already, so nothing was recorded again."
    )
    if not pages.is_htmx():
        return pages.done(message, url_for("board.updates", slug=plan.slug))
    answer = make_response(_page(plan))
    answer.headers["HX-Trigger"] = json.dumps({"announce": message})
    return answer


def _page(plan: Plan, status: int = 200, wrong: str = "") -> ResponseReturnValue:
    return pages.page(
        "board/updates.html",
        block="updates",
        status=status,
        plan=plan,
        view=_view(plan),
        count=frame.updates_count(access.person(), plan) if pages.is_htmx() else None,
        swapped=pages.is_htmx(),
        wrong=wrong,
    )


def _view(plan: Plan) -> UpdatesView:
    cycle = cycles.open_on(db.session(), plan, today())
    if cycle is None:
        following = cycles.current(db.session(), plan, today())
        return UpdatesView(None, f"“{following.title}”: {stands(following).lower()}." if following else "", (), ())
    snapshot = history.now(db.session(), plan)
    asked = cycles.asked_of_person(db.session(), plan, cycle, access.person(), snapshot)
    lines = [listing.line(plan, snapshot, one) for one in asked]
    owed, done = (tuple(line for line in lines if line.is_owed is wanted) for wanted in (True, False))
    return UpdatesView(cycle, stands(cycle), owed, done)
