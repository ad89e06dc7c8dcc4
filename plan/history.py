"""This file reads the one history: the plan now or as at a time, signed off or working, and proves it whole."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from plan import awaiting, ledger, midnight
from plan.fields import Kind, Value, of
from plan.models import MODELS, Awaiting, Change, Decision, Outcome, Plan, Revision, Source
from plan.models.records import AnyRecord
from plan.snapshot import Item, Snapshot


def now(session: Session, plan: Plan) -> Snapshot:
    """What the plan says now, from the record tables."""
    items = [_item(plan)]
    for kind in MODELS:
        if kind is not Kind.PLAN:
            items.extend(_items(session, plan, kind))
    return Snapshot(items)


def signed_now(session: Session, plan: Plan) -> Snapshot:
    """The signed-off position now: what the plan says, with what awaits sign-off set back to what was signed."""
    return set_back(now(session, plan), awaiting.of_plan(session, plan.id))


def set_back(snapshot: Snapshot, waiting: Iterable[Awaiting]) -> Snapshot:
    """A snapshot with these waiting fields set back to their signed-off values."""
    state = {item.id: _state_of(item) for item in snapshot.values()}
    for row in waiting:
        state[row.record_id].fields[row.field] = row.signed
    return _snapshot(state)


def as_at(
    session: Session, plan: Plan, number: int, *, signed_off: bool = False, standing: Snapshot | None = None
) -> Snapshot:
    """The plan as at revision `number`: the replay of all changes, or only of what was signed off by then.

    The working position is the plan now with the later changes taken back, which `verify` proves to be the same
    and which costs nothing for a recent revision. `standing` is the plan now, where it was read already.
    """
    if not signed_off:
        return _taken_back(session, plan, number, standing or now(session, plan))
    working: dict[str, _State] = {}
    signed: dict[str, _State] = {}
    for revision in _revisions(session, plan, number):
        for change in revision.changes:
            state = working.setdefault(change.record_id, _State(Kind(change.kind)))
            state.fields[change.field] = change.after
            if not awaiting.needs_sign_off(state.kind, change.field):
                signed.setdefault(change.record_id, _State(state.kind)).fields[change.field] = change.after
        if revision.source == Source.BASELINE:
            signed = {id: _State(state.kind, dict(state.fields)) for id, state in working.items()}
        for decision in revision.decisions:
            if decision.outcome == Outcome.SIGNED_OFF:
                kept = signed.setdefault(decision.record_id, _State(Kind(decision.kind)))
                kept.fields[decision.field] = decision.after
    return _snapshot(signed)


def number_at(session: Session, plan: Plan, day: date) -> int:
    """The number of the plan's last revision on or before a day, 0 where there was none."""
    until = (Revision.plan_id == plan.id, Revision.at < midnight.end_of(day))
    found = session.scalar(select(func.max(Revision.number)).where(*until))
    return found or 0


def declare_agreed(session: Session, plan: Plan, step: ledger.Step) -> Revision:
    """Make everything the plan says now the signed-off baseline (design 4: the first import, by the office)."""
    revision = ledger.write(session, plan, step, ())
    awaiting.settle_all(session, plan.id)
    return revision


def changes_of(session: Session, records: Iterable[str], *, since: int = 0) -> list[Change]:
    """Every change of these records from revision `since` on, newest first, each with its revision."""
    found = (
        select(Change)
        .join(Revision)
        .where(Change.record_id.in_(list(records)), Revision.number >= since)
        .options(selectinload(Change.revision))
        .order_by(Revision.number.desc(), Change.id)
    )
    return list(session.scalars(found))


def decisions_of(session: Session, records: Iterable[str]) -> list[Decision]:
    """Every decision on these records, newest first, each with its revision."""
    found = (
        select(Decision)
        .join(Revision)
        .where(Decision.record_id.in_(list(records)))
        .options(selectinload(Decision.revision))
        .order_by(Revision.number.desc(), Decision.id)
    )
    return list(session.scalars(found))


def verify(session: Session, plan: Plan) -> list[str]:
    """What is wrong with a plan's history, in sentences; an empty list proves it whole.

    Checks the hash of every revision and its link to the one before, that each change starts from where
    the last left off, that the replay equals the record tables, and that what awaits sign-off is right.
    """
    faults: list[str] = []
    previous = ledger.FIRST_HASH
    state: dict[str, _State] = {}
    waiting = awaiting.Replay()
    for expected, revision in enumerate(_revisions(session, plan), start=1):
        if revision.number != expected:
            faults.append(f"Revision {expected} is missing: the next found is {revision.number}.")
            break
        if revision.previous_hash != previous:
            faults.append(
                f"Revision {revision.number} does not follow from the one before it: the chain is broken there."
            )
            break
        if ledger.digest(revision) != revision.hash:
            faults.append(f"Revision {revision.number} was altered after it was written.")
            break
        previous = revision.hash
        faults.extend(_replay(state, revision))
        waiting.take(revision)
    if faults:
        return faults
    standing = now(session, plan)
    return [*_compare(_snapshot(state), standing), *_compare_awaiting(session, plan, waiting, standing)]


