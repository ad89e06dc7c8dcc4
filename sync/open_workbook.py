"""This file opens a workbook's bytes as plain sheets; whoever reads workbooks comes through here."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sync.grid import Grid
from sync.ooxml import Refused, archive
from sync.opening import readers
from sync.opening.messages import Answer
from sync.opening.readers import be_ready

__all__ = ["LIMIT", "Unreadable", "be_ready", "begin", "check_file", "grids", "look_at"]

LIMIT = 20 * 1024 * 1024
_SAVE_AS = "Open it in Excel or LibreOffice, save it as an .xlsx workbook and try again."


class Unreadable(ValueError):
    """A file that cannot be read as a tracker. The message is a sentence for staff."""


def grids(content: bytes) -> tuple[Grid, ...]:
    """The sheets of a workbook in their order, opened by another process within limits. Raises Unreadable."""
    check_file(content)
    return _sheets(readers.ask(content))


def begin(content: bytes) -> Callable[[], tuple[Grid, ...]]:
    """Have a workbook opened and go on with other work meanwhile; what is given back waits for its sheets.

    Raises Unreadable, for what is no workbook at all at once and else when the sheets are asked for.
    """
    check_file(content)
    aside = ThreadPoolExecutor(max_workers=1)
    asked = aside.submit(readers.ask, content)
    aside.shutdown(wait=False)
    return lambda: _sheets(asked.result())


def _sheets(answer: Answer) -> tuple[Grid, ...]:
    if answer.refusal:
        raise Unreadable(answer.refusal)
    return answer.sheets


def look_at(content: bytes) -> None:
    """Look at the list of what is packed in a file, too, and unpack nothing. Raises Unreadable."""
    try:
        archive.look_at(content)
    except Refused as refusal:
        raise Unreadable(str(refusal)) from None


def check_file(content: bytes) -> None:
    """Look at the first bytes and the size only. Raises Unreadable for what is no workbook at all."""
    if not content:
        raise Unreadable("The file is empty. Nothing was changed. Choose the workbook again and upload it.")
    if len(content) > LIMIT:
        raise Unreadable(
            f"The file is larger than {LIMIT // 1024 // 1024} MB, the most that is accepted. Nothing "
            "was changed. Take out pictures or old sheets and try again."
        )
    if not content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise Unreadable(f"The file is not an Excel workbook. Nothing was changed. {_SAVE_AS}")
