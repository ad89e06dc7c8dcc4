"""This room is sign-off: what awaits a lead, the decision on it, and what came back to its author (design 4).

| the line | signed off | returned (with a reason) |
| --- | --- | --- |
| a field moved | its words are the signed ones | it goes back to its signed words |
| a record is new | it and its words are signed | it is taken out again, its words kept in history |
| a record was removed | its removal is signed | it is brought back |
"""

from plan.signoffs.agreed import AlreadyAgreed, agree, can_be_agreed
from plan.signoffs.deciders import all_powers, decides, names_for, powers_of, queue
from plan.signoffs.deciding import NotYours, ReasonNeeded, Shown, Stale, decide
from plan.signoffs.lines import Line, Net, Sort, lines
from plan.signoffs.outline import outline
from plan.signoffs.returned import (
    NoLongerReturned,
    Returned,
    find_returned,
    let_go,
    returned_to,
    take_up_again,
)
from plan.signoffs.settled import Settled, settled_by_others
from plan.signoffs.withdrawing import CannotWithdraw, may_withdraw, withdraw

__all__ = [
    "AlreadyAgreed",
    "CannotWithdraw",
    "Line",
    "Net",
    "NoLongerReturned",
    "NotYours",
    "ReasonNeeded",
    "Returned",
    "Settled",
    "Shown",
    "Sort",
    "Stale",
    "agree",
    "all_powers",
    "can_be_agreed",
    "decide",
    "decides",
    "find_returned",
    "let_go",
    "lines",
    "may_withdraw",
    "names_for",
    "outline",
    "powers_of",
    "queue",
    "returned_to",
    "settled_by_others",
    "take_up_again",
    "withdraw",
]
