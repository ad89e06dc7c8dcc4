"""This file is those whom the programme office names to decide where no lead may."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from plan.models.base import Base, Instant
from plan.models.people import Person


class Decider(Base):
    """That the office named somebody to decide, from one day to another, both included.

    For a whole team, or (team None) for one requirement or theme, `record_id`.
    """

    __tablename__ = "decider"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    named_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    team: Mapped[str | None]
    record_id: Mapped[str | None]
    starts: Mapped[date]
    ends: Mapped[date]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    named_by: Mapped[Person] = relationship(foreign_keys=[named_by_id])
