"""This file is the audit log's only door: what somebody did is noted in the transaction in which they did it."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from plan import midnight
from plan.models import Event, Person, What

FIRST_HASH = "0" * 64
COMMAND_LINE = "Command line"
LONGEST = 500  # characters of what is noted beside an event
PAGE = 100
NO_ADDRESS = "(not an e-mail address)"  # a password typed into the wrong box must not be kept


@dataclass(frozen=True)
class Asked:
    """Which events: of one person or at their account, of one kind, from one day to another (both included).

    None asks for all.
    """

    person: int | None = None
    what: What | None = None
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Page:
    """Some of the events, newest first, and how many there are in all."""

    events: Sequence[Event]
    number: int
    last: int
    count: int


def note(
    session: Session,
    what: What,
    *,
    by: Person | None,
    at: datetime,
    email: str | None = None,
    plan: str | None = None,
    about: str | None = None,
    address: str | None = None,
    detail: str | None = None,
) -> Event:
    """Add an event to the log, in the caller's transaction, which holds the write lock: no other comes between.

    `by` is None on the command line, and for somebody who is not signed in and gave `email`. `plan` is its name in
    addresses, `about` what it was done to, `address` where the browser was.
    """
    last = head(session)
    stranger = _typed(email) if email else None
    event = Event(
        at=at.astimezone(UTC),
        person_id=by.id if by else None,
        name=by.name if by else (None if email is not None else COMMAND_LINE),
        email=by.email if by else stranger,
        what=what.value,
        plan=plan,
        about=_short(about),
        address=address,
        detail=_short(detail),
        previous_hash=last.hash if last else FIRST_HASH,
    )
    event.hash = digest(event)
    session.add(event)
    session.flush()
    return event


def lately(session: Session, what: What, email: str, address: str, *, since: datetime) -> bool:
    """Whether this was noted already of that address and account since a moment."""
    same = (Event.what == what.value, Event.email == _typed(email), Event.address == address, Event.at > since)
    return session.scalar(select(Event.id).where(*same).limit(1)) is not None


def is_noted(session: Session, what: What, by: Person, plan: str, about: str, detail: str) -> bool:
    """Whether the very same was noted of this person before, however long ago."""
    same = (Event.person_id == by.id, Event.what == what.value, Event.plan == plan, Event.about == _short(about))
    return session.scalar(select(Event.id).where(*same, Event.detail == _short(detail)).limit(1)) is not None


def page(session: Session, asked: Asked, number: int) -> Page:
    """One page of the events asked for, newest first; the nearest page where there is none of that number."""
    count = session.scalar(select(func.count()).select_from(Event).where(*_where(asked))) or 0
    last = max(1, -(-count // PAGE))
    number = min(max(1, number), last)
    found = _newest_first(asked).limit(PAGE).offset((number - 1) * PAGE)
    return Page(session.scalars(found).all(), number, last, count)


def all_of(session: Session, asked: Asked) -> Sequence[Event]:
    """All the events asked for, newest first."""
    return session.scalars(_newest_first(asked)).all()


def head(session: Session) -> Event | None:
    """The newest event, whose hash binds all before it; None in an empty log."""
    return session.scalar(select(Event).order_by(Event.id.desc()).limit(1))


def verify(session: Session) -> str | None:
    """The first event that was altered or taken away, in a sentence; None proves the log whole."""
    previous = FIRST_HASH
    for event in session.scalars(select(Event).order_by(Event.id)):
        if event.previous_hash != previous:
            return f"Event {event.id} does not follow from the one before it: the audit log is broken there."
        if digest(event) != event.hash:
            return f"Event {event.id} of the audit log was altered after it was written."
        previous = event.hash
    return None


def digest(event: Event) -> str:
    """The SHA-256 over everything an event says, the hash of the one before it included, as 64 hex digits."""
    who = [event.person_id, event.name, event.email, event.address]
    said = [event.at.isoformat(), who, event.what, event.plan, event.about, event.detail, event.previous_hash]
    written = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def _newest_first(asked: Asked) -> Select[Event]:
    return select(Event).where(*_where(asked)).order_by(Event.id.desc())


def _where(asked: Asked) -> Iterator[ColumnElement[bool]]:
    if asked.person is not None:
        theirs = select(Person.email).where(Person.id == asked.person).scalar_subquery()
        yield or_(Event.person_id == asked.person, Event.email == theirs)
    if asked.what is not None:
        yield Event.what == asked.what.value
    if asked.start is not None:
        yield Event.at >= midnight.start_of(asked.start)
    if asked.end is not None:
        yield Event.at < midnight.end_of(asked.end)


def _typed(email: str) -> str:
    written = email.strip().lower()[:254]
    return written if "@" in written[1:-1] else NO_ADDRESS


def _short(words: str | None) -> str | None:
    return words if words is None or len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
