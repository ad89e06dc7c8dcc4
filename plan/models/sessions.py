"""This file is where people are signed in: one row for each browser, which ends when it is told to."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from plan.models.base import Base, Instant
from plan.models.people import Person


class PersonSession(Base):
    """That a person signed in with a browser, which holds a random token and nothing else; here is its hash.

    `seen` is when a page was last asked for, to the minute; `kept` is what the web remembers between two pages.
    """

    __tablename__ = "session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    began: Mapped[datetime] = mapped_column(Instant)
    seen: Mapped[datetime] = mapped_column(Instant)
    ended: Mapped[datetime | None] = mapped_column(Instant)
    address: Mapped[str]
    browser: Mapped[str]
    kept: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    person: Mapped[Person] = relationship()
