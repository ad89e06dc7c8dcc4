"""This file is how the plan stands on a day: what each timescale promises, what is late, what waits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache

from plan import timescale
from plan.fields import Kind
from plan.questions.moves import UNMOVED, Moves
from plan.rag import Status
from plan.snapshot import Item, Snapshot
from plan.timescale import Window, say_date

NOT_COMPUTED = "No day can be worked out from these words"


class When(StrEnum):
    """Where an action stands to the day and the next board; every action is in exactly one of these."""

    LATE = "late"
    BEFORE_BOARD = "before-board"
    LATER = "later"
    ON_GOING = "on-going"
    DONE = "done"
    UNKNOWN = "unknown"
    NO_TIMESCALE = "no-timescale"


@dataclass(frozen=True)
class Surroundings:
    """What a position is held against.

    `moves` are by action. `board` is the day of the next board. Where the plan is held at a day of its own, `held` is
    how far that lies back, and what falls due soon is reckoned from there. `last` is the plan as it stood at the last
    board. `owing` are the requirements that owe an update in the open cycle, which takes updates until `cut_off`; None
    where none is open. `deciders` names, by requirement, with whom it awaits sign-off.
    """

    moves: Mapping[str, Moves] = field(default_factory=dict)
    board: date | None = None
    board_title: str = ""
    held: timedelta = timedelta()
    last: Snapshot | None = None
    last_title: str = ""
    owing: frozenset[str] | None = None
    open_title: str = ""
    cut_off: date | None = None
    deciders: Mapping[str, str] = field(default_factory=dict)

    @property
    def due_until(self) -> date | None:
        """The last day on which what falls due does so before the next board; None where no board is coming."""
        return self.board - self.held if self.board else None


@dataclass(frozen=True)
class Position:
    """A plan at one moment. Lateness is reckoned on `day`: the plan's own position date, or today.

    `waiting` are the (record, field) pairs that await sign-off, `since` the moments from which they do.
    """

    snapshot: Snapshot
    waiting: frozenset[tuple[str, str]]
    year: int
    day: date
    is_today: bool
    around: Surroundings = Surroundings()
    since: Mapping[tuple[str, str], datetime] = field(default_factory=dict)

    def window(self, action: Item) -> Window | None:
        """The days an action's timescale promises, None where its words name none."""
        words = action.get("timescale")
        return _promise(str(words), self.year) if words is not None else None

    def status(self, action: Item) -> str | None:
        """An action's status: its own or, having none, its requirement's."""
        requirement = self.snapshot.get(action.parent or "")
        status = action.get("status") or (requirement.get("status") if requirement else None)
        return None if status is None else str(status)

    def is_closed(self, action: Item) -> bool:
        """Whether an action is over: blue or, having no status of its own, under a blue requirement."""
        return self.status(action) == Status.BLUE

    def is_late(self, action: Item) -> bool:
        """Whether an action is not closed and its window ended before the day (design 6)."""
        return timescale.is_late(self.window(action), self.is_closed(action), self.day)

    def when(self, action: Item) -> When:
        """Where an action stands to the day and the next board."""
        window = self.window(action)
        if self.is_closed(action) or (window and window.done):
            return When.DONE
        if window is None:
            return When.UNKNOWN if action.get("timescale") else When.NO_TIMESCALE
        if window.ends is None:
            return When.ON_GOING
        if window.ends < self.day:
            return When.LATE
        until = self.around.due_until
        return When.BEFORE_BOARD if until and window.ends <= until else When.LATER

    def moves(self, action: Item) -> Moves:
        """What became of an action's timescale since it was first said."""
        return self.around.moves.get(action.id, UNMOVED)

    def due(self, action: Item) -> str:
        """The window of an action's timescale in words, empty where it has no timescale."""
        return due_words(self.window(action)) if action.get("timescale") else ""

    def waits(self, item: Item) -> bool:
        """Whether anything of the record itself awaits sign-off."""
        return item.id in self.waiting_records

    def waits_since(self, record: str, names: Iterable[str]) -> datetime | None:
        """The moment from which the first of these fields awaits sign-off, None where none does."""
        return min((self.since[record, name] for name in names if (record, name) in self.since), default=None)

    def any_waits_since(self, records: Iterable[str]) -> datetime | None:
        """The moment from which the first thing of these records awaits sign-off, None where nothing does."""
        return min((self._since[record] for record in records if record in self._since), default=None)

    @cached_property
    def _since(self) -> dict[str, datetime]:
        found: dict[str, datetime] = {}
        for (record, _), at in self.since.items():
            found[record] = min(at, found.get(record, at))
        return found

    @cached_property
    def waiting_records(self) -> frozenset[str]:
        """The records of which something awaits sign-off."""
        return frozenset(record for record, _ in self.waiting)


@lru_cache(maxsize=4096)
def _promise(words: str, year: int) -> Window | None:
    """The window of a timescale: a page asks for the same words again and again."""
    return timescale.parse(words, year)


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


def family(snapshot: Snapshot, requirement: Item, *, removed: bool = False) -> list[Item]:
    """The requirement and everything that stands under it, in the plan's order."""
    found = [requirement]
    for kind in (Kind.ACHIEVEMENT, Kind.ACTION, Kind.INDICATOR, Kind.AUDIT):
        for item in snapshot.under(requirement.id, kind, removed=removed):
            found += [item, *snapshot.under(item.id, Kind.READING, removed=removed)]
    return found
