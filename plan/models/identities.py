"""This file is single sign-on: whom the council's sign-in vouched for, and which answers of its were used up."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from plan.models.base import Base, Instant
from plan.models.people import Person


class Identity(Base):
    """Somebody at the council's sign-in, keyed on tenant and subject; addresses there are given to others again.

    Without a person: a newcomer, who tried to sign in and is linked to no account yet. `by_group` says that the account
    was made by a group of theirs, which its role then follows. `name` and `email` are the provider's words, for show.
    """

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("tenant", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    tenant: Mapped[str]
    subject: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    by_group: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str]
    email: Mapped[str]
    first_seen: Mapped[datetime] = mapped_column(Instant)
    last_seen: Mapped[datetime] = mapped_column(Instant)

    person: Mapped[Person | None] = relationship()

    @property
    def named(self) -> str:
        """Number, name and address, as the audit log names it."""
        return f"council account {self.id}, {self.name} <{self.email}>"


class SpentSignIn(Base):
    """That an answer of the council's sign-in was used, so that it never is again; only a hash of it is kept."""

    __tablename__ = "spent_sign_in"

    answer_hash: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
