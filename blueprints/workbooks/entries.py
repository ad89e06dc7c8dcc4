"""This file makes each decision of a preview ready to be shown: its words, its place in the workbook, its answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from blueprints.signoff import telling
from blueprints.signoff.telling import NetView, TouchView
from blueprints.workbooks.choosing import Asked, may_settle, offered
from plan import fields, questions
from plan.fields import BY_NAME, Kind, Shape, Value
from plan.models import Change, Person
from plan.snapshot import Item, Snapshot
from sync.choices import Take
from sync.merge import Decision, Outcome
from sync.roundtrip import Preview

LABELS = {
    Take.PLAN: "Keep the plan's words",
    Take.WORKBOOK: "Take the workbook's words",
    Take.BOTH: "Keep both, the plan's first",
    Take.WRITE: "Write other words",
}
OF_RECORDS = {Take.PLAN: "Leave it out of the plan", Take.WORKBOOK: "Put it back, with the workbook's words"}
OF_PLACES = {Take.PLAN: "Leave it where the plan has it", Take.WORKBOOK: "Move it to where the workbook has it"}
WITHHELD = "Not yours to change, so it stays as it is. Ask a team lead or the programme office."
NOT_NAMED = (
    "Not yours to change, so it stays as it is: your account is limited to the requirements that the programme office "
    "named to you."
)


@dataclass(frozen=True)
class Answer:
    """One answer to a clash."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Clash:
    """Both sides of a clash as each changed what the workbook started from, who changed it here, and the answers."""

    plan: NetView
    workbook: tuple[NetView, ...]
    touch: TouchView | None
    answers: tuple[Answer, ...]
    words: str
    is_long: bool
    wrong: str = ""


@dataclass(frozen=True)
class Tick:
    """A box that takes a blank cell or a missing row as meant."""

    name: str
    label: str
    is_ticked: bool
    touch: TouchView | None


@dataclass(frozen=True)
class Entry:
    """One decision of the preview."""

    key: str
    id: str
    heading: str
    where: str
    nets: tuple[NetView, ...] = ()
    note: str = ""
    has_moved: bool = False
    clash: Clash | None = None
    tick: Tick | None = None


@dataclass(frozen=True)
class Telling:
    """What entries are told from: the preview, the plan with the workbook's new records, who looks, what they chose."""

    seen: Preview
    whole: Snapshot
    person: Person
    asked: Asked
    moved: frozenset[str]
    wrong: Mapping[str, str]
    changes: Mapping[str, Sequence[Change]] = field(default_factory=dict)
    withheld: frozenset[tuple[str, str]] = frozenset()


def whole(seen: Preview) -> Snapshot:
    """The plan and the workbook's new records together, so that both can be named."""
    stated = [seen.resolved.stated[d.record] for d in seen.of(Outcome.ADDED)]
    if not stated:
        return seen.plan
    new = [
        Item(one.id, one.kind, one.parent, one.position, True, {name: said.value for name, said in one.values.items()})
        for one in stated
    ]
    return Snapshot([*seen.plan.values(), *new])


def entry(told: Telling, d: Decision) -> Entry:
    """A decision as it is shown."""
    may = may_settle(told.seen, told.person, d) and (d.record, d.field or "present") not in told.withheld
    conflict = d.outcome is Outcome.CONFLICT
    return Entry(
        key=d.key,
        id=_id(d),
        heading=_heading(told, d),
        where=where(d.sheet, d.cell) or "Its row is not in the workbook.",
        nets=() if conflict else _nets(told, d),
        note=""
        if may or d.outcome in (Outcome.KEEP, Outcome.AGREED)
        else NOT_NAMED
        if told.person.is_limited
        else WITHHELD,
        has_moved=d.key in told.moved,
        clash=_clash(told, d) if conflict and may else None,
        tick=_tick(told, d) if may else None,
    )


