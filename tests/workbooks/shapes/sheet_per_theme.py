"""This file makes the sample plan with a sheet for each theme, headings on two rows, letters for colours."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from sample import Action, Plan, Requirement, Theme
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

GROUPS = {"A3:C3": "What the Notice asks", "D3:G3": "What we will do", "H3:J3": "Where we are"}
HEADINGS = {
    "Ref": 6,
    "Recommendation": 40,
    "Overall BRAG": 10,
    "Action Ref": 8,
    "What we will do": 45,
    "Responsible Officer": 22,
    "By when": 14,
    "Update since last meeting": 50,
    "Evidence of impact": 30,
    "BRAG": 8,
}
FIRST_ROW = 4  # counted from nought, as XlsxWriter counts

# The ways in which people really fill in a status: one is padded and small, one is not on the scale.
TYPED = ("R", "A", "G", "B", "a ", "Amber/Green")


class Place(NamedTuple):
    """A cell of the workbook."""

    sheet: str
    cell: str


class Page(NamedTuple):
    """The sheet of a theme that is being filled."""

    sheet: Worksheet
    looks: dict[str, Format]
    plan: Plan


def make_sheet_per_theme(plan: Plan, path: Path) -> None:
    """Promise the workbook at `path`, the same to the byte in every part for the same plan."""
    with Workbook(str(path)) as book:
        book.set_properties({"created": plan.made_at})
        boxed = {"border": 1, "text_wrap": True, "valign": "top"}
        looks = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "heading": book.add_format(boxed | {"bold": True, "bg_color": "#B8CCE4", "align": "center"}),
            "words": book.add_format(boxed),
            "day": book.add_format(boxed | {"num_format": "d mmm yyyy"}),
        }
        for number, theme in enumerate(plan.themes, start=1):
            page = Page(book.add_worksheet(sheet_name(number, theme)), looks, plan)
            _theme(page, number, theme)


def sheet_name(number: int, theme: Theme) -> str:
    """Promise the name of a theme's sheet: at most 31 characters, as Excel demands, so it is cut short."""
    return f"{number} {theme.title}"[:31]


def typed_status(requirement: Requirement, at: int) -> str:
    """Promise what staff typed as the status of a requirement's action, `at` counted from nought."""
    return TYPED[(int(requirement.reference) + at) % len(TYPED)]


def typed_timescale(plan: Plan, action: Action, at: int) -> str | date | None:
    """Promise a real date, the last of its quarter, for every other action due in a single quarter."""
    words = action.timescale
    if words in {"Quarter 1", "Quarter 2", "Quarter 3", "Quarter 4"} and at % 2 == 0:
        return date.fromisoformat(str(plan.windows[words]["due_by"]))
    return words


def place_of_statuses(plan: Plan) -> dict[Place, str]:
    """Promise where each action's status stands, and what is typed there."""
    places = {}
    for number, theme in enumerate(plan.themes, start=1):
        row = FIRST_ROW
        for requirement in theme.requirements:
            for at in range(len(requirement.actions)):
                places[Place(sheet_name(number, theme), f"J{row + at + 1}")] = typed_status(requirement, at)
            row += len(requirement.actions)
    return places


def _theme(page: Page, number: int, theme: Theme) -> None:
    sheet, looks, _ = page
    sheet.write_string("A1", f"Priority {number}: {theme.title}", looks["title"])
    for cells, heading in GROUPS.items():
        sheet.merge_range(cells, heading, looks["heading"])
    for column, (heading, width) in enumerate(HEADINGS.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(FIRST_ROW - 1, column, heading, looks["heading"])
    sheet.freeze_panes(FIRST_ROW, 0)
    row = FIRST_ROW
    for requirement in theme.requirements:
        _requirement(page, row, requirement)
        _actions(page, row, requirement, theme.lead)
        row += len(requirement.actions)
    sheet.data_validation(FIRST_ROW, 9, row, 9, {"validate": "list", "source": ["B", "R", "A", "G"]})


def _requirement(page: Page, row: int, requirement: Requirement) -> None:
    achievements = "\n".join(f"• {it.text}" for it in requirement.achievements if it.text)
    evidence = "\n".join(it.evidence for it in requirement.achievements if it.evidence)
    values = {
        0: requirement.reference,
        1: requirement.text,
        2: requirement.status[0].upper(),
        7: achievements,
        8: evidence,
    }
    for column, value in values.items():
        page.sheet.write_string(row, column, value, page.looks["words"])


def _actions(page: Page, row: int, requirement: Requirement, lead: str) -> None:
    for at, action in enumerate(requirement.actions):
        when = typed_timescale(page.plan, action, at)
        values = {
            3: f"{requirement.reference}.{at + 1}",
            4: action.text,
            5: lead,
            6: when,
            9: typed_status(requirement, at),
        }
        for column, value in values.items():
            look = page.looks["day" if isinstance(value, date) else "words"]
            page.sheet.write(row + at, column, value, look)
