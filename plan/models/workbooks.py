"""This file is the workbooks people bring: the plan's tracker, uploads waiting to be settled, layouts remembered."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from plan.models.base import Base, Instant, new_id
from plan.models.people import Person


class UploadState(StrEnum):
    """What became of an upload."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    LET_GO = "let go"


class Tracker(Base):
    """The plan's own workbook as at a revision, with its hidden column; downloads start from the newest."""

    __tablename__ = "tracker"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"), index=True)
    revision: Mapped[int]
    name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    layout: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    places: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)  # record id -> the sheet it stands on
    at: Mapped[datetime] = mapped_column(Instant)


class Upload(Base):
    """A workbook a person brought: for a plan, or (plan_id None) to make a new one. Kept until they let it go."""

    __tablename__ = "upload"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[str | None] = mapped_column(ForeignKey("plan.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    layout: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)
    choices: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(default=UploadState.WAITING.value)
    at: Mapped[datetime] = mapped_column(Instant)
    revision: Mapped[int | None]

    person: Mapped[Person] = relationship()


class KnownLayout(Base):
    """How a shape of workbook was read last time, so that a correction need not be made again."""

    __tablename__ = "known_layout"

    shape: Mapped[str] = mapped_column(primary_key=True)
    layout: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Instant)
