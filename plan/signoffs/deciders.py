"""This file finds who may decide today, and so what awaits whom."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from plan.models import Decider, Deputy, Person, Plan
from plan.roles import Role, Step
from plan.signoff import Powers, Verdict
from plan.signoffs.lines import Line, lines


def powers_of(session: Session, person: Person, on: date) -> Powers:
    """What this person may decide on this day."""
    return _powers(person, _deputising(session, on, person), _named(session, on, person))


def all_powers(session: Session, on: date) -> list[Powers]:
    """The powers of everybody who may decide on anything this day, by name."""
    deputising, named = _deputising(session, on), _named(session, on)
    wanted = {deputy.deputy_id for deputy in deputising} | {one.person_id for one in named}
    people = session.scalars(
        select(Person)
        .where((Person.role == Role.LEAD.value) | Person.id.in_(wanted))
        .options(selectinload(Person.teams))
        .order_by(Person.name)
    )
    every = (
        _powers(
            person,
            [one for one in deputising if one.deputy_id == person.id],
            [one for one in named if one.person_id == person.id],
        )
        for person in people
    )
    return [powers for powers in every if powers.any]


def queue(session: Session, plan: Plan, person: Person, on: date) -> list[Line]:
    """The lines that this person may decide on today."""
    powers = powers_of(session, person, on)
    if not powers.any:
        return []
    return [line for line in lines(session, plan) if decides(powers, line)]


def decides(powers: Powers, line: Line) -> bool:
    """Whether somebody with these powers may decide on a line."""
    return powers.verdict(line.team, line.authors, line.head.id) is Verdict.DECIDES


def names_for(line: Line, powers: Iterable[Powers]) -> list[str]:
    """The names of those who may decide on a line; empty where nobody may yet."""
    return [one.name for one in powers if decides(one, line)]


def _powers(person: Person, deputising: Sequence[Deputy], named: Sequence[Decider]) -> Powers:
    if not person.may(Step.SIGN_OFF):
        return Powers(person.id, person.name)
    is_lead = person.role == Role.LEAD
    own = frozenset(team.name for team in person.teams) if is_lead else frozenset()
    for_teams = {one.team: _office(one) for one in named if one.team is not None}
    for_leads = {team.name: deputy.lead.name for deputy in deputising for team in deputy.lead.teams}
    for_records = {one.record_id: _office(one) for one in named if one.record_id is not None}
    return Powers(person.id, person.name, is_lead, own, {**for_teams, **for_leads}, for_records)


def _office(one: Decider) -> str:
    """In whose place somebody decides whom the office named: it reads on after "for"."""
    return f"the programme office (named by {one.named_by.name})"


def _deputising(session: Session, on: date, person: Person | None = None) -> list[Deputy]:
    """Who stands in for whom on a day; what a lead gave away ends when they are no lead any more."""
    found = (
        select(Deputy)
        .join(Person, Deputy.lead_id == Person.id)
        .where(Deputy.starts <= on, Deputy.ends >= on, Person.active, Person.role == Role.LEAD.value)
        .options(joinedload(Deputy.lead).selectinload(Person.teams))
        .order_by(Deputy.id)
    )
    if person is not None:
        found = found.where(Deputy.deputy_id == person.id)
    return list(session.scalars(found))


def _named(session: Session, on: date, person: Person | None = None) -> list[Decider]:
    """Whom the office named to decide on a day."""
    found = (
        select(Decider)
        .where(Decider.starts <= on, Decider.ends >= on)
        .options(joinedload(Decider.named_by))
        .order_by(Decider.id)
    )
    if person is not None:
        found = found.where(Decider.person_id == person.id)
    return list(session.scalars(found))
