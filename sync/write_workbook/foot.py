"""This file says under each sheet's footer what of it awaits sign-off, naming the first cells."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from plan.fields import Kind
from plan.signatures import Outline
from plan.snapshot import Snapshot
from sync import foot_words
from sync.grid import letter, number
from sync.layout import Column, Table
from sync.ooxml import Feet, Foot, Whereabouts, says_after_rows

MOST = 8  # entries of a sheet that are named by their cells


@dataclass(frozen=True)
class Notice:
    """What a download says of itself at its foot: its revision, and what awaits sign-off in the plan as it is now.

    Without an outline it says only what is signed off.
    """

    revision: int
    plan: Snapshot
    outline: Outline | None


class _Entry(NamedTuple):
    """One line that awaits sign-off; `field` is None for a record that came or went."""

    record: str
    field: str | None
    went: bool = False


def feet(notice: Notice, tables: Sequence[Table], places: Mapping[str, str]) -> Feet:
    """The line of each sheet that holds a table of the plan; `places` says on which sheet each record stands."""
    return lambda where: _Feet(notice, tables, places, where).each()


def bears(content: bytes, tables: Sequence[Table], notice: Notice) -> bool:
    """Whether the workbook's footers say so already: one of its sheets does, and all are written at once."""
    begins = foot_words.begins(notice.revision) if notice.outline else foot_words.signed_off(notice.revision)
    return says_after_rows(content, {table.sheet for table in tables}, begins)


class _Feet:
    def __init__(self, notice: Notice, tables: Sequence[Table], places: Mapping[str, str], where: Whereabouts) -> None:
        self.notice, self.tables, self.places, self.where = notice, tables, places, where
        self.sheets = tuple(dict.fromkeys(table.sheet for table in tables))

    def each(self) -> Iterator[Foot]:
        revision, outline = self.notice.revision, self.notice.outline
        if outline is None:
            said = (foot_words.signed_off(revision),)
            yield from (Foot(sheet, said, foot_words.OURS) for sheet in self.sheets)
            return
        on_sheet: dict[str, list[_Entry]] = {sheet: [] for sheet in self.sheets}
        for entry in self._entries(outline):
            on_sheet[self._sheet_of(entry)].append(entry)
        for sheet, entries in on_sheet.items():
            words = foot_words.working(revision, len(entries), self._named(sheet, entries))
            yield Foot(sheet, words, foot_words.OURS)

    def _entries(self, outline: Outline) -> Iterator[_Entry]:
        """All of them, in the order of the workbook; what does not stand there comes last."""
        waits = {*outline.came, *outline.went, *outline.changed}
        placed = [id for id in self.places if id in waits]
        for id in (*placed, *sorted(waits.difference(placed))):
            if id in outline.changed:
                yield from (_Entry(id, name) for name in sorted(outline.changed[id]))
            else:
                yield _Entry(id, None, id in outline.went)

    def _sheet_of(self, entry: _Entry) -> str:
        """The sheet its record stands on, unless another one alone has a column for the field."""
        home = self._home(entry.record)
        if entry.field is None or self._columns(home, entry):
            return home
        others = [sheet for sheet in self.sheets if self._columns(sheet, entry)]
        return others[0] if len(others) == 1 else home

    def _home(self, record: str) -> str:
        at: str | None = record
        while at is not None:
            if (found := self.places.get(at)) in self.sheets and found:
                return found
            item = self.notice.plan.get(at)
            at = item.parent if item else None
        return self.sheets[0]

    def _named(self, sheet: str, entries: Sequence[_Entry]) -> list[tuple[str, int]]:
        """Words for the first of them, each with how many it stands for: "D7", "F14 new", "2 taken out"."""
        cells: dict[tuple[int, int, str], int] = {}
        for entry in islice((entry for entry in entries if not entry.went), MOST):
            if (place := self._place(sheet, entry)) is not None:
                said = (*place, " new" if self._is_new(entry) else "")
                cells[said] = cells.get(said, 0) + 1
        named = [(f"{letter(col)}{row}{new}", count) for (row, col, new), count in sorted(cells.items())]
        went = sum(entry.went for entry in entries)
        return [*([(f"{went:,} taken out", went)] if went else []), *named]

    def _is_new(self, entry: _Entry) -> bool:
        return entry.field is None and not entry.went

    def _place(self, sheet: str, entry: _Entry) -> tuple[int, int] | None:
        """The row and the column of an entry's cell, None where the workbook has none for it."""
        item = self.notice.plan[entry.record]
        columns = self._columns(sheet, entry)
        row = self.where.first_row(sheet, (item.parent or "") if item.kind is Kind.READING else item.id)
        if not columns or row is None:
            return None
        above = [pair for pair in columns if (self.where.moved(sheet, pair[0].heading_rows[-1]) or 0) < row]
        return row, number((above or columns)[-1][1].letter)

    def _columns(self, sheet: str, entry: _Entry) -> list[tuple[Table, Column]]:
        """Of each table of a sheet that could say the entry, the column that does."""
        on_sheet = (table for table in self.tables if table.sheet == sheet)
        found = ((table, next(iter(self._saying(table, entry)), None)) for table in on_sheet)
        return [(table, column) for table, column in found if column is not None]

    def _saying(self, table: Table, entry: _Entry) -> Iterable[Column]:
        item = self.notice.plan[entry.record]
        if item.kind is Kind.READING:
            return (column for column in table.columns if column.period and column.period == item.get("period"))
        own = (column for column in table.columns if column.kind is item.kind and column.field and not column.period)
        if entry.field is None or entry.field == "parent":
            return sorted(own, key=lambda column: number(column.letter))
        return (column for column in own if (item.kind, entry.field) in column.says)
