"""This file is staff's own columns for sign-offs: filled from the record on download, never read into the plan."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plan import timescale
from plan.fields import Kind
from plan.signatures import Signature, Signed
from sync.cells import shown
from sync.grid import Cell, Grid, letter, number, place
from sync.headings import Word, meaning
from sync.layout import Column, Layout, Table
from sync.ooxml import CellEdit
from sync.reading import Problem, Reading

PARTS = frozenset({Word.SIGNED_BY, Word.SIGNED_ON})
NOT_BORNE_OUT = (
    "The app fills this column from its own sign-offs, and it has none that says so of this row. It was not taken; "
    "sign off in the app, and the next download says it."
)


@dataclass(frozen=True)
class SignOffCell:
    """One cell of such a column: what it holds now, and the records of the row (or merged rows) that it speaks of."""

    sheet: str
    address: str
    part: Word
    holds: Cell
    records: tuple[str, ...]


def part_of(column: Column) -> Word | None:
    """Whether a column says who signed off or when; None for every other, also where a person gave it a meaning."""
    known = meaning(column.heading) if column.kind is None else None
    return known.word if known is not None and known.word in PARTS else None


def has_any(layout: Layout) -> bool:
    """Whether some table has such a column."""
    return any(part_of(column) for table in layout.tables for column in table.columns)


def cells_of(sheets: Sequence[Grid], reading: Reading, ids: Mapping[int, str]) -> Iterator[SignOffCell]:
    """The cells of such columns beside the records that stand on their rows; a merged cell speaks of all its rows."""
    grids = {grid.sheet: grid for grid in sheets}
    on_row = _on_rows(reading, ids)
    for table in reading.layout.tables:
        for column in table.columns:
            part = part_of(column)
            if part is not None and table.sheet in grids:
                yield from _cells_of_column(grids[table.sheet], table, column, part, on_row)


def filled(cells: Iterable[SignOffCell], signed: Signed) -> list[CellEdit]:
    """The cells to change so that each says the last sign-off of its row, and nothing where the row awaits one."""
    edits = []
    for cell in cells:
        signature = signed.of(cell.records)
        if cell.holds.formula is None and not _says(cell, signature):
            edits.append(CellEdit(cell.sheet, cell.address, _words(cell.part, signature)))
    return edits


def not_borne_out(cells: Iterable[SignOffCell], signed: Signed) -> list[Problem]:
    """What somebody typed there of which the record knows nothing, to be told and not taken."""
    return [
        Problem(cell.sheet, cell.address, shown(cell.holds), NOT_BORNE_OUT)
        for cell in cells
        if not cell.holds.blank and not any(_says(cell, one) for one in signed.ever_of(cell.records))
    ]


def _cells_of_column(
    grid: Grid, table: Table, column: Column, part: Word, on_row: Mapping[tuple[str, int], Sequence[str]]
) -> Iterator[SignOffCell]:
    col = number(column.letter)
    merged = [box for box in grid.merges if box.left <= col <= box.right]
    records: dict[int, list[str]] = {}
    for row in range(table.first_row, table.last_row + 1):
        box = next((box for box in merged if box.top <= row <= box.bottom), None)
        if box is None or box.left == col:
            records.setdefault(box.top if box else row, []).extend(on_row.get((grid.sheet, row), ()))
    for row, ids in records.items():
        if ids:
            yield SignOffCell(grid.sheet, f"{letter(col)}{row}", part, grid.at(row, col), tuple(dict.fromkeys(ids)))


def _on_rows(reading: Reading, ids: Mapping[int, str]) -> Mapping[tuple[str, int], list[str]]:
    """The records that say something on each row; themes are headings, and nobody's row to sign."""
    found: dict[tuple[str, int], list[str]] = {}
    for piece in reading.pieces:
        if piece.kind is not Kind.THEME:
            places = {(said.sheet, place(said.cell)[0]) for values in piece.values.values() for said in values}
            for at in places or {(piece.sheet, piece.rows[0])}:
                found.setdefault(at, []).append(ids[piece.key])
    return found


def _words(part: Word, signature: Signature | None) -> str | date | None:
    if signature is None:
        return None
    return signature.day if part is Word.SIGNED_ON else signature.signer


def _says(cell: SignOffCell, signature: Signature | None) -> bool:
    """Whether the cell says this signature already (or, for None, nothing)."""
    if signature is None or cell.holds.blank:
        return signature is None and cell.holds.blank
    if cell.part is Word.SIGNED_ON:
        return _day(cell.holds) == signature.day
    return " ".join(shown(cell.holds).split()).casefold() == signature.signer.casefold()


def _day(cell: Cell) -> date | None:
    value = cell.value
    if isinstance(value, date):  # a moment is a date too
        return date(value.year, value.month, value.day)
    return timescale.canonical_date(shown(cell))
