"""This file is the audit log: who did what and when, append-only, each event bound to the one before it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from plan.models.base import Base, Instant


class What(StrEnum):
    """What is noted in the audit log, in the words that the office reads there."""

    SIGNED_IN = "signed in"
    SIGN_IN_FAILED = "sign-in failed"
    THROTTLED = "made to wait"
    SIGNED_OUT = "signed out"
    SESSION_ENDED = "session ended"
    PASSWORD_CHANGED = "password changed"  # noqa: S105
    ACCOUNT_MADE = "account made"
    INVITED = "link made"
    LINK_USED = "link used"
    LINK_FAILED = "link failed"
    ROLE_CHANGED = "role changed"
    TEAMS_CHANGED = "teams changed"
    LIMITED = "requirements named"
    ACCOUNT_CLOSED = "account closed"
    ACCOUNT_OPENED = "account opened again"
    NEWCOMER = "newcomer refused"
    LINKED = "council account linked"
    UNLINKED = "council account unlinked"
    DEPUTY_NAMED = "deputy named"
    DEPUTY_ENDED = "deputy ended"
    IMPORTED = "plan imported"
    DOWNLOADED = "downloaded"
    UPLOADED = "uploaded"
    ACCEPTED = "upload accepted"
    SIGNED_OFF = "signed off"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    AGREED = "declared agreed"
    UNDONE = "undone"
    EXPORTED = "exported"
    REPORTED = "report made"
    READ = "read to print"
    FROZEN = "pack frozen"
    ANSWERED = "question answered"
    BACKED_UP = "backup made"
    PUT_BACK = "backup put back"


class Event(Base):
    """One thing that somebody did. Name and address are kept as they were then, for people leave and marry."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_at", "at"), Index("ix_event_email_what_at", "email", "what", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str | None]
    email: Mapped[str | None]
    what: Mapped[str]
    plan: Mapped[str | None]
    about: Mapped[str | None]
    address: Mapped[str | None]
    detail: Mapped[str | None]
    previous_hash: Mapped[str]
    hash: Mapped[str]
