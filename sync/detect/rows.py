"""This file tells the rows of a table that are no records: banners of themes, keys, guidance and titles."""

import re
from collections.abc import Sequence

from plan import rag
from sync.cells import shown
from sync.fills import status_of
from sync.grid import Cell, Grid
from sync.headings import Word, meaning, normalise

KEYS = frozenset(
    {
        "key",
        "rag key",
        "brag key",
        "rag rating key",
        "rag status key",
        "brag rating key",
        "status key",
        "colour key",
        "key to rag",
        "key to colour",
        "rag rating",
        "brag rating",
        "rag definition",
        "brag definition",
        "legend",
    }
)
NUMBERED = re.compile(
    r"^\s*(?:priority|theme|work ?stream|strand|section|pillar|domain|standard)\s+\w{1,3}\b\s*[:.–—-]?\s*",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"(?=.*\d)[\w./()-]{1,14}|[A-Za-z]{1,3}\s?\d[\w.]*|[A-Za-z]{1,3}")
_TOTAL = re.compile(
    r"\s*(?:(?:grand|overall|sub)[ -]?)?totals?\b[^.]{0,40}|\s*(?:number|count|no\.?) of [\w ]{1,40}:?[\s\d]*",
    re.IGNORECASE,
)
_COUNT = re.compile(r"[\d\s.,%£/-]+")
_HINT = re.compile(r"^\s*(?:please|enter|guidance|note|nb|e\.g|for example|insert|use this|describe|\()", re.IGNORECASE)
_WHITE = frozenset({"FFFFFF", "000000"})
_COLOUR = re.compile(r"\s*\w+(?=\s*[-–—:=]\s*\S|\s+means\s)")
_HOLDS = re.compile(r"key|rating|definition|legend|[^\x00-\x7f]", re.IGNORECASE)  # what every one of KEYS holds
_LONGEST_TITLE = 40  # characters
LONG = 150


def is_reference(words: str) -> bool:
    """Whether words look like a number or code that identifies, such as "7" or "R07", not like a title."""
    return bool(_REFERENCE.fullmatch(words.strip()))


def is_banner(grid: Grid, row: int, cols: Sequence[int], head: str) -> bool:
    """Whether a row's only words are a title across the table, which the rows below it stand under.

    `head` is the first column's heading: words in a column of numbers are a title even without fill or merge.
    """
    said = [col for col in cols if not grid.at(row, col).blank]
    if len(said) != 1 or said[0] not in cols[:2]:
        return False
    cell, box = grid.at(row, said[0]), grid.merge_at(row, said[0])
    if not cell.words or is_reference(cell.words) or len(cell.words) > LONG or is_total([cell]):
        return False
    if box and box.right > box.left:
        return box.top == box.bottom and box.right - box.left + 1 >= min(3, len(cols))
    first = meaning(head)
    numbers = said[0] == cols[0] and first is not None and first.word is Word.REFERENCE
    return not box and (numbers or (cell.fill is not None and cell.fill not in _WHITE))


def is_guidance(cells: Sequence[Cell]) -> bool:
    """Whether a row right under the headings only says how to fill them in."""
    said = [cell for cell in cells if not cell.blank]
    if not said or not all(cell.words for cell in said):
        return False
    if len(said) == 1:
        words = said[0].words.strip()
        return bool(_HINT.match(words)) or (len(words) > 60 and words.endswith("."))
    return all(cell.italic for cell in said) or all(_HINT.match(cell.words) for cell in said)


def is_total(said: Sequence[Cell]) -> bool:
    """Whether a row's cells only count the others: "Total" or "Number of actions" first, then figures or nothing."""
    words = said[0].words if said else ""
    if not words or ("ot" not in words and "OT" not in words and " of " not in words) or not _TOTAL.fullmatch(words):
        return False
    figures = [cell for cell in said[1:] if not cell.words or _COUNT.fullmatch(cell.words)]
    counted = bool(figures) or any(mark.isdigit() for mark in words)
    return counted and len(figures) == len(said) - 1 and not any(cell.is_date for cell in figures)


def ends_table(said: Sequence[Cell]) -> bool:
    """Whether a row is the beginning of a key to the colours, which no table goes on after.

    Its title stands alone or beside one more cell, or the key lies sideways and two colours follow it.
    """
    if len(said[0].words) > _LONGEST_TITLE or not titles_a_key(said[0].words):
        return False
    return len(said) <= 2 or len({colour for cell in said[1:] if (colour := _colour(cell))}) > 1


def titles_a_key(words: str) -> bool:
    """Whether words are the title of a key to the colours. Quick: it is asked of every row of a sheet."""
    return bool(_HOLDS.search(words)) and normalise(words) in KEYS


def _colour(cell: Cell) -> rag.Status | None:
    named = _COLOUR.match(cell.words)
    return rag.understand(named[0] if named else shown(cell)).status or status_of(cell.fill)


def title_like(cells: Sequence[Cell]) -> bool:
    """Whether a row holds one text only, as a title above a table does."""
    said = [cell for cell in cells if not cell.blank]
    return len(said) == 1 and bool(said[0].words) and not is_reference(said[0].words)
