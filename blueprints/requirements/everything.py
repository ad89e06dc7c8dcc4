"""This file gets all that stands under a requirement ready, for its own page and for its card on the plan's page."""

from dataclasses import dataclass

from flask import url_for

from blueprints.fields import Fields, FieldView
from blueprints.fields.view import since_words
from blueprints.figures.card import Drawn, drawn
from blueprints.figures.offering import OfferView, offers_of
from blueprints.requirements.adding import AddLink, add_link
from blueprints.requirements.removed import RemovedView, just_removed
from plan import periods, questions, rights
from plan.fields import Kind
from plan.questions import Position
from plan.snapshot import Item

UNDER = (Kind.ACHIEVEMENT, Kind.ACTION, Kind.INDICATOR, Kind.AUDIT)
OF_ACTION = ("text", "reference", "lead", "timescale", "status", "progress", "evidence", "publication")


@dataclass(frozen=True)
class Shelf:
    """Where the rows stand: `swap` is the block that htmx swaps after a change, empty for whole pages.

    `level` is the level of their headings, `at` the record that the keyboard's place is to be put on.
    """

    level: int = 2
    swap: str = ""
    at: str = ""


@dataclass(frozen=True)
class RowView:
    """One record with the blocks of its fields by name; `remove` is the address that takes it out."""

    id: str
    name: str
    fields: dict[str, FieldView]
    waits: bool
    since: str
    remove: str | None
    swap: str


@dataclass(frozen=True)
class FigureView:
    """An indicator with its readings by month or quarter."""

    row: RowView
    readings: tuple[RowView, ...]
    drawn: Drawn
    add_reading: AddLink | None


@dataclass(frozen=True)
class Everything:
    """All that stands under a requirement, and its own fields."""

    name: str
    row: RowView
    leads_of_actions: str
    achievements: tuple[RowView, ...]
    actions: tuple[RowView, ...]
    figures: tuple[FigureView, ...]
    audits: tuple[RowView, ...]
    audits_drawn: Drawn
    offers: tuple[OfferView, ...]
    removed: tuple[RemovedView, ...]
    add: dict[str, AddLink]
    day: str
    level: int


def everything(item: Item, block: Fields, shelf: Shelf = Shelf()) -> Everything:
    """The requirement with all under it, for one person, where `block` comes back to."""
    rows = _Rows(block, shelf)
    snapshot = block.position.snapshot
    found = questions.found_requirement(block.position, item)
    return Everything(
        name=questions.name(snapshot, item),
        row=rows(item, "reference", "text", "status", "impact_status", "lead", "team", "publication"),
        leads_of_actions=", ".join(found.leads) if not item.get("lead") else "",
        achievements=rows.under(item, Kind.ACHIEVEMENT, "text", "evidence", "publication"),
        actions=rows.under(item, Kind.ACTION, *OF_ACTION),
        figures=tuple(_figure(rows, one) for one in snapshot.under(item.id, Kind.INDICATOR)),
        audits=rows.under(item, Kind.AUDIT, "title", "as_at", "total", "publication"),
        audits_drawn=drawn(block.slug, snapshot, item),
        offers=offers_of(block.slug, snapshot, item, block.person, block.back),
        removed=tuple(_removed(rows, item)),
        add={kind.value: link for kind in UNDER if (link := rows.add(item, kind))},
        day=block.day,
        level=shelf.level,
    )


class _Rows:
    """Makes the rows under one requirement."""

    def __init__(self, block: Fields, shelf: Shelf) -> None:
        self.block, self.shelf = block, shelf
        self.position: Position = block.position

    def __call__(self, item: Item, first: str, *others: str) -> RowView:
        views = {name: self.block(item, name) for name in others}
        views[first] = self.block(item, first, focus=item.id == self.shelf.at)
        name = questions.name(self.position.snapshot, item)
        waits = (item.id, "present") in self.position.waiting
        since = since_words(self.position.waits_since(item.id, ["present"]))
        return RowView(item.id, name, views, waits, since, self._remove(item), self._swap(item))

    def add(self, item: Item, kind: Kind) -> AddLink | None:
        """The way to add a record of this kind under another, for those who may."""
        return add_link(self.block, item, kind, inline=bool(self.shelf.swap))

    def under(self, item: Item, kind: Kind, first: str, *others: str) -> tuple[RowView, ...]:
        """The rows of one kind under a record."""
        return tuple(self(one, first, *others) for one in self.position.snapshot.under(item.id, kind))

    def _remove(self, item: Item) -> str | None:
        if not (item.present and rights.may_remove(self.block.person, self.position.snapshot, item.id)):
            return None
        back = None if item.kind is Kind.REQUIREMENT else self.block.back
        return url_for("requirements.remove", slug=self.block.slug, kind=item.kind.value, id=item.id, back=back)

    def _swap(self, item: Item) -> str:
        return "" if item.kind is Kind.REQUIREMENT else self.shelf.swap


def _figure(rows: _Rows, item: Item) -> FigureView:
    readings = sorted(
        rows.position.snapshot.under(item.id, Kind.READING), key=lambda one: periods.order(one.get("period"))
    )
    return FigureView(
        row=rows(item, "name", "unit", "target", "better", "publication"),
        readings=tuple(rows(one, "period", "value") for one in readings),
        drawn=drawn(rows.block.slug, rows.position.snapshot, item),
        add_reading=rows.add(item, Kind.READING),
    )


def _removed(rows: _Rows, item: Item) -> list[RemovedView]:
    snapshot = rows.position.snapshot
    gone = (
        one
        for kind in UNDER
        for parent in snapshot.under(item.id, kind, removed=True)
        for one in (parent, *snapshot.under(parent.id, Kind.READING, removed=True))
        if not one.present
    )
    return [view for one in gone if (view := just_removed(rows.block, one.id, rows.shelf.swap))]
