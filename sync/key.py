"""This file reads a workbook's own key to its colours: what each means, and which words and numbers stand for it.

A key has a title and under it a line for each colour, or lies sideways: its colours in one row, what each means on
the cell itself, beside it or under it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from plan import rag
from plan.rag import Status
from sync.cells import shown
from sync.detect.rows import titles_a_key
from sync.fills import status_of
from sync.grid import Grid, number
from sync.layout import Layout
from sync.row_ids import begins_with_ids

_DASHED = re.compile(r"^\s*(?P<colour>\w+)\s*(?:[-–—:=]|means)\s*(?P<says>\S.*)$", re.DOTALL | re.IGNORECASE)
_LONGEST_WORDS = 40  # characters; what is longer explains a colour and does not stand in a status cell
_MOST_ROWS = 12
_REACH = 6  # columns that belong to a key
_WIDEST = 16  # columns of one that lies sideways


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
        (table.heading_rows[0], table.last_row, {number(column.letter) for column in table.columns})
        for table in layout.tables
        if table.sheet == grid.sheet
    ]
    cells = grid.cells
    for first, last, cols in taken:
        cells = {at: cell for at, cell in cells.items() if at[0] < first or at[0] > last or at[1] not in cols}
    return replace(grid, cells=cells)


def _entries(grid: Grid) -> Iterator[_Entry]:
    for row in grid.rows():
        for col in grid.columns_of(row):
            words = grid.at(row, col).words[:_LONGEST_WORDS]
            if not begins_with_ids(words) and titles_a_key(words):
                yield from _sideways(grid, row, col) or _below(grid, row, col)


def _sideways(grid: Grid, title: int, col: int) -> list[_Entry]:
    """The entries of a key whose colours stand in one row, the title's own or one of the two under it."""
    for row in range(title, title + 3):
        first = col + 1 if row == title else max(col - 1, 1)
        colours = list(_colours(grid, row, range(first, col + _WIDEST)))
        if len({status for _, status in colours}) > 1:
            ends = [at for at, _ in colours[1:]] + [min(colours[-1][0] + _REACH, col + _WIDEST)]
            return [_meant(grid, row, at, end, status) for (at, status), end in zip(colours, ends, strict=True)]
    return []


def _colours(grid: Grid, row: int, cols: range) -> Iterator[tuple[int, Status]]:
    """The cells of a row that are a colour, by their word, or else by their fill."""
    for col in cols:
        words = shown(grid.at(row, col)).strip()
        dashed = _dashed(words) if words else None
        named = rag.understand(words).status if 0 < len(words) < _LONGEST_WORDS else None
        status = dashed.status if dashed else named or status_of(grid.fill_at(row, col))
        if status:
            yield col, status


def _meant(grid: Grid, row: int, col: int, end: int, status: Status) -> _Entry:
    """What the colour of a cell means: its own words, those beside it up to the next colour, those under it."""
    own = shown(grid.at(row, col)).strip()
    if dashed := _dashed(own):
        return dashed
    beside = [shown(grid.at(row, at)).strip() for at in range(col + 1, end)]
    under = shown(grid.at(row + 1, col)).strip()
    said = own if rag.understand(own).status is None else ""
    told = (said, *beside, under if _explains(under) else "")  # a number under a colour only counts it
    words = [each for each in told if each and rag.understand(each).status is None]
    return _Entry(status, tuple(words), _longest(words))


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
    dashed = [entry for each in words if (entry := _dashed(each))]
    if not dashed:
        return None
    beside = [each for each in words if _dashed(each) is None]  # "1" beside "Red: not begun"
    return dashed[0]._replace(words=(*dashed[0].words, *beside)) if len(dashed) == 1 else dashed[0]


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
