"""This file reads an .xls file: its values by a library, the colours and formats of its cells by their own records."""

import io
from typing import Any

import python_calamine as calamine

from sync.grid import Box
from sync.open_workbook import Unreadable
from sync.other_kinds.old_looks import Looks, looks
from sync.other_kinds.page import Page, Shown

_PASSWORD = (
    "The workbook is protected by a password. Nothing was changed. Save it without the password and upload that."  # noqa: S105
)
_DAMAGED = "The workbook seems damaged. Nothing was changed. Open it, save it again as .xlsx and upload that."
_SHOWN = calamine.SheetVisibleEnum.Visible
_MOST_MERGED = 100_000  # places; a larger merge is somebody's slip over the whole sheet


def pages(content: bytes) -> list[Page]:
    """The sheets of the workbook. Raises Unreadable for one with a password or that is damaged."""
    dressed = looks(content)
    if dressed.is_encrypted:
        raise Unreadable(_PASSWORD)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = [sheet for sheet in book.sheets_metadata if sheet.typ is calamine.SheetTypeEnum.WorkSheet]
        return [_page(book.get_sheet_by_name(one.name), one.visible is _SHOWN, dressed) for one in found]
    except calamine.PasswordError as fault:
        raise Unreadable(_PASSWORD) from fault
    except calamine.CalamineError as fault:
        raise Unreadable(_DAMAGED) from fault


def _page(sheet: Any, is_shown: bool, dressed: Looks) -> Page:
    page = Page(sheet.name, is_shown, margins=dressed.printed(sheet.name))
    left = sheet.start[1] if sheet.start else 0
    # The library counts these rows from the top of the sheet, but their columns from the first that is used.
    for row, values in enumerate(sheet.iter_rows()):
        for column, value in enumerate(values, start=left):
            form, fill = dressed.of(sheet.name, row, column)
            if value != "" or fill:
                page.put(row + 1, column + 1, Shown(value if value != "" else None, form, fill))
    for (first_row, first_column), (last_row, last_column) in sheet.merged_cell_ranges or ():
        if (last_row - first_row + 1) * (last_column - first_column + 1) <= _MOST_MERGED:
            page.merges.append(Box(first_row + 1, first_column + 1, last_row + 1, last_column + 1))
    return page
