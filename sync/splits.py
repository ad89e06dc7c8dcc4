"""This file says, cell by cell, whether a list of actions in one cell is read as one action or as several.

A choice is kept under the cell's words, so that a row keeps it wherever it moves, and under the ids of the records
that came of a split, so that the list may change a line without being asked about again.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from sync.bullets import BULLET, without_bullet, worded

BESIDE = ("lead", "timescale", "progress", "evidence")  # of an action: what may be listed beside it, one for each
_KEY_LENGTH = 16


class Reads(StrEnum):
    """How a cell that lists several actions is read."""

    KEPT = "kept"  # one action, as it was typed
    SPLIT = "split"  # an action for each line; of cells beside it with as many lines each takes one, else the whole
    WHOLE = "whole"  # an action for each line, and each with the whole of the cells beside it


Splits = Mapping[str, Reads]
"""What was chosen, by the key of a cell's words and by the id of each record of a cell that was split."""


def lines_of(words: str) -> list[str]:
    """The actions that a cell lists, without their bullets."""
    return [said for line in worded(words) if (said := without_bullet(line))]


def is_list(words: str, *, bulleted: bool = False) -> bool:
    """Whether a cell looks like a list: several lines, all with a bullet or (unless `bulleted`) none of them."""
    lines = worded(words) if "\n" in words or "\r" in words else []
    with_bullet = sum(bool(BULLET.match(line)) for line in lines)
    return len(lines) > 1 and with_bullet in ((len(lines),) if bulleted else (0, len(lines)))


def key_of(lines: Sequence[str]) -> str:
    """What a choice for a cell with these lines is kept under: bullets, capitals and white space mean nothing."""
    plain = "\n".join(" ".join(line.split()).casefold() for line in lines)
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:_KEY_LENGTH]


def chosen(splits: Splits, lines: Sequence[str], ids: Sequence[str]) -> Reads:
    """How a cell is read: as was chosen for its words, else for one of several records on its row, else as typed.

    A row that holds one record is no list any more, even where its words have several lines.
    """
    records = ids if len(ids) > 1 else ()
    found = (splits[name] for name in (key_of(lines), *records) if name in splits)
    return next(found, Reads.KEPT)


def apart(splits: Splits, words: str, ids: Sequence[str]) -> Collection[str]:
    """The fields of an action that are told apart by lines on a row whose action cell has these words."""
    lines = lines_of(words) if "\n" in words or "\r" in words else []
    reads = chosen(splits, lines, ids) if len(lines) > 1 else Reads.KEPT
    return told_apart(reads)


def told_apart(reads: Reads) -> Collection[str]:
    """The fields of an action that this choice tells apart by lines."""
    return {Reads.KEPT: (), Reads.SPLIT: ("text", *BESIDE), Reads.WHOLE: ("text",)}[reads]
