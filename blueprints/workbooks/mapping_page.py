"""This file lays out how a tracker was read: each column in words with samples, what was found, what was not."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from blueprints.workbooks import meanings, splitting
from blueprints.workbooks.meanings import NoSuchMeaning, Option, Question
from blueprints.workbooks.preview_page import Notes, note
from plan.fields import Kind
from plan.questions import shorten
from sync import explain, table_choices
from sync.explain import TableInWords
from sync.grid import Grid, number
from sync.layout import Column, Layout, Table
from sync.reading import Piece, Reading

SAMPLES = 3
LONGEST_SAMPLE = 70
PLURALS: Mapping[Kind, tuple[str, str]] = {
    Kind.THEME: ("theme", "themes"),
    Kind.REQUIREMENT: ("requirement", "requirements"),
    Kind.ACHIEVEMENT: ("achievement or piece of evidence", "achievements or pieces of evidence"),
    Kind.ACTION: ("action", "actions"),
    Kind.INDICATOR: ("figure", "figures"),
    Kind.READING: ("value of a figure", "values of figures"),
}


@dataclass(frozen=True)
class ColumnView:
    """One column: what it was taken for, the first things it says, and what else it may mean, by kind of record.

    `offer` is a sentence on another way of reading it that its cells suggest.
    """

    name: str
    letter: str
    heading: str
    words: str
    samples: tuple[str, ...]
    options: tuple[tuple[str, tuple[Option, ...]], ...]
    is_read: bool
    offer: str


@dataclass(frozen=True)
class TableView:
    """One table of the workbook, with the other sheets that hold a table of the same columns.

    `name` is of the select box that says how its themes are shown.
    """

    name: str
    sheet: str
    rows: str
    themes: str
    options: tuple[Option, ...]
    columns: tuple[ColumnView, ...]
    alike: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """One requirement as it will be read, with the first of what stands under it."""

    theme: str
    reference: str
    text: str
    status: str | None
    achievements: tuple[str, ...]
    actions: tuple[str, ...]


@dataclass(frozen=True)
class MappingView:
    """Everything the page shows of a reading."""

    tables: tuple[TableView, ...]
    counts: tuple[str, ...]
    notes: tuple[str, ...]
    scale: tuple[str, ...]
    questions: tuple[Question, ...]
    problems: Notes
    is_whole: bool  # nothing was left out because it was not understood
    found: tuple[Found, ...]


def lay_out(reading: Reading, sheets: Sequence[Grid]) -> MappingView:
    """How the workbook was read."""
    by_name = {grid.sheet: grid for grid in sheets}
    tables, in_words = reading.layout.tables, explain.explain(reading)
    asked = {place for unknown in reading.unknown_statuses for place in unknown.cells}
    return MappingView(
        tables=tuple(
            _table(places[0], [tables[place] for place in places], in_words[places[0]], by_name)
            for places in _alike(reading.layout)
        ),
        counts=counts(reading),
        notes=reading.notes,
        scale=meanings.scale_in_words(reading),
        questions=meanings.questions(reading, suggest=True),
        problems=Notes.of(
            [note(problem) for problem in reading.problems if (problem.sheet, problem.cell) not in asked]
        ),
        is_whole=not reading.problems,
        found=tuple(islice(_found(reading), SAMPLES)),
    )


def counts(reading: Reading) -> tuple[str, ...]:
    """What was found, counted: "8 themes", "28 requirements"."""
    how_many = Counter(piece.kind for piece in reading.pieces)
    return tuple(
        f"{how_many[kind]:,} {one if how_many[kind] == 1 else many}"
        for kind, (one, many) in PLURALS.items()
        if how_many[kind]
    )


def corrected(reading: Reading, form: Mapping[str, str]) -> Layout:
    """The layout as the form says, each column for all tables alike. Raises NoSuchMeaning, with a sentence."""
    layout = reading.layout
    said = splitting.answered(reading, meanings.answered(reading, layout, form), form)
    for places in _alike(layout):
        for place in places:
            for column in layout.tables[place].columns:
                choice = form.get(_name(places[0], column.letter))
                if choice is not None:
                    said = said.with_column(place, _meaning(column, choice))
            chosen = form.get(_table_name(places[0]))
            if chosen is not None and chosen != table_choices.choice_of(layout.tables[place]):
                said = _as_chosen(said, place, chosen)
    return said


def _as_chosen(layout: Layout, place: int, chosen: str) -> Layout:
    try:
        return table_choices.with_choice(layout, place, chosen)
    except ValueError as why:
        raise NoSuchMeaning(f"{why} Nothing was made yet.") from why


def _alike(layout: Layout) -> list[list[int]]:
    """The tables by their places, those together whose columns are called and read the same."""
    together: dict[object, list[int]] = {}
    for place, table in enumerate(layout.tables):
        signature = tuple((c.letter, c.heading, explain.choice_of(c), c.period) for c in table.columns)
        together.setdefault(signature, []).append(place)
    return list(together.values())


def _meaning(column: Column, choice: str) -> Column:
    try:
        return explain.column_from_choice(column, choice)
    except ValueError as why:
        raise NoSuchMeaning(f"{why} Nothing was made yet.") from why


def _table_name(place: int) -> str:
    return f"table.{place}"


def _name(place: int, letter: str) -> str:
    return f"column.{place}.{letter}"


def _table(place: int, tables: Sequence[Table], words: TableInWords, sheets: Mapping[str, Grid]) -> TableView:
    first, *others = tables
    columns = tuple(
        ColumnView(
            _name(place, column.letter),
            column.letter,
            column.heading,
            column.words,
            _samples(first, column.letter, sheets[first.sheet]),
            _options(column.choice),
            column.is_read,
            column.offer,
        )
        for column in words.columns
    )
    chosen = table_choices.choice_of(first)
    options = tuple(Option(value, label, value == chosen) for value, label in table_choices.choices(first))
    alike = tuple(other.sheet for other in others)
    return TableView(_table_name(place), first.sheet, words.rows, words.themes, options, columns, alike)


def _samples(table: Table, letter: str, grid: Grid) -> tuple[str, ...]:
    col = number(letter)
    said = (grid.at(row, col).words for row in range(table.first_row, table.last_row + 1))
    different = dict.fromkeys(shorten(words, LONGEST_SAMPLE) for words in said if words.strip())
    return tuple(islice(different, SAMPLES))


def _options(chosen: str) -> tuple[tuple[str, tuple[Option, ...]], ...]:
    """The meanings, those of one kind of record together; the first group has no name."""

    def group(choice: tuple[str, str]) -> str:
        return choice[1].partition(": ")[0] if ": " in choice[1] else ""

    return tuple(
        (name, tuple(Option(value, label, value == chosen) for value, label in some))
        for name, some in groupby(explain.choices(), key=group)
    )


def _found(reading: Reading) -> Iterator[Found]:
    by_key = {piece.key: piece for piece in reading.pieces}
    for piece in reading.pieces:
        if piece.kind is Kind.REQUIREMENT:
            theme = by_key.get(piece.parent) if piece.parent is not None else None
            status = _said(piece, "status")
            yield Found(
                theme=_said(theme, "title") if theme else "",
                reference=_said(piece, "reference"),
                text=_said(piece, "text"),
                status=status or None,
                achievements=tuple(_under(reading, piece, Kind.ACHIEVEMENT, ("text", "evidence"))),
                actions=tuple(_under(reading, piece, Kind.ACTION, ("text", "timescale"))),
            )


def _under(reading: Reading, above: Piece, kind: Kind, names: tuple[str, ...]) -> Iterator[str]:
    under = (piece for piece in reading.pieces if piece.kind is kind and piece.parent == above.key)
    for piece in islice(under, SAMPLES):
        yield " · ".join(shorten(words) for name in names if (words := _said(piece, name)))


def _said(piece: Piece, name: str) -> str:
    return next((str(said.value) for said in piece.values.get(name, ()) if said.value is not None), "")
