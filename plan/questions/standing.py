"""This file says how the plan stands on a day: what each timescale promises, what is late, what waits."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy.orm import Session

from plan import awaiting, history, timescale
from plan.fields import Kind
from plan.models import Awaiting, Plan
from plan.rag import Status
from plan.snapshot import Item, Snapshot
from plan.timescale import Window, say_date

NOT_COMPUTED = "No day can be worked out from these words"


@dataclass(frozen=True)
class Position:
    """A plan at one moment. Lateness is reckoned on `day`: the plan's own position date, or today.

    `waiting` are the (record, field) pairs that await sign-off.
    """

    snapshot: Snapshot
    waiting: frozenset[tuple[str, str]]
    year: int
    day: date
    is_today: bool

    def window(self, action: Item) -> Window | None:
        """The days an action's timescale promises, None where its words name none."""
        words = action.get("timescale")
        return timescale.parse(str(words), self.year) if words is not None else None

    def is_closed(self, action: Item) -> bool:
        """Whether an action is over: blue or, having no status of its own, under a blue requirement."""
        requirement = self.snapshot.get(action.parent or "")
        status = action.get("status") or (requirement.get("status") if requirement else None)
        return status == Status.BLUE

    def is_late(self, action: Item) -> bool:
        """Whether an action is not closed and its window ended before the day (design 6)."""
        return timescale.is_late(self.window(action), self.is_closed(action), self.day)

    def due(self, action: Item) -> str:
        """The window of an action's timescale in words, empty where it has no timescale."""
        return due_words(self.window(action)) if action.get("timescale") else ""

    def waits(self, item: Item) -> bool:
        """Whether anything of the record itself awaits sign-off."""
        return item.id in self.waiting_records

    @cached_property
    def waiting_records(self) -> frozenset[str]:
        """The records of which something awaits sign-off."""
        return frozenset(record for record, _ in self.waiting)


def position(session: Session, plan: Plan, today: date) -> Position:
    """The plan as it stands now, read at once."""
    snapshot = history.now(session, plan)
    stated = timescale.canonical_date(plan.position_date)
    waiting = _undecided(snapshot, awaiting.of_plan(session, plan.id))
    return Position(snapshot, waiting, plan.year or today.year, stated or today, stated is None)


def due_words(window: Window | None) -> str:
    """A window in words: "1 July 2013 to 30 September 2013, then on going"."""
    if window is None:
        return NOT_COMPUTED
    if window.done:
        return "Done"
    if window.ends is None:
        return f"From {say_date(window.starts)}, with no end" if window.starts else "On going, with no end"
    then = ", then on going" if window.open_ended else ""
    if window.starts is None:
        return f"By {say_date(window.ends)}{then}"
    if window.starts == window.ends:
        return f"{say_date(window.ends)}{then}"
    same_year = window.starts.year == window.ends.year
    starts = say_date(window.starts).rsplit(" ", 1)[0] if same_year else say_date(window.starts)
    return f"{starts} to {say_date(window.ends)}{then}"


def _undecided(snapshot: Snapshot, rows: list[Awaiting]) -> frozenset[tuple[str, str]]:
    """What a lead has to decide on: not the words of a record removed before it was ever signed off."""
    presence = {row.record_id for row in rows if row.field == "present"}
    return frozenset(
        (row.record_id, row.field)
        for row in rows
        if row.record_id in presence or (row.record_id in snapshot and snapshot[row.record_id].present)
    )


def family(snapshot: Snapshot, requirement: Item, *, removed: bool = False) -> list[Item]:
    """The requirement and everything that stands under it, in the plan's order."""
    found = [requirement]
    for kind in (Kind.ACHIEVEMENT, Kind.ACTION, Kind.INDICATOR, Kind.AUDIT):
        for item in snapshot.under(requirement.id, kind, removed=removed):
            found += [item, *snapshot.under(item.id, Kind.READING, removed=removed)]
    return found
