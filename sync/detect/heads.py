"""This file reads the headings of a table: each column's words, the band above it, and the month that it names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from plan.fields import Kind
from sync.detect.when import period_of, says_when, told_monthly
from sync.grid import Cell, Grid, letter
from sync.headings import Meaning, Word, meaning, normalise
from sync.months import names_only_when, period, say
from sync.row_ids import read_heading

MOST_COLUMNS = 300
WIDEST_GAP = 5  # columns without a heading; what stands further right is a remark, not a column
_OWNERS = {Word.REQUIREMENT: Kind.REQUIREMENT, Word.ACTION: Kind.ACTION}


@dataclass(frozen=True)
class Head:
    """One column's heading. `context` is the band above it, such as "What we will do" over "Lead"."""

    col: int
    row: int
    words: str
    context: str = ""
    period: str | None = None

    @cached_property
    def meaning(self) -> Meaning | None:
        """What the heading means, its owner told by the band above where its own words do not tell."""
        found = meaning(self.words) or (self.context and meaning(f"{self.context} {self.words}")) or None
        above = meaning(self.context) if self.context else None
        if found and not found.of and above and above.word in _OWNERS:
            return found._replace(of=_OWNERS[above.word])
        return found

    @property
    def plain(self) -> str:
        """What is compared to find the same heading again; a month's column is the same as any other's."""
        return "month" if self.period else normalise(self.words)

    @property
    def letter(self) -> str:
        """The letters of the column."""
        return letter(self.col)


def heads_of(grid: Grid, rows: tuple[int, ...]) -> Iterator[Head]:
    """The columns of a table whose headings stand in these rows; none for the hidden column of ids."""
    used = sorted({col for row in rows for col in grid.columns_of(row)})
    identity = identity_column(grid, rows)
    used = [col for col in used if col != identity][:MOST_COLUMNS]
    last = used[0]
    for col in used:
        if col - last > WIDEST_GAP:
            return
        yield from (_head(grid, rows, each) for each in range(last + 1, col) if each != identity)
        yield _head(grid, rows, col)
        last = col


def _head(grid: Grid, rows: tuple[int, ...], col: int) -> Head:
    leaf = rows[-1]
    context = _band_over(grid, rows[0], col) if len(rows) > 1 else ""
    for row in dict.fromkeys((leaf, grid.anchor(leaf, col)[0], *_lone(grid, rows[0], col))):
        cell = grid.at(row, col)
        if not cell.blank:
            month = period_of(grid, rows[0], cell, context)
            words = say(month) if month and cell.is_date else " ".join(cell.words.split())
            if row == leaf and says_when(cell) and told_monthly(context):
                return Head(col, row, f"{context} {words}")
            if row == leaf and context and says_when(Cell(context)) and told_monthly(words):
                return Head(col, row, f"{words} {context}")
            return Head(col, row, words, context if row == leaf else "", month)
    return Head(col, leaf, "", context)


def _lone(grid: Grid, row: int, col: int) -> tuple[int, ...]:
    """The band's row, where its words stand over this one column alone and so are the heading itself."""
    box = grid.merge_at(row, col)
    return () if box and box.right > box.left else (row,)


def _band_over(grid: Grid, band: int, col: int) -> str:
    starts = [at for at in grid.columns_of(band) if at <= col]
    if not starts:
        return ""
    box = grid.merge_at(band, starts[-1])
    reaches, over = box is None or box.right >= col, grid.at(band, starts[-1])
    month = period(over) if over.is_date else None
    return (say(month) if month else over.words) if reaches else ""


def says_again(head: Head, cell: Cell) -> bool:
    """Whether a cell further down says a heading again."""
    if head.period:
        return period(cell) == head.period or names_only_when(cell.words)
    if names_only_when(cell.words):
        return head.words.endswith(f" {' '.join(cell.words.split())}")
    return bool(cell.words) and normalise(cell.words) == normalise(head.words)


def identity_column(grid: Grid, heading_rows: Iterable[int]) -> int | None:
    """The hidden column that says whose each row is, where a download gave the table one: headed beside its own
    headings, or beside those of a table above it on the sheet.
    """
    rows = list(heading_rows)
    return _headed_in(grid, rows) or _headed_in(grid, reversed(grid.rows_between(1, max(rows))))


def _headed_in(grid: Grid, rows: Iterable[int]) -> int | None:
    places = ((row, col) for row in rows for col in grid.columns_of(row))
    return next((col for row, col in places if read_heading(grid.at(row, col).value)), None)
