"""This file tells the past: revision by revision, who did what, when and from where, word by word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from plan import differences, fields, history
from plan.differences import Piece
from plan.fields import BY_NAME, Kind, Shape, Value
from plan.models import Change, Decision, Plan, Revision, Source
from plan.questions.naming import first_upper, month, name
from plan.questions.standing import family
from plan.snapshot import Item, Snapshot

PAGE = 50
WRITTEN = frozenset({Shape.LINE, Shape.TEXT, Shape.TIMESCALE})
FROM = {
    Source.BROWSER: "in the browser",
    Source.WORKBOOK: "from the workbook",
    Source.IMPORT: "from the first import",
    Source.SIGN_OFF: "at sign-off",
    Source.BASELINE: "by agreeing the whole position",
    Source.UNDO: "by undoing",
}


class Sort(StrEnum):
    """What happened to a field or a record."""

    CHANGED = "Changed"
    ADDED = "Added"
    REMOVED = "Removed"
    BROUGHT_BACK = "Brought back"
    MOVED = "Moved"
    SIGNED_OFF = "Signed off"
    RETURNED = "Returned"
    WITHDRAWN = "Withdrawn"


@dataclass(frozen=True)
class Told:
    """One thing that happened: to what, word by word; from a workbook in which cell, at sign-off why and for whom."""

    sort: Sort
    what: str
    pieces: tuple[Piece, ...]
    record: str
    field: str
    cell: str = ""
    reason: str = ""
    instead_of: str = ""


@dataclass(frozen=True)
class Entry:
    """A revision as far as it is told: who, when, from where, and what happened."""

    number: int
    by: str
    at: datetime
    source: str
    note: str
    told: tuple[Told, ...]


@dataclass(frozen=True)
class Line:
    """A revision in the list of all: how many changes and decisions it made."""

    number: int
    by: str
    at: datetime
    source: str
    note: str
    changes: int
    decisions: int


@dataclass(frozen=True)
class Page:
    """One page of the list of revisions, newest first."""

    lines: tuple[Line, ...]
    number: int
    pages: int
    total: int


def page_of(session: Session, plan: Plan, number: int) -> Page:
    """Page `number` (from 1) of the plan's revisions, newest first; the nearest where there is none."""
    total = session.scalar(select(func.count()).select_from(Revision).where(Revision.plan_id == plan.id)) or 0
    pages = max(1, -(-total // PAGE))
    number = min(max(number, 1), pages)
    changes = select(func.count()).where(Change.revision_id == Revision.id).correlate(Revision).scalar_subquery()
    decisions = select(func.count()).where(Decision.revision_id == Revision.id).correlate(Revision).scalar_subquery()
    rows = session.execute(
        select(Revision, changes, decisions)
        .where(Revision.plan_id == plan.id)
        .order_by(Revision.number.desc())
        .limit(PAGE)
        .offset((number - 1) * PAGE)
    )
    lines = (Line(r.number, r.by_name, r.at, source_words(r), r.note or "", made, decided) for r, made, decided in rows)
    return Page(tuple(lines), number, pages, total)


def revision(session: Session, plan: Plan, number: int) -> Revision | None:
    """One revision of the plan with its changes and decisions, None where there is none of this number."""
    return session.scalar(
        select(Revision)
        .where(Revision.plan_id == plan.id, Revision.number == number)
        .options(selectinload(Revision.changes), selectinload(Revision.decisions))
    )


def requirement_entries(session: Session, snapshot: Snapshot, requirement: Item) -> list[Entry]:
    """Everything that happened to a requirement and what stands under it, newest first."""
    ids = [item.id for item in family(snapshot, requirement, removed=True)]
    return entries(snapshot, history.changes_of(session, ids), history.decisions_of(session, ids))


def entries(snapshot: Snapshot, changes: Iterable[Change], decisions: Iterable[Decision]) -> list[Entry]:
    """Changes and decisions gathered by their revisions, newest first."""
    gathered: dict[int, tuple[Revision, list[Change], list[Decision]]] = {}
    for change in changes:
        gathered.setdefault(change.revision.number, (change.revision, [], []))[1].append(change)
    for decision in decisions:
        gathered.setdefault(decision.revision.number, (decision.revision, [], []))[2].append(decision)
    return [_entry(snapshot, *gathered[number]) for number in sorted(gathered, reverse=True)]


def _entry(snapshot: Snapshot, of: Revision, changes: list[Change], decisions: list[Decision]) -> Entry:
    decided = [_decided(snapshot, decision) for decision in decisions]
    by_record: dict[str, list[Change]] = {}
    for change in changes:
        by_record.setdefault(change.record_id, []).append(change)
    # A return and a withdrawal write their way back as changes too; told once, as the decision.
    told = [] if decided else [one for id, made in by_record.items() for one in _record(snapshot, id, made)]
    return Entry(of.number, of.by_name, of.at, source_words(of), of.note or "", (*decided, *told))


def source_words(of: Revision) -> str:
    """Where a revision came from, in words: "in the browser", "from the workbook tracker.xlsx"."""
    return f"{FROM[Source(of.source)]} {of.file}" if of.file else FROM[Source(of.source)]


def _record(snapshot: Snapshot, id: str, changes: Sequence[Change]) -> list[Told]:
    item = snapshot.get(id)
    if item is None:
        return []
    presence = next((change for change in changes if change.field == "present"), None)
    if presence is not None and presence.before is None:
        return [_added(snapshot, item, changes)]
    return [told for change in changes if (told := _change(snapshot, item, change))]


def _added(snapshot: Snapshot, item: Item, changes: Sequence[Change]) -> Told:
    said = [
        (BY_NAME[item.kind, c.field], c) for c in changes if (item.kind, c.field) in BY_NAME and c.after is not None
    ]
    words = "\n".join(f"{row.label}: {_words(item.kind, row.name, c.after)}" for row, c in said)
    cells = next((_cell(c) for _, c in said if c.cell), "")
    return Told(
        Sort.ADDED,
        first_upper(name(snapshot, item)),
        (Piece(differences.Kind.SAME, words),),
        item.id,
        "present",
        cells,
    )


def _change(snapshot: Snapshot, item: Item, change: Change) -> Told | None:
    what = name(snapshot, item)
    if change.field == "position":
        return None
    if change.field == "present":
        sort = Sort.BROUGHT_BACK if change.after else Sort.REMOVED
        return Told(sort, first_upper(what), (), item.id, "present", _cell(change))
    if change.field == "parent":
        pieces = differences.words(_named(snapshot, change.before), _named(snapshot, change.after))
        return Told(Sort.MOVED, first_upper(what), pieces, item.id, "parent", _cell(change))
    pieces = _pieces(item.kind, change.field, change.before, change.after)
    return Told(Sort.CHANGED, _what(snapshot, item, change.field), pieces, item.id, change.field, _cell(change))


def _decided(snapshot: Snapshot, decision: Decision) -> Told:
    item = snapshot[decision.record_id]
    is_field = (item.kind, decision.field) in BY_NAME
    what = _what(snapshot, item, decision.field) if is_field else first_upper(name(snapshot, item))
    pieces = _pieces(item.kind, decision.field, decision.before, decision.after) if is_field else ()
    return Told(
        Sort(decision.outcome.capitalize()),
        what,
        pieces,
        item.id,
        decision.field,
        reason=decision.reason or "",
        instead_of=decision.on_behalf_of or "",
    )


def _what(snapshot: Snapshot, item: Item, field: str) -> str:
    return f"{fields.field(item.kind, field).label} of {name(snapshot, item)}"


def _pieces(kind: Kind, field: str, before: Value, after: Value) -> tuple[Piece, ...]:
    old, new = _words(kind, field, before), _words(kind, field, after)
    if fields.field(kind, field).shape in WRITTEN:
        return differences.words(old, new)
    whole = (Piece(differences.Kind.REMOVED, old), Piece(differences.Kind.ADDED, new))
    return tuple(piece for piece in whole if piece.text)


def _words(kind: Kind, field: str, value: Value) -> str:
    row = fields.field(kind, field)
    return month(value) if row.shape is Shape.PERIOD and value else fields.say(row, value)


def _named(snapshot: Snapshot, id: Value) -> str:
    item = snapshot.get(str(id))
    return name(snapshot, item) if item else ""


def _cell(change: Change) -> str:
    place = (f"sheet {change.sheet}" if change.sheet else "", f"cell {change.cell}" if change.cell else "")
    return ", ".join(part for part in place if part)
