"""This room makes a new, tidy .xlsx workbook of an .xls, .ods or .csv file, so that it can be brought in once."""

from functools import lru_cache
from pathlib import PurePath
from typing import NamedTuple

from sync.open_workbook import LIMIT
from sync.other_kinds.apart import made_apart
from sync.other_kinds.recognise import OtherKind, recognise

__all__ = ["Made", "OtherKind", "as_workbook", "in_xlsx", "recognise"]

_CALLED = {
    OtherKind.CSV: "a list of values (.csv)",
    OtherKind.ODS: "an OpenDocument spreadsheet (.ods)",
    OtherKind.XLS: "an Excel workbook of the old kind (.xls)",
}
_LOST = {
    OtherKind.CSV: "Everything in it is text, dates and numbers too.",
    OtherKind.ODS: (
        "Values, colours, notes and merged cells are kept; formulas have become their values. Colours that a rule of "
        "conditional formatting gives are not read: save it as .xlsx yourself where they tell a status."
    ),
    OtherKind.XLS: (
        "Values, colours and merged cells are kept; formulas have become their values, notes are left out. Colours "
        "that a rule of conditional formatting gives are not read: save it as .xlsx yourself where they tell a status."
    ),
}


class Made(NamedTuple):
    """An .xlsx workbook, the name it goes by, and what a person should know of it; None where it was one before."""

    content: bytes
    name: str
    note: str | None


def as_workbook(content: bytes, name: str = "") -> Made | None:
    """A new .xlsx workbook that says the same as an .xls, .ods or .csv file; None for any other kind.

    The kind is told by the bytes, never by the name. Sheets, values and addresses stay as they are. Raises Unreadable
    with a sentence for a file that has a password, is damaged, or holds more than can be taken in.
    """
    kind = recognise(content) if 0 < len(content) <= LIMIT else None
    if kind is None:
        return None
    called = f"“{PurePath(name).name}”" if name else "the file"
    note = f"A new .xlsx workbook was made from {called}, which is {_CALLED[kind]}. {_LOST[kind]}"
    return Made(_made(kind, content), str(PurePath(name).with_suffix(".xlsx")) if name else "", note)


def in_xlsx(content: bytes, name: str = "") -> Made:
    """The file itself, or the new .xlsx workbook made of it where it is of another kind. Raises Unreadable."""
    return as_workbook(content, name) or Made(content, name, None)


@lru_cache(maxsize=2)
def _made(kind: OtherKind, content: bytes) -> bytes:
    """The same bytes again while a person goes from one page of an upload to the next."""
    return made_apart(kind, content)
