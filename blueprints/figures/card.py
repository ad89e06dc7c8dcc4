"""This file gets one figure, or the audits of a requirement, ready to show: the picture and what it means in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from flask import url_for

from plan import periods
from plan.fields import Kind
from plan.figures import Audit, Direction, Figure, Travel, audits_of, compared, figure_of
from plan.snapshot import Item, Snapshot
from reports import charts
from reports.charts import Picture


@dataclass(frozen=True)
class Card:
    """A figure's picture and its direction; `missing` names the periods without a reading."""

    name: str
    picture: Picture | None
    ways: tuple[str, ...]
    missing: str
    worse: bool
    say_better: str | None = None


@dataclass(frozen=True)
class AuditCard:
    """Audits in one picture; `comparisons` say how each differs from the one before, `faults` what does not add up."""

    picture: Picture | None
    comparisons: tuple[str, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Drawn:
    """What is drawn of an indicator, or of a requirement's audits; at `address` it is drawn anew after a change."""

    id: str
    address: str
    card: Card | None = None
    audits: AuditCard | None = None


def drawn(slug: str, snapshot: Snapshot, item: Item) -> Drawn:
    """The picture of an indicator, or of the audits of a requirement."""
    address = url_for("figures.drawn", slug=slug, id=item.id)
    if item.kind is Kind.INDICATOR:
        return Drawn(item.id, address, card=card(figure_of(snapshot, item)))
    return Drawn(item.id, address, audits=audit_card(audits_of(snapshot, item)))


def card(figure: Figure, say_better: str | None = None) -> Card:
    """What a figure shows of itself; `say_better` is where to say which way is better, shown while nobody has."""
    lately, overall = figure.lately, figure.overall
    ways = (("Lately", lately), ("Since the first reading", overall))
    missing = periods.say_all(figure.missing())
    return Card(
        name=figure.name,
        picture=charts.indicator(figure),
        ways=tuple(f"{when}: {_said(way)}." for when, way in ways if way),
        missing=f"No reading for {missing}." if missing else "",
        worse=figure.got_worse,
        say_better=say_better if lately and not figure.better else None,
    )


def audit_card(audits: tuple[Audit, ...]) -> AuditCard | None:
    """What the audits of one requirement show together, None where there are none."""
    if not audits:
        return None
    ordered = in_order(audits)
    return AuditCard(
        picture=charts.audits_by_grade(ordered),
        comparisons=tuple(words for before, after in pairwise(ordered) if (words := compared(before, after))),
        faults=tuple(f"{one.name}: {one.fault}." for one in ordered if one.fault),
    )


def in_order(audits: Iterable[Audit]) -> list[Audit]:
    """Audits by their day; those that name none come first."""
    return sorted(audits, key=lambda one: one.day or date.min)


def _said(way: Travel) -> str:
    return way.words if way.direction is not Direction.SAME else f"{way.words}, no change"
