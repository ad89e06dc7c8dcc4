"""This file is what hangs on the board's cycle: who confirmed "no change", frozen packs, answers to challenges."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from plan.models.base import Base, Instant
from plan.models.people import Person


class PackKind(StrEnum):
    """What a frozen part of a pack is."""

    POSITION = "position"
    BOARD = "board"
    REVIEW = "review"


class PackFormat(StrEnum):
    """In which form it is kept; the word is the end of the file's name too."""

    JSON = "json"
    DOCX = "docx"
    HTML = "html"
    PDF = "pdf"
    XLSX = "xlsx"


class Confirmation(Base):
    """That a person confirmed in a cycle that a requirement or an action has not changed."""

    __tablename__ = "confirmation"
    __table_args__ = (UniqueConstraint("cycle_id", "record_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[str] = mapped_column(ForeignKey("cycle.id"))
    record_id: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    by_name: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant)

    by: Mapped[Person] = relationship()


class Pack(Base):
    """One frozen part of a cycle's pack, append-only: its bytes, their SHA-256, and the history that it told.

    `edition` counts the freezings of a cycle from 1. `revision` and `head` are the number and the hash of the
    revision at the cut-off, which bind everything before them.
    """

    __tablename__ = "pack"
    __table_args__ = (UniqueConstraint("cycle_id", "edition", "kind", "format"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[str] = mapped_column(ForeignKey("cycle.id"))
    edition: Mapped[int]
    kind: Mapped[str]
    format: Mapped[str]
    name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int]  # in bytes
    sha256: Mapped[str]
    revision: Mapped[int]
    head: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    by_name: Mapped[str]


class Answer(Base):
    """A lead's or the office's answer to a challenge, append-only: the newest of a rule and record counts.

    `fingerprint` tells what it answered, so that it lapses when that changes.
    """

    __tablename__ = "answer"
    __table_args__ = (Index("ix_answer_plan_id_record_id", "plan_id", "record_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"))
    rule: Mapped[str]
    record_id: Mapped[str]
    reason: Mapped[str]
    fingerprint: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    by_name: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant)
