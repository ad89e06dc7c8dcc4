"""This file reads staff's own workbook: from a file's bytes to pieces of the plan, or a sentence why not."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, takewhile

from plan.rag import Status
from plan.timescale import canonical_date
from sync.detect import find_layout, fit_and_tell, shape
from sync.detect.rows import title_like
from sync.grid import Grid, address
from sync.key import find_key
from sync.layout import NO_STATUS, Layout, Table, ThemesFrom
from sync.left_out import left_out
from sync.open_workbook import Unreadable, grids
from sync.pieces import read_pieces
from sync.reading import Reading

__all__ = ["Unreadable", "grids", "read", "read_grids", "shape"]

_AS_AT = re.compile(
    r"\b(?:as (?:at|of)|(?:position|status|progress)(?: (?:is|was))? (?:on|at))\b[:\s]*(?:the )?"
    r"(\d{1,2}(?:st|nd|rd|th)? \w+ \d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d)",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:[\w ]{0,20}(?:sponsor|owner|lead|author|contact|officer)|version|dated?|last \w+|prepared by|status)"
    r"\b[^:]{0,20}:",
    re.IGNORECASE,
)
_NAMES_A_PLAN = re.compile(r"\b(?:plan|tracker|improvement)\b", re.IGNORECASE)
_MOST_OF_A_COVER = 15  # rows
_LONGEST_TITLE = 100  # characters
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
        used = replace(used, meanings=layout.meanings, splits=layout.splits) if layout else used
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
        notes=tuple(left_out(used, sheets)),
        scale=key.scale,
        unknown_statuses=gathered.unknown_statuses,
    )


def _title(layout: Layout, sheets: Sequence[Grid]) -> str | None:
    """The first words above the first table, unless they are a theme's or only say whose it is; else a cover's."""
    table = layout.tables[0]
    for words in _above(table, sheets, apart_from=table.theme_cell):
        if not _LABELLED.match(words):
            return None if _AS_AT.search(words) else words
    return next(_on_covers(table, sheets), None)


def _on_covers(first: Table, sheets: Sequence[Grid]) -> Iterator[str]:
    """The words of the sheets before the first table that can name a plan."""
    for grid in takewhile(lambda grid: grid.sheet != first.sheet, sheets):
        cells = (grid.at(row, col) for row in islice(grid.rows(), _MOST_OF_A_COVER) for col in grid.columns_of(row))
        for cell in cells if grid.visible else ():
            if _NAMES_A_PLAN.search(cell.words) and len(cell.words) <= _LONGEST_TITLE:
                yield " ".join(cell.words.split())


def _position_date(layout: Layout, sheets: Sequence[Grid]) -> str | None:
    said = (_AS_AT.search(words) for table in layout.tables for words in _above(table, sheets))
    days = (canonical_date(re.sub(r"(\d)(?:st|nd|rd|th)\b", r"\1", found[1])) for found in said if found)
    return next((day.isoformat() for day in days if day), None)


def _above(table: Table, sheets: Sequence[Grid], apart_from: str | None = None) -> Iterable[str]:
    grid = next(grid for grid in sheets if grid.sheet == table.sheet)
    skip = apart_from if table.themes in (ThemesFrom.TITLE, ThemesFrom.BANNER) else None
    for row in (row for row in grid.rows() if row < table.heading_rows[0]):
        if title_like([grid.at(row, col) for col in grid.columns_of(row)]):
            col = grid.columns_of(row)[0]
            if address(row, col) != skip:
                yield " ".join(grid.at(row, col).words.split())


def _marking(sheets: Sequence[Grid]) -> str | None:
    found = (_MARKING.search(words) for grid in sheets for words in grid.margins)
    return next((mark[0] for mark in found if mark), None)
