"""This file is what came back to its author, to edit and send again, or to let go."""

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.extensions import db
from blueprints.signoff.returned_page import address_of, returned_page, rewritten
from blueprints.signoff.room import blueprint, step
from plan import edits, fields, signoffs
from plan.models import Plan, Source
from plan.roles import Step
from plan.signoffs import Returned

SENT = "Your words are in the plan again and await sign-off."
LET_GO = "Let go. The plan keeps its signed-off words; yours stay in its history."


@blueprint.get("/returned")
def returned(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    return returned_page(plan)


@blueprint.post("/returned/<int(max=2147483647):id>/take-up")
def take_up(slug: str, id: int) -> ResponseReturnValue:
    plan = access.the_plan(slug, Step.EDIT)
    try:
        one = signoffs.find_returned(db.session(), plan, access.person(), id)
    except signoffs.NoLongerReturned as why:
        return returned_page(plan, status=409, wrong=str(why))
    again = rewritten(plan, one, request.form)
    if again.at_fault:
        return returned_page(plan, status=422, refused=again)
    try:
        signoffs.take_up_again(db.session(), plan, one, step(Source.BROWSER), again.words)
    except fields.Invalid as why:
        db.session.rollback()
        return returned_page(access.the_plan(slug), status=422, wrong=str(why), refused=again)
    except edits.NotAllowed as refused:
        abort(403, str(refused))
    db.session.commit()
    return pages.done(SENT, _after(plan, one))


@blueprint.post("/returned/<int(max=2147483647):id>/let-go")
def let_go(slug: str, id: int) -> ResponseReturnValue:
    plan = access.the_plan(slug, Step.EDIT)
    try:
        one = signoffs.find_returned(db.session(), plan, access.person(), id)
    except signoffs.NoLongerReturned as why:
        return returned_page(plan, status=409, wrong=str(why))
    signoffs.let_go(db.session(), one, step(Source.BROWSER))
    db.session.commit()
    return pages.done(LET_GO, url_for("signoff.returned", slug=slug))


def _after(plan: Plan, one: Returned) -> str:
    return address_of(plan, one) or url_for("signoff.returned", slug=plan.slug)
