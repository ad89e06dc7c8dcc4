"""This file says who still owes an update in a cycle, and takes the word of those who have none to give.

A requirement is updated by any change of its own or of what stands under it, an action by a change of its own; or by
a person's word that nothing changed. What is done and embedded (blue) is not asked for again, nor an action that
names no lead: its requirement speaks for it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from plan import awaiting, history, leads
from plan.cycles.standing import Cycle
from plan.fields import Kind
from plan.models import Change, Confirmation, Person, Plan, Revision, Source
from plan.rag import Status
from plan.snapshot import Item, Snapshot


@dataclass(frozen=True)
class Update:
    """Who gave an update and when; `confirmed` where they said that nothing changed."""

    by: str
    at: datetime
    confirmed: bool


@dataclass(frozen=True)
class Owed:
    """A requirement or an action of which a cycle wants to hear, and the update, None while it is owed."""

    item: Item
    requirement: Item
    update: Update | None

    @property
    def lead(self) -> str:
        """Who answers for it, in staff's words; empty where nobody is named."""
        return str(self.item.get("lead") or "")

    @property
    def team(self) -> str:
        """The team of its requirement; empty where it has none."""
        return str(self.requirement.get("team") or "")

    def is_of(self, person: Person, teams: Collection[str]) -> bool:
        """Whether it stands on this person's list: it names them as its lead, or is a requirement of their team.

        Of a limited editor only what is under their named requirements is asked, and each of those.
        """
        is_requirement, leads_it = self.item.kind is Kind.REQUIREMENT, leads.names(self.lead, person.name)
        if person.is_limited:
            return person.is_named_for(self.requirement.id) and (is_requirement or leads_it)
        return leads_it or (is_requirement and self.team in teams)


class CannotConfirm(ValueError):
    """No such word can be taken; the message says why and what to do."""


def asked_of(session: Session, plan: Plan, cycle: Cycle, snapshot: Snapshot | None = None) -> list[Owed]:
    """Everything of which the cycle wants to hear, in the plan's order: a requirement, then its actions."""
    snapshot = snapshot or history.now(session, plan)
    return _with_updates(session, plan, cycle, snapshot, _all_asked(snapshot))


def owes(asked: Iterable[Owed], person: Person) -> list[Owed]:
    """A person's own list, what they have updated already included."""
    teams = {team.name for team in person.teams}
    return [one for one in asked if one.is_of(person, teams)]


def asked_of_person(
    session: Session, plan: Plan, cycle: Cycle, person: Person, snapshot: Snapshot | None = None
) -> list[Owed]:
    """The same as `owes` of everything asked, without reading the changes for somebody whose list is empty."""
    snapshot = snapshot or history.now(session, plan)
    own = owes(_all_asked(snapshot), person)
    return _with_updates(session, plan, cycle, snapshot, own) if own else []


def confirm(
    session: Session, plan: Plan, cycle: Cycle, records: Iterable[str], *, by: Person, at: datetime, on: date
) -> int:
    """Take somebody's word that these records of their own list have not changed; how many were still owed.

    What has an update already keeps it. Raises CannotConfirm outside the cycle's days and for what is not on the
    list.
    """
    if not cycle.is_open(on):
        raise CannotConfirm(
            f"“{cycle.title}” does not take updates today. Nothing was recorded; look at the board's cycles for the "
            "next one."
        )
    asked = {one.item.id: one for one in asked_of_person(session, plan, cycle, by)}
    wanted = list(dict.fromkeys(records))
    if any(id not in asked for id in wanted):
        raise CannotConfirm(
            "Something on the page is not asked of you any more: it was closed, removed or given to somebody else "
            "meanwhile. Nothing was recorded; look at the list again."
        )
    owed = [id for id in wanted if asked[id].update is None]
    session.add_all(Confirmation(cycle_id=cycle.id, record_id=id, by_id=by.id, by_name=by.name, at=at) for id in owed)
    return len(owed)


def _all_asked(snapshot: Snapshot) -> list[Owed]:
    return [
        Owed(item, requirement, None)
        for requirement in snapshot.of(Kind.REQUIREMENT)
        for item in _wanted(snapshot, requirement)
    ]


def _with_updates(session: Session, plan: Plan, cycle: Cycle, snapshot: Snapshot, asked: Iterable[Owed]) -> list[Owed]:
    updates = _updates(session, plan, cycle, snapshot)
    return [replace(one, update=updates.get(one.item.id)) for one in asked]


def _wanted(snapshot: Snapshot, requirement: Item) -> Iterator[Item]:
    if requirement.get("status") == Status.BLUE:
        return
    yield requirement
    for action in snapshot.under(requirement.id, Kind.ACTION):
        if action.get("lead") and action.get("status") != Status.BLUE:
            yield action


def _updates(session: Session, plan: Plan, cycle: Cycle, snapshot: Snapshot) -> Mapping[str, Update]:
    """The newest update of each record; a change of anything under a requirement is one of the requirement."""
    found: dict[str, Update] = {}
    for confirmation in session.scalars(select(Confirmation).where(Confirmation.cycle_id == cycle.id)):
        found[confirmation.record_id] = Update(confirmation.by_name, confirmation.at, confirmed=True)
    for kind, record, field, by, at in session.execute(_changes(session, plan, cycle)):
        if not awaiting.needs_sign_off(Kind(kind), field):
            continue  # the office's settings and the order of rows are nobody's update
        update, requirement = Update(by, at, confirmed=False), snapshot.requirement_of(record)
        found[record] = update
        if requirement is not None:
            found[requirement.id] = update
    return found


def _changes(session: Session, plan: Plan, cycle: Cycle) -> Select[str, str, str, str, datetime]:
    """The changes of its days, oldest first. A first import updates nothing, nor does a lead who returns words."""
    first = history.number_at(session, plan, cycle.opens - timedelta(days=1))
    last = history.number_at(session, plan, cycle.cut_off)
    return (
        select(Change.kind, Change.record_id, Change.field, Revision.by_name, Revision.at)
        .join(Revision)
        .where(Revision.plan_id == plan.id, Revision.number > first, Revision.number <= last)
        .where(Revision.source.not_in((Source.IMPORT, Source.SIGN_OFF)))
        .order_by(Revision.number, Change.id)
    )
