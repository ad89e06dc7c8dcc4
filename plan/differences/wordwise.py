"""This file shows how one text became another, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from plan.differences.runs import Run, runs

TOKEN = re.compile(r"\w+(?:['\u2019]\w+)*|\s+|[^\w\s]")


class Kind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    """A stretch of text that was kept, added or removed as a whole."""

    kind: Kind
    text: str


def words(before: str | None, after: str | None) -> tuple[Piece, ...]:
    """Promise the pieces of which same + removed spell `before`, and same + added spell `after`, exactly."""
    old, new = TOKEN.findall(before or ""), TOKEN.findall(after or "")
    return tuple(Piece(kind, text) for kind, text in _pieces(old, new) if text)


def _pieces(old: list[str], new: list[str]) -> Iterator[tuple[Kind, str]]:
    for here, following in pairwise([Run(0, 0, 0), *_readable(old, new), Run(len(old), len(new), 0)]):
        yield Kind.SAME, "".join(old[here.before : here.before + here.length])
        yield Kind.REMOVED, "".join(old[here.before + here.length : following.before])
        yield Kind.ADDED, "".join(new[here.after + here.length : following.after])


def _readable(old: list[str], new: list[str]) -> Iterator[Run]:
    """The runs, less a lone space between two changed words, which would make the reader stumble."""
    for run in runs(old, new):
        at_start = run.before == run.after == 0
        at_end = run.before + run.length == len(old) and run.after + run.length == len(new)
        if at_start or at_end or "".join(old[run.before : run.before + run.length]).strip():
            yield run
