"""This file says a value as this workbook says its own: "G" among letters, a date among dates, a fill for a colour."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cached_property

from plan import rag, timescale
from plan.fields import Field, Shape, Value
from plan.rag import Status
from sync.cells import shown
from sync.grid import BLANK, Cell, place
from sync.ooxml import Coloured
from sync.pieces.gathering import Gathering
from sync.pieces.statuses import StatusCells
from sync.reading import Said
from sync.write_workbook.page import Page

Written = str | float | int | date | Coloured | None
# For a colour that no cell shows yet: the ones a spreadsheet program offers first.
SHADES: Mapping[Status, str] = {
    Status.RED: "FF0000",
    Status.AMBER: "FFC000",
    Status.GREEN: "00B050",
    Status.BLUE: "0070C0",
}


class Manners:
    """How each column of a workbook says what it says."""

    def __init__(self, page: Page) -> None:
        self.page = page
        # Asked for each cell that differs, and answered by looking at a whole column.
        self._said: dict[tuple[Status | None, str, str, bool], Written] = {}
        self._numbered: dict[tuple[str, str], bool] = {}

    def say(self, which: Field, value: Value, sheet: str, letter: str, row: int | None = None) -> Written:
        """The value as this column says it; `row` is None for a row that is still to come."""
        now = self.page.cell(sheet, letter, row) if row else BLANK
        if which.shape is Shape.STATUS:
            return self._status(None if value is None else Status(str(value)), sheet, letter, row)
        if value is None:
            return None
        if which.shape is Shape.TIMESCALE:
            day = timescale.canonical_date(str(value))
            dated = now.is_date or (day and (sheet, letter) in self._dated)
            return day if day and dated else str(value)
        if which.shape is Shape.DATE:
            return date.fromisoformat(str(value))
        if which.shape in (Shape.NUMBER, Shape.COUNT) and isinstance(value, int | float):
            return value / 100 if now.number_format.endswith("%") else value
        if which.name == "reference" and _is_number(str(value)) and self._holds_numbers(sheet, letter, now):
            return int(str(value))
        return str(value)

    def _status(self, status: Status | None, sheet: str, letter: str, row: int | None) -> Written:
        """A word, a fill, or both: where colours stand behind the words, they go with them."""
        by_fill = self._is_by_fill(sheet, letter, row)
        if (status, sheet, letter, by_fill) not in self._said:
            said = self._say_status(status, sheet, letter, by_fill=by_fill)
            self._said[status, sheet, letter, by_fill] = said
        return self._said[status, sheet, letter, by_fill]

    def _say_status(self, status: Status | None, sheet: str, letter: str, *, by_fill: bool) -> Written:
        here = self._filled.get((sheet, letter), {})
        words = None if status is None or by_fill else self._word(status, sheet, letter)
        if not here or not isinstance(words, str | None):
            return words
        like = next((cell for cell, shows in here.items() if shows is status and self._keeps(sheet, cell)), None)
        return Coloured(words, self._shade(status), like)

    def _is_by_fill(self, sheet: str, letter: str, row: int | None) -> bool:
        """Whether a status is told by the cell's colour alone, here or in most of the column."""
        said = self._statuses.get((sheet, f"{letter}{row}"))
        if said is not None and (said.by_fill or not self.page.cell(sheet, letter, row or 0).blank):
            return said.by_fill
        return (sheet, letter) in self._by_fill

    @cached_property
    def _by_fill(self) -> frozenset[tuple[str, str]]:
        """The columns in which more statuses are told by a colour alone than cells hold anything."""
        return frozenset(
            (sheet, letter)
            for (sheet, letter), cells in self._filled.items()
            if sum(self._statuses[sheet, cell].by_fill for cell in cells) > len(self.page.column_cells(sheet, letter))
        )

    @cached_property
    def _dated(self) -> frozenset[tuple[str, str]]:
        """The columns that hold a date somewhere."""
        columns = {(t.sheet, c.letter) for t in self.page.tables for c in t.columns}
        return frozenset(at for at in columns if any(cell.is_date for cell in self.page.column_cells(*at)))

    def _word(self, status: Status, sheet: str, letter: str) -> Written:
        """The workbook's own word for a status where it has one ("Complete" for blue), else the way of its column."""
        own, usual = Counter[str | int | float](), Counter[Status | None]()
        cells, speaks_its_own = self.page.column_cells(sheet, letter), False
        for cell in cells:
            plain = rag.normalise(shown(cell))
            if plain in self.page.meanings and isinstance(cell.value, str | int | float):
                speaks_its_own = True
                if self.page.meanings[plain] is status:
                    own[cell.value] += 1
            elif cell.words:
                usual[found := rag.understand(cell.words).status] += 1
                if found is status and rag.is_explained(cell.words):
                    own[cell.words] += 1
        if own and own.most_common(1)[0][1] >= usual[status]:
            return own.most_common(1)[0][0]
        if speaks_its_own and not usual.total() and (known := self._from_key(status)):
            return known
        return rag.in_manner_of(status, [cell.words for cell in cells if cell.words])

    def _from_key(self, status: Status) -> str | None:
        """The workbook's own word for a status as its key spells it; None where it has none."""
        wanted = {words for words, means in self.page.meanings.items() if means is status}
        cells = (cell.words for grid in self.page.sheets.values() for cell in grid.cells.values() if cell.words)
        spelt = next((words.strip() for words in cells if len(words) < 60 and rag.normalise(words) in wanted), None)
        return spelt or next((words.capitalize() for words in sorted(wanted)), None)

    @cached_property
    def _statuses(self) -> Mapping[tuple[str, str], Said]:
        """What each status cell says, by its sheet and address."""
        told = (piece.values.get(name, ()) for piece in self.page.reading.pieces for name in _STATUSES)
        return {(said.sheet, said.cell): said for each in told for said in each}

    @cached_property
    def _records(self) -> Mapping[tuple[str, str], Value]:
        """What each status cell shall say."""
        page, wanted = self.page, {}
        for piece in page.reading.pieces:
            item = page.item(piece)
            for name in _STATUSES:
                for said in piece.values.get(name, ()):
                    wanted[said.sheet, said.cell] = item.get(name) if item else None
        return wanted

    @cached_property
    def _filled(self) -> Mapping[tuple[str, str], Mapping[str, Status]]:
        """The cells of each column whose colour is the status that they say, and that status."""
        found: dict[tuple[str, str], dict[str, Status]] = {}
        tables = [(t, StatusCells(t, self.page.sheets[t.sheet], Gathering())) for t in self.page.tables]
        for (sheet, cell), said in self._statuses.items():
            row, col = place(cell)
            for table, cells in tables:
                if said.value and table.sheet == sheet and table.first_row <= row <= table.last_row:
                    fill = cells.fill(row, col)
                    if fill is not None and fill.value == said.value:
                        found.setdefault((sheet, cell.rstrip("0123456789")), {})[cell] = fill
                        break
        return found

    def _keeps(self, sheet: str, cell: str) -> bool:
        """Whether a cell goes on saying what it says, so that others may be filled as it is."""
        said = self._statuses[sheet, cell]
        return self._records.get((sheet, cell)) == said.value

    def _shade(self, status: Status | None) -> str | None:
        """Staff's own shade of a status where some cell shows it."""
        if status is None:
            return None
        cells = ((sheet, cell) for (sheet, _), filled in self._filled.items() for cell in filled
                 if filled[cell] is status)  # fmt: skip
        shades = (self.page.sheets[sheet].fill_at(*place(cell)) for sheet, cell in cells)
        return next((shade for shade in shades if shade), SHADES[status])

    def _holds_numbers(self, sheet: str, letter: str, now: Cell) -> bool:
        if not now.blank:
            return isinstance(now.value, int | float)
        if (sheet, letter) not in self._numbered:
            cells = self.page.column_cells(sheet, letter)
            numbers = bool(cells) and all(isinstance(cell.value, int | float) for cell in cells)
            self._numbered[sheet, letter] = numbers
        return self._numbered[sheet, letter]


_STATUSES = ("status", "impact_status")


def _is_number(words: str) -> bool:
    return words.isdecimal() and words.isascii() and str(int(words)) == words
