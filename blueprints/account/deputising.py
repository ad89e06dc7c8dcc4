"""This file lets a lead name a deputy for a time, and end it early."""

from datetime import date

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.account.room import blueprint, page
from blueprints.extensions import db, today
from plan import deputies, people
from plan.deputies import CannotName
from plan.models import Person, What
from plan.roles import Step
from plan.timescale import say_date

NO_DAYS = "Give the first and the last day. Nobody was named yet."
NO_DEPUTY = "That is no deputy of yours, or it has ended already. Nothing was changed; look at your account."


@blueprint.post("/deputies")
def name_deputy() -> ResponseReturnValue:
    access.require(Step.NAME_DEPUTY)
    try:
        starts, ends = _day("starts"), _day("ends")
        named = deputies.name(db.session(), access.person(), _chosen(), starts, ends, on=today())
    except CannotName as why:
        return page(422, str(why), "deputy")
    said = f"{named.deputy.name} decides for you from {say_date(starts)} to {say_date(ends)}."
    access.note(What.DEPUTY_NAMED, about=named.deputy.named, detail=f"{starts.isoformat()} to {ends.isoformat()}")
    db.session.commit()
    return pages.done(said, url_for("account.show", _anchor="deputies"))


@blueprint.post("/deputies/<int(max=2147483647):id>/end")
def end_deputy(id: int) -> ResponseReturnValue:
    access.require(Step.NAME_DEPUTY)
    ended = deputies.end(db.session(), access.person(), id, on=today())
    if ended is None:
        abort(404, NO_DEPUTY)
    said = f"{ended.deputy.name} decides for you no longer. What they decided stays on record."
    access.note(What.DEPUTY_ENDED, about=ended.deputy.named)
    db.session.commit()
    return pages.done(said, url_for("account.show", _anchor="deputies"))


def _day(name: str) -> date:
    try:
        return date.fromisoformat(request.form.get(name, ""))
    except ValueError:
        raise CannotName(NO_DAYS) from None


def _chosen() -> Person | None:
    chosen = request.form.get("deputy", "")
    return people.by_id(db.session(), int(chosen)) if chosen.isdecimal() and len(chosen) < 10 else None
