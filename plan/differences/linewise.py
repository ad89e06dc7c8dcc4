"""This file combines two sides' changes of a text of several lines, where no person is needed to choose."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise
from math import comb
from typing import NamedTuple

from plan.differences.runs import Run, runs

CHOICES = 1_000  # ways to pair altered lines that may be weighed without being felt


class Place(NamedTuple):
    """Where a side changed the base: the line itself, or the gap before it."""

    line: int
    altered: bool


Edits = dict[Place, tuple[str, ...]]


def lines(base: str, ours: str, theirs: str) -> str | None:
    """Promise both sides' changes in one text, or None where only a person can combine them.

    Each side may only have added or altered lines: other lines and other gaps than the other side, or in the
    very same way, which counts once. A base of a single line never combines. Lines end with a line feed. The
    sides may be swapped, and no line is made up.
    """
    if ours in (base, theirs):
        return theirs
    if theirs == base:
        return ours
    old = base.split("\n")
    if len(old) == 1:
        return None
    our_edits, their_edits = _edits(old, ours.split("\n")), _edits(old, theirs.split("\n"))
    if our_edits is None or their_edits is None:
        return None
    if any(our_edits[place] != their_edits[place] for place in our_edits.keys() & their_edits.keys()):
        return None
    return "\n".join(_apply(old, our_edits | their_edits))


def _edits(old: list[str], new: list[str]) -> Edits | None:
    """Each line altered and each gap filled, or None when lines were removed or too much changed at once."""
    edits: Edits = {}
    for here, following in pairwise([Run(0, 0, 0), *runs(old, new), Run(len(old), len(new), 0)]):
        start = here.before + here.length
        was, now = old[start : following.before], new[here.after + here.length : following.after]
        if len(now) < len(was) or comb(len(now), len(was)) > CHOICES:
            return None
        kept = max(combinations(range(len(now)), len(was)), key=lambda places: _likeness(was, now, places))
        for number, (left, right) in enumerate(pairwise((-1, *kept, len(now)))):
            if right > left + 1:
                edits[Place(start + number, altered=False)] = tuple(now[left + 1 : right])
            if right < len(now):
                edits[Place(start + number, altered=True)] = (now[right],)
    return edits


def _likeness(was: list[str], now: list[str], places: tuple[int, ...]) -> float:
    pairs = ((line.split(), now[place].split()) for line, place in zip(was, places, strict=True))
    return sum((Counter(a) & Counter(b)).total() / max(len(a), len(b), 1) for a, b in pairs)


def _apply(old: list[str], edits: Edits) -> Iterator[str]:
    for number in range(len(old) + 1):
        yield from edits.get(Place(number, altered=False), ())
        yield from edits.get(Place(number, altered=True), tuple(old[number : number + 1]))
