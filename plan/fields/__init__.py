"""This room is the one table of the plan's fields, and what their values are, mean and say."""

from plan.fields.cleaning import LARGEST_COUNT, Invalid, can_be_kept, clean, keeps_up_to
from plan.fields.meaning import line_feeds, same
from plan.fields.saying import say
from plan.fields.shapes import DIRECTIONS, NO_STATUS, PARENT, PUBLICATION, WITHHELD, Field, Kind, Shape, Value
from plan.fields.table import BY_NAME, EXCEL_CELL_LIMIT, FIELDS, field, of, step_of

__all__ = [
    "BY_NAME",
    "DIRECTIONS",
    "EXCEL_CELL_LIMIT",
    "FIELDS",
    "LARGEST_COUNT",
    "NO_STATUS",
    "PARENT",
    "PUBLICATION",
    "WITHHELD",
    "Field",
    "Invalid",
    "Kind",
    "Shape",
    "Value",
    "can_be_kept",
    "clean",
    "field",
    "keeps_up_to",
    "line_feeds",
    "of",
    "same",
    "say",
    "step_of",
]
