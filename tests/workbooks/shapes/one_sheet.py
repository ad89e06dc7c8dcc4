"""This file makes the sample plan as most councils keep theirs: one sheet, a banner row for each theme."""

from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from sample import Achievement, Action, Plan, Requirement, Theme
from shapes.furniture import add_dashboard, add_guidance, add_lists, add_scorecard
from shapes.logo import draw_logo
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

SHEET = "Improvement Plan"
HEADINGS = {
    "No.": 6,
    "Requirement of the Notice": 45,
    "RAG": 9,
    "Achievements to date": 55,
    "Evidence": 30,
    "Areas for development": 55,
    "Lead officer": 24,
    "Timescale": 16,
    "Progress update": 40,
    "Date of update": 13,
}
BOXED = {"font_name": "Arial", "font_size": 10, "border": 1, "text_wrap": True, "valign": "top"}
HEADING_ROW = 3  # counted from nought, as XlsxWriter counts
RAG, DATE_OF_UPDATE, LAST = 2, 9, len(HEADINGS) - 1
COLOURS = {"Red": "#FF0000", "Amber": "#FFC000", "Green": "#00B050"}
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_name": "Arial", "font_size": 16, "valign": "top"},
    "heading": BOXED | {"bold": True, "bg_color": "#D9D9D9"},
    "banner": BOXED | {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F497D"},
    "words": BOXED,
    "bold": {"bold": True},
    "status": BOXED | {"bold": True, "align": "center"},
    "day": BOXED | {"num_format": "dd/mm/yyyy"},
    "month": BOXED | {"bold": True, "bg_color": "#D9D9D9", "num_format": "mmm-yy"},
}


class Page(NamedTuple):
    """The sheet of the plan that is being filled."""

    sheet: Worksheet
    looks: dict[str, Format]


def make_one_sheet(plan: Plan, path: Path) -> None:
    """Promise the workbook at `path`, the same to the byte in every part for the same plan."""
    with Workbook(str(path)) as book:
        looks = {name: book.add_format(look) for name, look in LOOKS.items()}
        sheet = book.add_worksheet(SHEET)
        _top(sheet, plan, looks)
        row = HEADING_ROW + 1
        for theme in plan.themes:
            row = _theme(Page(sheet, looks), row, theme)
        _rules(book, sheet, row - 1)
        _print_set_up(sheet, plan)
        book.define_name("RagColumn", f"='{SHEET}'!$C${HEADING_ROW + 2}:$C${row}")
        add_dashboard(book, plan, COLOURS)
        add_scorecard(book, plan, looks)
        add_lists(book, COLOURS)
        add_guidance(book)
        _properties(book, plan)


def _top(sheet: Worksheet, plan: Plan, looks: dict[str, Format]) -> None:
    sheet.merge_range("A1:H1", plan.title, looks["title"])
    day = f"{plan.as_at.day}\N{NO-BREAK SPACE}{plan.as_at:%B %Y}"
    sheet.write_string("A2", f"The position on {day}. Write in white cells only; the Board settles the RAG.")
    for column, (heading, width) in enumerate(HEADINGS.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(HEADING_ROW, column, heading, looks["heading"])
    options = {"image_data": BytesIO(draw_logo()), "description": f"{plan.council}: a bridge over a river"}
    sheet.insert_image("I1", "logo.png", options)
    sheet.insert_textbox("G2", "Not sure? Ring the programme office.", {"width": 220, "height": 30})


def _theme(page: Page, row: int, theme: Theme) -> int:
    page.sheet.merge_range(row, 0, row, LAST, theme.title, page.looks["banner"])
    row += 1
    for requirement in theme.requirements:
        lines = list(zip_longest(requirement.achievements, requirement.actions))
        _requirement(page, row, row + len(lines) - 1, requirement)
        for achievement, action in lines:
            page.sheet.set_row_pixels(row, 64)
            _achievement(page, row, achievement or Achievement(None, None))
            _action(page, row, action, theme.lead)
            row += 1
    return row


def _requirement(page: Page, first: int, last: int, requirement: Requirement) -> None:
    words, status = page.looks["words"], page.looks["status"]
    values = (
        (int(requirement.reference), words),
        (requirement.text, words),
        (requirement.status.title(), status),
    )
    for column, (value, look) in enumerate(values):
        if last > first:
            page.sheet.merge_range(first, column, last, column, value, look)
        else:
            page.sheet.write(first, column, value, look)


def _achievement(page: Page, row: int, achievement: Achievement) -> None:
    look = page.looks["words"]
    page.sheet.write(row, 4, achievement.evidence, look)
    if achievement.text and achievement.bold:
        before, after = achievement.text.split(achievement.bold)
        page.sheet.write_rich_string(row, 3, before, page.looks["bold"], achievement.bold, after, look)
    else:
        page.sheet.write(row, 3, achievement.text, look)


def _action(page: Page, row: int, action: Action | None, lead: str) -> None:
    values = (action.text, lead, action.timescale, None) if action else (None,) * 4
    for column, value in enumerate(values, start=5):
        page.sheet.write(row, column, value, page.looks["words"])
    page.sheet.write_blank(row, DATE_OF_UPDATE, None, page.looks["day"])


def _rules(book: Workbook, sheet: Worksheet, last: int) -> None:
    first = HEADING_ROW + 1
    sheet.autofilter(HEADING_ROW, 0, last, LAST)
    sheet.freeze_panes(first, 2)
    for word, colour in COLOURS.items():
        fill = book.add_format({"bg_color": colour})
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": fill}
        sheet.conditional_format(first, RAG, last, RAG, rule)
    stale = {
        "type": "formula",
        "criteria": f'=AND($J{first + 1}<>"",$J{first + 1}<DATE(2013,6,1))',
        "format": book.add_format({"bg_color": "#F2DCDB"}),
    }
    sheet.conditional_format(first, DATE_OF_UPDATE, last, DATE_OF_UPDATE, stale)
    choices = {
        "validate": "list",
        "source": "=Lists!$A$2:$A$4",
        "error_title": "Not on the scale",
        "error_message": "Choose Red, Amber or Green.",
    }
    sheet.data_validation(first, RAG, last, RAG, choices)
    author = {"author": "Programme office"}
    sheet.write_comment(first + 1, RAG, "The Board agreed this colour at its June meeting.", author)


def _print_set_up(sheet: Worksheet, plan: Plan) -> None:
    sheet.set_tab_color("#1F497D")
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADING_ROW)
    sheet.set_footer(f"&L{plan.marking}&RPage &P of &N")


def _properties(book: Workbook, plan: Plan) -> None:
    book.set_properties(
        {
            "title": plan.title,
            "company": plan.council,
            "comments": "To be filled in by the fifth working day of each month",
            "created": plan.made_at,
        }
    )
    book.set_custom_property("Classification", plan.marking)
