"""This file is the people: accounts, their teams, one-time links and deputies, and attempts to sign in."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from plan.models.base import Base, Instant
from plan.roles import Role, Step, Who, may, role_of, who_is


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


class Limit(Base):
    """That a limited editor may change a requirement and what stands under it."""

    __tablename__ = "edit_limit"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    requirement_id: Mapped[str] = mapped_column(ForeignKey("requirement.id"), primary_key=True)


class Person(Base):
    """An account. `email` is kept in lower case; `limited` counts for an editor only (plan.roles)."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str]
    password_hash: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    sample: Mapped[bool] = mapped_column(default=False)
    limited: Mapped[bool] = mapped_column(default=False, server_default=false())
    created: Mapped[datetime] = mapped_column(Instant)

    teams: Mapped[list[Team]] = relationship(secondary="membership", order_by=Team.name)
    limits: Mapped[list[Limit]] = relationship(cascade="all, delete-orphan", order_by=Limit.requirement_id)

    @property
    def named(self) -> str:
        """Name and address, as the audit log names whom something was done to."""
        return f"{self.name} <{self.email}>"

    @property
    def who(self) -> Who:
        """The column of the table of rights."""
        return who_is(Role(self.role), limited=self.limited)

    @property
    def is_limited(self) -> bool:
        """Whether this is an editor who may change named requirements only."""
        return self.who is Who.LIMITED_EDITOR

    def become(self, who: Who) -> None:
        """Make the account one of this kind; what was named to a limited editor goes with the limit."""
        self.role, self.limited = role_of(who).value, who is Who.LIMITED_EDITOR
        if not self.limited:
            self.limits = []

    def may(self, step: Step) -> bool:
        """Whether this person may take the step at all; views ask before they act."""
        return self.active and may(self.who, step)

    def is_named_for(self, requirement: str | None) -> bool:
        """Whether the office named this requirement to a limited editor; nothing is named to anybody else."""
        return self.is_limited and any(limit.requirement_id == requirement for limit in self.limits)


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

    @property
    def counts(self) -> bool:
        """Whether it gives any power, on its days: not when the lead has left or leads no more, nor the deputy."""
        leads_still = self.lead.active and self.lead.role == Role.LEAD
        return leads_still and self.deputy.may(Step.SIGN_OFF)


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
