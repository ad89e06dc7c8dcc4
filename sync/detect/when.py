"""This file tells the headings that only say when: a column's month, and the year that one without it belongs to."""

import re

from sync.grid import Cell, Grid
from sync.headings import Word, meaning
from sync.months import in_year, names_only_when, period

_FINANCIAL_YEAR = re.compile(r"(?<!\d)(20\d\d)\s?[/–-]\s?(?:20)?(\d\d)(?!\d)")
_FARTHEST = 15  # rows above the headings that may say the year
# What is told anew each month, so that a month under it is only when it was told.
_TOLD_MONTHLY = frozenset({Word.STATUS, Word.IMPACT_STATUS, Word.PROGRESS, Word.EVIDENCE, Word.IMPACT, Word.NEXT_STEP})


def says_when(cell: Cell) -> bool:
    """Whether a heading is a month or quarter and nothing else."""
    return bool(period(cell)) or names_only_when(cell.words)


def told_monthly(band: str) -> bool:
    """Whether a band such as "Progress" runs over columns of months that each hold that month's."""
    found = meaning(band) if band else None
    return found is not None and found.word in _TOLD_MONTHLY


def period_of(grid: Grid, row: int, cell: Cell, band: str) -> str | None:
    """The month or quarter that a heading names; one without its year is of the financial year said above it."""
    full = period(cell)
    if full or not names_only_when(cell.words):
        return full
    year = _year_in([band]) or _year_in(_words_above(grid, row))
    return in_year(cell.words, year) if year else None


def _words_above(grid: Grid, row: int) -> list[str]:
    """The words of the rows above some headings, and the sheet's name."""
    above = grid.rows_between(max(row - _FARTHEST, 1), row - 1)
    return [grid.sheet, *(grid.at(each, col).words for each in above for col in grid.columns_of(each))]


def _year_in(said: list[str]) -> int | None:
    """The year in whose April the financial year begins that some words name; None where they name none or several."""
    pairs = [pair for words in said for pair in _FINANCIAL_YEAR.findall(words)]
    years = {int(first) for first, second in pairs if (int(first) + 1) % 100 == int(second)}
    return years.pop() if len(years) == 1 else None
