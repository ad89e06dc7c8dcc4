"""This file gets the plan's page ready: themes, requirements, actions, counts and filters."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from blueprints.fields import Fields, FieldView
from plan import edits, fields, questions
from plan.fields import Kind
from plan.models import Person, Plan
from plan.questions import Asked, FoundAction, FoundRequirement, FoundTheme, Position
from plan.questions.finding import STATUSES
from plan.rag import Status, say


@dataclass(frozen=True)
class ActionView:
    """An action as a row of its requirement."""

    reference: str
    waits: bool
    text: FieldView
    lead: FieldView
    timescale: FieldView
    status: FieldView


@dataclass(frozen=True)
class RequirementView:
    """A requirement as it stands on the plan's page."""

    id: str
    reference: str
    address: str
    waits: bool
    late: int
    text: FieldView
    status: FieldView
    impact: FieldView
    lead: FieldView
    leads_of_actions: str
    achievements: str
    actions: tuple[ActionView, ...]


@dataclass(frozen=True)
class ThemeView:
    """A theme with its requirements; `add` is the address for adding one, for those who may."""

    id: str
    name: str
    title: FieldView
    required_by: FieldView
    add: str | None
    requirements: tuple[RequirementView, ...]


@dataclass(frozen=True)
class CountView:
    """How many requirements have a status, and the address that shows just those."""

    status: str
    label: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True)
class ChoiceView:
    """One choice of a filter."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class PlanView:
    """All that the plan's page shows."""

    asked: Asked
    found: str
    sum: str
    day: str
    counts: tuple[CountView, ...]
    late: CountView
    awaiting: CountView
    theme_choices: tuple[ChoiceView, ...]
    status_choices: tuple[ChoiceView, ...]
    lead_choices: tuple[ChoiceView, ...]
    about: tuple[FieldView, ...]
    themes: tuple[ThemeView, ...]
    everything: str
    add_theme: str | None


def plan_page(plan: Plan, position: Position, asked: Asked, block: Fields, person: Person) -> PlanView:
    """The page of what was asked for."""
    answer = questions.find(position, asked)
    counts = tuple(_count(plan, asked, status, answer.counts[status]) for status in STATUSES)
    may_add = edits.may_edit(person, Kind.REQUIREMENT, "text")
    about = position.snapshot[plan.id]
    return PlanView(
        asked=asked,
        found=f"{answer.shown} of {answer.total} requirements shown",
        sum=_sum(counts, answer.total),
        day=block.day,
        counts=counts,
        late=_flag(plan, asked, "late", "Late", answer.late),
        awaiting=_flag(plan, asked, "awaiting", "Awaiting sign-off", answer.awaiting),
        theme_choices=_choices(asked.theme, ((item.id, str(item.get("title"))) for item in answer.all_themes)),
        status_choices=_choices(asked.status, ((status, _status(status)) for status in STATUSES)),
        lead_choices=_choices(asked.lead, ((lead, questions.shorten(lead)) for lead in answer.leads)),
        about=tuple(block(about, row.name) for row in fields.of(Kind.PLAN)),
        themes=tuple(_theme(plan, theme, block, may_add) for theme in answer.themes),
        everything=url_for("plan.show", slug=plan.slug),
        add_theme=_add(plan, plan.id, Kind.THEME) if edits.may_edit(person, Kind.THEME, "title") else None,
    )


def _theme(plan: Plan, theme: FoundTheme, block: Fields, may_add: bool) -> ThemeView:
    return ThemeView(
        id=theme.item.id,
        name=str(theme.item.get("title") or ""),
        title=block(theme.item, "title"),
        required_by=block(theme.item, "required_by"),
        add=_add(plan, theme.item.id, Kind.REQUIREMENT) if may_add else None,
        requirements=tuple(_requirement(plan, one, block) for one in theme.requirements),
    )


def _requirement(plan: Plan, one: FoundRequirement, block: Fields) -> RequirementView:
    own = one.item.get("lead")
    return RequirementView(
        id=one.item.id,
        reference=str(one.item.get("reference") or "without a number"),
        address=url_for("requirements.show", slug=plan.slug, id=one.item.id),
        waits=one.waits,
        late=one.late,
        text=block(one.item, "text"),
        status=block(one.item, "status"),
        impact=block(one.item, "impact_status"),
        lead=block(one.item, "lead"),
        leads_of_actions="" if own else ", ".join(one.leads),
        achievements=_many(one.achievements, "achievement"),
        actions=tuple(_action(action, block) for action in one.actions),
    )


def _action(found: FoundAction, block: Fields) -> ActionView:
    names = ("text", "lead", "timescale", "status")
    views = {name: block(found.item, name) for name in names}
    return ActionView(str(found.item.get("reference") or ""), found.waits, **views)


def _count(plan: Plan, asked: Asked, status: str, count: int) -> CountView:
    address = url_for("plan.show", slug=plan.slug, status=status)
    return CountView(status, _status(status), count, address, asked.status == status)


def _flag(plan: Plan, asked: Asked, name: str, label: str, count: int) -> CountView:
    only = Asked(late=name == "late", awaiting=name == "awaiting")
    return CountView(
        name, label, count, url_for("plan.show", slug=plan.slug) + only.query_string(), getattr(asked, name)
    )


def _sum(counts: tuple[CountView, ...], total: int) -> str:
    """The counts as a sum that anybody can check: "2 red + 21 amber + 5 green = 28 requirements"."""
    terms = [f"{one.count} {one.label.lower()}" for one in counts if one.count]
    return f"{' + '.join(terms) or 'None'} = {_many(total, 'requirement')}"


def _choices(chosen: str, of: Iterator[tuple[str, str]]) -> tuple[ChoiceView, ...]:
    return (
        ChoiceView("", "All", not chosen),
        *(ChoiceView(value, label, value == chosen) for value, label in of),
    )


def _status(status: str) -> str:
    return say(Status(status)) if status in tuple(Status) else "No status"


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _add(plan: Plan, parent: str, kind: Kind) -> str:
    return url_for("requirements.add", slug=plan.slug, id=parent, kind=kind.value)
