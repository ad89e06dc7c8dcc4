"""This file is the people: accounts, their teams, one-time links and deputies, and attempts to sign in."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from plan.models.base import Base, Instant, new_id
from plan.roles import Role, Step, may


class Membership(Base):
    """That a person is of a team."""

    __tablename__ = "membership"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True)


class Team(Base):
    """A team whose lead signs its requirements' updates off; requirements name it by `name`."""

    __tablename__ = "team"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Person(Base):
    """An account. `email` is kept in lower case; `stamp` is part of each session, so changing it ends them all."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str]
    password_hash: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    sample: Mapped[bool] = mapped_column(default=False)
    stamp: Mapped[str] = mapped_column(default=new_id)
    created: Mapped[datetime] = mapped_column(Instant)

    teams: Mapped[list[Team]] = relationship(secondary="membership", order_by=Team.name)

    def may(self, step: Step) -> bool:
        """Whether this person may take the step at all; views ask before they act."""
        return self.active and may(Role(self.role), step)


class Deputy(Base):
    """That a lead named somebody to decide for them, from one day to another, both included."""

    __tablename__ = "deputy"

    id: Mapped[int] = mapped_column(primary_key=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    deputy_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    starts: Mapped[date]
    ends: Mapped[date]

    lead: Mapped[Person] = relationship(foreign_keys=[lead_id])
    deputy: Mapped[Person] = relationship(foreign_keys=[deputy_id])


class Invitation(Base):
    """A one-time link to choose a password. Only its hash is kept; whoever reads the database cannot follow it."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    token_hash: Mapped[str] = mapped_column(unique=True)
    made: Mapped[datetime] = mapped_column(Instant)
    expires: Mapped[datetime] = mapped_column(Instant)
    used: Mapped[datetime | None] = mapped_column(Instant)

    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class Attempt(Base):
    """One try to sign in, kept so that guessing can be slowed by account and by address over a restart."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_email_at", "email", "at"), Index("ix_attempt_address_at", "address", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    email: Mapped[str]
    address: Mapped[str]
    succeeded: Mapped[bool]
