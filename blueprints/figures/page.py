"""This file gets the page of figures ready: every requirement that has some, or whose words tell some."""

from dataclasses import dataclass

from flask import url_for

from blueprints.figures.card import AuditCard, Card, audit_card, card, in_order
from blueprints.figures.offering import OfferView, offers_of
from plan import figures, questions, rights
from plan.fields import Kind
from plan.figures import Audit, compared
from plan.models import Person, Plan
from plan.questions import Position
from plan.snapshot import Item, Snapshot
from reports import charts
from reports.charts import Picture


@dataclass(frozen=True)
class Section:
    """A requirement with its figures; `address` is its own page, where they are entered."""

    id: str
    name: str
    words: str
    address: str
    cards: tuple[Card, ...]
    audits: AuditCard | None
    offers: tuple[OfferView, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show of it."""
        return not (self.cards or self.audits or self.offers)


@dataclass(frozen=True)
class Chosen:
    """An audit in one of the two lists from which two are chosen to compare."""

    id: str
    name: str
    is_before: bool
    is_after: bool


@dataclass(frozen=True)
class Comparison:
    """Two audits of the plan beside each other."""

    choices: tuple[Chosen, ...]
    sentence: str
    picture: Picture | None


@dataclass(frozen=True)
class FiguresPage:
    """All that the page shows."""

    summary: str
    address: str
    sections: tuple[Section, ...]
    comparison: Comparison | None


def figures_page(plan: Plan, position: Position, person: Person, chosen: tuple[str, str]) -> FiguresPage:
    """The page, for one person; `chosen` are the ids of the two audits to compare, the last two without them."""
    snapshot, address = position.snapshot, url_for("figures.show", slug=plan.slug)
    requirements = _requirements(plan, snapshot)
    sections = tuple(_section(plan, snapshot, one, person, address) for one in requirements)
    return FiguresPage(
        summary=_summary(sections),
        address=address,
        sections=tuple(one for one in sections if not one.is_empty),
        comparison=_comparison([audit for one in requirements for audit in figures.audits_of(snapshot, one)], chosen),
    )


def _requirements(plan: Plan, snapshot: Snapshot) -> list[Item]:
    themes = snapshot.under(plan.id, Kind.THEME)
    return [one for theme in themes for one in snapshot.under(theme.id, Kind.REQUIREMENT)]


def _section(plan: Plan, snapshot: Snapshot, item: Item, person: Person, back: str) -> Section:
    return Section(
        id=item.id,
        name=questions.first_upper(questions.name(snapshot, item)),
        words=questions.shorten(str(item.get("text") or ""), 120) if item.get("reference") else "",
        address=url_for("requirements.show", slug=plan.slug, id=item.id),
        cards=tuple(
            card(one, _better(plan, snapshot, one.id, person, back)) for one in figures.figures_of(snapshot, item)
        ),
        audits=audit_card(figures.audits_of(snapshot, item)),
        offers=offers_of(plan.slug, snapshot, item, person, back),
    )


def _better(plan: Plan, snapshot: Snapshot, figure: str, person: Person, back: str) -> str | None:
    """Where a person who may can say which way of a figure is better."""
    if not rights.may_change(person, snapshot, figure, "better"):
        return None
    kind = Kind.INDICATOR.value
    return url_for("fields.edit", slug=plan.slug, kind=kind, id=figure, field="better", back=f"{back}#figure-{figure}")


def _summary(sections: tuple[Section, ...]) -> str:
    cards = [one for section in sections for one in section.cards]
    offered = sum(len(section.offers) for section in sections)
    worse, gaps = sum(one.worse for one in cards), sum(bool(one.missing) for one in cards)
    said = [f"{_many(len(cards), 'figure')}: {worse} worse than at the reading before, {gaps} with readings missing."]
    if offered:
        said.append(f"{_many(offered, 'figure')} found in the words of the plan can be taken.")
    return " ".join(said)


def _comparison(audits: list[Audit], chosen: tuple[str, str]) -> Comparison | None:
    """The two chosen, or the last two by date; None unless two audits have all their grades."""
    known = in_order(one for one in audits if one.counts)
    if len(known) < 2:
        return None
    by_id = {one.id: one for one in known}
    before, after = by_id.get(chosen[0], known[-2]), by_id.get(chosen[1], known[-1])
    return Comparison(
        choices=tuple(Chosen(one.id, one.name, one is before, one is after) for one in known),
        sentence=compared(before, after) if before is not after else "Choose two different audits to compare them.",
        picture=charts.audits_by_grade([before, after]) if before is not after else None,
    )


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
