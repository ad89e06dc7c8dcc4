"""This file is what all tables share: names for constraints, ids, and moments kept in UTC."""

import json
import secrets
from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, MetaData, Text
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # no i, l, o or u: an id may be read out over the telephone
ID_LENGTH = 10

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The typed base of all tables; constraints are named from the first day, so that migrations can name them."""

    metadata = MetaData(naming_convention=NAMES)


class Instant(TypeDecorator[datetime]):
    """A moment, always aware and in UTC in Python, kept without a zone in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


_written = json.JSONEncoder(ensure_ascii=False).encode  # made once: an import writes half a million values


class Said(TypeDecorator[str | int | float | None]):
    """A field's value as JSON text. SQLite's own JSON column would turn 2.0 into 2 and so break the hash of history."""

    impl = Text
    cache_ok = True
    coerce_to_is_types = ()  # None is a value here, written "null"

    def process_bind_param(self, value: str | float | None, dialect: Dialect) -> str:
        return "null" if value is None else _written(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | int | float | None:
        read: str | int | float | None = None if value is None else json.loads(value)
        return read


def new_id() -> str:
    """A fresh record id: random, so that a workbook of another database never names a record of this one."""
    return "".join(secrets.choice(ALPHABET) for _ in range(ID_LENGTH))
