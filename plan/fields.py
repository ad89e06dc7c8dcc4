"""This file is the one table of the plan's fields: label, shape, limit, help, who edits, what is signed off."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plan import rag, timescale
from plan.roles import LEADS_AND_OFFICE, OFFICE_ONLY, STAFF, Role

Value = str | int | float | None
"""What a field can hold: plain JSON values; dates as ISO text, statuses as their colour's word."""


class Kind(StrEnum):
    """The kinds of record, in the order in which they nest (design 2)."""

    PLAN = "plan"
    THEME = "theme"
    REQUIREMENT = "requirement"
    ACHIEVEMENT = "achievement"
    ACTION = "action"
    INDICATOR = "indicator"
    READING = "reading"
    AUDIT = "audit"


PARENT: Mapping[Kind, Kind] = {
    Kind.THEME: Kind.PLAN,
    Kind.REQUIREMENT: Kind.THEME,
    Kind.ACHIEVEMENT: Kind.REQUIREMENT,
    Kind.ACTION: Kind.REQUIREMENT,
    Kind.INDICATOR: Kind.REQUIREMENT,
    Kind.AUDIT: Kind.REQUIREMENT,
    Kind.READING: Kind.INDICATOR,
}


class Shape(StrEnum):
    """What kind of value a field takes; decides the input, the check and what counts as the same."""

    LINE = "line"
    TEXT = "text"
    STATUS = "status"
    TIMESCALE = "timescale"
    DATE = "date"
    PERIOD = "period"
    NUMBER = "number"
    COUNT = "count"
    TEAM = "team"
    DIRECTION = "direction"


@dataclass(frozen=True)
class Field:
    """One row of the table. `limit` counts characters; `reason` names the field that explains this one."""

    kind: Kind
    name: str
    label: str
    shape: Shape
    limit: int = 500
    help: str = ""
    edited_by: frozenset[Role] = STAFF
    signed_off: bool = True
    required: bool = False
    reason: str | None = None


class Invalid(ValueError):
    """A value that a field cannot hold; the message says what would work."""


EXCEL_CELL_LIMIT = 32_767  # what Excel holds in one cell (workbooks.md), an emoji counting as two
LARGEST_COUNT = 999_999_999
EXACT_BELOW = 2**53  # a whole number beyond it has no exact float, so it is not written as a whole one
# What a workbook's XML cannot hold: control characters but tab and line feed, halves of pairs, non-characters.
_CANNOT_BE_KEPT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
NO_STATUS = "none"
DIRECTIONS = {"higher": "Higher is better", "lower": "Lower is better"}

