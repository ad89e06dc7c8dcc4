"""This file says in words why a column of a table is not read and kept as it is."""

from plan.fields import Kind
from sync.grid import Cell
from sync.headings import Word, meaning, normalise, suggestion
from sync.layout import Column, Table
from sync.months import period

_FIELDS = frozenset(
    {
        *(Word.REFERENCE, Word.THEME, Word.REQUIREMENT, Word.ACTION, Word.WHAT, Word.LEAD, Word.TIMESCALE),
        *(Word.REVISED, Word.STATUS, Word.STATUS_REASON, Word.PROGRESS, Word.ACHIEVEMENT, Word.EVIDENCE),
        *(Word.INDICATOR, Word.UNIT, Word.TARGET),
    }
)


def why_kept(column: Column, table: Table) -> str:
    """Why a column is not read, to go on a sentence that begins with its heading."""
    if not any(each.kind for each in table.columns):
        return "is kept as it is, because nothing of this table is read"
    known = meaning(column.heading)
    if known is None and period(Cell(column.heading)):
        return _of_a_month(column, table)
    if known is None:
        near = suggestion(column.heading)
        asked = f"; perhaps “{near.word}” is meant" if near else ""
        return f"is not known and is kept as it is{asked}"
    if known.word in (Word.SIGNED_BY, Word.SIGNED_ON):
        return f"is filled by the app with {known.word}; what is typed there is not taken"
    if known.word is Word.IMPACT_STATUS:
        return "is kept as it is, because most of its cells hold no colour of the scale"
    return _beside_another(column, known.word, table) or _without_a_place(known.word)


def _of_a_month(column: Column, table: Table) -> str:
    if "Q" in (period(Cell(column.heading)) or "") and any(c.period for c in table.columns):
        return "is a quarter beside the months that it sums up, so it is not read and kept as it is"
    return "names a month or quarter, but no row of this table is a figure, and is kept as it is"


def _beside_another(column: Column, word: Word, table: Table) -> str | None:
    """Where another column is read instead, or for want of anything that tells two apart neither is."""
    others = [c for c in table.columns if c.letter != column.letter]
    read = next((c for c in others if c.kind and (m := meaning(c.heading)) and m.word is word), None)
    if read:
        return f"is kept as it is, because column {read.letter} “{read.heading}” is read as {word}"
    revised = table.column_of(Kind.ACTION, "timescale")
    if revised and word is Word.TIMESCALE:
        return f"counts where column {revised.letter} “{revised.heading}” is blank, and is kept as it is"
    same = next((c for c in others if normalise(c.heading) == normalise(column.heading)), None)
    return f"is kept as it is, because column {same.letter} “{same.heading}” has the same heading" if same else None


def _without_a_place(word: Word) -> str:
    if word in (Word.TIMESCALE, Word.REVISED):
        return "is not read, because only actions have a timescale, and is kept as it is"
    if word in _FIELDS:
        return f"looks like {word}, but nothing in this table can have one, and is kept as it is"
    return f"is {word}, which the plan has no field for, and is kept as it is"
