"""This file reads staff's own workbook: from a file's bytes to pieces of the plan, or a sentence why not."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from plan.rag import Status
from plan.timescale import canonical_date
from sync.detect import find_layout, fit_and_tell, shape
from sync.detect.rows import title_like
from sync.grid import Grid, address
from sync.key import find_key
from sync.layout import NO_STATUS, Layout, Table, ThemesFrom
from sync.open_workbook import Unreadable, grids
from sync.pieces import read_pieces
from sync.reading import Reading

__all__ = ["Unreadable", "grids", "read", "read_grids", "shape"]

_AS_AT = re.compile(
    r"\b(?:as (?:at|of)|(?:position|status|progress)(?: (?:is|was))? (?:on|at))\b[:\s]*(?:the )?"
    r"(\d{1,2}(?:st|nd|rd|th)? \w+ \d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d)",
    re.IGNORECASE,
)
_MARKING = re.compile(r"\bOFFICIAL\b(?:\s*[-–—:]\s*SENSITIVE\b(?:\s*[-–—:]\s*[A-Z][A-Z ]+)?)?")


def read(content: bytes, layout: Layout | None = None) -> Reading:
    """Everything a workbook says. With a remembered `layout` its tables are found again and read by it.

    Raises Unreadable, whose message is a sentence for staff, where there is nothing to read; whatever else is
    odd is a problem of the reading.
    """
    return read_grids(grids(content), layout)


def read_grids(sheets: Sequence[Grid], layout: Layout | None = None) -> Reading:
    """The same for sheets that were opened before."""
    used, clashes = find_layout(sheets) if layout is None else fit_and_tell(layout, sheets)
    if not used.tables:
        used, clashes = find_layout(sheets)
        used = replace(used, meanings=layout.meanings if layout else {})
    if not used.tables:
        raise Unreadable(
            "The workbook has no table that could be read: no row holds headings such as “Requirement” or "
            "“Action”. Nothing was changed. Give the columns their headings and try again."
        )
    key = find_key(sheets, used)
    settled = {words: None if said == NO_STATUS else Status(said) for words, said in used.meanings.items()}
    gathered = read_pieces(used, sheets, {**key.meanings, **settled})
    return Reading(
        layout=used,
        pieces=gathered.pieces,
        problems=(*clashes, *gathered.problems),
        origin=gathered.origin,
        title=_title(used, sheets),
        position_date=_position_date(used, sheets),
        marking=_marking(sheets),
        notes=tuple(_notes(used, sheets)),
        scale=key.scale,
        unknown_statuses=gathered.unknown_statuses,
    )


def _title(layout: Layout, sheets: Sequence[Grid]) -> str | None:
    """The first words above the first table, unless they are a theme's."""
    table = layout.tables[0]
    for words in _above(table, sheets, apart_from=table.theme_cell):
        return None if _AS_AT.search(words) else words
    return None


def _position_date(layout: Layout, sheets: Sequence[Grid]) -> str | None:
    said = (_AS_AT.search(words) for table in layout.tables for words in _above(table, sheets))
    days = (canonical_date(re.sub(r"(\d)(?:st|nd|rd|th)\b", r"\1", found[1])) for found in said if found)
    return next((day.isoformat() for day in days if day), None)


def _above(table: Table, sheets: Sequence[Grid], apart_from: str | None = None) -> Iterable[str]:
    grid = next(grid for grid in sheets if grid.sheet == table.sheet)
    skip = None if table.themes is not ThemesFrom.TITLE else apart_from
    for row in (row for row in grid.rows() if row < table.heading_rows[0]):
        if title_like([grid.at(row, col) for col in grid.columns_of(row)]):
            col = grid.columns_of(row)[0]
            if address(row, col) != skip:
                yield " ".join(grid.at(row, col).words.split())


def _marking(sheets: Sequence[Grid]) -> str | None:
    found = (_MARKING.search(words) for grid in sheets for words in grid.margins)
    return next((mark[0] for mark in found if mark), None)


def _notes(layout: Layout, sheets: Sequence[Grid]) -> Iterable[str]:
    read = {table.sheet for table in layout.tables}
    for grid in sheets:
        if grid.sheet in read and grid.left_behind:
            yield (
                f"On sheet “{grid.sheet}” rows were moved and their merged cells were not, so that some words are "
                "hidden there. All words were read. A fresh download has them in order again."
            )
        if grid.sheet not in read and grid.cells:
            hidden = "" if grid.visible else "hidden "
            yield f"The {hidden}sheet “{grid.sheet}” has no table of the plan, so it is not read but kept."
