"""This file says which columns nobody can tell apart, or tell the year or the colour of."""

from collections.abc import Sequence
from itertools import pairwise

from plan import rag
from sync.detect.block import Block
from sync.detect.heading_rows import ANCHORS
from sync.headings import Word
from sync.months import names_only_when
from sync.reading import Problem


def without_year(block: Block) -> list[Problem]:
    """The problem of a scorecard whose months have no year, neither in their headings nor above them."""
    bare = [head for head in block.heads if not head.period and names_only_when(head.words)]
    words = {head.meaning.word for head in block.heads if head.meaning}
    if Word.INDICATOR not in words or words & ANCHORS or not bare:
        return []
    named = f"“{bare[0].words}”" if len(bare) == 1 else f"“{bare[0].words}” to “{bare[-1].words}”"
    message = (
        f"The columns {named} name no year, so the figures under them are not read. They are left as they are. Write "
        "the year in each heading, such as “Apr-25”, or the financial year, such as “2025/26”, above them."
    )
    return [Problem(block.grid.sheet, f"{bare[0].letter}{bare[0].row}", bare[0].words, message)]


def told_by_place(block: Block) -> list[Problem]:
    """The problem of a table that has a column for each colour, where a cross stands in one of them."""
    named = [(head, status) for head in block.heads if head.words and (status := rag.understand(head.words).status)]
    runs = [pair for pair in pairwise(named) if pair[1][0].col == pair[0][0].col + 1 and pair[0][1] is not pair[1][1]]
    if not runs:
        return []
    first, last = runs[0][0][0], runs[-1][1][0]
    message = (
        f"The columns “{first.words}” to “{last.words}” tell a colour by which of them is marked. That is not read "
        "and nothing there is changed. Use one column “RAG” with the colour's word or letter, and upload it again."
    )
    return [Problem(block.grid.sheet, f"{first.letter}{first.row}", first.words, message)]


def clash(block: Block, columns: Sequence[int], since: str = "") -> Problem:
    """The problem of these columns of a table, counted from 0; `since` is when it came about, in a word."""
    heads = [block.heads[i] for i in columns]
    named = " and ".join(f"{head.letter} “{head.words}”" for head in heads)
    return Problem(
        block.grid.sheet,
        f"{heads[0].letter}{heads[0].row}",
        heads[0].words,
        f"Columns {named} have one heading{since}, so nobody can tell which is meant: neither is read, both are left "
        "as they are. Choose which of them is meant, or give one of them another heading.",
    )
