"""This file is accounts: making one, passwords, and signing in slowly enough that guessing does not pay."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from plan.models import Attempt, Person, Team
from plan.roles import Role

SHORTEST_PASSWORD = 12
GUESSES = 10
WITHIN = timedelta(minutes=5)
TOO_COMMON = frozenset(
    {"password1234", "passwordpassword", "123456789012", "qwertyuiop12", "letmeinletmein", "improvementplan"}
)

hasher = PasswordHasher()


class CannotAdd(ValueError):
    """The account cannot be made; the message says why and what would work."""


class Throttled(Exception):
    """Too many wrong passwords lately; the message says how long to wait."""


def add(
    session: Session, email: str, name: str, password: str | None, *, role: Role, teams: Sequence[str] = (),
    at: datetime, sample: bool = False,
) -> Person:
    """A new account. Raises CannotAdd for an address in use or malformed, or a password that is too weak."""
    email = email.strip().lower()
    if "@" not in email[1:-1] or any(mark.isspace() for mark in email):
        raise CannotAdd(f"“{email}” is not an e-mail address. No account was made; check it and try again.")
    if find(session, email) is not None:
        raise CannotAdd(f"{email} has an account already. Nothing was changed.")
    if password is not None:
        check_strength(password, email)
    person = Person(
        email=email, name=name.strip(), role=role.value, created=at, sample=sample,
        password_hash=None if password is None else hasher.hash(password), teams=[team(session, t) for t in teams],
    )
    session.add(person)
    session.flush()
    return person


def find(session: Session, email: str) -> Person | None:
    """The account with this address, whatever its case."""
    return session.scalar(select(Person).where(Person.email == email.strip().lower()))


def team(session: Session, name: str) -> Team:
    """The team of this name, made where there is none."""
    found = session.scalar(select(Team).where(Team.name == name.strip()))
    if found is None:
        found = Team(name=name.strip())
        session.add(found)
        session.flush()
    return found


def check_strength(password: str, email: str) -> None:
    """Raise CannotAdd for a password that is short, common or the address itself; no rule about its make-up."""
    if len(password) < SHORTEST_PASSWORD:
        raise CannotAdd(f"A password needs {SHORTEST_PASSWORD} characters or more. Three words together do well.")
    if password.lower() in TOO_COMMON or password.lower() == email or len(set(password)) < 4:
        raise CannotAdd("That password is one of the first that would be guessed. Choose another, three words do well.")


def sign_in(session: Session, email: str, password: str, *, address: str, at: datetime) -> Person | None:
    """The person, when the password is theirs; None otherwise, in the same time for an unknown account.

    Raises Throttled after too many wrong guesses for the account or from the address. Notes the attempt; the
    caller commits in either case.
    """
    email = email.strip().lower()
    if _wrong_guesses(session, email, address, at) >= GUESSES:
        raise Throttled("Too many wrong passwords. Nothing is lost; wait five minutes and try again.")
    person = find(session, email)
    right = _matches(person.password_hash if person and person.password_hash else _nobodys_hash(), password)
    signed_in = person if person and person.active and person.password_hash and right else None
    session.add(Attempt(at=at, email=email, address=address, succeeded=signed_in is not None))
    return signed_in


def _wrong_guesses(session: Session, email: str, address: str, at: datetime) -> int:
    def lately(column: InstrumentedAttribute[str], value: str) -> int:
        counted = select(func.count()).select_from(Attempt).where(
            column == value, Attempt.at > at - WITHIN, ~Attempt.succeeded
        )
        return session.scalar(counted) or 0

    return max(lately(Attempt.email, email), lately(Attempt.address, address))


@cache
def _nobodys_hash() -> str:
    """A hash no password matches, so that an unknown account takes the same time as a known one."""
    return hasher.hash(secrets.token_hex())


def _matches(stored: str, password: str) -> bool:
    try:
        return hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False
