"""This file is the one table of the plan's fields: label, shape, limit, help, who edits, what is signed off."""

from collections.abc import Mapping

from plan.fields.shapes import Field, Kind, Shape
from plan.roles import Step

ADMINISTER, EDIT_THEMES = Step.ADMINISTER, Step.EDIT_THEMES
EXCEL_CELL_LIMIT = 32_767  # what Excel holds in one cell (workbooks.md), an emoji counting as two


def _publication(kind: Kind) -> Field:
    """The mark of what the published report leaves out; empty means that it may be published."""
    return Field(kind, "publication", "Publication", Shape.PUBLICATION, 10, "Whether the published report may say it.")


def _of_cycle(name: str, label: str, shape: Shape, limit: int, help: str) -> Field:
    """A field of a cycle: the office's to set, needed, and in force without a signature."""
    return Field(Kind.CYCLE, name, label, shape, limit, help, ADMINISTER, False, True)


FIELDS: tuple[Field, ...] = (
    Field(
        Kind.PLAN,
        "title",
        "Title",
        Shape.LINE,
        300,
        "The plan's name, as it stands on reports.",
        ADMINISTER,
        False,
        True,
    ),
    Field(Kind.PLAN, "council", "Council", Shape.LINE, 200, "The council under the Notice.", ADMINISTER, False),
    Field(
        Kind.PLAN, "notice_date", "Notice issued", Shape.DATE, 30, "The day the Notice was issued.", ADMINISTER, False
    ),
    Field(
        Kind.PLAN,
        "year",
        "Financial year",
        Shape.COUNT,
        4,
        "The April in which the year of a bare quarter begins: 2013 for 2013/14.",
        ADMINISTER,
        False,
        True,
    ),
    Field(
        Kind.PLAN,
        "position_date",
        "Position as at",
        Shape.DATE,
        30,
        "Lateness is reckoned on this day. Leave empty to reckon on today.",
        ADMINISTER,
        False,
    ),
    Field(Kind.PLAN, "marking", "Protective marking", Shape.LINE, 60, "Stands on every page.", ADMINISTER, False),
    Field(Kind.PLAN, "scale_red", "What red means", Shape.LINE, 300, "", ADMINISTER, False),
    Field(Kind.PLAN, "scale_amber", "What amber means", Shape.LINE, 300, "", ADMINISTER, False),
    Field(Kind.PLAN, "scale_green", "What green means", Shape.LINE, 300, "", ADMINISTER, False),
    Field(Kind.PLAN, "scale_blue", "What blue means", Shape.LINE, 300, "", ADMINISTER, False),
    Field(
        Kind.THEME,
        "title",
        "Theme",
        Shape.LINE,
        500,
        "The heading the requirements stand under.",
        EDIT_THEMES,
        required=True,
    ),
    Field(
        Kind.THEME,
        "required_by",
        "Required by",
        Shape.DATE,
        30,
        "The day by which all under it is required.",
        EDIT_THEMES,
    ),
    Field(Kind.REQUIREMENT, "reference", "Number", Shape.LINE, 40, "The Notice's own number."),
    Field(Kind.REQUIREMENT, "text", "Requirement", Shape.TEXT, EXCEL_CELL_LIMIT, "The Notice's own words."),
    Field(
        Kind.REQUIREMENT, "status", "Status", Shape.STATUS, 20, "Delivery: is it being done?", reason="status_reason"
    ),
    Field(
        Kind.REQUIREMENT,
        "status_reason",
        "Reason for the status",
        Shape.TEXT,
        4000,
        "Why it stands where it does, in a sentence the board can read.",
    ),
    Field(
        Kind.REQUIREMENT, "impact_status", "Impact status", Shape.STATUS, 20, "Is it making a difference for children?"
    ),
    Field(Kind.REQUIREMENT, "lead", "Lead", Shape.LINE, 200, "Who answers for the requirement."),
    Field(Kind.REQUIREMENT, "team", "Team", Shape.TEAM, 100, "Whose lead signs its updates off.", ADMINISTER, False),
    _publication(Kind.REQUIREMENT),
    Field(Kind.ACHIEVEMENT, "text", "Achievement", Shape.TEXT, EXCEL_CELL_LIMIT, "What has been done."),
    Field(Kind.ACHIEVEMENT, "evidence", "Evidence", Shape.TEXT, EXCEL_CELL_LIMIT, "What shows that it was done."),
    _publication(Kind.ACHIEVEMENT),
    Field(Kind.ACTION, "reference", "Action number", Shape.LINE, 40, "Its own number, never used again for another."),
    Field(Kind.ACTION, "text", "Area for development", Shape.TEXT, EXCEL_CELL_LIMIT, "What will be done."),
    Field(Kind.ACTION, "lead", "Lead", Shape.LINE, 500, "By whom."),
    Field(
        Kind.ACTION,
        "timescale",
        "Timescale",
        Shape.TIMESCALE,
        300,
        "By when, in your own words: Quarter 2, 30 September 2013, On going.",
    ),
    Field(Kind.ACTION, "status", "Status", Shape.STATUS, 20, "Delivery: is it being done?"),
    Field(Kind.ACTION, "progress", "Progress", Shape.TEXT, EXCEL_CELL_LIMIT, "How far it has come."),
    Field(Kind.ACTION, "evidence", "Evidence", Shape.TEXT, EXCEL_CELL_LIMIT, "What shows how far it has come."),
    _publication(Kind.ACTION),
    Field(Kind.INDICATOR, "name", "Figure", Shape.LINE, 300, "What is counted.", required=True),
    Field(Kind.INDICATOR, "unit", "Unit", Shape.LINE, 40, "For example % or cases."),
    Field(Kind.INDICATOR, "target", "Target", Shape.NUMBER, 40, "The figure to reach."),
    Field(Kind.INDICATOR, "better", "Which way is better", Shape.DIRECTION, 10, "Whether more or less is better."),
    _publication(Kind.INDICATOR),
    Field(
        Kind.READING,
        "period",
        "Period",
        Shape.PERIOD,
        40,
        "The month or quarter it speaks of: May 2013, or Q1 2013/14 for April to June 2013.",
        required=True,
    ),
    Field(Kind.READING, "value", "Value", Shape.NUMBER, 40, "The figure for that month or quarter."),
    Field(Kind.AUDIT, "title", "Audit", Shape.LINE, 300, "What was audited.", required=True),
    Field(Kind.AUDIT, "as_at", "As at", Shape.LINE, 30, "A day or a month."),
    Field(Kind.AUDIT, "total", "Cases", Shape.COUNT, 12, "All cases audited; the grades add up to it."),
    Field(Kind.AUDIT, "outstanding", "Outstanding", Shape.COUNT, 12),
    Field(Kind.AUDIT, "good", "Good", Shape.COUNT, 12),
    Field(Kind.AUDIT, "adequate", "Adequate", Shape.COUNT, 12),
    Field(Kind.AUDIT, "inadequate", "Inadequate", Shape.COUNT, 12),
    _publication(Kind.AUDIT),
    _of_cycle("title", "Cycle", Shape.LINE, 100, "What it is called: September 2013 board."),
    _of_cycle("opens", "Opens", Shape.DATE, 30, "From this day on updates are asked for."),
    _of_cycle("cut_off", "Cut-off", Shape.DATE, 30, "The last day whose changes belong to it."),
    _of_cycle("board_date", "Board", Shape.DATE, 30, "The day on which the board meets."),
)

BY_NAME: Mapping[tuple[Kind, str], Field] = {(field.kind, field.name): field for field in FIELDS}


def of(kind: Kind) -> tuple[Field, ...]:
    """The fields of one kind of record, in the order in which they are shown."""
    return tuple(field for field in FIELDS if field.kind is kind)


def step_of(kind: Kind, name: str) -> Step:
    """The step that changing this field is; where a record stands and whether it is there goes with its first field."""
    row = BY_NAME.get((kind, name))
    return row.step if row else of(kind)[0].step


def field(kind: Kind, name: str) -> Field:
    """The row for this field. Raises KeyError for a field the plan does not have."""
    return BY_NAME[kind, name]
