"""This file tells what a download really said where the workbook could not say all that the plan did.

Some words have no place in a workbook (a theme that is the name of its sheet, a figure for a month without a
column). Such a download coming back must not be taken for somebody's change.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from plan import fields, history
from plan.fields import BY_NAME, Kind
from plan.models import Plan, Tracker
from plan.snapshot import Item, Snapshot
from sync.checked import resolve_checked, write_checked
from sync.identity import Resolved
from sync.layout import Layout
from sync.merge import Decision, Outcome, stands
from sync.own_workbook import read_own
from sync.read_workbook import grids, read_grids
from sync.reading import Origin, Reading
from sync.touch_up import touch_up
from sync.trackers import former_markings
from sync.write_workbook import Notice, Written
from sync.write_workbook.foot import bears, feet

Places = Mapping[str, str]
"""On which sheet each record stands. A key such as "k3f9.text" names words that are not in the workbook."""


def rendered(
    session: Session,
    plan: Plan,
    tracker: Tracker,
    target: Snapshot,
    origin: Origin,
    standing: Snapshot | None = None,
    notice: Notice | None = None,
) -> Written:
    """The plan's own tracker, saying what `target` says, and at its foot what the `notice` does.

    `standing` is the plan now, where it was read already.
    """
    if _holds_all(tracker, target):
        written_as = Origin(plan.id, tracker.revision)
        layout = Layout.from_json(tracker.layout)
        if origin == written_as and (notice is None or bears(tracker.content, layout.tables, notice)):
            return Written(tracker.content, (), tracker.places, frozenset())
        then = history.as_at(session, plan, tracker.revision, standing=standing)
        said = feet(notice, layout.tables, tracker.places) if notice else None
        if touched := touch_up(tracker.content, layout, then, target, written_as, origin, said):
            return replace(touched, places=tracker.places)
    sheets, reading, resolved = read_own(session, plan, tracker)
    former = former_markings(session, plan)
    return write_checked(tracker.content, sheets, reading, resolved, target, origin, former, notice)


def _holds_all(tracker: Tracker, target: Snapshot) -> bool:
    """Whether the tracker has every record and was written with nothing left out that staff would be told of."""
    if any("." in key for key in tracker.places):
        return False
    told = (item for item in target.values() if item.kind not in (Kind.PLAN, Kind.AUDIT, Kind.CYCLE))
    return all(item.id in tracker.places for item in told if stands(target, item.id))


def as_downloaded(
    session: Session, plan: Plan, tracker: Tracker, target: Snapshot, origin: Origin
) -> tuple[Snapshot, Places]:
    """The plan as a download of it told it, and where its records stood there."""
    written = rendered(session, plan, tracker, target, origin)
    reading = read_grids(grids(written.content), Layout.from_json(tracker.layout))
    again = resolve_checked(reading, target, target, "reread").stated
    items = dict(target)
    for id, one in again.items():
        if id in items:
            said = {name: statement.value for name, statement in one.values.items()}
            items[id] = replace(items[id], parent=one.parent or items[id].parent, values={**items[id].values, **said})
    return Snapshot(items.values()), {id: sheet for id, sheet in written.places.items() if id in again}


def may_say_otherwise(
    session: Session,
    plan: Plan,
    tracker: Tracker,
    base: Snapshot,
    resolved: Resolved,
    decisions: Sequence[Decision],
    now: Snapshot,
) -> bool:
    """Whether a decision looks like words that the download could not say, or a row it may or may not have had."""
    if any(f"{d.record}.{d.field}" in tracker.places for d in decisions):
        return True
    unplaced = (item for item in base.values() if item.id not in tracker.places and item.id not in resolved.stated)
    if any(stands(base, item.id) and item.kind not in (Kind.PLAN, Kind.AUDIT, Kind.CYCLE) for item in unplaced):
        return True
    turned = [d for d in decisions if d.field and d.outcome not in (Outcome.KEEP, Outcome.AGREED)]
    then = history.as_at(session, plan, tracker.revision, standing=now) if turned else Snapshot()
    return any(_is_as_then(then, d) for d in turned)


def expected(places: Places, base: Snapshot, reading: Reading, resolved: Resolved) -> frozenset[str]:
    """The records a whole workbook would hold: those that stood in it, on sheets and in columns still there."""
    seen = Counter((places[id], one.kind) for id, one in resolved.stated.items() if id in places)
    shown = {(place, kind): _fields_shown(kind, place, reading) for place, kind in seen}
    there = ((base[id], place) for id, place in places.items() if id in base and stands(base, id))
    return frozenset(
        item.id for item, place in there if seen[place, item.kind] and _could_be_seen(item, *shown[place, item.kind])
    )


def _is_as_then(then: Snapshot, decision: Decision) -> bool:
    item = then.get(decision.record)
    if item is None or decision.field is None:
        return False
    if decision.field == "parent":
        return item.parent == decision.workbook
    which = BY_NAME.get((decision.kind, decision.field))
    return which is not None and fields.same(which, item.get(decision.field), decision.workbook)


def _fields_shown(kind: Kind, sheet: str, reading: Reading) -> tuple[frozenset[str], frozenset[str | None]]:
    """The fields of a kind that columns of a sheet show, and the months; a number alone only points elsewhere."""
    own = [table for table in reading.layout.tables if table.sheet == sheet] or reading.layout.tables
    columns = [column for table in own for column in table.columns if column.kind is kind]
    names = {str(column.field) for column in columns} | ({"title"} if kind is Kind.THEME else set())
    return frozenset(names - {"reference"}), frozenset(column.period for column in columns)


def _could_be_seen(item: Item, names: frozenset[str], periods: frozenset[str | None]) -> bool:
    """Whether a column that is still there would show the record."""
    if item.kind is Kind.READING:
        return item.get("value") is not None and item.get("period") in periods
    return any(item.get(name) is not None for name in names)
