"""This room is the board's cycle: its days, who owes an update in it, and its frozen pack."""

from plan.cycles.freezing import (
    CannotFreeze,
    Document,
    broken_seals,
    check_may_freeze,
    freeze,
    frozen,
    next_edition,
    pack,
    packs_of,
    position_of,
    verify,
)
from plan.cycles.making import Made, add, make, remove
from plan.cycles.owing import CannotConfirm, Owed, Update, asked_of, asked_of_person, confirm, owes
from plan.cycles.standing import Bounds, Cycle, before, bounds, current, find, of_plan, open_on, previous

__all__ = [
    "Bounds",
    "CannotConfirm",
    "CannotFreeze",
    "Cycle",
    "Document",
    "Made",
    "Owed",
    "Update",
    "add",
    "asked_of",
    "asked_of_person",
    "before",
    "bounds",
    "broken_seals",
    "check_may_freeze",
    "confirm",
    "current",
    "find",
    "freeze",
    "frozen",
    "make",
    "next_edition",
    "of_plan",
    "open_on",
    "owes",
    "pack",
    "packs_of",
    "position_of",
    "previous",
    "remove",
    "verify",
]
