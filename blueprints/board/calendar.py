"""This file is the page of all cycles: past, current and coming; the office makes a year of them, adds and removes."""

from dataclasses import dataclass, replace
from datetime import datetime

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, fields, pages
from blueprints.board.room import blueprint, many, step, the_cycle
from blueprints.board.year import Refused, YearForm, read
from blueprints.extensions import db, today
from blueprints.fields.view import Part
from plan import cycles, questions
from plan import fields as table
from plan.cycles import Cycle
from plan.fields import Invalid, Kind
from plan.models import Plan
from plan.roles import Step


@dataclass(frozen=True)
class CycleRow:
    """One cycle as a row of its list; `frozen` is when its pack was frozen, None where it was not."""

    title: str
    address: str
    cycle: Cycle
    stands: str
    frozen: datetime | None


@blueprint.get("/board")
def show(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    return _page(plan, YearForm())


@blueprint.post("/board/year")
def make_year(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug, Step.ADMINISTER)
    form = YearForm.of(request.form)
    try:
        made = cycles.make(db.session(), plan, read(form), step())
    except Refused as why:
        return _page(plan, form, status=422, wrong=str(why), target=why.target)
    db.session.commit()
    return pages.done(_said(made), url_for("board.show", slug=slug))


@blueprint.route("/board/add", methods=["GET", "POST"])
def add(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug, Step.ADMINISTER)
    parts = _parts(plan)
    if request.method == "GET":
        return pages.page("board/add.html", plan=plan, parts=parts, wrong="")
    try:
        id = cycles.add(db.session(), plan, {part.row.name: part.typed for part in parts}, step())
    except Invalid as why:
        db.session.rollback()
        return _refused(access.the_plan(slug, Step.ADMINISTER), str(why))
    db.session.commit()
    return pages.done("Added the cycle.", url_for("board.cycle", slug=slug, id=id))


@blueprint.post("/board/<id>/remove")
def remove(slug: str, id: str) -> ResponseReturnValue:
    plan = access.the_plan(slug, Step.ADMINISTER)
    cycle = the_cycle(plan, id)
    try:
        cycles.remove(db.session(), plan, id, step())
    except Invalid as why:
        db.session.rollback()
        abort(409, str(why))
    db.session.commit()
    return pages.done(
        f"Took out “{cycle.title}”. It stays in the history, where this can be undone.",
        url_for("board.show", slug=slug),
    )


def _page(plan: Plan, form: YearForm, *, status: int = 200, wrong: str = "", target: str = "") -> ResponseReturnValue:
    there = cycles.of_plan(db.session(), plan)
    frozen = cycles.frozen(db.session(), plan)
    rows = [_row(plan, one, frozen) for one in there]
    current = cycles.current(db.session(), plan, today())
    return pages.page(
        "board/show.html",
        status=status,
        plan=plan,
        current=next((row for row in rows if row.cycle == current), None),
        coming=[row for row in rows if current and row.cycle.opens > current.opens],
        past=[row for row in reversed(rows) if row.cycle.is_cut_off(today())],
        may_set_up=access.person().may(Step.ADMINISTER),
        form=form,
        wrong=wrong,
        target=target,
    )


def _row(plan: Plan, one: Cycle, frozen: dict[str, datetime]) -> CycleRow:
    address = url_for("board.cycle", slug=plan.slug, id=one.id)
    return CycleRow(one.title, address, one, stands(one), frozen.get(one.id))


def stands(cycle: Cycle) -> str:
    """Where a cycle is today, in words."""
    day = today()
    if day < cycle.opens:
        return f"Opens in {many((cycle.opens - day).days)}"
    if cycle.is_open(day):
        left = (cycle.cut_off - day).days
        return f"Open, {many(left)} left to its cut-off" if left else "Open, today is its cut-off"
    if day <= cycle.board:
        left = (cycle.board - day).days
        return f"Cut off, the board meets in {many(left)}" if left else "Cut off, the board meets today"
    return "Over"


def _parts(plan: Plan) -> list[Part]:
    """The inputs of a new cycle with what was typed so far."""
    position = questions.position(db.session(), plan, today())
    block, of_plan = fields.of_page(plan, position, ""), position.snapshot[plan.id]
    return [replace(block.new_part(row, of_plan), typed=request.form.get(row.name, "")) for row in table.of(Kind.CYCLE)]


def _refused(plan: Plan, wrong: str) -> ResponseReturnValue:
    """The form with a sentence beside each input that cannot be kept, or one for all."""
    parts = [replace(part, error=_error(part)) for part in _parts(plan)]
    wrong = "" if any(part.error for part in parts) else wrong
    return pages.page("board/add.html", status=422, plan=plan, parts=parts, wrong=wrong)


def _error(part: Part) -> str:
    try:
        table.clean(part.row, part.typed)
    except Invalid as invalid:
        return str(invalid)
    return ""


def _said(made: cycles.Made) -> str:
    left = (
        f" {many(made.left_out, 'cycle')} would have been open at once with one that there is, and "
        f"{'was' if made.left_out == 1 else 'were'} left out."
        if made.left_out
        else ""
    )
    return f"Made {many(made.cycles, 'cycle')}.{left}"
