"""This room asks the awkward questions before the board does, and keeps the answers that leads give.

`RULES` is the whole list, one row a question; `find` applies it to a `Ground`; `found` does so for a plan as it
stands and joins to each finding the answer that still holds.
"""

from plan.challenges.answers import (
    CannotAnswer,
    Held,
    Lapsed,
    answer,
    broken_seals,
    found,
    ground,
    may_answer,
    reason_needed,
)
from plan.challenges.ground import Finding, Ground, Place
from plan.challenges.rules import RULES, Rule, find, rule

__all__ = [
    "RULES",
    "CannotAnswer",
    "Finding",
    "Ground",
    "Held",
    "Lapsed",
    "Place",
    "Rule",
    "answer",
    "broken_seals",
    "find",
    "found",
    "ground",
    "may_answer",
    "reason_needed",
    "rule",
]
