"""This file is sessions: where somebody is signed in, from when to when, and how each is ended from here."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from plan.models import Person, PersonSession

TOKEN_BYTES = 32
LONGEST_BROWSER = 200  # characters of a browser's own words that are kept
KEPT_AFTER_END = timedelta(days=30)  # for the list of sessions; the audit log keeps the rest
MINUTE = timedelta(minutes=1)


VOUCHED = "by-sso"  # in what is kept: the council's own sign-in let this person in


@dataclass(frozen=True)
class Limits:
    """How long a session lasts without a page asked for, and in any case.

    `vouched` is the latter for somebody whom the council's sign-in let in: it is asked again before long, for it
    never tells us that an account there was taken away.
    """

    idle: timedelta
    absolute: timedelta
    vouched: timedelta = timedelta.max

    def longest(self, one: PersonSession) -> timedelta:
        """How long this session may last in any case."""
        return min(self.absolute, self.vouched) if one.kept.get(VOUCHED) is True else self.absolute


def begin(
    session: Session, person: Person, *, at: datetime, address: str, browser: str, kept: dict[str, Any]
) -> tuple[PersonSession, str]:
    """A new session of this person, and the token for their browser, which is kept nowhere else."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    begun = PersonSession(
        token_hash=_hash(token),
        person_id=person.id,
        began=at,
        seen=at,
        ended=None,
        address=address,
        browser=browser[:LONGEST_BROWSER],
        kept=kept,
    )
    session.add(begun)
    session.flush()
    return begun, token


def find(session: Session, token: str) -> PersonSession | None:
    """The session that a browser holds the token of, open or ended, with its person."""
    found = select(PersonSession).where(PersonSession.token_hash == _hash(token))
    return session.scalar(found.options(joinedload(PersonSession.person)))


def is_open(one: PersonSession, limits: Limits, *, at: datetime) -> bool:
    """Whether it lets its person in: not ended, neither idle nor old, and the account not closed."""
    young = at - one.seen <= limits.idle and at - one.began <= limits.longest(one)
    return one.ended is None and young and one.person.active


def keep(one: PersonSession, kept: dict[str, Any] | None, *, at: datetime, in_use: bool) -> bool:
    """Keep what the web remembers, and that a page was asked for; whether there was anything to write.

    A page a minute is enough to know that somebody is there: pages that look should seldom write.
    """
    worth_noting = in_use and at - one.seen >= MINUTE
    if kept is not None:
        one.kept = kept
    if worth_noting:
        one.seen = at
    return worth_noting or kept is not None


def end(one: PersonSession, *, at: datetime) -> None:
    """End this session, whoever still holds its token. Ending twice is once."""
    one.ended = one.ended or at
    one.kept = {}


def end_all(session: Session, person: Person, *, at: datetime, but: int | None = None) -> int:
    """End every session of this person, all but one where one is named; how many there were."""
    theirs = (PersonSession.person_id == person.id, PersonSession.ended.is_(None), PersonSession.id != (but or 0))
    ended = session.execute(update(PersonSession).where(*theirs).values(ended=at, kept={}).returning(PersonSession.id))
    return len(ended.all())


def open_of(session: Session, person: Person, limits: Limits, *, at: datetime) -> list[PersonSession]:
    """Where this person is signed in now, the latest seen first."""
    theirs = select(PersonSession).where(PersonSession.person_id == person.id, PersonSession.ended.is_(None))
    found = session.scalars(theirs.order_by(PersonSession.seen.desc(), PersonSession.id.desc()))
    return [one for one in found if is_open(one, limits, at=at)]


def forget_old(session: Session, person: Person, limits: Limits, *, at: datetime) -> None:
    """Take this person's sessions away that ended long ago, so that the table does not grow for ever."""
    before = at - limits.absolute - KEPT_AFTER_END
    theirs = select(PersonSession).where(PersonSession.person_id == person.id, PersonSession.began < before)
    for one in session.scalars(theirs):
        session.delete(one)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
