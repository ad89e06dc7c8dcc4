"""This file finds how tables show the theme of their rows: in a column, in banners, or in a title."""

import re
from collections.abc import Sequence

from plan.fields import Kind
from sync.detect.block import Block
from sync.detect.draft import REQUIREMENT_TEXT, Draft
from sync.detect.rows import NUMBERED, is_banner, title_like
from sync.grid import address
from sync.layout import ThemesFrom

# A title that asks something, above actions alone; it keeps its number, which the report's readers know it by.
_DEMAND = re.compile(r"\s*(?:recommendation|requirement|finding|objective|outcome)\s+\w{1,4}\b", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*[A-Za-z]?\d{1,2}\s*[.:)–—-]?\s+")
FROM_COLUMN, FROM_BANNERS = (ThemesFrom.COLUMN, None), (ThemesFrom.BANNER, None)
Shown = tuple[ThemesFrom, str | None]


def shown_by(settled: Sequence[tuple[Block, Draft]]) -> list[Shown]:
    """How each table shows its themes, and the cell of its title where that is how.

    Where no table has requirements, actions stand under themes in the same ways.
    Titles count when several tables of requirements have one each, or when one begins like "Priority 1:".
    """
    needing = {id(block) for block, draft in settled if _has_requirements(draft)}
    needing = needing or {id(block) for block, draft in settled if draft.has_actions}
    inside = {id(block): _inside(block, draft, id(block) in needing) for block, draft in settled}
    bare = [block for block, _ in settled if id(block) in needing and not inside[id(block)]]
    titles = dict(zip(map(id, bare), _titles(bare), strict=True))
    return [inside[id(block)] or titles.get(id(block), (ThemesFrom.NONE, None)) for block, _ in settled]


def title_of(words: str) -> str:
    """The theme that a title names: "Priority 1: Care planning" is "Care planning"."""
    return NUMBERED.sub("", words).strip() or words.strip()


def title_of_sheet(name: str) -> str:
    """The theme that a sheet's name names: "6 Care planning" is "Care planning"."""
    return _NUMBER.sub("", title_of(name)).strip() or name


def banners(block: Block) -> list[int]:
    """The rows of a table that are banners."""
    cols = [head.col for head in block.heads]
    first = block.heads[0].words
    rows = range(block.first_row, block.last_row + 1)
    return [row for row in rows if is_banner(block.grid, row, cols, first) and not block.repeats_headings(row)]


def _inside(block: Block, draft: Draft, needs_themes: bool) -> Shown | None:
    if draft.claimed((Kind.THEME, "title")):
        return FROM_COLUMN
    if needs_themes and banners(block):
        return ThemesFrom.BANNER, next(iter(_numbered(block)), None)
    return None


def _has_requirements(draft: Draft) -> bool:
    return bool(draft.claimed(REQUIREMENT_TEXT))


def _titles(blocks: Sequence[Block]) -> list[Shown]:
    """The title above each table: one numbered as a theme, else the first that no two tables share."""
    above = [titles_above(block) for block in blocks]
    found: list[Shown] = []
    for block, titles in zip(blocks, above, strict=True):
        numbered = next(iter(_numbered(block)), None)
        shared = [words for other in above if other is not titles for words in other.values()]
        own = next((cell for cell, words in titles.items() if words not in shared), None)
        if len(blocks) > 1 or numbered:
            found.append((ThemesFrom.TITLE, numbered or own))
        else:
            found.append((ThemesFrom.NONE, None))
    return found


def _numbered(block: Block) -> list[str]:
    return [cell for cell, words in titles_above(block).items() if NUMBERED.match(words) or _DEMAND.match(words)]


def titles_above(block: Block) -> dict[str, str]:
    """The titles between a table and the one before it, nearest last."""
    rows = [row for row in block.grid.rows() if block.above < row < block.heading_rows[0]]
    lone = (row for row in rows if title_like([block.grid.at(row, col) for col in block.grid.columns_of(row)]))
    cells = ((row, block.grid.columns_of(row)[0]) for row in lone)
    return {address(*at): block.grid.at(*at).words for at in cells}
