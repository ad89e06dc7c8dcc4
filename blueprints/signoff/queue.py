"""This file is the queue: what awaits this person, their decision on exactly what was shown, and withdrawing."""

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, frame, pages
from blueprints.extensions import db
from blueprints.signoff.queue_page import Asked, address, queue_page, wanted
from blueprints.signoff.room import blueprint, step
from plan import signoffs
from plan.models import Outcome, Plan, Source, What
from plan.roles import Step
from plan.signoffs import Shown

NOTHING_CHOSEN = "Choose at least one line. Nothing was decided yet."
ASK = "ask"
NO_OUTCOME = "Choose “Sign off” or “Return” for what you selected. Nothing was decided yet; your ticks are kept."
DONE = {
    Outcome.SIGNED_OFF: "Signed off {lines}.",
    Outcome.RETURNED: ("Returned {lines}. The author finds the words and your reason under “Returned to me”."),
}
WITHDRAWN = (
    "Your change is withdrawn and nothing of it awaits sign-off any more. You find your words under “Returned to me”, "
    "to take up again or let go."
)


@blueprint.get("/sign-off")
def queue(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    return queue_page(plan)


@blueprint.post("/sign-off")
def decide(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug, Step.SIGN_OFF)
    asked = _read()
    if asked.outcome is None:
        return queue_page(plan, asked, status=422, wrong=NO_OUTCOME, at="decide")
    try:
        signoffs.decide(db.session(), plan, asked.chosen, asked.outcome, step(Source.SIGN_OFF), reason=asked.reason)
    except signoffs.NotYours as refused:
        abort(403, str(refused))
    except signoffs.ReasonNeeded as why:
        return queue_page(plan, asked, status=422, wrong=str(why), at="reason")
    except signoffs.Stale as why:
        db.session.rollback()
        return _refused(access.the_plan(slug), asked, str(why))
    access.note(What(asked.outcome.value), plan=plan, about=_lines(len(asked.chosen)), detail=asked.reason)
    db.session.commit()
    return pages.done(DONE[asked.outcome].format(lines=_lines(len(asked.chosen))), address(plan, wanted()))


@blueprint.post("/sign-off/withdraw")
def withdraw(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug, Step.EDIT)
    shown = Shown(request.form.get("line", ""), request.form.get("token", ""))
    try:
        revision = signoffs.withdraw(db.session(), plan, shown, step(Source.BROWSER))
    except (signoffs.Stale, signoffs.CannotWithdraw) as why:
        return queue_page(plan, status=409, wrong=str(why))
    access.note(What.WITHDRAWN, plan=plan, about=f"revision {revision.number}")
    db.session.commit()
    return pages.done(WITHDRAWN, url_for("signoff.queue", slug=slug))


@blueprint.get("/sign-off/count")
def count(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    return pages.page("layout/awaiting_count.html", count=frame.awaiting_count(access.person(), plan))


def _read() -> Asked:
    """What was chosen: the ticked lines and groups, or all of the one group whose own button was pressed."""
    whole = request.form.get("whole")
    groups = {whole} if whole else set(request.form.getlist("group"))
    lines = set() if whole else set(request.form.getlist("line"))
    rows = [row.split(" ") for row in request.form.getlist("shown")]
    named = [(row[0], Shown(row[1], row[2])) for row in rows if len(row) == 3]
    chosen = tuple(one for group, one in named if one.key in lines or group in groups)
    outcome = Outcome.SIGNED_OFF.value if whole else request.form.get("outcome", "")
    if outcome not in {*DONE, ASK}:
        abort(400)
    decided = None if outcome == ASK else Outcome(outcome)
    return Asked(tuple(one for _, one in named), chosen, decided, request.form.get("reason", ""))


def _refused(plan: Plan, asked: Asked, why: str) -> ResponseReturnValue:
    if not asked.chosen:
        return queue_page(plan, asked, status=422, wrong=NOTHING_CHOSEN, at="lines")
    return queue_page(plan, asked, status=409, wrong=why, at="lines")


def _lines(number: int) -> str:
    return "1 line" if number == 1 else f"{number:,} lines"
