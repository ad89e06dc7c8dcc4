"""This file keeps an SQLite database and puts one back, both by SQLite's own copying, which waits for writers."""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine

from plan import database
from plan.backups.files import CannotPutBack, new_file, refuse_unless_begins

WAIT = database.BUSY_SECONDS
FIRST_BYTES = b"SQLite format 3\x00"


def keep(engine: Engine, out: Path) -> None:
    """Copy the database as it is at one moment; see `backups.keep`."""
    with new_file(out) as begun, _lent(engine) as source, closing(sqlite3.connect(begun)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, with no log beside it


def put_back(engine: Engine, file: Path, replaced: Path, renewed: Callable[[Engine], None]) -> None:
    """Bring a copy up to date, prove it, and only then copy it over the database; see `backups.put_back`."""
    _refuse_other_files(file)
    with tempfile.TemporaryDirectory(prefix="plan-put-back-") as folder:
        copy = Path(folder) / "plan.sqlite"
        with _opened(f"{file.resolve().as_uri()}?mode=ro") as kept, closing(sqlite3.connect(copy)) as target:
            _copied(kept, target)
        standing = create_engine(f"sqlite:///{copy}")
        database.prepare(standing)
        try:
            renewed(standing)
            keep(engine, replaced)
            with _lent(standing) as source, _lent(engine) as target:
                _copied(source, target)
        finally:
            standing.dispose()


def _refuse_other_files(file: Path) -> None:
    """Raise CannotPutBack for what is no SQLite file, or one with damage in it."""
    refuse_unless_begins(file, FIRST_BYTES, "an SQLite")
    try:
        with _opened(f"{file.resolve().as_uri()}?mode=ro") as kept:
            found = kept.execute("PRAGMA integrity_check(1)").fetchone()[0]
            ours = kept.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    except sqlite3.DatabaseError as problem:
        raise CannotPutBack(f"{file} is damaged ({problem}). Nothing was changed; choose another file.") from problem
    if found != "ok":
        raise CannotPutBack(f"{file} is damaged ({found}). Nothing was changed; choose another file.")
    if ours is None:
        raise CannotPutBack(f"{file} is a database of another program. Nothing was changed; choose another file.")


@contextmanager
def _opened(address: str) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(address, uri=True)) as connection:
        yield connection


@contextmanager
def _lent(engine: Engine) -> Iterator[sqlite3.Connection]:
    """The driver's own connection of an engine, for what SQLAlchemy has no words for."""
    pooled = engine.raw_connection()
    try:
        connection = pooled.driver_connection
        if not isinstance(connection, sqlite3.Connection):
            raise TypeError(f"{engine.dialect.name} is no SQLite engine.")
        yield connection
    finally:
        pooled.close()


def _copied(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copy one database over another in one transaction of the target, or not at all."""
    try:
        target.execute(f"PRAGMA busy_timeout = {WAIT * 1000}")
        source.backup(target)
    except sqlite3.Error as problem:
        raise CannotPutBack(
            f"The database could not be written ({problem}). It is as it was; stop the server and try again."
        ) from problem
