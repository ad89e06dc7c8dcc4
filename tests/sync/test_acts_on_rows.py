"""This file does to a workbook's rows what staff do, in any order, and watches that no value lands on another record.

None of these acts writes new words. So nothing may be taken from the workbook unless the preview says that it is not
certain which row is which; a copied row may only be added, a deleted one only be missing.
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


def rows_of(sheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def write_back(sheet, rows: list[list[object]], *, columns: set[int]) -> None:
    """Put rows back in another order, in these columns only (numbers from 1)."""
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            if column in columns:
                sheet.cell(number, column).value = value


def reorder(sheet, seed: int, *, with_ids: bool) -> None:
    rows = rows_of(sheet)
    turned = rows[seed % len(rows) :] + rows[: seed % len(rows)]
    every = set(range(1, sheet.max_column + 1))
    write_back(sheet, turned, columns=every if with_ids else every - {id_column(sheet) or 0})


def sort_with_ids(book, seed):
    reorder(sheet_of(book, seed), seed, with_ids=True)


def sort_without_ids(book, seed):
    reorder(sheet_of(book, seed), seed, with_ids=False)


def insert_a_blank_row(book, seed):
    sheet = sheet_of(book, seed)
    sheet.insert_rows(3 + seed % (sheet.max_row - 3))


def copy_a_row_with_its_ids(book, seed):
    sheet = sheet_of(book, seed)
    row = 2 + seed % (sheet.max_row - 2)
    sheet.append([copy(cell.value) for cell in sheet[row]])


def delete_a_row(book, seed):
    sheet = sheet_of(book, seed)
    sheet.delete_rows(2 + seed % (sheet.max_row - 2))


def delete_the_hidden_column(book, seed):
    sheet = sheet_of(book, seed)
    if column := id_column(sheet):
        sheet.delete_cols(column)


def empty_half_of_the_hidden_column(book, seed):
    sheet = sheet_of(book, seed)
    if column := id_column(sheet):
        for row in range(2, sheet.max_row + 1, 2):
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


@pytest.mark.parametrize("act", ACTS)
def test_one_act_alone_writes_nothing_into_the_plan(desk_of, in_excel, act):
    seen = told(desk_of("tables"), in_excel, [(act, 7)])
    assert [(d.field, d.plan, d.workbook) for d in seen.of(*WRITES)] == []


@pytest.mark.slow
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 200)), min_size=2, max_size=5))
def test_no_sequence_of_acts_puts_a_value_on_another_record_in_silence(desk_of, in_excel, acts):
    seen = told(desk_of("tables"), in_excel, acts)
    assert not seen.of(*WRITES) or not seen.certain
