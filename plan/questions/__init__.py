"""This room asks the plan what its pages show: what stands where, what is late, what waits, what changed."""

from plan.questions.counting import Count, Counts, Summary, only, summary
from plan.questions.finding import (
    Answer,
    Asked,
    FoundAction,
    FoundRequirement,
    FoundTheme,
    find,
    found_actions,
    found_requirement,
)
from plan.questions.looking_around import moves, surrounded
from plan.questions.moves import Moves
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
from plan.questions.position import Surroundings, When, due_words
from plan.questions.standing import Position, position

__all__ = [
    "Answer",
    "Asked",
    "Count",
    "Counts",
    "Entry",
    "FoundAction",
    "FoundRequirement",
    "FoundTheme",
    "Line",
    "Moves",
    "Page",
    "Position",
    "Sort",
    "Summary",
    "Surroundings",
    "Told",
    "When",
    "due_words",
    "entries",
    "find",
    "first_upper",
    "found_actions",
    "found_requirement",
    "month",
    "moves",
    "name",
    "only",
    "page_of",
    "plans",
    "position",
    "requirement_entries",
    "revision",
    "shorten",
    "source_words",
    "summary",
    "surrounded",
]
