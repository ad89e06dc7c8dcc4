"""This file makes a tracker of any length for measuring: twelve columns, one action a row, every word invented."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

HEADINGS = {
    "Ref": 9, "Theme": 18, "Requirement no.": 10, "Requirement": 40, "RAG": 12, "Action": 45, "Lead": 22,
    "Timescale": 12, "Due date": 12, "Progress update": 60, "Evidence": 30, "Last updated": 12,
}  # fmt: skip
FILLS = {"Red": "F2B8B5", "Amber": "FCE2A9", "Green": "CBE8BA", "Complete": "AECBEB"}
STATUSES = (*FILLS, "Not started")
REQUIREMENTS = 28
THEMES = ("Leadership", "Workforce", "Contact and referral", "Case work", "Quality", "Partners", "Systems")
LEADS = ("Head of Service", "Team Manager", "Principal Social Worker", "Performance Lead", "Training Lead")
SAID = (
    "each referral is read on the day it comes and passed to a manager who records the decision with its reason so "
    "that families know what will happen next visits supervision audits thresholds chronologies plans reviews and "
    "conferences are checked every month against the agreed standard by somebody outside the team"
)
WORDS = SAID.split()
FIRST_DAY = date(2025, 4, 1)

Row = list[str | date]


def tracker(rows: int) -> bytes:
    """An .xlsx tracker with this many actions, the same every time, looking like one kept by hand."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Plan")
    for column, width in zip("ABCDEFGHIJKL", HEADINGS.values(), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:L{rows + 1}"
    sheet.append(_headed(sheet))
    for row in _actions(rows):
        sheet.append(_formatted(sheet, row))
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _actions(rows: int) -> Iterator[Row]:
    chance = random.Random(7)
    demands = [_words(chance, 25, 60) for _ in range(REQUIREMENTS)]
    for number in range(rows):
        place = number * REQUIREMENTS // rows
        due = FIRST_DAY + timedelta(days=chance.randrange(720))
        yield [
            f"A{number + 1:05}", THEMES[place % len(THEMES)], f"R{place + 1:02}", demands[place],
            chance.choice(STATUSES), _words(chance, 18, 60), chance.choice(LEADS),
            f"Q{(due.month - 1) // 3 + 1} {due.year}", due, _words(chance, 30, 120), _words(chance, 5, 25),
            FIRST_DAY + timedelta(days=chance.randrange(400)),
        ]  # fmt: skip


def _words(chance: random.Random, least: int, most: int) -> str:
    said = " ".join(chance.choices(WORDS, k=chance.randint(least, most)))
    return f"{said.capitalize()}."


def _headed(sheet: WriteOnlyWorksheet) -> list[WriteOnlyCell]:
    cells = [WriteOnlyCell(sheet, words) for words in HEADINGS]
    for cell in cells:
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="22405F")
    return cells


def _formatted(sheet: WriteOnlyWorksheet, row: Row) -> list[WriteOnlyCell]:
    cells = [WriteOnlyCell(sheet, value) for value in row]
    for cell in cells:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if isinstance(cell.value, date):
            cell.number_format = "dd/mm/yyyy"
        elif cell.value in FILLS:
            cell.fill = PatternFill("solid", fgColor=FILLS[cell.value])
    return cells
