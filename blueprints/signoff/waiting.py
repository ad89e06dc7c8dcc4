"""This file lays out what awaits sign-off as the page shows it: mine and other people's, in groups, filtered."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from blueprints.signoff.grouping import By, GroupView, groups
from blueprints.signoff.line import LineView, line_view, who_decides
from plan import history, signoffs
from plan.models import Person, Plan
from plan.roles import Step
from plan.signoffs import Line, Shown
from plan.signoffs.naming import Stuck, stuck
from plan.snapshot import Snapshot


@dataclass(frozen=True)
class Wanted:
    """How the queue was asked for: in which groups, and only what one person had a hand in (empty: everything)."""

    by: By = By.REQUIREMENT
    who: str = ""


@dataclass(frozen=True)
class QueueView:
    """Everything that awaits sign-off: what this person decides on, and what somebody else does.

    The counts are of all lines, `shown` of those that were asked for. `stuck` is for the office.
    """

    wanted: Wanted
    mine: tuple[GroupView, ...]
    others: tuple[GroupView, ...]
    count: int
    count_of_others: int
    shown: int
    authors: tuple[str, ...]
    uploads: int
    decides: bool
    snapshot: Snapshot
    stuck: tuple[Stuck, ...] = ()


def lay_out(
    session: Session,
    plan: Plan,
    person: Person,
    on: date,
    wanted: Wanted,
    *,
    ticked: Collection[Shown] = (),
    shown: Collection[Shown] | None = None,
) -> QueueView:
    """The queue for this person. `shown` is what was on their screen, `ticked` what they chose there."""
    snapshot = history.now(session, plan)
    powers = signoffs.powers_of(session, person, on)
    everybody = signoffs.all_powers(session, on)
    every = signoffs.lines(session, plan)
    asked_for = [line for line in every if not wanted.who or wanted.who in _authors([line])]
    mine = [line for line in asked_for if signoffs.decides(powers, line)]
    others = [line for line in asked_for if not signoffs.decides(powers, line)]
    seen = None if shown is None else {one.key: one.token for one in shown}

    def view_mine(line: Line) -> LineView:
        moved = seen is not None and seen.get(line.key) != line.token
        chosen = Shown(line.key, line.token) in ticked
        return replace(line_view(snapshot, line, on), is_ticked=chosen and not moved, has_moved=moved)

    def view_other(line: Line) -> LineView:
        own = signoffs.may_withdraw(line, person)
        return replace(line_view(snapshot, line, on), who_decides=who_decides(line, powers, everybody), is_own=own)

    total = sum(signoffs.decides(powers, line) for line in every)
    return QueueView(
        wanted,
        tuple(groups(snapshot, plan, mine, wanted.by, view_mine)),
        tuple(groups(snapshot, plan, others, wanted.by, view_other)),
        total,
        len(every) - total,
        len(mine),
        _authors(every),
        len({line.upload.number for line in every if line.upload}),
        powers.any,
        snapshot,
        tuple(stuck(session, plan, every, everybody)) if person.may(Step.ADMINISTER) else (),
    )


def _authors(lines: Iterable[Line]) -> tuple[str, ...]:
    names: Sequence[str] = [change.revision.by_name for line in lines for change in line.touches]
    return tuple(sorted(set(names), key=str.casefold))
