"""This file reads achievements listed in one cell, a line each, with the evidence listed beside them."""

from collections.abc import Collection, Iterator, Mapping
from itertools import zip_longest
from typing import NamedTuple

from sync.bullets import listed, without_bullet
from sync.reading import Said


class Line(NamedTuple):
    """One achievement and its evidence; None where the workbook has no such column."""

    text: Said | None
    evidence: Said | None


def split(text: Said | None, evidence: Said | None, *, text_lines: bool, evidence_lines: bool) -> list[Line]:
    """The lines of two cells, paired in order. Evidence with no achievement beside it has one without words.

    A cell whose column does not hold lines is one line whole. Blank lines between achievements mean nothing;
    in evidence they keep a place free, unless there would then be more places than achievements.
    """
    achievements = _lines(text, apart=text_lines)
    found = _lines(evidence, apart=evidence_lines, blank_lines=True)
    if len(found) > len(achievements):
        found = [said for said in found if said and said.value is not None]
    paired = zip_longest(achievements, found)
    return [
        Line(one or _none(text, at), other or _none(evidence, at))
        for at, (one, other) in enumerate(_renumbered(pair, at) for at, pair in enumerate(paired))
    ]


def split_each(said: Mapping[str, Said], apart: Collection[str | None]) -> list[dict[str, Said]]:
    """The records that one row lists in its `text`, a line each; the row itself where that is not told apart.

    Other columns told apart share their lines out if there are as many; everything else is said of each, but for a
    number, which is the first one's.
    """
    texts = _lines(said.get("text"), apart="text" in apart)
    if len(texts) < 2:
        return [dict(said)]
    listed = {name: _lines(said[name], apart=True) for name in said if name in apart}
    shared = {name: lines for name, lines in listed.items() if len(lines) == len(texts)}
    return [
        {name: _at_line(shared[name][at], at) if name in shared else one for name, one in _said_at(said, at)}
        for at in range(len(texts))
    ]


def _said_at(said: Mapping[str, Said], at: int) -> Iterator[tuple[str, Said]]:
    return ((name, one) for name, one in said.items() if at == 0 or name != "reference")


def _at_line(said: Said, at: int) -> Said:
    return Said(said.value, said.sheet, said.cell, at)


def _lines(said: Said | None, *, apart: bool, blank_lines: bool = False) -> list[Said]:
    if said is None or said.value is None:
        return []
    if not apart:
        return [said]
    spoken = [without_bullet(line) for line in listed(str(said.value))]
    return [Said(words, said.sheet, said.cell, at) for at, words in enumerate(spoken) if words or blank_lines]


def _renumbered(pair: tuple[Said | None, Said | None], at: int) -> tuple[Said | None, Said | None]:
    one, other = pair
    return _at(one, at), _at(other, at)


def _at(said: Said | None, at: int) -> Said | None:
    return said if said is None or said.line is None else Said(said.value, said.sheet, said.cell, at)


def _none(said: Said | None, at: int) -> Said | None:
    return None if said is None else Said(None, said.sheet, said.cell, at)
