"""This file says in one printed line what of a sheet awaits sign-off, and knows such a line again."""

import re
from collections.abc import Sequence

NOTHING = "nothing awaits sign-off"
OURS = re.compile(
    r"Working copy, revision \d+: (?:nothing awaits|1 entry awaits|[\d,]+ entries await) sign-off(?: \([^()]*\))?"
    r"|Signed-off words only, revision \d+"
)


def signed_off(revision: int) -> str:
    """The line of a download that says only what is signed off."""
    return f"Signed-off words only, revision {revision}"


def begins(revision: int) -> str:
    """How the line of every working copy of this revision begins."""
    return f"Working copy, revision {revision}:"


def working(revision: int, count: int, said: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """The line of a working copy in ever fewer words, the longest first.

    `count` entries of the sheet await sign-off; `said` are words for some of them ("D7") and how many each stands for.
    """
    awaits = f"{count:,} entries await" if count > 1 else "1 entry awaits"
    line = f"{begins(revision)} {awaits} sign-off" if count else f"{begins(revision)} {NOTHING}"
    listed = (_listed(count, said[:most]) for most in range(len(said), 0, -1))
    return (*(f"{line} ({words})" for words in listed), line)


def _listed(count: int, said: Sequence[tuple[str, int]]) -> str:
    more = count - sum(stands_for for _, stands_for in said)
    words = ", ".join(words for words, _ in said)
    return f"{words} and {more:,} more" if more else words
