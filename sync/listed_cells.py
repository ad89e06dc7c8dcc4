"""This file finds the cells that list several actions, and tells what each would become if it were split."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from plan.fields import Kind, field
from plan.snapshot import Item, Snapshot
from sync.bullets import USUAL, as_list
from sync.layout import Layout, Table
from sync.pieces.lines import split_each
from sync.reading import Piece, Reading, Said
from sync.splits import BESIDE, Reads, chosen, is_list, key_of, lines_of, told_apart


@dataclass(frozen=True)
class Line:
    """One action of a list, and what the cells beside it hold for it alone, by the label of its field."""

    words: str
    beside: Mapping[str, str]


@dataclass(frozen=True)
class ListedCell:
    """A cell that lists several actions, or several cells with the same words.

    `key` is what its choice is kept under, `table` its table's place in the layout, `of_all` what the cells beside it
    hold for all of its lines.
    """

    key: str
    table: int
    letter: str
    heading: str
    cells: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    of_all: Mapping[str, str]
    reads: Reads

    @property
    def shares(self) -> tuple[str, ...]:
        """The fields of which each line has its own, by their labels."""
        return tuple(dict.fromkeys(label for line in self.lines for label in line.beside))


def listed_cells(reading: Reading) -> tuple[ListedCell, ...]:
    """The cells that list several actions and are not in a column of lists, in the workbook's order."""
    found: dict[str, ListedCell] = {}
    for (sheet, cell), pieces in _by_cell(reading).items():
        if len(pieces) == 1 and not _has_lines(pieces[0]):
            continue  # as nearly every cell
        place = _table(reading.layout, sheet, cell)
        one = _listed(reading, place, cell, pieces) if place is not None else None
        if one:
            known = found.get(one.key)
            found[one.key] = replace(known, cells=(*known.cells, (sheet, cell))) if known else one
    return tuple(found.values())


def remembering(reading: Reading, ids: Mapping[int, str]) -> Layout:
    """The layout, knowing the records of each split cell as well, so that its list may change; `ids` are by piece."""
    layout = reading.layout
    if not layout.splits:
        return layout
    splits = dict(layout.splits)
    for pieces in _by_cell(reading).values():
        reads, records = _reads(layout, pieces), [ids[piece.key] for piece in pieces]
        for id in (*records, *pieces[0].hints):
            splits.pop(id, None)
        if reads is not Reads.KEPT and len(pieces) > 1:
            splits.update(dict.fromkeys(records, reads))
    return replace(layout, splits=splits)


def with_words_of(layout: Layout, now: Snapshot) -> Layout:
    """The layout, knowing also the words that the plan's split cells have by now: they may come without their ids.

    The actions of one requirement that were split are taken to stand in one cell.
    """
    by_parent: dict[str | None, list[Item]] = {}
    for action in (item for item in now.of(Kind.ACTION) if item.id in layout.splits):
        by_parent.setdefault(action.parent, []).append(action)
    found = {
        key_of([str(action.get("text") or "") for action in actions]): layout.splits[actions[0].id]
        for actions in by_parent.values()
        if len(actions) > 1
    }
    return replace(layout, splits={**found, **layout.splits})


def _by_cell(reading: Reading) -> Mapping[tuple[str, str], list[Piece]]:
    """The actions by the cell that their words stand in, but for those of columns that are lists all the way down."""
    found: dict[tuple[str, str], list[Piece]] = {}
    for piece in reading.pieces:
        if piece.kind is Kind.ACTION and (said := piece.values.get("text")):
            found.setdefault((said[0].sheet, said[0].cell), []).append(piece)
    return found


def _has_lines(piece: Piece) -> bool:
    words = str(piece.values["text"][0].value or "")
    return "\n" in words or "\r" in words


def _table(layout: Layout, sheet: str, cell: str) -> int | None:
    letter = cell.rstrip("0123456789")
    row = int(cell[len(letter) :])
    for place, table in enumerate(layout.tables):
        column = table.column_of(Kind.ACTION, "text")
        if table.sheet == sheet and table.first_row <= row <= table.last_row and column and column.letter == letter:
            return None if column.lines else place
    return None


def _listed(reading: Reading, place: int, cell: str, pieces: Sequence[Piece]) -> ListedCell | None:
    whole = _whole(pieces)
    words = str(whole["text"].value or "")
    if not is_list(words):
        return None
    parts = split_each(whole, told_apart(Reads.SPLIT))
    each = {name for name in BESIDE if name in whole and parts[0][name].line is not None}
    letter = cell.rstrip("0123456789")
    return ListedCell(
        key=key_of(lines_of(words)),
        table=place,
        letter=letter,
        heading=_heading(reading.layout.tables[place], letter),
        cells=((pieces[0].values["text"][0].sheet, cell),),
        lines=tuple(Line(str(part["text"].value), dict(_told(part, each))) for part in parts),
        of_all=dict(_told(whole, set(BESIDE) - each)),
        reads=_reads(reading.layout, pieces) if len(pieces) > 1 else Reads.KEPT,
    )


def _reads(layout: Layout, pieces: Sequence[Piece]) -> Reads:
    lines = [str(said.value) for piece in pieces for said in piece.values["text"][:1]]
    return chosen(layout.splits, lines if len(lines) > 1 else lines_of(lines[0]), pieces[0].hints)


def _whole(pieces: Sequence[Piece]) -> dict[str, Said]:
    """What the cells of a row say, put together again where they were split."""
    first = {name: said[0] for name, said in pieces[0].values.items()}
    return {name: _together(name, said, pieces) if said.line is not None else said for name, said in first.items()}


def _together(name: str, first: Said, pieces: Sequence[Piece]) -> Said:
    values = [str(said.value) for piece in pieces for said in piece.values.get(name, ())[:1]]
    return first._replace(value=as_list(values, USUAL), line=None)


def _told(said: Mapping[str, Said], names: set[str]) -> Iterator[tuple[str, str]]:
    for name in BESIDE:
        if name in names and name in said and said[name].value is not None:
            yield field(Kind.ACTION, name).label, str(said[name].value)


def _heading(table: Table, letter: str) -> str:
    return next(column.heading for column in table.columns if column.letter == letter)
