"""This file is what both kinds of backup do with files: a new one written whole or not at all, another's refused."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

OWNER_ONLY = 0o600


class CannotKeep(RuntimeError):
    """No backup was made; the message says why and that nothing was written."""


class CannotPutBack(RuntimeError):
    """The file was not put back; the message says why and that the database is as it was."""


@contextmanager
def new_file(out: Path) -> Iterator[Path]:
    """A file to write to, its owner's alone, which becomes `out` once all of it is written.

    Raises CannotKeep where there is such a file already, for an older backup is never written over, or where writing
    fails; then no half file is left behind.
    """
    if out.exists():
        raise CannotKeep(f"There is a file {out} already. Nothing was written; choose another name.")
    begun = out.with_name(f"{out.name}.part")
    try:
        begun.touch(mode=OWNER_ONLY, exist_ok=False)
        yield begun
        begun.rename(out)
    except (OSError, sqlite3.Error, DBAPIError, CannotPutBack) as problem:
        begun.unlink(missing_ok=True)
        raise CannotKeep(f"The file {out} could not be written: {problem}. No backup was made.") from problem


def refuse_unless_begins(file: Path, first_bytes: bytes, kind: str) -> None:
    """Raise CannotPutBack for a file that cannot be read or does not begin as a backup of this kind of database."""
    try:
        with file.open("rb") as opened:
            begins = opened.read(len(first_bytes))
    except OSError as problem:
        raise CannotPutBack(f"The file {file} could not be read: {problem.strerror}. Nothing was changed.") from problem
    if begins != first_bytes:
        raise CannotPutBack(f"{file} is no backup of {kind} database. Nothing was changed; choose another file.")
