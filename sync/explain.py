"""This file says in words what was understood of a workbook, and offers what else a column may mean."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from plan import rag
from plan.fields import FIELDS, Field, Kind, Shape, field
from sync.kept_columns import why_kept
from sync.layout import NO_STATUS, Column, Table, ThemesFrom
from sync.months import say
from sync.reading import Reading, Said, UnknownStatus
from sync.splits import is_list

KEPT = ""
LINES = ":lines"
NUMBERED = ":numbered"
NAMES = {
    Kind.THEME: "Theme",
    Kind.REQUIREMENT: "Requirement",
    Kind.ACHIEVEMENT: "Achievement",
    Kind.ACTION: "Action",
    Kind.INDICATOR: "Figure",
    Kind.READING: "Figure of a month",
}
OWNERS = {
    Kind.THEME: "the theme's",
    Kind.REQUIREMENT: "the requirement's",
    Kind.ACHIEVEMENT: "the achievement's",
    Kind.ACTION: "the action's",
    Kind.INDICATOR: "the figure's",
}
LISTS = {
    "text": "lists the requirement's achievements, each line one of them",
    "evidence": "lists the evidence, each line beside the achievement in the same place",
}
LISTED = {
    Kind.ACHIEVEMENT: ("text", "evidence"),
    Kind.ACTION: ("text", "lead", "timescale", "progress", "evidence"),
}
SEVERAL = {"text": ("actions", "action"), "lead": ("leads", "lead"), "timescale": ("timescales", "timescale")}
_MOST_NAMED = 6
# Fields that no workbook was seen to hold in a column of its own.
_NOT_OFFERED = frozenset({(Kind.THEME, "required_by"), (Kind.READING, "period")})


@dataclass(frozen=True)
class ColumnInWords:
    """One column: its letters and heading, what it was taken for, and the value of that choice."""

    letter: str
    heading: str
    words: str
    choice: str
    offer: str = ""  # what else might be wanted, where the cells look like it

    @property
    def is_read(self) -> bool:
        """Whether the column's cells are read."""
        return self.choice != KEPT


@dataclass(frozen=True)
class TableInWords:
    """One table: its sheet, its rows, how its themes are shown, its columns, and what is left out."""

    sheet: str
    rows: str
    themes: str
    columns: tuple[ColumnInWords, ...]


def explain(reading: Reading) -> tuple[TableInWords, ...]:
    """What was understood, a sentence for each table, its themes and each of its columns.

    What was left out besides columns stands in the reading's notes and problems.
    """
    return tuple(_table(table, reading) for table in reading.layout.tables)


def scale_in_words(reading: Reading) -> tuple[str, ...]:
    """What this workbook's statuses mean: by its own key, and by what people settled for words of its own."""
    key = (f"{rag.say(status)} means “{says}”, as the workbook's key says." for status, says in reading.scale.items())
    settled = reading.layout.meanings.items()
    words = (f"“{said}” is read as {'no status' if means == NO_STATUS else means}." for said, means in settled)
    asked = (_asked(each) for each in reading.unknown_statuses)
    return (*key, *words, *asked)


def _asked(unknown: UnknownStatus) -> str:
    where = f"cell {unknown.cells[0][1]}" if unknown.count == 1 else f"{unknown.count:,} cells"
    hint = f"; coloured {unknown.suggested.value} there" if unknown.suggested else ""
    return f"“{unknown.words}” ({where}{hint}) is not on the scale: say once what it means, or leave it unread."


def choices() -> tuple[tuple[str, str], ...]:
    """What a column may mean, as value and label of a select box; the first keeps the column as it is."""
    offered = [(each.kind, choice_of_field(each), each.label) for each in FIELDS if _offered(each)]
    lists = [
        (kind, f"{kind}.{name}{LINES}", f"{field(kind, name).label}, each line of a cell one of its own")
        for kind, names in LISTED.items()
        for name in names
    ]
    words = field(Kind.REQUIREMENT, "text")
    numbered = (Kind.REQUIREMENT, f"{choice_of_field(words)}{NUMBERED}", f"{words.label}, its number before it")
    grouped = sorted([*offered, *lists, numbered], key=lambda choice: list(NAMES).index(choice[0]))
    return ((KEPT, "Not read, kept as it is"), *((value, f"{NAMES[kind]}: {label}") for kind, value, label in grouped))


def choice_of_field(which: Field) -> str:
    """The value that stands for a field in the select box: "requirement.status"."""
    return f"{which.kind}.{which.name}"


def choice_of(column: Column) -> str:
    """The value that stands for what a column means now."""
    if not column.kind or not column.field:
        return KEPT
    return f"{column.kind}.{column.field}{LINES if column.lines else NUMBERED if column.numbered else ''}"


