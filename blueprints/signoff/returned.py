"""This file is what came back to its author, to take up again or to let go."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import abort, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.extensions import db
from blueprints.signoff import telling
from blueprints.signoff.room import blueprint, step
from blueprints.signoff.telling import NetView
from plan import edits, fields, history, signoffs
from plan.models import Plan, Source
from plan.roles import Step
from plan.signoffs import Returned
from plan.snapshot import Snapshot


@dataclass(frozen=True)
class ReturnedView:
    """One returned line: what the author wrote, against what was signed; who returned it, when and why."""

    id: int
    heading: str
    address: str | None
    nets: tuple[NetView, ...]
    reason: str
    who: str
    when: str


@blueprint.get("/returned")
def returned(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    return _page(plan)


@blueprint.post("/returned/<int:id>/take-up")
def take_up(slug: str, id: int) -> ResponseReturnValue:
    plan = access.the_plan(slug, Step.EDIT)
    try:
        one = signoffs.find_returned(db.session(), plan, access.person(), id)
        signoffs.take_up_again(db.session(), plan, one, step(Source.BROWSER))
    except (signoffs.NoLongerReturned, fields.Invalid) as why:
        db.session.rollback()
        return _page(access.the_plan(slug), status=409, wrong=str(why))
    except edits.NotAllowed as refused:
        abort(403, str(refused))
    db.session.commit()
    return pages.done("Your words are in the plan again and await sign-off.", _after(plan, one))


@blueprint.post("/returned/<int:id>/let-go")
def let_go(slug: str, id: int) -> ResponseReturnValue:
    plan = access.the_plan(slug, Step.EDIT)
    try:
        one = signoffs.find_returned(db.session(), plan, access.person(), id)
    except signoffs.NoLongerReturned as why:
        return _page(plan, status=409, wrong=str(why))
    signoffs.let_go(db.session(), one, step(Source.BROWSER))
    db.session.commit()
    return pages.done(
        "Let go. The plan keeps its signed-off words; yours stay in its history.",
        url_for("signoff.returned", slug=slug),
    )


def _page(plan: Plan, *, status: int = 200, wrong: str | None = None) -> ResponseReturnValue:
    found = signoffs.returned_to(db.session(), plan, access.person())
    snapshot = history.now(db.session(), plan) if found else Snapshot()
    return pages.page(
        "signoff/returned.html",
        status=status,
        plan=plan,
        lines=[_view(snapshot, plan, one) for one in found],
        wrong=wrong,
    )


def _view(snapshot: Snapshot, plan: Plan, one: Returned) -> ReturnedView:
    nets = tuple(_nets(snapshot, one))
    revision = one.decision.revision
    return ReturnedView(
        one.id,
        _heading(snapshot, one, nets),
        _address(plan, one),
        telling.under_heading(nets),
        one.decision.reason or "",
        revision.by_name,
        telling.moment(revision.at),
    )


def _nets(snapshot: Snapshot, one: Returned) -> Iterator[NetView]:
    """The returned words; of a record that came or went, all of its words."""
    kind = one.item.kind
    if one.decision.field != "present":
        for d in one.decisions:
            yield telling.net_view(snapshot, kind, d.field, d.before, d.after)
        return
    for row in fields.of(kind):
        words = one.item.get(row.name)
        if words is not None:
            before, after = (None, words) if one.decision.after else (words, None)
            yield telling.net_view(snapshot, kind, row.name, before, after)


def _heading(snapshot: Snapshot, one: Returned, nets: Sequence[NetView]) -> str:
    name = telling.name_of(snapshot, one.item)
    if one.decision.field == "present":
        return f"New: {name}" if one.decision.after else f"Taken out: {name}"
    return f"{name}: {'Cases and grades' if len(nets) > 1 else nets[0].label}"


def _after(plan: Plan, one: Returned) -> str:
    return _address(plan, one) or url_for("signoff.returned", slug=plan.slug)


def _address(plan: Plan, one: Returned) -> str | None:
    if one.requirement is None:
        return None
    return url_for("requirements.show", slug=plan.slug, id=one.requirement.id)
