"""This file sets the database up so that no concurrent edit is lost: write-ahead log, one writer at a time, triggers.

SQLAlchemy's own SQLite mode loses read-then-write updates without an error; a transaction that takes the write lock
before it reads does not. Pages that only look take a plain transaction, or they would queue behind the writers.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_SECONDS = 20
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
    """Listen on an engine so that each SQLite connection is set up and each transaction begins as it must."""
    if engine.dialect.name != "sqlite":
        return
    _refuse_network_share(engine)
    event.listen(engine, "connect", _set_up_connection)
    event.listen(engine, "begin", _begin)


def _set_up_connection(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    setattr(connection, "isolation_level", None)  # the driver must not begin transactions of its own
    cursor = connection.cursor()
    for setting in (
        f"busy_timeout = {BUSY_SECONDS * 1000}",
        "journal_mode = WAL",
        "foreign_keys = ON",
        "synchronous = FULL",
    ):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN" if _only_looking.get() else "BEGIN IMMEDIATE")


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
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return None
    best: tuple[int, str] | None = None
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        _device, point, kind, *_rest = line.split(" ")
        point = point.replace("\\040", " ")
        if folder == Path(point) or Path(point) in folder.parents:
            best = max(best or (0, ""), (len(point), kind))
    return best[1] if best else None


APPEND_ONLY = ("revision", "change", "decision")


def append_only_triggers(dialect: str) -> list[str]:
    """The SQL that makes the database itself refuse to alter or delete history, for SQLite and PostgreSQL."""
    if dialect == "sqlite":
        return [_sqlite_trigger(table, act) for table in APPEND_ONLY for act in ("UPDATE", "DELETE")]
    function = (
        "CREATE FUNCTION refuse_history_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$"
    )
    return [function, *(_postgres_trigger(table) for table in APPEND_ONLY)]


def _sqlite_trigger(table: str, act: str) -> str:
    return (
        f'CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON "{table}" '
        "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
    )


def _postgres_trigger(table: str) -> str:
    return (
        f'CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change()"
    )


Json = dict[str, Any] | list[Any] | str | int | float | bool | None
