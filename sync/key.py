"""This file reads a workbook's own key to its colours: what each means, and which words and numbers stand for it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from plan import rag
from plan.rag import Status
from sync.cells import shown
from sync.detect.rows import KEYS
from sync.fills import status_of
from sync.grid import Grid, number
from sync.headings import normalise
from sync.layout import Layout

_DASHED = re.compile(r"^\s*(?P<colour>\w+)\s*(?:[-–—:=]|means)\s*(?P<says>\S.*)$", re.DOTALL | re.IGNORECASE)
_LONGEST_WORDS = 40  # characters; what is longer explains a colour and does not stand in a status cell
_MOST_ROWS = 12
_REACH = 6  # columns that belong to a key


class Key(NamedTuple):
    """`scale` is the definition of each colour; `meanings` the colour of each word, normalised."""

    scale: Mapping[Status, str]
    meanings: Mapping[str, Status | None]


class _Entry(NamedTuple):
    status: Status
    words: tuple[str, ...]
    says: str


def find_key(grids: Sequence[Grid], layout: Layout) -> Key:
    """The key of a workbook, outside its tables; empty where it has none. Words of two colours mean neither."""
    outside = (_without_tables(grid, layout) for grid in grids if grid.visible)
    entries = [entry for grid in outside for entry in _entries(grid)]
    scale: dict[Status, str] = {}
    for entry in entries:
        if _explains(entry.says):
            scale.setdefault(entry.status, entry.says)
    said = {(rag.normalise(words), e.status) for e in entries for words in (*e.words, e.says) if _is_short(words)}
    times = Counter(words for words, _ in said)
    meanings: dict[str, Status | None] = {
        words: status for words, status in said if times[words] == 1 and not rag.understand(words).known
    }
    return Key(scale, meanings)


def _without_tables(grid: Grid, layout: Layout) -> Grid:
    taken = [
        (range(table.heading_rows[0], table.last_row + 1), {number(column.letter) for column in table.columns})
        for table in layout.tables
        if table.sheet == grid.sheet
    ]
    cells = {
        (row, col): cell
        for (row, col), cell in grid.cells.items()
        if not any(row in rows and col in cols for rows, cols in taken)
    }
    return replace(grid, cells=cells)


def _entries(grid: Grid) -> Iterator[_Entry]:
    for row in grid.rows():
        for col in grid.columns_of(row):
            if normalise(grid.at(row, col).words[:_LONGEST_WORDS]) in KEYS:
                yield from _below(grid, row, col)


def _below(grid: Grid, title: int, col: int) -> Iterator[_Entry]:
    """The entries under a key's title, or beside it; the first row that is none ends it."""
    begun = False
    for row in range(title, title + _MOST_ROWS):
        first = col + 1 if row == title else max(col - 1, 1)
        entry = _entry(grid, row, range(first, col + _REACH))
        if entry:
            begun = True
            yield entry
        elif begun or row > title + 2:
            return


def _entry(grid: Grid, row: int, cols: range) -> _Entry | None:
    """One line of a key: a colour as word or fill, and what it means beside it."""
    said = [(shown(grid.at(row, col)).strip(), status_of(grid.fill_at(row, col))) for col in cols]
    words = [each for each, _ in said if each]
    named = [(each, rag.understand(each).status) for each in words if len(each) < _LONGEST_WORDS]
    colours = [(each, status) for each, status in named if status]
    if len(colours) > 1:
        return None
    if colours:
        colour, status = colours[0]
        others = [each for each in words if each != colour]
        return _Entry(status, tuple(others), _longest(others)) if status else None
    filled = next((status for _, status in said if status), None)
    if filled and words:
        return _Entry(filled, tuple(words), _longest(words))
    return _dashed(words[0]) if words else None


def _dashed(words: str) -> _Entry | None:
    found = _DASHED.match(words)
    status = rag.understand(found["colour"]).status if found else None
    return _Entry(status, (found["says"],), found["says"].strip()) if found and status else None


def _longest(words: Sequence[str]) -> str:
    return max(words, key=len, default="")


def _explains(words: str) -> bool:
    return sum(mark.isalpha() for mark in words) > 2


def _is_short(words: str) -> bool:
    return 0 < len(words.strip()) <= _LONGEST_WORDS