def where(sheet: str | None, cell: str | None) -> str:
    """Where something stands in the workbook."""
    return ", ".join(part for part in (f"Sheet “{sheet}”" if sheet else "", f"cell {cell}" if cell else "") if part)


def named(snapshot: Snapshot, item: Item) -> str:
    """The record's name as a heading begins."""
    name = questions.name(snapshot, item)
    return name[:1].upper() + name[1:]


def _id(d: Decision) -> str:
    return f"c-{d.key.replace('.', '-')}"


def _heading(told: Telling, d: Decision) -> str:
    item = told.whole[d.record]
    row = BY_NAME.get((d.kind, d.field or ""))
    if d.kind is Kind.REQUIREMENT and row is not None:
        return row.label
    name = named(told.whole, item)
    if d.field == "parent":
        return f"{name}: where it stands"
    return f"{name}: {row.label.lower()}" if row else name


def _nets(told: Telling, d: Decision) -> tuple[NetView, ...]:
    """The way of the plan's words: to what they will be, or, where the plan keeps its own, from what they were."""
    if d.outcome is Outcome.ADDED:
        return _own_words(told, told.whole[d.record], added=True)
    if d.outcome is Outcome.MISSING:
        return _own_words(told, told.whole[d.record], added=False)
    if d.outcome in (Outcome.KEEP, Outcome.AGREED):
        return (_net(told, d, d.base, d.plan),)
    return (_net(told, d, d.plan, None if d.outcome is Outcome.CLEARED else d.result),)


def _own_words(told: Telling, item: Item, *, added: bool) -> tuple[NetView, ...]:
    said = [(row.name, item.get(row.name)) for row in fields.of(item.kind) if item.get(row.name) is not None]
    return tuple(
        telling.net_view(told.whole, item.kind, name, None if added else value, value if added else None)
        for name, value in said
    )


def _net(told: Telling, d: Decision, before: Value, after: Value) -> NetView:
    return telling.net_view(told.whole, d.kind, d.field or "", before, after)


def _clash(told: Telling, d: Decision) -> Clash:
    choice = told.asked.choices.of(d)
    row = BY_NAME.get((d.kind, d.field or ""))
    labels = {**LABELS, **{"present": OF_RECORDS, "parent": OF_PLACES}.get(d.field or "", {})}
    written = choice.words if choice and choice.words is not None else str(d.plan if d.plan is not None else "")
    return Clash(
        plan=_net(told, d, d.base, d.plan),
        workbook=_words_of_workbook(told, d) if d.field == "present" else (_net(told, d, d.base, d.workbook),),
        touch=_touch(told, d),
        answers=tuple(Answer(take.value, labels[take], bool(choice and choice.take is take)) for take in offered(d)),
        words=written,
        is_long=row is not None and row.shape is Shape.TEXT,
        wrong=told.wrong.get(d.key, ""),
    )


def _words_of_workbook(told: Telling, d: Decision) -> tuple[NetView, ...]:
    """What the workbook says of a record that was taken out here, as it differs from its last words in the plan."""
    item, stated = told.whole[d.record], told.seen.resolved.stated[d.record]
    return tuple(
        telling.net_view(told.whole, d.kind, name, item.get(name), said.value)
        for name, said in stated.values.items()
        if said.value is not None
    )


def _tick(told: Telling, d: Decision) -> Tick | None:
    if d.outcome not in (Outcome.CLEARED, Outcome.MISSING):
        return None
    cleared = d.outcome is Outcome.CLEARED
    touch = _touch(told, d) if d.plan_changed else None
    label = "Clear it in the plan too" if cleared else "Take it out of the plan"
    return Tick("clear" if cleared else "remove", label, told.asked.choices.takes(d), touch)


def _touch(told: Telling, d: Decision) -> TouchView | None:
    """Who changed it here last, when and from where."""
    made = [c for c in told.changes.get(d.record, ()) if d.field is None or c.field == d.field]
    return telling.touches(made[:1])[0] if made else None
