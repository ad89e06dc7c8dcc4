"""This room says what changed between two moments of the plan, in sentences by theme.

`since` is pure: two snapshots and what is told of the way between them, a `Changed` out. `between` reads both moments
(`moment` understands a day, a revision's number or a cycle) and what is told from the history; `as_json` says the same
to a program. Each sentence counts its places, and each place names its record, so that a page can link to it.
"""

from plan.changed.moments import Moment, NoSuchMoment, between, default_from, moment
from plan.changed.said import as_json
from plan.changed.sentences import since
from plan.changed.values import Agreement, Changed, ChangedTheme, Place, Sentence, Sort, Way

__all__ = [
    "Agreement",
    "Changed",
    "ChangedTheme",
    "Moment",
    "NoSuchMoment",
    "Place",
    "Sentence",
    "Sort",
    "Way",
    "as_json",
    "between",
    "default_from",
    "moment",
    "since",
]
