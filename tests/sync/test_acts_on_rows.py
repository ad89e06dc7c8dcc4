"""This file does to a workbook's rows what staff do, in any order, and watches that no value lands on another record.

None of these acts writes new words. So nothing may be taken from the workbook unless the preview says that it is not
certain which row is which; a copied row may only be added, a deleted one only be missing. A row that ends up under
another requirement is shown as moved there.
"""

from collections.abc import Callable
from copy import copy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.merge import Outcome
from sync.row_ids import read_heading

Act = Callable[[object, int], None]


def id_column(sheet) -> int | None:
    """The number of the hidden column of a sheet."""
    return next((c.column for row in sheet.iter_rows(max_row=6) for c in row if read_heading(c.value)), None)


def first_row(sheet) -> int:
    """The first row below the headings."""
    return next((c.row for row in sheet.iter_rows(max_row=6) for c in row if read_heading(c.value)), 1) + 1


def some_row(sheet, seed: int) -> int:
    """One of the rows below the headings."""
    first = first_row(sheet)
    return first + seed % max(sheet.max_row - first, 1)


def has_merges(sheet) -> bool:
    """Whether cells below the headings are merged: then no program sorts."""
    return any(merged.max_row >= first_row(sheet) for merged in sheet.merged_cells.ranges)


def rows_of(sheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first_row(sheet))]


def write_back(sheet, rows: list[list[object]], *, columns: set[int]) -> None:
    """Put rows back in another order, in these columns only (numbers from 1)."""
    for number, row in enumerate(rows, start=first_row(sheet)):
        for column, value in enumerate(row, start=1):
            if column in columns:
                sheet.cell(number, column).value = value


def reorder(sheet, seed: int, *, with_ids: bool) -> None:
    rows = rows_of(sheet)
    if has_merges(sheet) or not rows:
        return
    turned = rows[seed % len(rows) :] + rows[: seed % len(rows)]
    every = set(range(1, sheet.max_column + 1))
    write_back(sheet, turned, columns=every if with_ids else every - {id_column(sheet) or 0})


def sort_with_ids(book, seed):
    reorder(sheet_of(book, seed), seed, with_ids=True)


def sort_without_ids(book, seed):
    reorder(sheet_of(book, seed), seed, with_ids=False)


def insert_a_blank_row(book, seed):
    sheet = sheet_of(book, seed)
    sheet.insert_rows(some_row(sheet, seed) + 1)


def copy_a_row_with_its_ids(book, seed):
    sheet = sheet_of(book, seed)
    sheet.append([copy(cell.value) for cell in sheet[some_row(sheet, seed)]])


def delete_a_row(book, seed):
    sheet = sheet_of(book, seed)
    sheet.delete_rows(some_row(sheet, seed))


def delete_the_hidden_column(book, seed):
    sheet = sheet_of(book, seed)
    if column := id_column(sheet):
        sheet.delete_cols(column)


def empty_half_of_the_hidden_column(book, seed):
    sheet = sheet_of(book, seed)
    if column := id_column(sheet):
        for row in range(first_row(sheet), sheet.max_row + 1, 2):
            sheet.cell(row, column).value = None


def rename_the_sheet(book, seed):
    sheet = sheet_of(book, seed)
    sheet.title = f"Renamed {seed}"


def turn_the_sheets_round(book, seed):
    book._sheets.reverse()


def hide_a_column(book, seed):
    sheet_of(book, seed).column_dimensions["B"].hidden = True


def move_the_last_column_to_the_front(book, seed):
    sheet = sheet_of(book, seed)
    if sheet.merged_cells.ranges:
        return
    for row in sheet.iter_rows():
        values = [cell.value for cell in row]
        for cell, value in zip(row, values[-2:-1] + values[:-2] + values[-1:], strict=True):
            cell.value = value


def sheet_of(book, seed):
    return book.worksheets[seed % len(book.worksheets)]


ACTS = (
    sort_with_ids,
    sort_without_ids,
    insert_a_blank_row,
    copy_a_row_with_its_ids,
    delete_a_row,
    delete_the_hidden_column,
    empty_half_of_the_hidden_column,
    rename_the_sheet,
    turn_the_sheets_round,
    hide_a_column,
    move_the_last_column_to_the_front,
)
WRITES = {Outcome.TAKE, Outcome.COMBINED, Outcome.CONFLICT}


def untabled(book):
    """Excel's tables would be damaged by what openpyxl does to rows; Excel itself moves them along."""
    for sheet in book.worksheets:
        for name in list(sheet.tables):
            del sheet.tables[name]


def told(desk, in_excel, acts: list[tuple[Act, int]]):
    def act(book):
        untabled(book)
        for one, seed in acts:
            one(book, seed)

    return desk.preview(in_excel(desk.download(), act))


def written(seen) -> list[tuple[object, ...]]:
    """What would be written into the plan; a row moved under another requirement is shown as that."""
    return [(d.field, d.plan, d.workbook) for d in seen.of(*WRITES) if d.field != "parent"]


SLOW_SHAPES = [pytest.param(shape, marks=pytest.mark.slow) for shape in ("one-sheet", "sheet-per-theme")]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("shape", ["tables", *SLOW_SHAPES])
def test_one_act_alone_writes_nothing_into_the_plan(desk_of, in_excel, shape, act):
    seen = told(desk_of(shape), in_excel, [(act, 7)])
    assert written(seen) == []
    assert shape != "tables" or not seen.of(*WRITES)


@pytest.mark.slow
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@pytest.mark.parametrize("shape", ["tables", "one-sheet", "sheet-per-theme"])
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 200)), min_size=2, max_size=5))
def test_no_sequence_of_acts_puts_a_value_on_another_record_in_silence(desk_of, in_excel, shape, acts):
    seen = told(desk_of(shape), in_excel, acts)
    assert not written(seen) or not seen.certain