def column_from_choice(column: Column, value: str) -> Column:
    """The same column, meaning what a person chose. Raises ValueError, in a sentence, for any other value."""
    if value == choice_of(column):
        return column
    if value not in dict(choices()):
        raise ValueError(f"“{value}” is nothing that a column can mean. Choose from the list.")
    if value == KEPT:
        return replace(column, kind=None, field=None, lines=False, numbered=False)
    kind, name = value.removesuffix(LINES).removesuffix(NUMBERED).split(".")
    if kind == Kind.READING and not column.period:
        raise ValueError(f"“{column.heading}” names no month, so the column cannot hold figures. Change the heading.")
    lines, numbered = value.endswith(LINES), value.endswith(NUMBERED)
    return replace(column, kind=Kind(kind), field=name, lines=lines, numbered=numbered)


def _offered(which: Field) -> bool:
    audited = which.kind in (Kind.PLAN, Kind.AUDIT, Kind.CYCLE)
    return (
        not audited
        and which.shape not in (Shape.TEAM, Shape.PUBLICATION)
        and (which.kind, which.name) not in _NOT_OFFERED
    )


def _table(table: Table, reading: Reading) -> TableInWords:
    headings = " and ".join(str(row) for row in table.heading_rows)
    rows = f"rows {table.first_row} to {table.last_row} are read"
    if table.last_row <= table.first_row:
        rows = f"row {table.first_row} is read" if table.last_row == table.first_row else "no rows follow yet"
    plural = "s" if len(table.heading_rows) > 1 else ""
    return TableInWords(
        sheet=table.sheet,
        rows=f"The headings are in row{plural} {headings}; {rows}.",
        themes=_themes(table),
        columns=tuple(_column(column, table, reading) for column in table.columns if column.heading or column.kind),
    )


def _themes(table: Table) -> str:
    if table.themes is ThemesFrom.TITLE and table.theme_cell:
        return f"The theme is the title in cell {table.theme_cell}."
    if table.themes is ThemesFrom.COLUMN:
        column = table.column_of(Kind.THEME, "title")
        return f"The theme of each row stands in column {column.letter}." if column else "Themes are not read."
    return {
        ThemesFrom.TITLE: "The theme is the sheet's name.",
        ThemesFrom.BANNER: "Each theme is a row of its own, above its requirements.",
    }.get(table.themes, "This table shows no themes.")


def _column(column: Column, table: Table, reading: Reading) -> ColumnInWords:
    coloured = _coloured(column, table, reading)
    words = f"Column {column.letter} “{column.heading}” {_what_it_is(column, table)}{coloured}."
    return ColumnInWords(column.letter, column.heading, words, choice_of(column), _offer(column, table, reading))


def _statements(column: Column, table: Table, reading: Reading) -> Iterator[Said]:
    for piece in reading.pieces:
        if piece.kind is column.kind:
            for said in piece.values.get(column.field or "", ()):
                if said.sheet == table.sheet and said.cell.rstrip("0123456789") == column.letter:
                    yield said


def _coloured(column: Column, table: Table, reading: Reading) -> str:
    if column.field not in ("status", "impact_status"):
        return ""
    told = sum(said.by_fill for said in _statements(column, table, reading))
    return f", in {told:,} cell{'s' if told > 1 else ''} told by colour alone" if told else ""


def _offer(column: Column, table: Table, reading: Reading) -> str:
    """Several actions, leads or dates in one cell are kept as they were typed; to tell them apart is only offered."""
    what = SEVERAL.get(column.field or "") if column.kind is Kind.ACTION and not column.lines else None
    if what is None:
        return ""
    said = _statements(column, table, reading)
    listed = [one.cell for one in said if is_list(str(one.value or ""), bulleted=column.field == "text")]
    if not listed:
        return ""
    where = f"Cell {listed[0]} lists" if len(listed) == 1 else f"{_cells(listed)} list"
    if column.field == "text":
        return f"{where} several actions. Each is kept as one; say below which to split, or choose “each line” for all."
    each = f"the {what[1]} of the action in the same line"
    return f"{where} several {what[0]}. Each is kept as one; choose “each line” if every line is {each}."


def _cells(addresses: Sequence[str]) -> str:
    """Cells as a person names them: "Cells D4, D7 and 12 more"."""
    if len(addresses) > _MOST_NAMED:
        return f"Cells {', '.join(addresses[:_MOST_NAMED])} and {len(addresses) - _MOST_NAMED:,} more"
    return f"Cells {', '.join(addresses[:-1])} and {addresses[-1]}"


def _what_it_is(column: Column, table: Table) -> str:
    if not column.kind or not column.field:
        return why_kept(column, table)
    if column.period:
        return f"is each figure's value for {say(column.period)}"
    which = field(column.kind, column.field)
    label = which.label[0].lower() + which.label[1:]
    if column.lines:
        return LISTS[column.field] if column.kind is Kind.ACHIEVEMENT else f"lists {label}s, each line an action's own"
    if column.numbered:
        return f"is the {label}, and each cell begins with its number"
    if column.field in ("text", "title", "name") or (column.kind, column.field) == (Kind.ACTION, "reference"):
        return f"is the {label}"
    return f"is {OWNERS[column.kind]} {label}"
