"""This file changes and closes accounts: history stays, sessions end, and what a leaver holds is found."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from plan import history, invitations, leads, people, questions, sessions, signoffs
from plan.fields import Kind
from plan.models import Decider, Person, Plan, Team, Upload, UploadState
from plan.roles import Role, Who

OWN = "This is your own account, so nothing was changed. Ask a colleague in the programme office to do it."


class CannotChange(ValueError):
    """The account may not be changed so; the message says why and what would work."""


@dataclass(frozen=True)
class Held:
    """A requirement or action that names somebody as its lead, and the requirement where it is found."""

    plan: Plan
    requirement: str
    words: str
    lead: str


@dataclass(frozen=True)
class Unfinished:
    """What somebody began in a plan and did not end."""

    plan: Plan
    uploads: int
    returned: int


@dataclass(frozen=True)
class Changed:
    """What was different about an account: another role (which ends its sessions), other teams."""

    role: bool
    teams: bool


def change(
    session: Session, person: Person, role: Role | Who, teams: Sequence[str], *, by: Person, at: datetime
) -> Changed:
    """Give an account another role, which ends its sessions, or other teams, which count from its next click.

    Raises CannotChange for one's own role, and for a team whose name cannot be one.
    """
    chosen = _teams(session, teams)
    changed = Changed(
        role.value != person.who.value, {team.id for team in chosen} != {team.id for team in person.teams}
    )
    if changed.role:
        if person.id == by.id:
            raise CannotChange(OWN)
        person.become(Who(role.value))
        sessions.end_all(session, person, at=at)
    person.teams = chosen
    return changed


def _teams(session: Session, names: Sequence[str]) -> list[Team]:
    try:
        return [people.team(session, name) for name in dict.fromkeys(one.strip() for one in names) if name]
    except people.CannotAdd as why:
        raise CannotChange(str(why)) from None


def close(session: Session, person: Person, *, by: Person, at: datetime) -> None:
    """Close the account of somebody who has left: sessions and links end, history stays. Closing twice is once.

    Raises CannotChange for one's own account, so that the office never locks itself out.
    """
    if person.id == by.id:
        raise CannotChange(OWN)
    person.active = False
    sessions.end_all(session, person, at=at)
    invitations.withdraw(session, person, at=at)


def open_again(person: Person) -> None:
    """Open a closed account again, without its old password: whoever comes back gets a new link."""
    if not person.active:
        person.active = True
        person.password_hash = None


def held_by(session: Session, person: Person) -> list[Held]:
    """The requirements and actions that name this person as their lead, alone or among others."""
    return [held for plan in questions.plans(session) for held in _held_in(session, plan, person.name)]


def unfinished(session: Session, person: Person) -> list[Unfinished]:
    """In each plan: this person's uploads that wait to be settled, and words returned to them that they left as is."""
    found = []
    for plan in questions.plans(session):
        returned = len(signoffs.returned_to(session, plan, person))
        waiting = (
            select(func.count())
            .select_from(Upload)
            .where(Upload.plan_id == plan.id, Upload.person_id == person.id, Upload.state == UploadState.WAITING.value)
        )
        found.append(Unfinished(plan, session.scalar(waiting) or 0, returned))
    return [one for one in found if one.uploads or one.returned]


def named_by_office(session: Session, person: Person, *, on: date) -> list[Decider]:
    """Where the programme office named this person to decide, today or later."""
    found = select(Decider).where(Decider.person_id == person.id, Decider.ends >= on, Decider.ends >= Decider.starts)
    return list(session.scalars(found.order_by(Decider.starts, Decider.id)))


def teams_without_lead(person: Person, everybody: Iterable[Person]) -> list[str]:
    """The teams of this lead that have no other lead with an open account."""
    if person.role != Role.LEAD:
        return []
    others = [one for one in everybody if one.id != person.id and one.active and one.role == Role.LEAD]
    led = {team.name for one in others for team in one.teams}
    return [team.name for team in person.teams if team.name not in led]


def _held_in(session: Session, plan: Plan, name: str) -> Iterator[Held]:
    snapshot = history.now(session, plan)
    for item in (*snapshot.of(Kind.REQUIREMENT), *snapshot.of(Kind.ACTION)):
        lead = str(item.get("lead") or "")
        requirement = snapshot.requirement_of(item.id)
        if requirement is not None and requirement.present and leads.names(lead, name):
            yield Held(plan, requirement.id, questions.first_upper(questions.name(snapshot, item)), lead)
