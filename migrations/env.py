"""This file lets Alembic at the database: one transaction for all steps, and no row lost to a rebuilt SQLite table."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from alembic.operations.ops import MigrationScript
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine

from plan.models import Base


class BrokenLinks(RuntimeError):
    """A migration left rows that refer to rows which are not there."""


def engine() -> Engine:
    """The engine the caller gave Alembic, or else the app's own."""
    given = context.config.attributes.get("engine")
    if given is not None:
        return given
    from flask import current_app

    return current_app.extensions["migrate"].db.engine


def settings(dialect: str) -> dict[str, Any]:
    """How migrations run: SQLite alters a table by rebuilding it, and both databases take a schema back."""
    return {
        "target_metadata": Base.metadata,
        "compare_type": True,
        "render_as_batch": dialect == "sqlite",
        "transactional_ddl": True,
        "process_revision_directives": leave_out_empty,
    }


def leave_out_empty(_context: MigrationContext, _revision: Any, scripts: list[MigrationScript]) -> None:
    """Write no migration when the models say what the database says."""
    asked = getattr(context.config.cmd_opts, "autogenerate", False)
    if asked and scripts[0].upgrade_ops is not None and scripts[0].upgrade_ops.is_empty():
        scripts.clear()


@contextmanager
def links_unwatched(connection: Connection) -> Iterator[None]:
    """Foreign keys off on SQLite: with them on, rebuilding a parent table empties its children.

    The setting does nothing inside a transaction, so it is made on the driver's connection before one begins.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def check_links(connection: Connection) -> None:
    """Refuse the whole upgrade, still inside its transaction, when it broke a link between rows."""
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        tables = ", ".join(sorted({row[0] for row in broken}))
        raise BrokenLinks(
            f"The upgrade would leave rows without the rows they refer to, in: {tables}. "
            "Nothing was changed; the database is as it was before."
        )


def run(connection: Connection) -> None:
    """Run the steps in one transaction and keep them only when they left every link whole."""
    context.configure(connection=connection, **settings(connection.dialect.name))
    with links_unwatched(connection), context.begin_transaction():
        context.run_migrations()
        check_links(connection)


def write_sql() -> None:
    """Write the steps as SQL instead of running them, for a server whose schema someone else looks after."""
    with_dialect = engine().dialect.name
    context.configure(dialect_name=with_dialect, literal_binds=True, **settings(with_dialect))
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    write_sql()
else:
    with engine().connect() as opened:
        run(opened)
