"""This file is what the round trip answers with: a preview, what was accepted, a workbook to save, or why not."""

from dataclasses import dataclass

from plan.edits import Edit
from plan.models import Revision
from plan.snapshot import Snapshot
from sync.grid import Grid
from sync.identity import Doubt, Resolved
from sync.merge import Decision, Outcome
from sync.reading import Problem, Reading


class WrongPlan(Exception):
    """The workbook was downloaded from another plan."""


class NoTracker(Exception):
    """The plan has no workbook to download."""


class Unsettled(Exception):
    """There are clashes that nobody has settled; nothing was applied."""


@dataclass(frozen=True)
class Preview:
    """What an upload would do, and changes nothing.

    `base` is the revision it was compared from, `certain` whether it said so itself and every row is sure;
    `revision` the plan's newest when this was made, so that a stale preview can be told.
    """

    base: int
    certain: bool
    how_base: str
    revision: int
    decisions: tuple[Decision, ...]
    doubts: tuple[Doubt, ...]
    problems: tuple[Problem, ...]
    reading: Reading
    resolved: Resolved
    plan: Snapshot
    sheets: tuple[Grid, ...]

    def of(self, *outcomes: Outcome) -> list[Decision]:
        """The decisions with one of these outcomes, in the workbook's order."""
        return [d for d in self.decisions if d.outcome in outcomes]


@dataclass(frozen=True)
class Accepted:
    """What an accepted upload did: the revision (None when it changed nothing), what was left, what to know."""

    revision: Revision | None
    undecided: tuple[Decision, ...]
    withheld: tuple[Edit, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Download:
    """A workbook ready to be saved."""

    name: str
    content: bytes
    notes: tuple[str, ...]
