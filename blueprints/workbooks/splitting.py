"""This file asks, cell by cell, which lists of actions are to be split, and takes the answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from blueprints.workbooks.entries import where
from blueprints.workbooks.meanings import Option
from sync.layout import Layout
from sync.listed_cells import Line, ListedCell, listed_cells
from sync.reading import Reading
from sync.splits import Reads

AT_ONCE = 25  # cells on one page
SECTION = "lists"
BUTTON = "lists"  # "turn 50", or "split 0.D" and "kept 0.D" for all of a column
CELLS_NAMED = 6


@dataclass(frozen=True)
class LineView:
    """One action that a cell would become, and what would be its alone: "lead Ann, timescale Q1"."""

    words: str
    beside: str


@dataclass(frozen=True)
class CellView:
    """One cell, or several with the same words: where, what it would become, what all would share, the answers."""

    id: str
    name: str
    where: str
    lines: tuple[LineView, ...]
    of_all: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class ColumnView:
    """The cells of one column that are shown, how many it has in all, and what its two buttons send."""

    title: str
    count: int
    cells: tuple[CellView, ...]
    split: str
    keep: str


@dataclass(frozen=True)
class ListsView:
    """The cells shown at once, of how many, and what the buttons for the others send."""

    columns: tuple[ColumnView, ...]
    count: int
    first: int
    last: int
    earlier: str | None
    later: str | None
    is_turned: bool


def lay_out(reading: Reading, start: int | None = None) -> ListsView:
    """The cells that list several actions, from the page that `start` is on; None: nobody asked to look at them."""
    is_turned, start = start is not None, start or 0
    found = sorted(listed_cells(reading), key=lambda cell: (cell.table, cell.letter))
    start = min(max(start, 0), max(len(found) - 1, 0)) // AT_ONCE * AT_ONCE
    shown = found[start : start + AT_ONCE]
    last = start + len(shown)
    return ListsView(
        columns=tuple(_columns(reading, found, shown)),
        count=len(found),
        first=start + 1,
        last=last,
        earlier=f"turn {start - AT_ONCE}" if start else None,
        later=f"turn {last}" if last < len(found) else None,
        is_turned=is_turned,
    )


def answered(reading: Reading, layout: Layout, form: Mapping[str, str]) -> Layout:
    """The layout with these cells split or kept; what was said before stays where it is not said otherwise."""
    pressed, _, column = form.get(BUTTON, "").partition(" ")
    cells = listed_cells(reading)
    said = {cell.key: form.get(_name(cell), "") for cell in cells}
    if pressed in (Reads.SPLIT, Reads.KEPT):
        said |= {cell.key: pressed for cell in cells if _column(cell) == column}
    changed = {
        cell.key: Reads(said[cell.key])
        for cell in cells
        if said[cell.key] in set(Reads) and said[cell.key] != cell.reads
    }
    return replace(layout, splits={**layout.splits, **changed}) if changed else layout


def turned_to(form: Mapping[str, str]) -> int | None:
    """Where the cells are to be shown from, if a button that turns to others was pressed."""
    pressed, _, start = form.get(BUTTON, "").partition(" ")
    return int(start) if pressed == "turn" and start.isdecimal() and start.isascii() else None


def _columns(reading: Reading, found: Sequence[ListedCell], shown: Sequence[ListedCell]) -> Iterator[ColumnView]:
    for column, cells in groupby(shown, key=_column):
        some = list(cells)
        sheet = reading.layout.tables[some[0].table].sheet
        yield ColumnView(
            title=f"Sheet “{sheet}”, column {some[0].letter} “{some[0].heading}”",
            count=sum(_column(cell) == column for cell in found),
            cells=tuple(_cell(cell) for cell in some),
            split=f"{Reads.SPLIT} {column}",
            keep=f"{Reads.KEPT} {column}",
        )


def _cell(cell: ListedCell) -> CellView:
    return CellView(
        id=f"list-{cell.key}",
        name=_name(cell),
        where=_where(cell),
        lines=tuple(_line(line) for line in cell.lines),
        of_all=_beside(cell.of_all),
        options=tuple(Option(reads, label, reads is cell.reads) for reads, label in _answers(cell)),
    )


def _answers(cell: ListedCell) -> Iterator[tuple[Reads, str]]:
    count = len(cell.lines)
    yield Reads.KEPT, "Keep as typed: one action"
    yield Reads.SPLIT, f"Split into {count:,} actions, as shown"
    if cell.shares:
        shared = " and ".join(label.lower() for label in cell.shares)
        cells = "cell" if len(cell.shares) == 1 else "cells"
        yield Reads.WHOLE, f"Split into {count:,} actions, each with the whole {shared} {cells}"


def _line(line: Line) -> LineView:
    return LineView(line.words, _beside(line.beside))


def _beside(said: Mapping[str, str]) -> str:
    return "; ".join(f"{label.lower()} {_in_one_line(words)}" for label, words in said.items())


def _in_one_line(words: str) -> str:
    return ", ".join(line.strip() for line in words.splitlines() if line.strip())


def _where(cell: ListedCell) -> str:
    sheet = cell.cells[0][0]
    names = [f"{at}" if there == sheet else f"{at} of “{there}”" for there, at in cell.cells]
    more = f" and {len(names) - CELLS_NAMED:,} more" if len(names) > CELLS_NAMED else ""
    return where(sheet, ", ".join(names[:CELLS_NAMED])) + more


def _name(cell: ListedCell) -> str:
    return f"split.{cell.key}"


def _column(cell: ListedCell) -> str:
    return f"{cell.table}.{cell.letter}"