@dataclass
class _State:
    kind: Kind
    fields: dict[str, Value] = field(default_factory=dict)


def _revisions(session: Session, plan: Plan, number: int | None = None) -> Iterable[Revision]:
    found = select(Revision).where(Revision.plan_id == plan.id).order_by(Revision.number)
    if number is not None:
        found = found.where(Revision.number <= number)
    return session.scalars(found.options(selectinload(Revision.changes), selectinload(Revision.decisions)))


def _taken_back(session: Session, plan: Plan, number: int, standing: Snapshot) -> Snapshot:
    """The plan now without the changes after a revision. What came into being since was never there."""
    later = (
        select(Change.record_id, Change.field, Change.before)
        .join(Revision)
        .where(Revision.plan_id == plan.id, Revision.number > number)
        .order_by(Revision.number.desc(), Change.id.desc())
    )
    state: dict[str, _State] = {}
    begun: set[str] = set()
    for record, name, before in session.execute(later):
        kept = state.get(record) or state.setdefault(record, _state_of(standing[record]))
        kept.fields[name] = before
        if name == "present" and before is None:
            begun.add(record)
    if not state:
        return standing
    restored = _snapshot({id: kept for id, kept in state.items() if id not in begun})
    return Snapshot(restored.get(id, item) for id, item in standing.items() if id not in begun)


def _items(session: Session, plan: Plan, kind: Kind) -> Iterator[Item]:
    """The records of one kind by their columns alone: a record of the database's session costs ten times as much."""
    model, names = MODELS[kind], [row.name for row in of(kind)]
    columns = [getattr(model, name) for name in ("id", "parent", "position", "present", *names)]
    of_plan = getattr(model, "plan_id") == plan.id  # noqa: B009 - the type is also the plan's, which has none
    for id, parent, position, present, *values in session.execute(select(*columns).where(of_plan)):
        yield Item(id, kind, parent, position, present, dict(zip(names, values, strict=True)))


def _item(record: AnyRecord) -> Item:
    values = {row.name: getattr(record, row.name) for row in of(record.kind)}
    return Item(record.id, record.kind, record.parent, record.position, record.present, values)


def _state_of(item: Item) -> _State:
    return _State(item.kind, {**item.values, "parent": item.parent, "position": item.position, "present": item.present})


def _snapshot(state: Mapping[str, _State]) -> Snapshot:
    return Snapshot(
        Item(
            id,
            kept.kind,
            _text(kept.fields.get("parent")),
            float(kept.fields.get("position") or 0.0),
            bool(kept.fields.get("present", kept.kind is Kind.PLAN)),
            {row.name: kept.fields.get(row.name) for row in of(kept.kind)},
        )
        for id, kept in state.items()
    )


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def _replay(state: dict[str, _State], revision: Revision) -> list[str]:
    faults = []
    for change in revision.changes:
        kept = state.setdefault(change.record_id, _State(Kind(change.kind)))
        if kept.fields.get(change.field) != change.before:
            faults.append(
                f"Revision {revision.number} changes {change.kind} {change.record_id} {change.field} from words "
                "that it did not hold."
            )
        kept.fields[change.field] = change.after
    return faults


def _compare(replayed: Snapshot, kept: Snapshot) -> list[str]:
    return [
        f"The {(replayed.get(id) or kept[id]).kind} {id} does not say what its history says."
        for id in sorted({*replayed, *kept})
        if replayed.get(id) != kept.get(id)
    ]


def _compare_awaiting(session: Session, plan: Plan, replayed: awaiting.Replay, standing: Snapshot) -> list[str]:
    rows = awaiting.of_plan(session, plan.id)
    listed = {(row.record_id, row.field): (row.signed, row.since) for row in rows}
    of_another = {(row.record_id, row.field) for row in rows if _is_of_another(row, standing)}
    return [
        f"What awaits sign-off on {field} of {record} is not what its history says."
        for record, field in sorted({*listed, *replayed.waiting})
        if listed.get((record, field)) != replayed.waiting.get((record, field)) or (record, field) in of_another
    ]


def _is_of_another(row: Awaiting, standing: Snapshot) -> bool:
    """Whether it names another kind of record than that is."""
    item = standing.get(row.record_id)
    return item is not None and item.kind.value != row.kind
