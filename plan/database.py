"""This file sets the database up so that no concurrent edit is lost: one writer at a time, history guarded.

SQLAlchemy's own SQLite mode loses read-then-write updates without an error, and so does PostgreSQL's usual
isolation; a transaction that takes the write lock before it reads does not. Pages that only look take a plain
transaction, or they would queue behind the writers.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from sqlalchemy import Connection, Engine, event, inspect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_SECONDS = 20
WRITERS = 2013_0701  # the number of the writers' lock in PostgreSQL, the same on every server of the app
MOUNTS = Path("/proc/mounts")
NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs"})

_only_looking: ContextVar[bool] = ContextVar("only_looking", default=False)


class OnNetworkShare(RuntimeError):
    """The database file lies on a network share, where SQLite's write-ahead log can lose data."""


@contextmanager
def only_looking() -> Iterator[None]:
    """Transactions begun inside take no write lock; a page that looks is not held up by one that saves."""
    token = _only_looking.set(True)
    try:
        yield
    finally:
        _only_looking.reset(token)


def look_only(looking: bool) -> None:
    """Say for the rest of this request (its context) whether it only looks."""
    _only_looking.set(looking)


def prepare(engine: Engine) -> None:
    """Listen on an engine so that each connection is set up and each transaction begins as it must.

    A transaction holds the write lock from its start, so that what it reads is still so when it writes;
    another waits up to BUSY_SECONDS for it. One begun while only looking holds no lock, and so must not write.
    Raises OnNetworkShare for an SQLite file that would lie on one.
    """
    if engine.dialect.name == "sqlite":
        _refuse_network_share(engine)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    elif engine.dialect.name == "postgresql":
        event.listen(engine, "connect", _set_up_postgresql)
        event.listen(engine, "begin", _begin_postgresql)


def stands_at(engine: Engine) -> str | None:
    """The newest step of `migrations/` that a database has taken, None where it has taken none."""
    with only_looking(), engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        taken: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return taken


def _set_up_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver must not begin transactions of its own
    cursor = connection.cursor()
    for setting in (
        f"busy_timeout = {BUSY_SECONDS * 1000}",
        "journal_mode = WAL",
        "foreign_keys = ON",
        "synchronous = FULL",
    ):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN" if _only_looking.get() else "BEGIN IMMEDIATE")


def _set_up_postgresql(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
    cursor.close()
    connection.commit()


def _begin_postgresql(connection: Connection) -> None:
    looking = _only_looking.get()
    one_moment = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"  # as SQLite gives without being asked
    connection.exec_driver_sql(one_moment if looking else f"SELECT pg_advisory_xact_lock({WRITERS})")


def _refuse_network_share(engine: Engine) -> None:
    name = engine.url.database
    if not name or name == ":memory:":
        return
    kind = file_system_of(Path(name).resolve().parent)
    if kind in NETWORK_FILE_SYSTEMS:
        raise OnNetworkShare(
            f"The database would lie on a network share ({kind}), where it can lose data. Nothing was opened. "
            "Put it on a disk of this machine, or set DATABASE_URL to a PostgreSQL server."
        )


def file_system_of(folder: Path) -> str | None:
    """The kind of file system a folder lies on ("ext4", "nfs4"), None where the system does not tell."""
    if not MOUNTS.exists():
        return None
    nearest: tuple[int, str] | None = None
    for line in MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines():
        _device, written, kind, *_rest = line.split(" ")
        point = Path(written.replace("\\040", " "))
        here = folder == point or point in folder.parents
        if here and (nearest is None or len(point.parts) >= nearest[0]):  # the last mounted covers the others
            nearest = (len(point.parts), kind)
    return nearest[1] if nearest else None


HISTORY = ("revision", "change", "decision")
PACKS = ("pack", "answer")
AUDIT = ("event",)
APPEND_ONLY = (*HISTORY, *PACKS, *AUDIT)
ONE_AND_ONLY = {
    "revision": "id = NEW.id OR plan_id = NEW.plan_id AND number = NEW.number",
    "change": "id = NEW.id",
    "decision": "id = NEW.id",
    "pack": (
        "id = NEW.id OR cycle_id = NEW.cycle_id AND edition = NEW.edition AND kind = NEW.kind AND format = NEW.format"
    ),
    "answer": "id = NEW.id",
    "event": "id = NEW.id",
}


def append_only_triggers(dialect: str, tables: Sequence[str] = APPEND_ONLY) -> list[str]:
    """The SQL that makes the database itself refuse to alter or delete these tables' rows, on SQLite and PostgreSQL."""
    if dialect == "sqlite":
        refused = [_sqlite_trigger(table, act) for table in tables for act in ("UPDATE", "DELETE")]
        return [*refused, *(_sqlite_replacing(table, ONE_AND_ONLY[table]) for table in tables)]
    function = (
        "CREATE OR REPLACE FUNCTION refuse_history_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$"
    )
    return [function, *(_postgres_trigger(table) for table in tables)]


def _sqlite_trigger(table: str, act: str) -> str:
    return (
        f'CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON "{table}" '
        "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
    )


def _sqlite_replacing(table: str, same: str) -> str:
    """INSERT OR REPLACE deletes the old row without asking the trigger on DELETE."""
    return (
        f'CREATE TRIGGER {table}_no_replace BEFORE INSERT ON "{table}" '  # nosec B608 # noqa: S608 - every word is ours
        f'WHEN EXISTS (SELECT 1 FROM "{table}" WHERE {same}) '
        "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
    )


def _postgres_trigger(table: str) -> str:
    return (
        f'CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change()"
    )
