"""This file makes the sample plan as three Excel tables: requirements, achievements and actions."""

from pathlib import Path

from sample import Plan
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

TABLES = {
    "Requirements": ("tblReq", ("Number", "Theme", "Requirement", "RAG status")),
    "Achievements": ("tblAch", ("Requirement number", "Achievement", "Evidence")),
    "Actions": ("tblAct", ("Requirement number", "Action", "Owner", "Target date", "Status", "Comments")),
}


def make_tables(plan: Plan, path: Path) -> None:
    """Promise the workbook at `path`, the same to the byte in every part for the same plan.

    Evidence without an achievement has no row here, as in the trackers of this kind that were seen.
    """
    with Workbook(str(path)) as book:
        book.set_properties({"created": plan.made_at})
        rows = {
            "Requirements": _requirements(plan),
            "Achievements": _achievements(plan),
            "Actions": _actions(plan),
        }
        for sheet_name, (name, headings) in TABLES.items():
            _add_table(book.add_worksheet(sheet_name), name, headings, rows[sheet_name])


def _add_table(sheet: Worksheet, name: str, headings: tuple[str, ...], rows: list[list[object]]) -> None:
    columns = [{"header": heading} for heading in headings]
    sheet.add_table(0, 0, len(rows), len(headings) - 1, {"name": name, "columns": columns, "data": rows})


def _requirements(plan: Plan) -> list[list[object]]:
    return [
        [int(requirement.reference), theme.title, requirement.text, requirement.status.title()]
        for theme in plan.themes
        for requirement in theme.requirements
    ]


def _achievements(plan: Plan) -> list[list[object]]:
    return [
        [int(requirement.reference), achievement.text, achievement.evidence]
        for requirement in plan.requirements
        for achievement in requirement.achievements
        if achievement.text
    ]


def _actions(plan: Plan) -> list[list[object]]:
    return [
        [int(requirement.reference), action.text, theme.lead, action.timescale, None, None]
        for theme in plan.themes
        for requirement in theme.requirements
        for action in requirement.actions
    ]
