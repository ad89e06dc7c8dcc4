"""This file makes tables of the blocks that were found: what each column means, and how each shows its themes."""

from collections.abc import Sequence
from dataclasses import replace

from sync.detect.block import Block
from sync.detect.blocks import after_guidance
from sync.detect.clashes import clash, told_by_place, without_year
from sync.detect.columns import settle
from sync.detect.draft import REQUIREMENT_TEXT, Draft
from sync.detect.sample import Sample
from sync.detect.themes import shown_by
from sync.layout import Column, Table, ThemesFrom
from sync.reading import Problem


def understood(blocks: Sequence[Block]) -> tuple[tuple[Table, ...], tuple[Problem, ...]]:
    """The tables among these that are part of a plan, and what a person has to choose because nobody can tell."""
    undated = [problem for block in blocks for problem in without_year(block)]
    settled = [(block, draft) for block, draft in _settled(blocks) if _means_something(draft)]
    shown = shown_by(settled)
    tables = tuple(_table(block, draft, *themes) for (block, draft), themes in zip(settled, shown, strict=True))
    unclear = [one for block, draft in settled for one in (*_clashes(block, draft), *told_by_place(block))]
    return tables, (*unclear, *undated)


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
        column = Column(head.letter, head.words, kind, field, i in draft.lines, month, numbered)
        columns.append(replace(column, waits=i in draft.waiting))
    first, last = after_guidance(block), block.last_row
    return Table(block.grid.sheet, block.heading_rows, first, last, tuple(columns), themes, theme_cell)


def _clashes(block: Block, draft: Draft) -> list[Problem]:
    return [clash(block, columns) for columns in draft.clashes]
