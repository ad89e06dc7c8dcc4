"""This room finds the tables of a workbook and what their columns mean, from plain sheets to a layout."""

from collections.abc import Sequence

from sync.detect.blocks import Block, after_guidance, find_blocks
from sync.detect.clashes import clash
from sync.detect.columns import settle
from sync.detect.draft import REQUIREMENT_TEXT, Draft
from sync.detect.remembered import fit, fit_and_tell, shape
from sync.detect.sample import Sample
from sync.detect.themes import shown_by
from sync.grid import Grid
from sync.layout import Column, Layout, Table, ThemesFrom
from sync.reading import Problem

__all__ = ["find_layout", "fit", "fit_and_tell", "shape"]


def find_layout(grids: Sequence[Grid]) -> tuple[Layout, tuple[Problem, ...]]:
    """The tables of a workbook by the vocabulary, and what a person has to choose because nobody can tell.

    Hidden sheets are looked at only where no visible one has a table: they hold lists and last year's copies.
    """
    found = [block for grid in grids if grid.visible for block in find_blocks(grid)]
    blocks = found or [block for grid in grids for block in find_blocks(grid)]
    settled = [(block, draft) for block, draft in _settled(blocks) if _means_something(draft)]
    shown = shown_by(settled)
    tables = tuple(_table(block, draft, *themes) for (block, draft), themes in zip(settled, shown, strict=True))
    return Layout(tables), tuple(problem for block, draft in settled for problem in _clashes(block, draft))


def _settled(blocks: Sequence[Block]) -> list[tuple[Block, Draft]]:
    """Tables with the same headings are observed together: one with few rows is read as the others are."""
    alike: dict[tuple[str, ...], list[Block]] = {}
    for block in blocks:
        alike.setdefault(block.signature, []).append(block)
    drafts = {signature: settle(group[0].heads, Sample(group)) for signature, group in alike.items()}
    return [(block, drafts[block.signature]) for block in blocks]


def _means_something(draft: Draft) -> bool:
    """A table of numbers and themes only is a summary, not a part of the plan."""
    return any(field in ("text", "name", "evidence") for _, field in draft.claims.values())


def _table(block: Block, draft: Draft, themes: ThemesFrom, theme_cell: str | None) -> Table:
    columns = []
    for i, head in enumerate(block.heads):
        kind, field = draft.claims.get(i, (None, None))
        month = head.period if kind else None
        numbered = i in draft.numbered and (kind, field) == REQUIREMENT_TEXT
        columns.append(Column(head.letter, head.words, kind, field, i in draft.lines, month, numbered))
    first, last = after_guidance(block), block.last_row
    return Table(block.grid.sheet, block.heading_rows, first, last, tuple(columns), themes, theme_cell)


def _clashes(block: Block, draft: Draft) -> list[Problem]:
    return [clash(block, columns) for columns in draft.clashes]
