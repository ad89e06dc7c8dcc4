"""This file is the queue: what awaits this person, and their decision on exactly what was shown."""

from dataclasses import dataclass

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, frame, pages
from blueprints.extensions import db, today
from blueprints.signoff.room import blueprint, step
from blueprints.signoff.waiting import lay_out
from plan import signoffs
from plan.models import Outcome, Plan, Source
from plan.roles import Step
from plan.signoffs import Shown

NOTHING_CHOSEN = "Choose at least one line. Nothing was decided yet."
DONE = {
    Outcome.SIGNED_OFF: "Signed off {lines}.",
    Outcome.RETURNED: ("Returned {lines}. The author finds the words and your reason under “Returned to me”."),
}


@dataclass(frozen=True)
class Asked:
    """What the form said: everything that was on the screen, what was chosen of it, and the decision."""

    shown: tuple[Shown, ...]
    chosen: tuple[Shown, ...]
    outcome: Outcome
    reason: str


@blueprint.get("/sign-off")
def queue(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    return _page(plan)


@blueprint.post("/sign-off")
def decide(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    asked = _read()
    try:
        signoffs.decide(db.session(), plan, asked.chosen, asked.outcome, step(Source.SIGN_OFF), reason=asked.reason)
    except signoffs.NotYours as refused:
        abort(403, str(refused))
    except signoffs.ReasonNeeded as why:
        return _page(plan, asked, status=422, wrong=str(why), at="reason")
    except signoffs.Stale as why:
        db.session.rollback()
        return _refused(access.the_plan(slug), asked, str(why))
    db.session.commit()
    message = DONE[asked.outcome].format(lines=_lines(len(asked.chosen)))
    return pages.done(message, url_for("signoff.queue", slug=slug))


@blueprint.get("/sign-off/count")
def count(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    return pages.page("layout/awaiting_count.html", count=frame.awaiting_count(access.person(), plan))


def _read() -> Asked:
    groups, lines = set(request.form.getlist("group")), set(request.form.getlist("line"))
    rows = [row.split(" ") for row in request.form.getlist("shown")]
    named = [(row[0], Shown(row[1], row[2])) for row in rows if len(row) == 3]
    chosen = tuple(one for group, one in named if one.key in lines or group in groups)
    outcome = request.form.get("outcome", "")
    if outcome not in set(Outcome):
        abort(400)
    return Asked(tuple(one for _, one in named), chosen, Outcome(outcome), request.form.get("reason", ""))


def _refused(plan: Plan, asked: Asked, why: str) -> ResponseReturnValue:
    if not asked.chosen:
        return _page(plan, asked, status=422, wrong=NOTHING_CHOSEN, at="lines")
    return _page(plan, asked, status=409, wrong=why, at="lines")


def _page(
    plan: Plan, asked: Asked | None = None, *, status: int = 200, wrong: str | None = None, at: str = ""
) -> ResponseReturnValue:
    view = lay_out(
        db.session(),
        plan,
        access.person(),
        today(),
        ticked=asked.chosen if asked else (),
        shown=asked.shown if asked else None,
    )
    return pages.page(
        "signoff/queue.html",
        status=status,
        plan=plan,
        queue=view,
        reason=asked.reason if asked else "",
        wrong=wrong,
        wrong_at=at,
        can_be_agreed=access.person().may(Step.ADMINISTER) and signoffs.can_be_agreed(db.session(), plan),
    )


def _lines(number: int) -> str:
    return "1 line" if number == 1 else f"{number:,} lines"