FIELDS: tuple[Field, ...] = (
    Field(
        Kind.PLAN,
        "title",
        "Title",
        Shape.LINE,
        300,
        "The plan's name, as it stands on reports.",
        OFFICE_ONLY,
        False,
        True,
    ),
    Field(Kind.PLAN, "council", "Council", Shape.LINE, 200, "The council under the Notice.", OFFICE_ONLY, False),
    Field(
        Kind.PLAN, "notice_date", "Notice issued", Shape.DATE, 30, "The day the Notice was issued.", OFFICE_ONLY, False
    ),
    Field(
        Kind.PLAN,
        "year",
        "Financial year",
        Shape.COUNT,
        4,
        "The April in which the year of a bare quarter begins: 2013 for 2013/14.",
        OFFICE_ONLY,
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
        OFFICE_ONLY,
        False,
    ),
    Field(Kind.PLAN, "marking", "Protective marking", Shape.LINE, 60, "Stands on every page.", OFFICE_ONLY, False),
    Field(Kind.PLAN, "scale_red", "What red means", Shape.LINE, 300, "", OFFICE_ONLY, False),
    Field(Kind.PLAN, "scale_amber", "What amber means", Shape.LINE, 300, "", OFFICE_ONLY, False),
    Field(Kind.PLAN, "scale_green", "What green means", Shape.LINE, 300, "", OFFICE_ONLY, False),
    Field(Kind.PLAN, "scale_blue", "What blue means", Shape.LINE, 300, "", OFFICE_ONLY, False),
    Field(
        Kind.THEME,
        "title",
        "Theme",
        Shape.LINE,
        500,
        "The heading the requirements stand under.",
        LEADS_AND_OFFICE,
        required=True,
    ),
    Field(
        Kind.THEME,
        "required_by",
        "Required by",
        Shape.DATE,
        30,
        "The day by which all under it is required.",
        LEADS_AND_OFFICE,
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
    Field(Kind.REQUIREMENT, "team", "Team", Shape.TEAM, 100, "Whose lead signs its updates off.", OFFICE_ONLY, False),
    Field(Kind.ACHIEVEMENT, "text", "Achievement", Shape.TEXT, EXCEL_CELL_LIMIT, "What has been done."),
    Field(Kind.ACHIEVEMENT, "evidence", "Evidence", Shape.TEXT, EXCEL_CELL_LIMIT, "What shows that it was done."),
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
    Field(Kind.INDICATOR, "name", "Figure", Shape.LINE, 300, "What is counted.", required=True),
    Field(Kind.INDICATOR, "unit", "Unit", Shape.LINE, 40, "For example % or cases."),
    Field(Kind.INDICATOR, "target", "Target", Shape.NUMBER, 40, "The figure to reach."),
    Field(Kind.INDICATOR, "better", "Which way is better", Shape.DIRECTION, 10, "Whether more or less is better."),
    Field(Kind.READING, "period", "Period", Shape.PERIOD, 10, "The month it speaks of: 2013-05.", required=True),
    Field(Kind.READING, "value", "Value", Shape.NUMBER, 40, "The figure for that month."),
    Field(Kind.AUDIT, "title", "Audit", Shape.LINE, 300, "What was audited.", required=True),
    Field(Kind.AUDIT, "as_at", "As at", Shape.LINE, 30, "A day or a month."),
    Field(Kind.AUDIT, "total", "Cases", Shape.COUNT, 12, "All cases audited; the grades add up to it."),
    Field(Kind.AUDIT, "outstanding", "Outstanding", Shape.COUNT, 12),
    Field(Kind.AUDIT, "good", "Good", Shape.COUNT, 12),
    Field(Kind.AUDIT, "adequate", "Adequate", Shape.COUNT, 12),
    Field(Kind.AUDIT, "inadequate", "Inadequate", Shape.COUNT, 12),
)

BY_NAME: Mapping[tuple[Kind, str], Field] = {(field.kind, field.name): field for field in FIELDS}


def of(kind: Kind) -> tuple[Field, ...]:
    """The fields of one kind of record, in the order in which they are shown."""
    return tuple(field for field in FIELDS if field.kind is kind)


def field(kind: Kind, name: str) -> Field:
    """The row for this field. Raises KeyError for a field the plan does not have."""
    return BY_NAME[kind, name]


def clean(which: Field, typed: Value) -> Value:
    """The value to keep for what a person typed or a cell held; blank is None.

    Words are kept character for character, but for line ends, which become line feeds. Raises
    Invalid with a sentence that says what would work.
    """
    words = None if typed is None else _line_feeds(str(typed))
    if words is None or not words.strip():
        if which.required:
            raise Invalid(f"{which.label} cannot be empty. The old words are kept; write some.")
        return None
    if 2 * len(words) > which.limit and (length := _length(words)) > which.limit:
        raise Invalid(
            f"{which.label} takes {which.limit:,} characters at most and this has {length:,}. "
            "Nothing was changed; shorten it and save again."
        )
    if _CANNOT_BE_KEPT.search(words):
        raise Invalid(f"{which.label} holds a control character that cannot be kept. Nothing was changed; remove it.")
    return _SHAPES.get(which.shape, _words)(which, words)


def same(which: Field, one: Value, other: Value) -> bool:
    """Whether two values say the same: equal, or two ways of writing one date or number.

    A workbook says "30 Sep 2013" with a date cell where a person typed "30/09/2013"; neither moved it.
    """
    if one == other or (one in (None, "") and other in (None, "")):
        return True
    if one is None or other is None:
        return False
    return _meaning(which, str(one)) == _meaning(which, str(other))


def say(which: Field, value: Value) -> str:
    """The value in words for a person; blank is the empty string."""
    if value is None:
        return ""
    if which.shape is Shape.STATUS:
        return rag.say(rag.Status(str(value)))
    if which.shape is Shape.DATE:
        return timescale.say_date(date.fromisoformat(str(value)))
    if which.shape is Shape.DIRECTION:
        return DIRECTIONS[str(value)]
    if which.shape is Shape.COUNT and which.name != "year":
        return f"{int(value):,}"
    if isinstance(value, float) and value.is_integer():  # the database gives 71 back as 71.0
        return str(int(value))
    return str(value)


def _length(words: str) -> int:
    """The characters as Excel counts them, of which one outside the basic plane is two."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def _line_feeds(words: str) -> str:
    return words.replace("\r\n", "\n").replace("\r", "\n")


def _meaning(which: Field, words: str) -> date | float | str:
    """What the words come down to: a day or a figure where they state one, otherwise themselves."""
    if which.shape in (Shape.TIMESCALE, Shape.DATE):
        return timescale.canonical_date(words) or _line_feeds(words)
    figure = _figure(words) if which.shape in (Shape.NUMBER, Shape.COUNT) else None
    return _line_feeds(words) if figure is None else figure


def _words(which: Field, words: str) -> Value:
    return words


def _status(which: Field, words: str) -> Value:
    if words.strip().lower() == NO_STATUS:
        return None
    understood = rag.understand(words)
    if not understood.known:
        raise Invalid(f"“{words.strip()}” is not on the plan's scale. Choose red, amber, green, blue or none.")
    return understood.status.value if understood.status else None


def _date(which: Field, words: str) -> Value:
    day = timescale.canonical_date(words)
    if day is None:
        raise Invalid(f"“{words.strip()}” is not one day. Write it like 31 March 2013.")
    return day.isoformat()


def _period(which: Field, words: str) -> Value:
    year, _, month = words.strip().partition("-")
    digits = (year + month).isascii() and year.isdecimal() and month.isdecimal()
    if not (digits and len(year) == 4 and len(month) <= 2 and 1 <= int(month) <= 12):
        raise Invalid(f"“{words.strip()}” is not a month. Write it like 2013-05 for May 2013.")
    return f"{year}-{int(month):02d}"


def _number(which: Field, words: str) -> Value:
    number = _figure(words)
    if number is None:
        raise Invalid(f"“{words.strip()}” is not a number. Write it like 74.89.")
    return int(number) if number.is_integer() and abs(number) < EXACT_BELOW else number


def _figure(words: str) -> float | None:
    written = words.replace(",", "").strip().removesuffix("%")
    try:
        number = float(written)
    except ValueError:
        return None
    # Python reads "1_000", "inf" and "nan" as numbers too; people do not write them.
    return None if "_" in written or not math.isfinite(number) else number


def _count(which: Field, words: str) -> Value:
    number = _number(which, words)
    if not isinstance(number, int) or number < 0:
        raise Invalid(f"{which.label} is a whole number. “{words.strip()}” is not one.")
    if number > LARGEST_COUNT:
        raise Invalid(f"{which.label} goes up to {LARGEST_COUNT:,}. Nothing was changed; check the number.")
    return number


def _direction(which: Field, words: str) -> Value:
    if words.strip() not in DIRECTIONS:
        raise Invalid("Choose whether higher or lower is better.")
    return words.strip()


_SHAPES = {
    Shape.LINE: _words,
    Shape.TEXT: _words,
    Shape.STATUS: _status,
    Shape.DATE: _date,
    Shape.PERIOD: _period,
    Shape.NUMBER: _number,
    Shape.COUNT: _count,
    Shape.DIRECTION: _direction,
}
