"""This file is why a backup was not made or not put back, in sentences for whoever runs the server."""

from pathlib import Path


class CannotKeep(RuntimeError):
    """No backup was made; the message says why and that nothing was written."""


class CannotPutBack(RuntimeError):
    """The file was not put back; the message says why and that the database is as it was."""


def refuse_existing(out: Path) -> None:
    """Raise CannotKeep where a file of this name is there already: an older backup is never written over."""
    if out.exists():
        raise CannotKeep(f"There is a file {out} already. Nothing was written; choose another name.")
