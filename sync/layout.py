"""This file says which sheet and column of a tracker mean which field: plain values, kept as JSON."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from plan import rag
from plan.fields import Kind
from sync.splits import Reads, Splits

NO_STATUS = "none"
NO_TITLE = ""  # where the title was that its sheet has no longer


class ThemesFrom(StrEnum):
    """How a table shows the theme of its rows."""

    COLUMN = "column"
    BANNER = "banner"
    TITLE = "title"  # one theme a sheet: a title above the headings, or the sheet's own name
    NONE = "none"


@dataclass(frozen=True)
class Column:
    """One column of a table. kind and field are None where it is kept as it is and not read.

    `lines`: each line of a cell is a record of its own (achievements listed in one cell).
    `period`: for a month's or quarter's column of a scorecard, "2013-05" or "2013-Q1" (kind READING, field "value").
    `waits`: of a month to come; once its cells hold anything it is read instead of the month before.
    `numbered`: each cell begins with the requirement's number, its words follow (kind REQUIREMENT, field "text").
    """

    letter: str
    heading: str
    kind: Kind | None = None
    field: str | None = None
    lines: bool = False
    period: str | None = None
    numbered: bool = False
    waits: bool = False

    @property
    def says(self) -> frozenset[tuple[Kind, str]]:
        """The fields that the column's cells hold; none where it is not read."""
        if not self.kind or not self.field:
            return frozenset()
        return frozenset({(self.kind, self.field)} | ({(self.kind, "reference")} if self.numbered else set()))


@dataclass(frozen=True)
class Table:
    """One table of a sheet. Row numbers count from 1; `last_row` is the last row that held anything when read."""

    sheet: str
    heading_rows: tuple[int, ...]
    first_row: int
    last_row: int
    columns: tuple[Column, ...]
    themes: ThemesFrom = ThemesFrom.NONE
    theme_cell: str | None = None  # where TITLE stands ("A1"); None: the sheet's name; NO_TITLE: it was deleted

    def column_of(self, kind: Kind, field: str) -> Column | None:
        """The column that holds this field, None where the table has none."""
        return next((c for c in self.columns if c.kind is kind and c.field == field and not c.period), None)


@dataclass(frozen=True)
class Layout:
    """All tables of a workbook that mean something; empty where none was found.

    `meanings` is what people settled for status words of this workbook, by the words as `plan.rag.normalise` gives
    them: the colour's word, or "none" for no status. `splits` is which cells with several actions are split.
    """

    tables: tuple[Table, ...] = ()
    meanings: Mapping[str, str] = field(default_factory=dict)
    splits: Splits = field(default_factory=dict)

    def as_json(self) -> list[dict[str, Any]]:
        """Plain lists and dictionaries, as stored with the plan's tracker."""
        settled = {"meanings": dict(self.meanings), "splits": {name: each.value for name, each in self.splits.items()}}
        return [{name: said} for name, said in settled.items() if said] + [
            {
                "sheet": t.sheet,
                "heading_rows": list(t.heading_rows),
                "first_row": t.first_row,
                "last_row": t.last_row,
                "themes": t.themes.value,
                "theme_cell": t.theme_cell,
                "columns": [
                    {
                        "letter": c.letter,
                        "heading": c.heading,
                        "kind": c.kind and c.kind.value,
                        "field": c.field,
                        "lines": c.lines,
                        "period": c.period,
                        "numbered": c.numbered,
                        "waits": c.waits,
                    }
                    for c in t.columns
                ],
            }
            for t in self.tables
        ]

    @classmethod
    def from_json(cls, stored: list[dict[str, Any]]) -> "Layout":
        """The layout that `as_json` gave."""
        settled = {words: status for each in stored for words, status in each.get("meanings", {}).items()}
        splits = {name: Reads(said) for each in stored for name, said in each.get("splits", {}).items()}
        return cls(tuple(_table(each) for each in stored if "sheet" in each), settled, splits)

    def with_column(self, table: int, column: Column) -> "Layout":
        """The same layout with one column of one table said otherwise, as a person corrected it."""
        old = self.tables[table]
        columns = tuple(column if c.letter == column.letter else c for c in old.columns)
        tables = list(self.tables)
        tables[table] = replace(old, columns=columns)
        return replace(self, tables=tuple(tables))

    def with_meanings(self, settled: Iterable[tuple[str, str]]) -> "Layout":
        """The same layout with status words settled; words settled before keep their meaning where not named.

        Raises ValueError for a meaning that is neither a colour of the scale nor "none".
        """
        said = {rag.normalise(words): status for words, status in settled}
        for words, status in said.items():
            if status != NO_STATUS and status not in list(rag.Status):
                raise ValueError(f"“{words}” cannot mean “{status}”. Choose red, amber, green, blue or none.")
        return replace(self, meanings={**self.meanings, **said})


def _table(stored: Mapping[str, Any]) -> Table:
    return Table(
        sheet=stored["sheet"],
        heading_rows=tuple(stored["heading_rows"]),
        first_row=stored["first_row"],
        last_row=stored["last_row"],
        themes=ThemesFrom(stored["themes"]),
        theme_cell=stored["theme_cell"],
        columns=tuple(
            Column(
                letter=c["letter"],
                heading=c["heading"],
                kind=c["kind"] and Kind(c["kind"]),
                field=c["field"],
                lines=c["lines"],
                period=c["period"],
                numbered=c.get("numbered", False),
                waits=c.get("waits", False),
            )
            for c in stored["columns"]
        ),
    )
