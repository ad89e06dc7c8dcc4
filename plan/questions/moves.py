"""This file counts how a timescale moved: it keeps the first one, and how often the day went back (design 6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from plan import timescale
from plan.fields import Value


@dataclass(frozen=True)
class Moves:
    """The timescales an action has had, oldest first, without those that were taken back.

    `slips` counts the moves to a later end, or to words without one. `agreed_by` is who signed the newest off,
    empty where nobody has.
    """

    said: tuple[str, ...] = ()
    slips: int = 0
    agreed_by: str = ""

    @property
    def first(self) -> str:
        """The timescale that was first promised."""
        return self.said[0] if self.said else ""

    @property
    def count(self) -> int:
        """How often it moved, either way."""
        return max(0, len(self.said) - 1)


UNMOVED = Moves()


def moved(said: Iterable[Value], year: int, agreed_by: str = "") -> Moves:
    """What became of a timescale that said these words one after another.

    Going back to words it had before takes back the moves since: a return or an undo is no move of its own.
    """
    kept: list[str] = []
    for words in said:
        if words is None:
            continue
        if str(words) in kept:
            del kept[kept.index(str(words)) + 1 :]
        else:
            kept.append(str(words))
    slips = sum(_slipped(_ends(one, year), _ends(two, year)) for one, two in pairwise(kept))
    return Moves(tuple(kept), slips, agreed_by if len(kept) > 1 else "")


def _slipped(before: date | None, after: date | None) -> bool:
    return before is not None and (after is None or after > before)


def _ends(words: str, year: int) -> date | None:
    window = timescale.parse(words, year)
    if window and window.done:
        return date.min  # "In place" is no delay
    return window.ends if window else None
