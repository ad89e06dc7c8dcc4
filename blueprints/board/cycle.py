"""This file is one cycle's page: its days, who still owes an update, and its frozen packs."""

from dataclasses import dataclass, replace

from flask import url_for
from flask.typing import ResponseReturnValue

from blueprints import access, fields, pages
from blueprints.board import listing
from blueprints.board.calendar import stands
from blueprints.board.room import blueprint, the_cycle
from blueprints.extensions import db, today
from blueprints.fields import FieldView
from plan import cycles, questions
from plan import fields as table
from plan.cycle_dates import FIXED
from plan.cycles import Cycle
from plan.fields import Kind
from plan.models import Pack, Plan
from plan.roles import Step


@dataclass(frozen=True)
class CycleView:
    """All that a cycle's page shows. `freezes` is the edition that a press of the button makes, 0 for none."""

    cycle: Cycle
    stands: str
    is_cut_off: bool
    days: tuple[FieldView, ...]
    teams: list[listing.TeamView]
    updated: int
    asked: int
    editions: list[tuple[int, list[Pack]]]
    freezes: int
    may_remove: bool


@blueprint.get("/board/<id>")
def cycle(slug: str, id: str) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    return cycle_page(plan, the_cycle(plan, id))


def cycle_page(plan: Plan, cycle: Cycle, *, status: int = 200, wrong: str = "") -> ResponseReturnValue:
    """The page of a cycle, with a sentence on what went wrong where something did."""
    return pages.page("board/cycle.html", status=status, plan=plan, view=_view(plan, cycle), wrong=wrong)


def _view(plan: Plan, cycle: Cycle) -> CycleView:
    session, office = db.session(), access.person().may(Step.ADMINISTER)
    position = questions.position(session, plan, today())
    block = fields.of_page(plan, position, url_for("board.cycle", slug=plan.slug, id=cycle.id))
    begun = today() >= cycle.opens
    asked = cycles.asked_of(session, plan, cycle, position.snapshot) if begun else []
    packs = cycles.packs_of(session, cycle)
    editions = sorted({pack.edition for pack in packs}, reverse=True)
    return CycleView(
        cycle=cycle,
        stands=stands(cycle),
        is_cut_off=cycle.is_cut_off(today()),
        days=tuple(_day(block(position.snapshot[cycle.id], row.name), bool(packs)) for row in table.of(Kind.CYCLE)),
        teams=listing.by_team(plan, position.snapshot, asked),
        updated=sum(one.update is not None for one in asked),
        asked=len(asked),
        editions=[(edition, [pack for pack in packs if pack.edition == edition]) for edition in editions],
        freezes=cycles.next_edition(session, cycle) if office and cycle.is_cut_off(today()) else 0,
        may_remove=office and not packs,
    )


def _day(field: FieldView, is_frozen: bool) -> FieldView:
    """A frozen pack fixes the cycle's days, so nobody is offered to change them."""
    return replace(field, may_change=field.may_change and not (is_frozen and field.main.row.name in FIXED))
