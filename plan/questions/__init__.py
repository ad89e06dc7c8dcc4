"""This room asks the plan what its pages show: what stands where, what is late, what waits, what changed."""

from plan.questions.finding import (
    Answer,
    Asked,
    FoundAction,
    FoundRequirement,
    FoundTheme,
    find,
    found_requirement,
)
from plan.questions.naming import first_upper, month, name, shorten
from plan.questions.past import (
    Entry,
    Line,
    Page,
    Sort,
    Told,
    entries,
    page_of,
    requirement_entries,
    revision,
    source_words,
)
from plan.questions.plans import plans
from plan.questions.standing import Position, due_words, position

__all__ = [
    "Answer",
    "Asked",
    "Entry",
    "FoundAction",
    "FoundRequirement",
    "FoundTheme",
    "Line",
    "Page",
    "Position",
    "Sort",
    "Told",
    "due_words",
    "entries",
    "find",
    "first_upper",
    "found_requirement",
    "month",
    "name",
    "page_of",
    "plans",
    "position",
    "requirement_entries",
    "revision",
    "shorten",
    "source_words",
]
