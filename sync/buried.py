"""This file tells a requirement's number from its words where staff write both in one cell: "R7 – Publish the plan"."""

import re
from collections.abc import Sequence
from typing import NamedTuple

_CALLED = r"(?:(?:requirement|recommendation|req|rec|no|number)\b\.?\s*)?"
_MARK = r"(?P<open>[(\[]?)(?P<reference>[A-Za-z]{0,3}\d{1,3}(?:\.\d{1,3})*[a-z]?)[)\]]?"
# A bare number needs a mark after it: "7 days after the visit" has none.
_APART = r"(?:\s*[-–—:.)\]]+\s+|\s*[–—:]\s*|(?<=[\])])\s+|(?<=[A-Za-z]\d)\s+|(?<=[A-Za-z]\d\d)\s+|(?<=\d\.\d)\s+)"
_BURIED = re.compile(rf"^(?P<before>\s*{_CALLED}){_MARK}(?P<after>{_APART})(?P<words>\S.*)$", re.DOTALL | re.IGNORECASE)
_FEWEST = 2
_MOST = 0.8


class Buried(NamedTuple):
    """A number and the words after it; `start` and `end` are where the number stands, `words_at` where they begin."""

    reference: str
    words: str
    start: int
    end: int
    words_at: int


def find(said: str) -> Buried | None:
    """The number at the beginning of some words, and the words; None where there is none."""
    found = _BURIED.match(said)
    if not found:
        return None
    start, end = found.span("reference")
    return Buried(found["reference"], found["words"].rstrip(), start, end, found.start("words"))


def put(said: str, reference: str | None, words: str) -> str:
    """The same cell with another number and other words, what stands between them as it was."""
    found = find(said)
    if found is None or reference is None:
        return words
    return f"{said[: found.start]}{reference}{said[found.end : found.words_at]}{words}"


def all_begin_so(cells: Sequence[str]) -> bool:
    """Whether the words of a column begin with numbers: most of several do, and each is another's."""
    different = list(dict.fromkeys(cells))
    found = [each.reference.casefold() for each in map(find, different) if each]
    return len(found) >= max(_FEWEST, len(different) * _MOST) and len(set(found)) == len(found)
