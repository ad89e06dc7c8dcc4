"""This file finds what two sequences of words, or of lines, have in common, quickly even in long texts."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

SMALL = 40_000  # pairs of words or lines that may be compared one by one without being felt


class Run(NamedTuple):
    """A run of equal things: where it starts on each side, and how long it is."""

    before: int
    after: int
    length: int


def runs(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """Promise the runs that two sequences share, in order, the longest reading that stays quick."""
    found: list[Run] = []
    for before, after in sorted(_equal_places(old, new)):
        last = found[-1] if found else Run(-1, -1, 0)
        if (last.before + last.length, last.after + last.length) == (before, after):
            found[-1] = last._replace(length=last.length + 1)
        else:
            found.append(Run(before, after, 1))
    return found


def _equal_places(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Patience difference: what both sides say exactly once anchors the rest, so long texts stay quick."""
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        i, i_end, j, j_end = waiting.pop()
        while i < i_end and j < j_end and old[i] == new[j]:
            yield i, j
            i, j = i + 1, j + 1
        while i < i_end and j < j_end and old[i_end - 1] == new[j_end - 1]:
            i_end, j_end = i_end - 1, j_end - 1
            yield i_end, j_end
        anchors = _anchors(old[i:i_end], new[j:j_end])
        if anchors:
            yield from ((i + a, j + b) for a, b in anchors)
            for (a, b), (c, d) in pairwise([(-1, -1), *anchors, (i_end - i, j_end - j)]):
                waiting.append((i + a + 1, i + c, j + b + 1, j + d))
        elif (i_end - i) * (j_end - j) <= SMALL:
            blocks = SequenceMatcher(None, old[i:i_end], new[j:j_end], autojunk=False).get_matching_blocks()
            yield from ((i + a + n, j + b + n) for a, b, length in blocks for n in range(length))


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The longest rising chain of things that are said once on each side."""
    in_old, in_new = Counter(old), Counter(new)
    place = {thing: b for b, thing in enumerate(new) if in_new[thing] == 1}
    pairs = [(a, place[thing]) for a, thing in enumerate(old) if in_old[thing] == 1 and thing in place]
    ends: list[int] = []
    chains: list[int] = []
    earlier: list[int] = []
    for index, (_, b) in enumerate(pairs):
        length = bisect_left(ends, b)
        earlier.append(chains[length - 1] if length else -1)
        ends[length : length + 1] = [b]
        chains[length : length + 1] = [index]
    chain, index = [], chains[-1] if chains else -1
    while index >= 0:
        chain.append(pairs[index])
        index = earlier[index]
    return chain[::-1]
