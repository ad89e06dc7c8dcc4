"""This file is accounts: making one, passwords, and signing in slowly enough that guessing does not pay."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from plan import passwords, sessions
from plan.models import Attempt, Person, Team
from plan.roles import Role, Who

SHORTEST_PASSWORD = passwords.SHORTEST
GUESSES = 10
WITHIN = timedelta(minutes=5)
KEPT = timedelta(days=1)
LONGEST_ADDRESS = 254  # characters of an e-mail address, RFC 5321
LONGEST_NAME = 200  # characters of a person's or a team's name: it stands in lists, in reports and in cells
# Control characters and line ends, which no cell and no report can hold, and marks that turn what follows around.
NOT_IN_NAMES = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
SAMPLE_PASSWORD = "improve together 2013"  # noqa: S105 - told to everybody on the sign-in page of the sample

hasher = PasswordHasher()


class CannotAdd(ValueError):
    """The account cannot be made; the message says why and what would work."""


class Throttled(Exception):
    """Too many wrong passwords lately; the message says how long to wait."""


def add(
    session: Session,
    email: str,
    name: str,
    password: str | None,
    *,
    role: Role | Who,
    teams: Sequence[str] = (),
    at: datetime,
    sample: bool = False,
) -> Person:
    """A new account. Raises CannotAdd for an address in use or malformed, or a password that is too weak."""
    email = email.strip().lower()
    if not email:
        raise CannotAdd("An account needs an e-mail address, with which the person signs in. No account was made.")
    if not _is_address(email):
        raise CannotAdd(f"“{email}” is not an e-mail address. No account was made; check it and try again.")
    if not name.strip():
        raise CannotAdd("An account needs the person's name: it stands beside what they change. No account was made.")
    if fault := _fault_of_name(name):
        raise CannotAdd(f"The person's name {fault}. No account was made; type it anew.")
    if find(session, email) is not None:
        raise CannotAdd(f"{email} has an account already. Nothing was changed.")
    if password is not None:
        check_strength(password, email)
    person = Person(
        email=email,
        name=name.strip(),
        created=at,
        sample=sample,
        password_hash=None if password is None else hasher.hash(password),
        teams=[team(session, t) for t in dict.fromkeys(t.strip() for t in teams) if t],
    )
    person.become(Who(role.value))
    session.add(person)
    session.flush()
    return person


def _fault_of_name(name: str) -> str | None:
    if len(name.strip()) > LONGEST_NAME:
        return f"has {len(name.strip()):,} characters and may have {LONGEST_NAME}"
    return "holds a line break or characters that cannot be read" if NOT_IN_NAMES.search(name.strip()) else None


def _is_address(email: str) -> bool:
    well_made = all(mark.isprintable() and not mark.isspace() for mark in email)
    return well_made and "@" in email[1:-1] and len(email) <= LONGEST_ADDRESS


def find(session: Session, email: str) -> Person | None:
    """The account with this address, whatever its case."""
    return session.scalar(select(Person).where(Person.email == email.strip().lower()))


def by_id(session: Session, id: int) -> Person | None:
    """The account with this number, open or closed; None for a number that no account could have."""
    return session.get(Person, id) if 0 < id < 2**31 else None


def team(session: Session, name: str) -> Team:
    """The team of this name, made where there is none. Raises CannotAdd for a name that cannot be a team's."""
    if fault := _fault_of_name(name):
        raise CannotAdd(f"The name of the team {fault}. Nothing was saved; type it anew.")
    found = session.scalar(select(Team).where(Team.name == name.strip()))
    if found is None:
        found = Team(name=name.strip())
        session.add(found)
        session.flush()
    return found


def check_strength(password: str, email: str) -> None:
    """Raise CannotAdd for a password that is short or common; no rule about its make-up."""
    try:
        passwords.check(password, email)
    except passwords.TooEasy as why:
        raise CannotAdd(str(why)) from None


def check_choice(password: str, again: str, email: str) -> None:
    """Raise CannotAdd for a new password that is too weak, or was not typed twice alike."""
    check_strength(password, email)
    if password != again:
        raise CannotAdd("The two passwords are not the same. Nothing was changed; type the new one twice.")


def hashed(password: str) -> str:
    """The hash of a new password. It takes a fifth of a second: call it outside a transaction."""
    return hasher.hash(password)


def set_password(session: Session, person: Person, password_hash: str, *, at: datetime) -> None:
    """Give the person this password and end all their sessions."""
    person.password_hash = password_hash
    sessions.end_all(session, person, at=at)


@dataclass(frozen=True)
class Guess:
    """One try to sign in, as plain values, so that no transaction waits for the slow hash.

    Where there is no such account, `person` is None and `stored` a hash that no password matches.
    """

    email: str
    address: str
    person: int | None
    stored: str


def look_up(session: Session, email: str, *, address: str, at: datetime) -> Guess:
    """The account that somebody wants to sign in with. Raises Throttled after too many wrong guesses."""
    email = email.replace("\0", "").strip().lower()[:LONGEST_ADDRESS]
    check_patience(session, email, address, at)
    person = find(session, email)
    nobodys = _nobodys_hash()  # made in either case, so that the first guess at an unknown account is no slower
    if person is None or not person.active or person.password_hash is None:
        return Guess(email, address, None, nobodys)
    return Guess(email, address, person.id, person.password_hash)


def is_right(guess: Guess, password: str) -> bool:
    """Whether the password is the account's, told in the same time where there is no such account."""
    return _matches(guess.stored, password) and guess.person is not None


def sign_in(session: Session, guess: Guess, right: bool, *, at: datetime) -> Person | None:
    """Put the try on record; the person, where it was right. The caller commits in either case.

    Raises Throttled where other guesses used the patience up while this one's hash was reckoned: of a
    thousand at once, ten are answered.
    """
    check_patience(session, guess.email, guess.address, at)
    person = session.get(Person, guess.person) if right else None
    if person is not None and not (person.active and person.password_hash == guess.stored):
        person = None
    session.execute(delete(Attempt).where(Attempt.at < at - KEPT))  # the audit log remembers them
    session.add(Attempt(at=at, email=guess.email, address=guess.address, succeeded=person is not None))
    return person


def sample_accounts(session: Session) -> list[Person]:
    """The accounts of the sample plan, which are known to everybody; none once it is a plan of your own."""
    return list(session.scalars(select(Person).where(Person.sample, Person.active).order_by(Person.id)))


def everybody(session: Session) -> list[Person]:
    """All accounts by name, with their teams."""
    return list(session.scalars(select(Person).options(selectinload(Person.teams)).order_by(Person.name, Person.id)))


def team_names(session: Session) -> list[str]:
    """The names of all teams, in order of name."""
    return list(session.scalars(select(Team.name).order_by(Team.name)))


def check_patience(session: Session, email: str, address: str, at: datetime) -> None:
    """Raise Throttled where this account or this address has guessed wrong too often lately."""
    if _wrong_guesses(session, email, address, at) >= GUESSES:
        raise Throttled("Too many wrong passwords. Nothing is lost; wait five minutes and try again.")


def _wrong_guesses(session: Session, email: str, address: str, at: datetime) -> int:
    def lately(column: InstrumentedAttribute[str], value: str) -> int:
        counted = (
            select(func.count())
            .select_from(Attempt)
            .where(column == value, Attempt.at > at - WITHIN, ~Attempt.succeeded)
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
