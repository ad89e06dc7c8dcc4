"""This file is the first agreement: the office confirms the whole position as the signed-off baseline."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.extensions import db
from blueprints.signoff.room import blueprint, step
from plan import signoffs, standing
from plan.models import Plan, Source, What
from plan.roles import Step


@blueprint.route("/sign-off/agree", methods=["GET", "POST"])
def agree(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug, Step.ADMINISTER)
    if request.method == "GET":
        return _page(plan)
    try:
        signoffs.agree(db.session(), plan, request.form.get("revision", 0, type=int), step(Source.BASELINE))
    except (signoffs.Stale, signoffs.AlreadyAgreed) as why:
        return _page(plan, status=409, wrong=str(why))
    access.note(What.AGREED, plan=plan, about="the whole position")
    db.session.commit()
    return pages.done(
        "The whole position is agreed. From now on every change awaits a team lead's sign-off.",
        url_for("signoff.queue", slug=slug),
    )


def _page(plan: Plan, *, status: int = 200, wrong: str | None = None) -> ResponseReturnValue:
    return pages.page(
        "signoff/agree.html",
        status=status,
        plan=plan,
        wrong=wrong,
        possible=signoffs.can_be_agreed(db.session(), plan),
        lines=len(signoffs.lines(db.session(), plan)),
        head=standing.head(db.session(), plan),
    )
