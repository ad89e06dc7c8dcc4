"""This file opens a workbook's bytes as plain sheets; whoever reads workbooks comes through here."""

from sync.grid import Grid
from sync.opening import readers

LIMIT = 20 * 1024 * 1024
_SAVE_AS = "Open it in Excel or LibreOffice, save it as an .xlsx workbook and try again."


class Unreadable(ValueError):
    """A file that cannot be read as a tracker. The message is a sentence for staff."""


def grids(content: bytes) -> tuple[Grid, ...]:
    """The sheets of a workbook in their order, opened by another process within limits. Raises Unreadable."""
    _check(content)
    answer = readers.ask(content)
    if answer.refusal:
        raise Unreadable(answer.refusal)
    return answer.sheets


def _check(content: bytes) -> None:
    if not content:
        raise Unreadable("The file is empty. Nothing was changed. Choose the workbook again and upload it.")
    if len(content) > LIMIT:
        raise Unreadable(
            f"The file is larger than {LIMIT // 1024 // 1024} MB, the most that is accepted. Nothing "
            "was changed. Take out pictures or old sheets and try again."
        )
    if not content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise Unreadable(f"The file is not an Excel workbook. Nothing was changed. {_SAVE_AS}")
