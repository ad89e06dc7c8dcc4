"""This file gives the stories the words they share: what is done to a cell or to rows, what a preview then tells."""

from plan.fields import Kind

PLAN = "Improvement Plan"


def retype(find_cell, words, new):
    """The act of finding a cell by its words and typing over it."""
    return lambda book: setattr(find_cell(book, words), "value", new)


def told(desk, content):
    """Every decision as (outcome, field, workbook's words)."""
    return [(d.outcome, d.field, d.workbook) for d in desk.preview(content).decisions]


def first_action(desk, reference):
    return desk.now.under(desk.requirement(reference).id, Kind.ACTION)[0]


def first_achievement(desk, reference):
    return desk.now.under(desk.requirement(reference).id, Kind.ACHIEVEMENT)[0]


def sort_rows(sheet, *, columns, first=2):
    """Reverse the rows, but only these columns, as a sort of a selection does."""
    rows = [[sheet.cell(row, col).value for col in columns] for row in range(first, sheet.max_row + 1)]
    for at, values in enumerate(reversed(rows), start=first):
        for col, value in zip(columns, values, strict=True):
            sheet.cell(at, col).value = value
