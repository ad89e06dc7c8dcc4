"""This file is single sign-on's side of accounts: whom an identity lets in, and how the office links one to an account.

An identity is keyed on tenant and subject, never on an e-mail address, which a council gives to somebody else one day.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from plan import people, sessions
from plan.models import Identity, Person, SpentSignIn
from plan.roles import Who

SPENT_KEPT = timedelta(days=1)  # far longer than a browser may take from the question to its answer


class CannotLink(ValueError):
    """The identity cannot be linked so; the message says why and what would work."""


class Outcome(StrEnum):
    """What somebody finds at the door whom the council's sign-in vouched for."""

    LET_IN = "let in"
    NEWCOMER = "no account"
    CLOSED = "account closed"
    NO_GROUP = "no group gives a role any more"
    TOO_MANY_GROUPS = "in too many groups to be told"


@dataclass(frozen=True)
class Vouched:
    """What the council's sign-in says of somebody: who it is, its words for them, and the role their groups give.

    `groups_told` is False where it left the groups out because there are too many of them.
    """

    tenant: str
    subject: str
    name: str
    email: str
    role: Who | None = None
    groups_told: bool = True


@dataclass(frozen=True)
class Arrival:
    """An identity at the door, what it finds there, and what its groups did to the account on the way."""

    outcome: Outcome
    identity: Identity
    account_made: bool = False
    role_changed: bool = False


def spend(session: Session, answer: str, *, at: datetime) -> bool:
    """Use an answer of the council's sign-in up; False where it was used before."""
    session.execute(delete(SpentSignIn).where(SpentSignIn.at < at - SPENT_KEPT))
    answer_hash = hashlib.sha256(answer.encode("utf-8", "replace")).hexdigest()
    if session.get(SpentSignIn, answer_hash) is not None:
        return False
    session.add(SpentSignIn(answer_hash=answer_hash, at=at))
    session.flush()
    return True


def arrive(session: Session, vouched: Vouched, *, at: datetime) -> Arrival:
    """Whom this identity lets in, if anybody. It is kept in either case, so that the office can link a newcomer.

    A group that maps to a role makes an account for a newcomer; only of such an account does the role follow the group
    at each sign-in, and without one nobody is let in. A role that the office gave by hand is the office's.
    """
    identity = _seen(session, vouched, at)
    if identity.person is None:
        return _newcomer(session, identity, vouched, at)
    if not identity.person.active:
        return Arrival(Outcome.CLOSED, identity)
    if not identity.by_group:
        return Arrival(Outcome.LET_IN, identity)
    return _by_group(session, identity, identity.person, vouched, at)


def newcomers(session: Session) -> Sequence[Identity]:
    """Who tried to sign in and is linked to no account, the latest first."""
    unlinked = select(Identity).where(Identity.person_id.is_(None))
    return session.scalars(unlinked.order_by(Identity.last_seen.desc(), Identity.id.desc())).all()


def linked(session: Session) -> Sequence[Identity]:
    """The identities that let somebody in, by the name of their account."""
    found = select(Identity).join(Identity.person).options(joinedload(Identity.person))
    return session.scalars(found.order_by(Person.name, Identity.id)).all()


def by_id(session: Session, id: int) -> Identity | None:
    """The identity with this number."""
    return session.get(Identity, id)


def link(session: Session, identity: Identity, person: Person) -> None:
    """Let this identity in with this account from now on. Raises CannotLink."""
    if identity.person_id is not None:
        raise CannotLink("Somebody linked this council account already, so nothing was changed.")
    if not person.active:
        raise CannotLink(f"The account of {person.name} is closed, so nothing was changed. Open it again first.")
    identity.person, identity.by_group = person, False
    session.flush()


def unlink(session: Session, identity: Identity, *, at: datetime) -> Person | None:
    """Let this identity in no more, and end the sessions of its person, whom it returns. Doing it twice is once."""
    person = identity.person
    if person is not None:
        sessions.end_all(session, person, at=at)
        identity.person, identity.by_group = None, False
        session.flush()
    return person


def let_go(session: Session, identity: Identity) -> None:
    """Forget a newcomer. Raises CannotLink for an identity that somebody has linked meanwhile."""
    if identity.person_id is not None:
        raise CannotLink("Somebody linked this council account meanwhile, so it stays. Unlink it first.")
    session.delete(identity)


def _seen(session: Session, vouched: Vouched, at: datetime) -> Identity:
    same = (Identity.tenant == vouched.tenant, Identity.subject == vouched.subject)
    found = session.scalar(select(Identity).where(*same))
    if found is None:
        found = Identity(tenant=vouched.tenant, subject=vouched.subject, first_seen=at, by_group=False)
        session.add(found)
    found.name, found.email, found.last_seen = vouched.name, vouched.email, at
    session.flush()
    return found


def _newcomer(session: Session, identity: Identity, vouched: Vouched, at: datetime) -> Arrival:
    if vouched.role is None:
        return Arrival(Outcome.NEWCOMER, identity)
    try:
        made = people.add(
            session, vouched.email, vouched.name or vouched.email, None, role=vouched.role, teams=(), at=at
        )
    except people.CannotAdd:  # above all: the address is an account's already, which only the office may hand over
        return Arrival(Outcome.NEWCOMER, identity)
    identity.person, identity.by_group = made, True
    session.flush()
    return Arrival(Outcome.LET_IN, identity, account_made=True)


def _by_group(session: Session, identity: Identity, person: Person, vouched: Vouched, at: datetime) -> Arrival:
    if vouched.role is None:
        sessions.end_all(session, person, at=at)
        return Arrival(Outcome.NO_GROUP if vouched.groups_told else Outcome.TOO_MANY_GROUPS, identity)
    limited_by_hand = person.is_limited and vouched.role is Who.EDITOR  # no group may lift what the office limited
    if person.who is vouched.role or limited_by_hand:
        return Arrival(Outcome.LET_IN, identity)
    person.become(vouched.role)
    sessions.end_all(session, person, at=at)
    return Arrival(Outcome.LET_IN, identity, role_changed=True)
