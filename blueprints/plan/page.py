"""This file gets the plan's page ready: themes, requirements, actions, counts and filters."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from blueprints.addresses import asking
from blueprints.fields import Fields, FieldView
from blueprints.plan.card import Card, Cards, many
from blueprints.requirements.adding import AddLink, add_link
from plan import fields, questions, rights
from plan.fields import Kind
from plan.models import Plan
from plan.questions import Asked, FoundTheme
from plan.questions.finding import STATUSES
from plan.rag import Status, say
from plan.snapshot import Item


@dataclass(frozen=True)
class ThemeView:
    """A theme with its requirements; `add` is the way to add one, `remove` to take an empty theme out."""

    id: str
    name: str
    title: FieldView
    required_by: FieldView
    add: AddLink | None
    remove: str | None
    requirements: tuple[Card, ...]
    swap: str = ""  # removing a theme answers with a whole page


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
    counts_address: str
    late: CountView
    awaiting: CountView
    theme_choices: tuple[ChoiceView, ...]
    status_choices: tuple[ChoiceView, ...]
    lead_choices: tuple[ChoiceView, ...]
    only: tuple[ChoiceView, ...]
    about: tuple[FieldView, ...]
    themes: tuple[ThemeView, ...]
    everything: str
    add_theme: AddLink | None

    @property
    def says_what_was_removed(self) -> bool:
        """Whether an open card offers to bring back what was just removed; a filter may have left that card out."""
        return any(card.removed for theme in self.themes for card in theme.requirements)


def plan_page(plan: Plan, asked: Asked, block: Fields, cards: Cards) -> PlanView:
    """The page of what was asked for."""
    position = block.position
    answer = questions.find(position, asked)
    counts = tuple(_count(plan, asked, status, answer.counts[status]) for status in STATUSES)
    about = position.snapshot[plan.id]
    return PlanView(
        asked=asked,
        found=f"{answer.shown} of {answer.total} requirements shown",
        sum=_sum(counts, answer.total),
        day=block.day,
        counts=counts,
        counts_address=asking(url_for("plan.show", slug=plan.slug) + asked.query_string(), counts="yes"),
        late=_flag(plan, asked, "late", "Late", answer.late),
        awaiting=_flag(plan, asked, "awaiting", "Awaiting sign-off", answer.awaiting),
        theme_choices=_choices(asked.theme, ((item.id, str(item.get("title"))) for item in answer.all_themes)),
        status_choices=_choices(asked.status, ((status, _status(status)) for status in STATUSES)),
        lead_choices=_choices(asked.lead, ((lead, questions.shorten(lead)) for lead in answer.leads)),
        only=tuple(ChoiceView(name, words, chosen=True) for name, words in questions.only(asked)),
        about=tuple(block(about, row.name) for row in fields.of(Kind.PLAN)),
        themes=tuple(_theme(theme, block, cards) for theme in answer.themes),
        everything=url_for("plan.show", slug=plan.slug),
        add_theme=add_link(block, about, Kind.THEME),
    )


def _theme(theme: FoundTheme, block: Fields, cards: Cards) -> ThemeView:
    return ThemeView(
        id=theme.item.id,
        name=str(theme.item.get("title") or ""),
        title=block(theme.item, "title"),
        required_by=block(theme.item, "required_by"),
        add=add_link(block, theme.item, Kind.REQUIREMENT),
        remove=_removal(block, theme.item),
        requirements=tuple(cards(one) for one in theme.requirements),
    )


def _removal(block: Fields, theme: Item) -> str | None:
    snapshot = block.position.snapshot
    if snapshot.under(theme.id, Kind.REQUIREMENT) or not rights.may_remove(block.person, snapshot, theme.id):
        return None
    return url_for("requirements.remove", slug=block.slug, kind=theme.kind.value, id=theme.id, back=block.back)


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
    return f"{' + '.join(terms) or 'None'} = {many(total, 'requirement')}"


def _choices(chosen: str, of: Iterator[tuple[str, str]]) -> tuple[ChoiceView, ...]:
    return (
        ChoiceView("", "All", not chosen),
        *(ChoiceView(value, label, value == chosen) for value, label in of),
    )


def _status(status: str) -> str:
    return say(Status(status)) if status in tuple(Status) else "No status"
