"""This file is "Where we stand": every question a board asks, each number a link to exactly the rows it counts."""

from dataclasses import dataclass

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.dashboard.room import ActionRow, ScopeView, action_row, blueprint, here, requirement_address, scope
from blueprints.extensions import db, today
from plan import challenges, figures, questions, timescale
from plan.models import Plan
from plan.questions import Asked, Counts, FoundRequirement, Position, Summary
from plan.questions.facets import travel
from reports.charts import Picture, actions_by_due, status_by_theme

SHOWN = 6  # rows of a list on the page itself; the number above it leads to them all


@dataclass(frozen=True)
class CountView:
    """One number, what it counts, the address of exactly those rows, and the number at the last board in words."""

    group: str
    label: str
    number: int
    address: str
    then: str


@dataclass(frozen=True)
class CountsView:
    """A set of counts and the sum that shows that they add up."""

    counts: tuple[CountView, ...]
    sum: str


@dataclass(frozen=True)
class RowView:
    """One row of a short list: a link and a remark."""

    name: str
    address: str
    remark: str


@dataclass(frozen=True)
class StandingView:
    """All that the page shows. `since` and `update` are None where the question cannot be asked yet."""

    scope: ScopeView
    day: str
    board: str
    last: str
    status: CountsView
    since: CountsView | None
    when: CountsView
    late: tuple[ActionRow, ...]
    more_late: int
    slipped: CountsView
    slips: tuple[ActionRow, ...]
    more_slips: int
    decider: CountsView
    update: CountsView | None
    cycle: str
    owing_by: CountsView | None
    owing: tuple[RowView, ...]
    more_owing: int
    figures: CountsView
    worse: tuple[RowView, ...]
    asked: int
    answered: int
    pictures: tuple[Picture, ...]


@blueprint.get("/standing")
def show(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    asked = Asked.of(request.args).scope
    if "" in request.args.values():
        return redirect(url_for("dashboard.show", slug=slug) + asked.query_string(), 303)
    return pages.page("dashboard/show.html", plan=plan, view=_view(plan, here(plan), asked))


def _view(plan: Plan, position: Position, asked: Asked) -> StandingView:
    standing, around = questions.summary(position, asked), position.around
    late = standing.of_action(position, "when", "late")
    slips = standing.of_action(position, "slipped", "once", "more")
    ids = {one.item.id for one in standing.requirements}
    held = [one for one in challenges.found(db.session(), plan, position, today()) if one.finding.requirement in ids]
    return StandingView(
        scope=scope(position, asked),
        day=timescale.say_date(position.day),
        board=_board(position),
        last=around.last_title,
        status=_counts(plan, standing.status),
        since=_counts(plan, standing.since) if standing.since else None,
        when=_counts(plan, standing.when),
        late=tuple(action_row(plan, position, one) for one in late[:SHOWN]),
        more_late=max(0, len(late) - SHOWN),
        slipped=_counts(plan, standing.slipped),
        slips=tuple(action_row(plan, position, one) for one in slips[:SHOWN]),
        more_slips=max(0, len(slips) - SHOWN),
        decider=_counts(plan, standing.decider),
        update=_counts(plan, standing.update) if standing.update else None,
        cycle=f"{around.open_title}, until {timescale.say_date(around.cut_off)}" if around.cut_off else "",
        owing_by=_counts(plan, standing.owing) if standing.owing else None,
        owing=_owing(plan, position, standing),
        more_owing=max(0, standing.owing.total - SHOWN) if standing.owing else 0,
        figures=_counts(plan, standing.figures),
        worse=tuple(row for one in standing.requirements for row in _worse(plan, position, one)),
        asked=len(held),
        answered=sum(one.answer is not None for one in held),
        pictures=_pictures(position) if not asked.query() else (),
    )


def _board(position: Position) -> str:
    """The next board and, where the plan is held at a day of its own, up to which day things fall due before it."""
    around = position.around
    if not (around.board and around.due_until):
        return ""
    day = timescale.say_date(around.board)
    words = around.board_title if day in around.board_title else f"{around.board_title} on {day}"
    held, until = timescale.say_date(position.day), timescale.say_date(around.due_until)
    said = f". As the plan is held at {held}, what falls due by {until} counts as due before it"
    return f"{words}{said}" if around.held else words


def _counts(plan: Plan, counts: Counts) -> CountsView:
    """The numbers with their addresses: requirements stand on the plan's page, actions in their own list."""
    endpoint = "dashboard.actions" if counts.of == "actions" else "plan.show"
    base = url_for(endpoint, slug=plan.slug)
    return CountsView(
        tuple(
            CountView(
                one.group,
                one.label,
                one.number,
                base + one.asked.query_string(),
                "" if one.then is None else f"{one.then} at the last board",
            )
            for one in counts.counts
        ),
        counts.sum,
    )


def _owing(plan: Plan, position: Position, standing: Summary) -> tuple[RowView, ...]:
    owing = [one for one in standing.requirements if one.item.id in (position.around.owing or ())]
    return tuple(_row(plan, position, one, ", ".join(one.leads) or "no lead is named") for one in owing[:SHOWN])


def _worse(plan: Plan, position: Position, one: FoundRequirement) -> list[RowView]:
    if travel(position, one) != "worse":
        return []
    found = (figure for figure in figures.figures_of(position.snapshot, one.item) if figure.got_worse)
    return [_row(plan, position, one, f"{figure.name}: {figure.lately.words}") for figure in found if figure.lately]


def _row(plan: Plan, position: Position, one: FoundRequirement, remark: str) -> RowView:
    name = questions.first_upper(questions.name(position.snapshot, one.item))
    return RowView(name, requirement_address(plan, one.item), remark)


def _pictures(position: Position) -> tuple[Picture, ...]:
    drawn = (
        status_by_theme(position.snapshot),
        actions_by_due(position.snapshot, position.year, position.day),
    )
    return tuple(picture for picture in drawn if picture)
