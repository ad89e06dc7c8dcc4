"""This file is the blueprint that the pages of the dashboard hang on, and the choices of what they speak of."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, url_for

from blueprints.extensions import db, today
from plan import questions
from plan.fields import Kind
from plan.models import Plan
from plan.questions import Asked, FoundAction, Position
from plan.snapshot import Item, Snapshot

blueprint = Blueprint("dashboard", __name__, url_prefix="/plans/<slug>")


@dataclass(frozen=True)
class ChoiceView:
    """One choice of a list."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class ScopeView:
    """Of what the page speaks, and the lists to choose it from."""

    words: str
    themes: tuple[ChoiceView, ...]
    teams: tuple[ChoiceView, ...]
    leads: tuple[ChoiceView, ...]
    is_whole: bool


@dataclass(frozen=True)
class ActionRow:
    """An action as a row: what, whose, when, and what became of its timescale."""

    name: str
    address: str
    text: str
    requirement: str
    lead: str
    timescale: str
    due: str
    moved: str
    status: str


def here(plan: Plan) -> Position:
    """The plan as it stands with all that it is held against."""
    position = questions.position(db.session(), plan, today())
    return questions.surrounded(db.session(), plan, position, today())


def scope(position: Position, asked: Asked) -> ScopeView:
    """Of what the page speaks."""
    everything = questions.find(position, Asked())
    themes = [(item.id, str(item.get("title") or "Theme without a title")) for item in everything.all_themes]
    teams = [(name, name) for name in everything.teams]
    leads = [(name, questions.shorten(name)) for name in everything.leads]
    title = dict(themes).get(asked.theme, "a theme that is not there")
    parts = [
        f"theme “{title}”" if asked.theme else "",
        f"team {asked.team}" if asked.team else "",
        f"lead {asked.lead}" if asked.lead else "",
    ]
    words = ", ".join(part for part in parts if part)
    return ScopeView(
        words=questions.first_upper(words) if words else "The whole plan",
        themes=_choices("All themes", asked.theme, themes),
        teams=_choices("All teams", asked.team, teams),
        leads=_choices("All leads", asked.lead, leads),
        is_whole=not words,
    )


def action_row(plan: Plan, position: Position, one: FoundAction) -> ActionRow:
    """An action ready to be shown."""
    snapshot, moves = position.snapshot, position.moves(one.item)
    requirement = snapshot.requirement_of(one.item.id)
    again = f"first {moves.first}; moved {_times(moves.count)}" if moves.count else ""
    agreed = f", the last agreed by {moves.agreed_by}" if moves.agreed_by else ""
    return ActionRow(
        name=questions.first_upper(questions.name(snapshot, one.item)),
        address=requirement_address(plan, requirement, one.item.id),
        text=str(one.item.get("text") or ""),
        requirement=questions.first_upper(questions.name(snapshot, requirement)) if requirement else "",
        lead=str(one.item.get("lead") or (requirement.get("lead") if requirement else None) or ""),
        timescale=str(one.item.get("timescale") or ""),
        due=one.due,
        moved=f"{again}{agreed}",
        status=str(one.item.get("status") or "none"),
    )


def requirement_address(plan: Plan, requirement: Item | None, row: str = "") -> str:
    """The address of a requirement's page, at one of its rows if one is named."""
    if requirement is None:
        return url_for("plan.show", slug=plan.slug)
    anchor = f"row-{row}" if row and row != requirement.id else None
    return url_for("requirements.show", slug=plan.slug, id=requirement.id, _anchor=anchor)


def record_address(plan: Plan, snapshot: Snapshot, record: str) -> str:
    """The page that shows a record: its requirement's, else the plan's."""
    item = snapshot.get(record)
    requirement = snapshot.requirement_of(record)
    if item is None or requirement is None or not (item.present and requirement.present):
        return url_for("plan.show", slug=plan.slug)
    row = item.parent if item.kind is Kind.READING else item.id
    return requirement_address(plan, requirement, row or "")


def _choices(everything: str, chosen: str, of: Iterable[tuple[str, str]]) -> tuple[ChoiceView, ...]:
    return (
        ChoiceView("", everything, not chosen),
        *(ChoiceView(value, label, value == chosen) for value, label in of),
    )


def _times(count: int) -> str:
    return "once" if count == 1 else "twice" if count == 2 else f"{count} times"
