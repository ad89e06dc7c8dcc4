"""This room is the plan's history: every saved step, what it changed, and undoing one of them."""

from dataclasses import dataclass

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.extensions import db, now
from plan import fields, questions, rights, undo
from plan import history as past
from plan.edits import NotAllowed
from plan.fields import Invalid
from plan.ledger import Step as Taken
from plan.models import Plan, Revision, Source, What
from plan.roles import Step
from plan.snapshot import Snapshot
from plan.undo import CannotUndo, LeftAlone

blueprint = Blueprint("history", __name__)

MOVED_ON = (
    "Something that you ticked was changed while you were looking, so nothing was undone. This is how it stands now; "
    "tick again what shall go back."
)


@dataclass(frozen=True)
class MovedSince:
    """Something that undoing leaves alone unless its box is ticked."""

    key: str
    what: str
    now: str
    before: str


@blueprint.get("/plans/<slug>/history")
def show(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    page = questions.page_of(db.session(), plan, request.args.get("page", 1, type=int))
    return pages.page("history/show.html", plan=plan, page=page)


@blueprint.get("/plans/<slug>/history/<int(max=2147483647):number>")
def revision(slug: str, number: int) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    return _revision_page(plan, _revision(plan, number))


@blueprint.post("/plans/<slug>/history/<int(max=2147483647):number>/undo", endpoint="undo")
def undo_revision(slug: str, number: int) -> ResponseReturnValue:
    plan = access.the_plan(slug, Step.EDIT)
    found = _revision(plan, number)
    step = Taken(access.person(), now(), Source.UNDO, note=f"Undoes revision {number}")
    try:
        also = _ticked(plan, number)
        undone = undo.undo(db.session(), plan, number, step, also)
    except (CannotUndo, Invalid, NotAllowed) as refusal:
        db.session.rollback()
        return _revision_page(plan, found, error=str(refusal), status=409)
    access.note(What.UNDONE, plan=plan, about=f"revision {number}")
    db.session.commit()
    return pages.done(_said(number, undone), url_for("history.show", slug=slug))


def _ticked(plan: Plan, number: int) -> set[tuple[str, str]]:
    """What shall go back too, though it was changed since. Raises CannotUndo where it says something else by now."""
    listed = {_key(one): (one.record, one.field) for one in undo.changed_since(db.session(), plan, number)}
    ticked = request.form.getlist("also")
    if any(key not in listed for key in ticked):
        raise CannotUndo(MOVED_ON)
    return {listed[key] for key in ticked}


def _key(left: LeftAlone) -> str:
    return f"{left.record}.{left.field}.{left.token}"


def _revision(plan: Plan, number: int) -> Revision:
    return questions.revision(db.session(), plan, number) or abort(404)


def _revision_page(plan: Plan, found: Revision, error: str = "", status: int = 200) -> ResponseReturnValue:
    snapshot = past.now(db.session(), plan)
    entry = next(iter(questions.entries(snapshot, found.changes, found.decisions)), None)
    can_be_undone = found.source in undo.CAN_BE_UNDONE and _may_undo(snapshot, found)
    left = undo.changed_since(db.session(), plan, found.number) if can_be_undone else []
    return pages.page(
        "history/revision.html",
        status=status,
        plan=plan,
        found=found,
        entry=entry,
        source=questions.source_words(found),
        can_be_undone=can_be_undone,
        left=[_moved_since(snapshot, one) for one in left],
        error=error,
    )


def _may_undo(snapshot: Snapshot, found: Revision) -> bool:
    """Whether everything that it changed is this person's to change."""
    return all(rights.may_change(access.person(), snapshot, c.record_id, c.field) for c in found.changes)


def _moved_since(snapshot: Snapshot, left: LeftAlone) -> MovedSince:
    name = questions.name(snapshot, snapshot[left.record])
    row = fields.BY_NAME.get((left.kind, left.field))
    if row is None:
        return MovedSince(_key(left), name, "has been changed since", "as it was before")
    now, before = fields.say(row, left.now) or "nothing", fields.say(row, left.before) or "nothing"
    return MovedSince(_key(left), f"{row.label} of {name}", now, before)


def _said(number: int, undone: undo.Undone) -> str:
    left = len(undone.left_alone)
    kept = f" {left} of its changes had been changed again since and were left alone." if left else ""
    if undone.revision is None:
        return f"Nothing of revision {number} was left to undo, so nothing was changed.{kept}"
    return f"Revision {number} is undone, by revision {undone.revision.number}.{kept}"
