"""This file says what awaits sign-off: each line's net change, from its signed words to its current ones."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import takewhile

from sqlalchemy.orm import Session

from plan import awaiting, history
from plan.fields import Kind, Value
from plan.models import Awaiting, Change, Plan, Revision, Source
from plan.snapshot import Item, Snapshot

BROUGHT = frozenset({Source.WORKBOOK, Source.IMPORT})
AUDIT_COUNTS = ("total", "outstanding", "good", "adequate", "inadequate")


class Sort(StrEnum):
    """What happened to the record or the field that awaits sign-off."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Net:
    """The net change of one field: what was signed, and what it says now."""

    field: str
    signed: Value
    current: Value


@dataclass(frozen=True)
class Line:
    """One thing a lead decides on: the net change of a field, or a whole record that came or went.

    `key` names it in a form; `token` is the fingerprint of exactly what is shown; `changes` are everything
    that led to it, newest first; `requirement` is None for a theme.
    """

    key: str
    token: str
    sort: Sort
    item: Item
    requirement: Item | None
    nets: tuple[Net, ...]
    since: int
    changes: tuple[Change, ...]

    @property
    def head(self) -> Item:
        """The requirement it belongs to, or the theme that it is."""
        return self.requirement or self.item

    @property
    def team(self) -> str | None:
        """The team whose lead decides, None where any lead does."""
        team = self.requirement.get("team") if self.requirement else None
        return None if team is None else str(team)

    @property
    def touches(self) -> tuple[Change, ...]:
        """The changes by which people moved it; a lead's return put words back and moved nothing."""
        return tuple(change for change in self.changes if change.revision.source != Source.SIGN_OFF)

    @property
    def authors(self) -> frozenset[int]:
        """The ids of everybody who had a hand in it."""
        return frozenset(c.revision.by_id for c in self.touches if c.revision.by_id is not None)

    @property
    def upload(self) -> Revision | None:
        """The upload that brought the words as they stand now, None where they were typed in the browser."""
        newest = self.touches[0].revision if self.touches else None
        return newest if newest is not None and newest.source in BROUGHT else None

    @property
    def waiting_since(self) -> datetime:
        """The moment it first moved away from what was signed, or was taken up again after a return."""
        this_time = list(takewhile(lambda change: change.revision.source != Source.SIGN_OFF, self.changes))
        return (this_time or self.changes)[-1].revision.at


def lines(session: Session, plan: Plan) -> list[Line]:
    """Everything that awaits sign-off, in the plan's order.

    What stands under a record that was taken out is not listed: nothing of it shows until that is back.
    """
    waiting: dict[str, list[Awaiting]] = {}
    for row in awaiting.of_plan(session, plan.id):
        waiting.setdefault(row.record_id, []).append(row)
    if not waiting:
        return []
    snapshot = history.now(session, plan)
    touched = changes_by_record(session, waiting, since=min(row.since for rows in waiting.values() for row in rows))
    return [
        line
        for item in _in_order(snapshot)
        if item.id in waiting and has_place(snapshot, item)
        for line in _lines_of(snapshot, item, waiting[item.id], touched.get(item.id, []))
    ]


def changes_by_record(session: Session, records: Iterable[str], *, since: int = 0) -> dict[str, list[Change]]:
    """Every change of these records from revision `since` on, newest first, by record."""
    found: dict[str, list[Change]] = {}
    wanted = list(records)
    for start in range(0, len(wanted), 500):  # SQLite takes a limited number of values in one statement
        for change in history.changes_of(session, wanted[start : start + 500], since=since):
            found.setdefault(change.record_id, []).append(change)
    return found


def has_place(snapshot: Snapshot, item: Item) -> bool:
    """Whether everything that the record stands under is in the plan."""
    above = snapshot.get(item.parent) if item.parent else None
    return above is None or (above.present and has_place(snapshot, above))


def decided_together(kind: Kind, field: str) -> str:
    """The name under which a field is decided: an audit's counts add up, so they are decided on as one."""
    return "counts" if kind is Kind.AUDIT and field in AUDIT_COUNTS else field


def _in_order(snapshot: Snapshot) -> Iterable[Item]:
    for theme in snapshot.of(Kind.THEME, removed=True):
        yield theme
        for requirement in snapshot.under(theme.id, Kind.REQUIREMENT, removed=True):
            yield requirement
            for kind in (Kind.ACHIEVEMENT, Kind.ACTION, Kind.AUDIT, Kind.INDICATOR):
                for item in snapshot.under(requirement.id, kind, removed=True):
                    yield item
                    yield from snapshot.under(item.id, Kind.READING, removed=True)


def _lines_of(snapshot: Snapshot, item: Item, rows: Sequence[Awaiting], changes: Sequence[Change]) -> list[Line]:
    if any(row.field == "present" for row in rows):
        return [_line(snapshot, item, Sort.ADDED if item.present else Sort.REMOVED, rows, changes)]
    if not item.present:
        return []  # removed before it was ever signed: nothing is left to decide
    together: dict[str, list[Awaiting]] = {}
    for row in sorted(rows, key=lambda row: row.field):
        together.setdefault(decided_together(item.kind, row.field), []).append(row)
    return [_line(snapshot, item, Sort.CHANGED, some, changes) for some in together.values()]


def _line(snapshot: Snapshot, item: Item, sort: Sort, rows: Sequence[Awaiting], changes: Sequence[Change]) -> Line:
    nets = tuple(
        Net(row.field, row.signed, _current(item, row.field)) for row in sorted(rows, key=lambda row: row.field)
    )
    since = min(row.since for row in rows)
    concerned = {row.field for row in rows}
    led_here = tuple(c for c in changes if c.field in concerned and c.revision.number >= since)
    key = item.id if sort is not Sort.CHANGED else f"{item.id}.{decided_together(item.kind, rows[0].field)}"
    said = json.dumps([key, sort, [[n.field, n.signed, n.current] for n in nets]], ensure_ascii=False)
    token = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return Line(key, token, sort, item, snapshot.requirement_of(item.id), nets, since, led_here)


def _current(item: Item, field: str) -> Value:
    structure: dict[str, Value] = {"present": item.present, "parent": item.parent, "position": item.position}
    return structure[field] if field in structure else item.get(field)
