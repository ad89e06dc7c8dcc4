"""This file is deputies: a lead names who decides for them, from one day to another, and may end it early."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from plan.models import Deputy, Person
from plan.roles import Step
from plan.timescale import say_date

NOT_NOW = "It does not count now: an account was closed or has another role"


class CannotName(ValueError):
    """The deputy cannot be named so; the message says why and what would work."""


def eligible(session: Session, lead: Person) -> Sequence[Person]:
    """Everybody whom this lead may name: any open account that may sign off at all, but their own, by name."""
    found = select(Person).where(Person.active, Person.id != lead.id).order_by(Person.name, Person.id)
    return [one for one in session.scalars(found) if one.may(Step.SIGN_OFF)]


def name(session: Session, lead: Person, deputy: Person | None, starts: date, ends: date, *, on: date) -> Deputy:
    """Let somebody decide for this lead, both days included. Raises CannotName with a sentence."""
    if deputy is None or deputy not in eligible(session, lead):
        raise CannotName(
            "Choose one of the people in the list; readers and limited editors may not decide. Nobody was named yet."
        )
    if starts < on:
        raise CannotName("A deputy can begin today or later, not in the past. Nobody was named yet.")
    if ends < starts:
        raise CannotName("The last day is before the first one. Nobody was named yet; check the two days.")
    named = Deputy(lead_id=lead.id, deputy_id=deputy.id, starts=starts, ends=ends)
    session.add(named)
    session.flush()
    return named


def standing(session: Session, person: Person, *, on: date) -> list[Deputy]:
    """What is in force or still to come: who deputises for this person, and for whom they deputise."""
    found = (
        select(Deputy)
        .where(or_(Deputy.lead_id == person.id, Deputy.deputy_id == person.id))
        .where(Deputy.ends >= on, Deputy.ends >= Deputy.starts)
        .options(joinedload(Deputy.lead), joinedload(Deputy.deputy))
        .order_by(Deputy.starts, Deputy.id)
    )
    return list(session.scalars(found))


def days_of(one: Deputy) -> str:
    """From when to when, for a sentence to end on, and whether it counts: "from 1 July 2013 to 14 July 2013"."""
    days = f"from {say_date(one.starts)} to {say_date(one.ends)}"
    return days if one.counts else f"{days}. {NOT_NOW}"


def end(session: Session, lead: Person, id: int, *, on: date) -> Deputy | None:
    """End a deputy of this lead's from this day on; None where the lead has no such one in force or to come."""
    found = next((one for one in standing(session, lead, on=on) if one.id == id and one.lead_id == lead.id), None)
    if found is not None:
        found.ends = on - timedelta(days=1)
    return found
