"""This file is one-time links: made by the office, passed on by hand, good for one choice of a password."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from plan import people
from plan.models import Attempt, Invitation, Person

VALID_FOR = timedelta(days=7)
TOKEN_BYTES = 32
ASK = "Nothing was changed. Ask the programme office for a new link."


class LinkGone(ValueError):
    """The link opens nothing (any more); the message says why and whom to ask."""


def invite(session: Session, person: Person, *, by: Person, at: datetime) -> str:
    """A new link's token for this person, which is kept nowhere; links made for them before open nothing more."""
    withdraw(session, person, at=at)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    made = Invitation(
        person_id=person.id, made_by=by.id, token_hash=_hash(token), made=at, expires=at + VALID_FOR, used=None
    )
    session.add(made)
    session.flush()
    return token


def withdraw(session: Session, person: Person, *, at: datetime) -> None:
    """Let every unused link of this person open nothing more."""
    unused = (Invitation.person_id == person.id, Invitation.used.is_(None), Invitation.expires > at)
    session.execute(update(Invitation).where(*unused).values(expires=at))


def invited(session: Session, token: str, *, address: str, at: datetime) -> Person:
    """Whom a link was made for.

    Raises LinkGone for one that is unknown, used, expired or of a closed account, and Throttled where too many wrong
    ones came from this address lately.
    """
    people.check_patience(session, _named(token), address, at)
    return _open(session, token, at).person


def use(session: Session, token: str, password_hash: str, *, address: str, at: datetime) -> Person:
    """Give the person the password they chose, end their sessions and use the link up. Raises as `invited` does."""
    person = invited(session, token, address=address, at=at)
    _open(session, token, at).used = at
    people.set_password(session, person, password_hash, at=at)
    return person


def note_wrong(session: Session, token: str, *, address: str, at: datetime) -> None:
    """Put on record that somebody tried to use a link that opens nothing, as a wrong guess of that address."""
    session.add(Attempt(at=at, email=_named(token), address=address, succeeded=False))


def _open(session: Session, token: str, at: datetime) -> Invitation:
    found = session.scalar(select(Invitation).where(Invitation.token_hash == _hash(token)))
    if found is None:
        raise LinkGone(f"This link is not one of ours; perhaps a part of it was lost on the way. {ASK}")
    if found.used is not None:
        raise LinkGone(f"This link was used already, and each works once. If that was not you, say so. {ASK}")
    if found.expires <= at or not found.person.active:
        raise LinkGone(f"This link has run out, or a newer one took its place. {ASK}")
    return found


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _named(token: str) -> str:
    """What stands for a link among the attempts to sign in; no e-mail address looks like it."""
    return f"link {_hash(token)[:16]}"
