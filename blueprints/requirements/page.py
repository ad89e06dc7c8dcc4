"""This file gets a requirement's page ready: its words, achievements, actions, figures, history."""

from dataclasses import dataclass

from flask import url_for

from blueprints.fields import Fields, FieldView
from blueprints.requirements.removed import RemovedView, just_removed
from plan import edits, questions
from plan.fields import Kind
from plan.models import Plan
from plan.questions import Entry, Position
from plan.snapshot import Item

UNDER = (Kind.ACHIEVEMENT, Kind.ACTION, Kind.INDICATOR, Kind.AUDIT)


@dataclass(frozen=True)
class RowView:
    """One record with the blocks of its fields by name; `remove` is the address that takes it out."""

    id: str
    name: str
    fields: dict[str, FieldView]
    waits: bool
    remove: str | None


@dataclass(frozen=True)
class FigureView:
    """An indicator with its readings by month."""

    row: RowView
    readings: tuple[RowView, ...]
    add_reading: str | None


@dataclass(frozen=True)
class Neighbour:
    """The requirement before or after this one."""

    reference: str
    address: str


@dataclass(frozen=True)
class RequirementPage:
    """All that a requirement's page shows."""

    heading: str
    name: str
    theme: str
    present: bool
    row: RowView
    leads_of_actions: str
    achievements: tuple[RowView, ...]
    actions: tuple[RowView, ...]
    figures: tuple[FigureView, ...]
    audits: tuple[RowView, ...]
    removed: tuple[RemovedView, ...]
    add: dict[str, str]
    previous: Neighbour | None
    following: Neighbour | None
    history: tuple[Entry, ...]
    day: str


class _Rows:
    """Makes the rows of one page."""

    def __init__(self, plan: Plan, position: Position, block: Fields) -> None:
        self.plan, self.position, self.block, self.person = plan, position, block, block.person

    def __call__(self, item: Item, *names: str) -> RowView:
        may_remove = item.present and edits.may_edit(self.person, item.kind, "present")
        address = url_for("requirements.remove", slug=self.plan.slug, kind=item.kind.value, id=item.id)
        waits = (item.id, "present") in self.position.waiting
        views = {name: self.block(item, name) for name in names}
        name = questions.name(self.position.snapshot, item)
        return RowView(item.id, name, views, waits, address if may_remove else None)

    def add(self, item: Item, kind: Kind) -> str | None:
        """The address for adding a record of this kind under another, for those who may."""
        may_add = item.present and edits.may_edit(self.person, kind, "present")
        return url_for("requirements.add", slug=self.plan.slug, id=item.id, kind=kind.value) if may_add else None

    def under(self, item: Item, kind: Kind, *names: str) -> tuple[RowView, ...]:
        """The rows of one kind under a record."""
        return tuple(self(one, *names) for one in self.position.snapshot.under(item.id, kind))


def requirement_page(
    plan: Plan, position: Position, item: Item, entries: list[Entry], block: Fields
) -> RequirementPage:
    """The page of one requirement, for one person."""
    rows = _Rows(plan, position, block)
    theme = position.snapshot.get(item.parent or "")
    previous, following = _neighbours(plan, position, item)
    return RequirementPage(
        heading=questions.first_upper(questions.name(position.snapshot, item)),
        name=questions.name(position.snapshot, item),
        theme=str(theme.get("title") or "") if theme else "",
        present=item.present,
        row=rows(item, "reference", "text", "status", "impact_status", "lead", "team"),
        leads_of_actions=", ".join(questions.found_requirement(position, item).leads) if not item.get("lead") else "",
        achievements=rows.under(item, Kind.ACHIEVEMENT, "text", "evidence"),
        actions=rows.under(
            item, Kind.ACTION, "reference", "text", "lead", "timescale", "status", "progress", "evidence"
        ),
        figures=tuple(_figure(rows, one) for one in position.snapshot.under(item.id, Kind.INDICATOR)),
        audits=rows.under(item, Kind.AUDIT, "title", "as_at", "total"),
        removed=tuple(_removed(plan, position, item)),
        add={kind.value: address for kind in UNDER if (address := rows.add(item, kind))},
        previous=previous,
        following=following,
        history=tuple(entries),
        day=block.day,
    )


def _figure(rows: _Rows, item: Item) -> FigureView:
    readings = sorted(rows.position.snapshot.under(item.id, Kind.READING), key=lambda one: str(one.get("period")))
    return FigureView(
        row=rows(item, "name", "unit", "target", "better"),
        readings=tuple(rows(one, "period", "value") for one in readings),
        add_reading=rows.add(item, Kind.READING),
    )


def _removed(plan: Plan, position: Position, item: Item) -> list[RemovedView]:
    gone = (
        one
        for kind in UNDER
        for parent in position.snapshot.under(item.id, kind, removed=True)
        for one in (parent, *position.snapshot.under(parent.id, Kind.READING, removed=True))
        if not one.present
    )
    return [view for one in gone if (view := just_removed(plan.slug, position.snapshot, one.id))]


def _neighbours(plan: Plan, position: Position, item: Item) -> tuple[Neighbour | None, Neighbour | None]:
    themes = position.snapshot.under(plan.id, Kind.THEME)
    order = [one for theme in themes for one in position.snapshot.under(theme.id, Kind.REQUIREMENT)]
    if item not in order:
        return None, None
    place = order.index(item)
    beside = (order[place - 1] if place else None, order[place + 1] if place + 1 < len(order) else None)
    previous, following = (_neighbour(plan, one) if one else None for one in beside)
    return previous, following


def _neighbour(plan: Plan, item: Item) -> Neighbour:
    address = url_for("requirements.show", slug=plan.slug, id=item.id)
    return Neighbour(str(item.get("reference") or "without a number"), address)
