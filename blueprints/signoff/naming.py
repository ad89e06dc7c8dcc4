"""This file lets the office name somebody to decide where no lead may, and end it."""

from datetime import date

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.extensions import db, today
from blueprints.signoff.queue_page import queue_page
from blueprints.signoff.room import blueprint, step
from blueprints.signoff.stuck import place_of, say_named
from plan import history, people, signoffs
from plan.deputies import CannotName
from plan.models import Person, Plan, Source, What
from plan.roles import Step
from plan.signoffs import naming
from plan.signoffs.naming import Place

NO_DAYS = "Give the first and the last day. Nobody was named yet."
NOT_NAMED = "Nobody is named under that number, or it has ended already. Nothing was changed; look at sign-off again."


@blueprint.post("/sign-off/deciders")
def name_decider(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug, Step.ADMINISTER)
    try:
        named = naming.name(
            db.session(),
            place_of(request.form.get("place", "")),
            _chosen(),
            _day("starts"),
            _day("ends"),
            step(Source.BROWSER),
            offered=_offered(plan),
            on=today(),
        )
    except CannotName as why:
        return queue_page(plan, status=422, wrong=str(why), at="stuck")
    said = say_named(history.now(db.session(), plan), named)
    access.note(What.DEPUTY_NAMED, plan=plan, about=named.person.named, detail=said)
    db.session.commit()
    return pages.done(said, url_for("signoff.queue", slug=slug))


@blueprint.post("/sign-off/deciders/<int(max=2147483647):id>/end")
def end_decider(slug: str, id: int) -> ResponseReturnValue:
    plan = access.the_plan(slug, Step.ADMINISTER)
    ended = naming.end(db.session(), plan, id, on=today())
    if ended is None:
        abort(404, NOT_NAMED)
    said = f"{ended.person.name} decides there no longer. What they decided stays on record."
    access.note(What.DEPUTY_ENDED, plan=plan, about=ended.person.named, detail="by the programme office")
    db.session.commit()
    return pages.done(said, url_for("signoff.queue", slug=slug))


def _offered(plan: Plan) -> list[Place]:
    session = db.session()
    found = naming.stuck(session, plan, signoffs.lines(session, plan), signoffs.all_powers(session, today()))
    return [place for one in found for place in one.places]


def _chosen() -> Person | None:
    chosen = request.form.get("person", "")
    return people.by_id(db.session(), int(chosen)) if chosen.isdecimal() and len(chosen) < 10 else None


def _day(name: str) -> date:
    try:
        return date.fromisoformat(request.form.get(name, ""))
    except ValueError:
        raise CannotName(NO_DAYS) from None
