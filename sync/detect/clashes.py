"""This file says which columns nobody can tell apart, because they have one heading."""

from collections.abc import Sequence

from sync.detect.blocks import Block
from sync.reading import Problem


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
