"""This file opens a workbook's bytes as plain sheets; whoever reads workbooks comes through here."""

from sync.grid import Grid
from sync.ooxml import Refused, archive
from sync.opening import readers
from sync.opening.readers import be_ready

__all__ = ["LIMIT", "Unreadable", "be_ready", "check_file", "grids", "look_at"]

LIMIT = 20 * 1024 * 1024
_SAVE_AS = "Open it in Excel or LibreOffice, save it as an .xlsx workbook and try again."


class Unreadable(ValueError):
    """A file that cannot be read as a tracker. The message is a sentence for staff."""


def grids(content: bytes) -> tuple[Grid, ...]:
    """The sheets of a workbook in their order, opened by another process within limits. Raises Unreadable."""
    check_file(content)
    answer = readers.ask(content)
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
