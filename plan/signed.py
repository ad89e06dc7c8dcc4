"""This file says what is signed off and what is not, by whom and since when: one more reading of the history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan import awaiting
from plan.models import Decision, Outcome, Plan, Revision, Source
from plan.questions.standing import undecided
from plan.signatures import Signature, Signed
from plan.snapshot import Item, Snapshot


@dataclass(frozen=True)
class Waiting:
    """A field that awaits sign-off, and since when. `field` is "present" where the whole record came or went."""

    record: str
    field: str
    since: datetime


def read(session: Session, plan: Plan, snapshot: Snapshot) -> Signed:
    """What is signed of the plan as it stands in `snapshot`, which is the plan now."""
    waits = frozenset(record for record, _ in undecided(snapshot, awaiting.of_plan(session, plan.id)))
    agreements = _agreements(session, plan)
    agreed = agreements[-1] if agreements else None
    ever = _ever(session, plan)
    last = {record: some[-1] for record, some in ever.items()}
    if agreed is not None:  # what was decided before the whole position was agreed was agreed again with it
        last = {record: one if one.number > agreed.number else agreed for record, one in last.items()}
    return Signed(last, waits, agreed, ever, agreements)


def waiting(session: Session, plan: Plan, snapshot: Snapshot, items: Iterable[Item]) -> list[Waiting]:
    """What awaits sign-off of these records, in their order. What a new record says is told by its coming alone."""
    mine = {item.id: place for place, item in enumerate(items)}
    rows = [row for row in awaiting.of_plan(session, plan.id) if row.record_id in mine]
    to_decide = undecided(snapshot, rows)
    came_or_went = {row.record_id for row in rows if row.field == "present"}
    told = [
        row
        for row in rows
        if (row.record_id, row.field) in to_decide and (row.field == "present" or row.record_id not in came_or_went)
    ]
    moments = awaiting.begun(session, plan.id) if told else {}
    return [
        Waiting(row.record_id, row.field, moments[row.since])
        for row in sorted(told, key=lambda row: (mine[row.record_id], row.field))
    ]


def _agreements(session: Session, plan: Plan) -> list[Signature]:
    found = (
        select(Revision.by_name, Revision.at, Revision.number)
        .where(Revision.plan_id == plan.id, Revision.source == Source.BASELINE.value)
        .order_by(Revision.number)
    )
    return [Signature(by, None, at, number) for by, at, number in session.execute(found)]


def _ever(session: Session, plan: Plan) -> dict[str, list[Signature]]:
    """Every signature of each record, oldest first."""
    rows = session.execute(
        select(Decision.record_id, Decision.on_behalf_of, Revision.by_name, Revision.at, Revision.number)
        .join(Revision)
        .where(Revision.plan_id == plan.id, Decision.outcome == Outcome.SIGNED_OFF.value)
        .order_by(Revision.number)
        .distinct()
    )
    ever: dict[str, list[Signature]] = {}
    for record, instead_of, by, at, number in rows:
        ever.setdefault(record, []).append(Signature(by, instead_of, at, number))
    return ever
