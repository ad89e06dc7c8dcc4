"""This file is the outline of what awaits sign-off: the same lines without their words, for one may be long."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan.fields import Kind
from plan.models import Awaiting, Plan
from plan.signatures import Outline
from plan.signoffs.lines import decided_together
from plan.snapshot import Snapshot


def outline(session: Session, plan: Plan, snapshot: Snapshot) -> Outline:
    """The outline as the plan stands in `snapshot`, which is the plan now; an audit's counts are one field."""
    of_plan = Awaiting.plan_id == plan.id
    whole = select(Awaiting.record_id).where(of_plan, Awaiting.field == "present")
    gone = _gone(snapshot)
    standing = [id for id in session.scalars(whole) if _has_place(snapshot, id, gone)]
    changed: dict[str, set[str]] = {}
    fields = select(Awaiting.record_id, Awaiting.kind, Awaiting.field)
    for id, kind, name in session.execute(fields.where(of_plan, Awaiting.record_id.not_in(whole))):
        if id not in gone and _has_place(snapshot, id, gone):
            changed.setdefault(id, set()).add(decided_together(Kind(kind), name))
    return Outline(
        frozenset(id for id in standing if id not in gone),
        frozenset(id for id in standing if id in gone),
        {id: frozenset(names) for id, names in changed.items()},
    )


def _gone(snapshot: Snapshot) -> frozenset[str]:
    return frozenset(id for id, item in snapshot.items() if not item.present)


def _has_place(snapshot: Snapshot, id: str, gone: frozenset[str]) -> bool:
    """Whether all that the record stands under is in the plan."""
    return not gone or not any(above in gone for above in _above(snapshot, id))


def _above(snapshot: Snapshot, id: str) -> Iterable[str]:
    at = snapshot[id].parent
    while at is not None and at in snapshot:
        yield at
        at = snapshot[at].parent
