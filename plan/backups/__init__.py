"""This room keeps the whole database in one file and puts one back: proved whole first, what it replaces kept beside.

SQLite's file is copied by SQLite itself, while people work; a PostgreSQL database by its own programs. A kept file is
of the database that it was made of: one cannot be put back into the other.
"""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

from plan.backups import postgresql, sqlite
from plan.backups.files import CannotKeep, CannotPutBack
from plan.backups.renewing import Broken, renew

__all__ = ["Broken", "CannotKeep", "CannotPutBack", "keep", "put_back", "renew"]


def keep(engine: Engine, out: Path) -> None:
    """Write all that the database holds at this moment to a new file, readable by its owner alone.

    Raises CannotKeep where the file exists or cannot be written; then no file is left behind.
    """
    kind = sqlite if engine.dialect.name == "sqlite" else postgresql
    kind.keep(engine, out)


def put_back(engine: Engine, file: Path, replaced: Path, renewed: Callable[[Engine], None]) -> None:
    """Put a kept file in the place of all that the database holds, which is first kept itself, as `replaced`.

    `renewed` is given the engine of what will stand there, to bring it up to date and to prove it; what it raises
    goes on to the caller, and the database is then as it was. Raises CannotPutBack for a file that is no backup of
    this kind of database, and CannotKeep where `replaced` cannot be written.
    """
    kind = sqlite if engine.dialect.name == "sqlite" else postgresql
    kind.put_back(engine, file, replaced, renewed)
