"""This file is the programme office's settings: the plan's own fields, its scale and teams."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.extensions import db, now
from plan import edits, fields, history, people
from plan.edits import Edit
from plan.fields import Field, Kind
from plan.ledger import Step as Taken
from plan.models import Plan, Source
from plan.roles import Step
from plan.snapshot import Item

blueprint = Blueprint("office", __name__, url_prefix="/plans/<slug>")

CLASH = (
    "Somebody else set a team while you were choosing, so nothing was saved. Look at the lines marked below "
    "and save again."
)
UNKNOWN = "That is not one of the teams. Nothing was saved; choose one from the list."


@dataclass(frozen=True)
class FieldView:
    """One of the plan's own fields: what it is called, what it says, where it is changed."""

    label: str
    words: str
    help: str
    address: str


@dataclass(frozen=True)
class TeamRow:
    """One requirement and its team; `meanwhile` is what somebody else set it to while this page was open."""

    id: str
    name: str
    words: str
    team: str
    chosen: str
    is_changed: bool = False
    meanwhile: str | None = None


@blueprint.get("/settings")
def settings(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug, Step.ADMINISTER)
    return _page(plan, _rows(plan))


@blueprint.post("/settings")
def set_teams(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug, Step.ADMINISTER)
    rows = _rows(plan)
    changed = [row for row in rows if row.is_changed]
    if any(row.chosen and row.chosen not in people.team_names(db.session()) for row in changed):
        return _page(plan, rows, status=422, wrong=UNKNOWN)
    if any(row.meanwhile is not None for row in rows):
        return _page(plan, rows, status=409, wrong=CLASH)
    taken = Taken(access.person(), now(), Source.BROWSER)
    edits.apply(
        db.session(),
        plan,
        [Edit(Kind.REQUIREMENT, row.id, "team", row.chosen or None) for row in changed],
        taken,
    )
    db.session.commit()
    many = "1 requirement" if len(changed) == 1 else f"{len(changed)} requirements"
    saved = f"Saved the team of {many}." if changed else "Nothing was different, so nothing was saved."
    return pages.done(saved, url_for("office.settings", slug=slug, _anchor="teams"))


def _rows(plan: Plan) -> list[TeamRow]:
    """Each requirement with what the form chose for it, where there is a form."""
    return [_row(item) for item in history.now(db.session(), plan).of(Kind.REQUIREMENT)]


def _row(item: Item) -> TeamRow:
    team = str(item.get("team") or "")
    was = request.form.get(f"was-{item.id}", team)
    chosen = request.form.get(f"team-{item.id}", was)
    changed = chosen not in (was, team)
    clashes = changed and was != team
    return TeamRow(
        item.id,
        f"Requirement {item.get('reference') or ''}".strip(),
        str(item.get("text") or ""),
        team,
        chosen if changed else team,
        changed,
        (team or "no team") if clashes else None,
    )


def _page(plan: Plan, rows: Iterable[TeamRow], *, status: int = 200, wrong: str | None = None) -> ResponseReturnValue:
    own = fields.of(Kind.PLAN)
    return pages.page(
        "office/settings.html",
        status=status,
        plan=plan,
        wrong=wrong,
        own=[_field(plan, row) for row in own if not row.name.startswith("scale_")],
        scale=[_field(plan, row) for row in own if row.name.startswith("scale_")],
        rows=rows,
        teams=people.team_names(db.session()),
    )


def _field(plan: Plan, row: Field) -> FieldView:
    back = url_for("office.settings", slug=plan.slug)
    address = url_for("fields.edit", slug=plan.slug, kind="plan", id=plan.id, field=row.name, back=back)
    return FieldView(row.label, fields.say(row, getattr(plan, row.name)), row.help, address)
