"""This file hangs a note on each cell of a download that awaits sign-off, and takes such notes out again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy.orm import Session

from plan import fields, history, midnight, questions, signoffs
from plan.fields import BY_NAME, Kind, Value
from plan.models import Plan, Source
from plan.signoffs import Line, Net, Sort
from plan.snapshot import Item, Snapshot
from sync import note_words
from sync.checked import Unwritable, resolve_checked
from sync.grid import place
from sync.layout import Layout
from sync.ooxml import CellNote, Refused, with_notes, without_notes
from sync.read_workbook import grids, read_grids
from sync.reading import Piece, Reading

MOST = 1_000  # entries with a note: with more, a sheet is hard to read and slow to open
MOST_IN_CELL = 5
NOTHING = "Nothing awaits sign-off, so there is no note in the workbook."
PLACES = {Source.BROWSER: "browser", Source.UNDO: "undo", Source.SIGN_OFF: "sign-off"}

Cell = tuple[str, str]
"""A sheet, and the address of a cell there."""


def without_ours(content: bytes) -> bytes:
    """The workbook without the notes of an earlier download on what awaited sign-off then; staff's own stay.

    One that must not be changed comes back as it is: whoever writes into it is told why not.
    """
    try:
        return without_notes(content, note_words.OURS)
    except Refused:
        return content


def with_awaiting(session: Session, plan: Plan, content: bytes, layout: Layout) -> tuple[bytes, tuple[str, ...]]:
    """A working download with a note on each cell that awaits sign-off, and what a person should know of it.

    Raises Unwritable for a workbook that must not be changed.
    """
    lines = signoffs.lines(session, plan)
    if not lines:
        return content, (NOTHING,)
    now = history.now(session, plan)
    wanted, without = _Noting(read_grids(grids(content), layout), now).notes(lines[:MOST])
    try:
        written = with_notes(content, wanted)
    except Refused as refusal:
        raise Unwritable(str(refusal)) from None
    count = len(wanted) - len(written.left)
    put = f"{count:,} notes were" if count > 1 else "1 note was" if count else "No note was"
    talked = [note.cell for note in written.left]
    return written.content, (f"{put} put into the workbook.", *_told(lines, without, talked))


def _told(lines: Sequence[Line], without: Sequence[str], talked: Sequence[str]) -> Iterator[str]:
    if len(lines) > MOST:
        yield f"{len(lines):,} entries await sign-off. The first {MOST:,} have a note; the app shows them all."
    if without:
        yield f"No cell speaks of what awaits sign-off of {_listed(without)}. The app shows it."
    if talked:
        yield f"No note could be put on {_listed(talked)}, for a conversation is there."


def _listed(words: Sequence[str], most: int = 5) -> str:
    more = f" and {len(words) - most:,} more" if len(words) > most else ""
    return ", ".join(words[:most]) + more


class _Noting:
    def __init__(self, reading: Reading, now: Snapshot) -> None:
        self.reading, self.now = reading, now
        ids = resolve_checked(reading, now, now, "noted").ids
        self.pieces: Mapping[str, Piece] = {ids[piece.key]: piece for piece in reversed(reading.pieces)}

    def notes(self, lines: Iterable[Line]) -> tuple[list[CellNote], list[str]]:
        """The notes cell by cell, and what no cell speaks of, in words."""
        said: dict[Cell, list[str]] = {}
        without: list[str] = []
        for line in lines:
            for cells, words in self._entries(line):
                for cell in cells:
                    said.setdefault(cell, []).append(words)
                if not cells:
                    without.append(_name(self.now, line))
        return [CellNote(*cell, "\n\n".join(_few(words))) for cell, words in said.items()], list(dict.fromkeys(without))

    def _entries(self, line: Line) -> Iterator[tuple[list[Cell], str]]:
        """Each field of the line with its cells and the words of its note."""
        if line.sort is Sort.CHANGED:
            for net in line.nets:
                yield self._cells(line.item, net.field), _words(self.now, line, net)
        elif line.sort is Sort.ADDED:
            yield self._first_cell(line.item.id), _words(self.now, line, None)
        else:
            yield self._first_cell(line.item.parent or ""), _words(self.now, line, None)

    def _cells(self, item: Item, field: str) -> list[Cell]:
        piece = self.pieces.get(item.id)
        if piece is None or field == "parent":
            return self._first_cell(item.id)
        return list(dict.fromkeys((said.sheet, said.cell) for said in piece.values.get(field, ())))

    def _first_cell(self, id: str) -> list[Cell]:
        """The record's own first cell with words; of one without any, the first heading of its table."""
        piece = self.pieces.get(id)
        if piece is None:
            return []
        said = (one for values in piece.values.values() for one in values if one.value is not None)
        cells = sorted((_order(one.cell), (one.sheet, one.cell)) for one in said if one.sheet == piece.sheet)
        return [cells[0][1]] if cells else self._heading(piece.sheet)

    def _heading(self, sheet: str) -> list[Cell]:
        tables = [table for table in self.reading.layout.tables if table.sheet == sheet and table.columns]
        return [(sheet, f"{table.columns[0].letter}{table.heading_rows[-1]}") for table in tables[:1]]


def _few(words: Sequence[str]) -> list[str]:
    few = list(dict.fromkeys(words))
    rest = len(few) - MOST_IN_CELL
    return [*few[:MOST_IN_CELL], note_words.more(rest)] if rest > 1 else few


def _order(cell: str) -> tuple[int, int]:
    row, col = place(cell)
    return row, col


def _words(now: Snapshot, line: Line, net: Net | None) -> str:
    newest = (line.touches or line.changes)[0].revision
    names = list(dict.fromkeys(change.revision.by_name for change in reversed(line.touches or line.changes)))
    where = newest.file or PLACES.get(Source(newest.source), newest.source)
    what, signed = _what(now, line, net)
    return note_words.note(what, names, midnight.day_of(newest.at), where, signed)


def _what(now: Snapshot, line: Line, net: Net | None) -> tuple[str, str]:
    """What happened, and the words that were signed off."""
    name = _name(now, line)
    if net is None:
        return (f"new {name}", "") if line.sort is Sort.ADDED else (f"{name} taken out", _own_words(line.item))
    row = BY_NAME.get((line.item.kind, net.field))
    label = row.label[:1].lower() + row.label[1:] if row else "place"
    return f"{label} of {name} changed", _say(now, line.item.kind, net.field, net.signed)


def _name(now: Snapshot, line: Line) -> str:
    return questions.name(now, line.item)


def _own_words(item: Item) -> str:
    named = (item.get(name) for name in ("text", "title", "name", "evidence", "value"))
    return next((str(value) for value in named if value is not None), "")


def _say(now: Snapshot, kind: Kind, field: str, value: Value) -> str:
    if field == "parent":
        above = now.get(str(value))
        return questions.name(now, above) if above else ""
    row = BY_NAME.get((kind, field))
    return fields.say(row, value) if row else str(value or "")
