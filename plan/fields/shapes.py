"""This file says what the plan is made of: kinds of record, shapes of value, and what a field is."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from plan.roles import Step

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
    CYCLE = "cycle"


PARENT: Mapping[Kind, Kind] = {
    Kind.THEME: Kind.PLAN,
    Kind.REQUIREMENT: Kind.THEME,
    Kind.ACHIEVEMENT: Kind.REQUIREMENT,
    Kind.ACTION: Kind.REQUIREMENT,
    Kind.INDICATOR: Kind.REQUIREMENT,
    Kind.AUDIT: Kind.REQUIREMENT,
    Kind.READING: Kind.INDICATOR,
    Kind.CYCLE: Kind.PLAN,
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
    PUBLICATION = "publication"


@dataclass(frozen=True)
class Field:
    """One row of the table. `limit` counts characters; `step` is what changing it is; `reason` explains this one."""

    kind: Kind
    name: str
    label: str
    shape: Shape
    limit: int = 500
    help: str = ""
    step: Step = Step.EDIT
    signed_off: bool = True
    required: bool = False
    reason: str | None = None


NO_STATUS = "none"
DIRECTIONS = {"higher": "Higher is better", "lower": "Lower is better"}
WITHHELD = "no"
PUBLICATION = {WITHHELD: "Not for publication"}
