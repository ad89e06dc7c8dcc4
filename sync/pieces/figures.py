"""This file reads the rows of a scorecard: a figure each, with a reading for every month that has one."""

from plan.fields import Kind
from sync.cells import shown
from sync.grid import Cell, address, number
from sync.layout import Column
from sync.months import months_of, period, say
from sync.pieces.gathering import Gathering, Telling, plainly
from sync.pieces.sheet_rows import SheetRows, words
from sync.reading import Said


def read_figures(rows: SheetRows, gathering: Gathering) -> None:
    """Gather every figure of a table, under the requirement whose number stands on its row or above it."""
    requirement: Telling | None = None
    for row in rows.rows:
        if rows.is_no_record(row):
            continue
        requirement = _requirement(rows, gathering, row, requirement)
        if rows.any_words(row, Kind.INDICATOR) or rows.any_words(row, Kind.READING):
            _read_figure(rows, gathering, row, requirement)


def _requirement(rows: SheetRows, gathering: Gathering, row: int, before: Telling | None) -> Telling | None:
    col = rows.col(Kind.REQUIREMENT, "reference")
    said = rows.said(row, col, Kind.REQUIREMENT, "reference") if col else None
    reference = words(said)
    if not said or not reference:
        return before
    found = gathering.numbered.get(plainly(reference), [])
    if not found:
        gathering.problem(
            said.sheet,
            said.cell,
            reference,
            f"There is no requirement {reference} in this workbook, so the figure beside it stands under "
            "none. Nothing else is affected; correct the number and upload the workbook again.",
        )
        return None
    found[0].say("reference", said)
    return found[0]


def _read_figure(rows: SheetRows, gathering: Gathering, row: int, requirement: Telling | None) -> None:
    figure = gathering.begin(Kind.INDICATOR, requirement, rows.table.sheet)
    figure.stand_on(rows.table.sheet, row, rows.hints(row, Kind.INDICATOR))
    for name, said in rows.read(row, Kind.INDICATOR).items():
        figure.say(name, said)
    for col, column in rows.columns.get(Kind.READING, []):
        if column.period and not rows.grid.at(row, col).blank:
            _read_month(rows, gathering, row, column, figure)
    _tell_of_lone_quarters(rows, gathering, row)


def _tell_of_lone_quarters(rows: SheetRows, gathering: Gathering, row: int) -> None:
    """A quarter among months only sums them up, and is not read; one that has no months beside it says more."""
    months = {column.period: col for col, column in rows.columns.get(Kind.READING, []) if column.period}
    for column in rows.table.columns if months else ():
        quarter = period(Cell(column.heading)) if column.kind is None and column.heading else None
        if quarter is None or "Q" not in quarter:
            continue
        cell = rows.grid.at(row, number(column.letter))
        of_it = [col for month in months_of(quarter) if (col := months.get(month))]
        if not cell.blank and all(rows.grid.at(row, col).blank for col in of_it):
            gathering.problem(
                rows.table.sheet,
                f"{column.letter}{row}",
                shown(cell),
                f"The figure for {say(quarter)} stands among months and none of its months has one, so it is not read. "
                "The cell is left as it is. Write the figures of its months, or keep quarters in a table of their own.",
            )


def _read_month(rows: SheetRows, gathering: Gathering, row: int, column: Column, figure: Telling) -> None:
    col, sheet = number(column.letter), rows.table.sheet
    value = rows.said(row, col, Kind.READING, "value")
    if value is None:
        return
    reading = gathering.begin(Kind.READING, figure, sheet)
    reading.stand_on(sheet, row, rows.hints(row, Kind.READING))
    reading.say("period", Said(column.period, sheet, address(_heading_row(rows, col), col)))
    reading.say("value", value)


def _heading_row(rows: SheetRows, col: int) -> int:
    said = [row for row in rows.table.heading_rows if not rows.grid.at(row, col).blank]
    return said[-1] if said else rows.table.heading_rows[-1]
