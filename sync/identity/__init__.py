"""This room finds out which record each row is: the hidden ids are a hint that the words confirm.

The order of belief, each record and each piece used once:

1. a hint whose record says the same words;
2. the same words (and number) elsewhere: the hint was left behind by a sort, or there is none; for a theme,
   the hints of the requirements under it;
3. a hint whose record says similar words, or stands in the same place and nobody else fits better;
4. the same number; then words alike enough, always shown as a doubt;
5. otherwise it is a new record.

On a sheet that is a copy of another one a row repeats the other's record.
"""

from plan.snapshot import Snapshot
from sync.identity.finding import Finder
from sync.identity.resolved import Doubt, Resolved
from sync.identity.stating import is_sheet_name, stated_of
from sync.identity.strayed import strayed
from sync.identity.words import MAIN_WORDS
from sync.reading import Reading

__all__ = ["Doubt", "Resolved", "is_sheet_name", "resolve"]


def resolve(reading: Reading, base: Snapshot, plan: Snapshot, *, seed: str) -> Resolved:
    """Give every piece of a reading its record's id, new records an id made from `seed`.

    `base` is the plan as the workbook was downloaded, `plan` as it is now: what was added since is
    recognised only by its very words, so that uploading twice adds once.
    """
    finder = Finder(reading, base, plan, seed)
    for kind in MAIN_WORDS:
        finder.match(kind)
    stated, problems = stated_of(reading, base, finder.ids, plan)
    reworded = frozenset(
        (said.sheet, said.cell)
        for piece in reading.pieces
        if piece.key in finder.reworded
        for said in piece.values.get("reference", ())
    )
    doubts = (*finder.said_doubts(), *strayed(reading.pieces, finder.ids, base))
    return Resolved(stated, finder.ids, doubts, tuple(problems), reworded, finder.copies)
