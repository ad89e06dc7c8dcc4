"""This file is an indicator with its readings in order: where it stands, which way it goes, which periods lack one."""

from collections.abc import Iterable
from dataclasses import dataclass

from plan import periods
from plan.fields import Kind
from plan.figures.travel import PERCENT, Direction, Travel, amount, exactly, number, say, travel
from plan.periods import Period, Rhythm
from plan.snapshot import Item, Snapshot

MOST_MISSING = 600  # fifty years of months: a slip in a year must not name thousands


@dataclass(frozen=True)
class Reading:
    """A figure's value for one period."""

    period: Period
    value: float


@dataclass(frozen=True)
class Figure:
    """An indicator; its readings oldest first, one for a period, those without a period or value left out."""

    id: str
    name: str
    unit: str = ""
    target: float | None = None
    better: str | None = None
    readings: tuple[Reading, ...] = ()

    @property
    def last(self) -> Reading | None:
        """The newest reading."""
        return self.readings[-1] if self.readings else None

    @property
    def lately(self) -> Travel | None:
        """The way between the last two readings, None where there are not two."""
        return self._travel(-2) if len(self.readings) > 1 else None

    @property
    def overall(self) -> Travel | None:
        """The way from the first reading to the last, None where it is the same as `lately`."""
        return self._travel(0) if len(self.readings) > 2 else None

    @property
    def got_worse(self) -> bool:
        """Whether the newest reading is worse than the one before."""
        return self.lately is not None and self.lately.direction is Direction.WORSE

    @property
    def rhythm(self) -> Rhythm:
        """How often it is read: by quarter where all its readings are quarters, otherwise by month."""
        quarterly = self.readings and all(one.period.rhythm is Rhythm.QUARTERLY for one in self.readings)
        return Rhythm.QUARTERLY if quarterly else Rhythm.MONTHLY

    def missing(self, until: Period | None = None) -> tuple[Period, ...]:
        """The months (or quarters) between the first reading and the last, or `until`, that have no reading.

        A quarter's reading among months speaks for its three months.
        """
        if not self.readings:
            return ()
        covered = {one.period.last - before for one in self.readings for before in range(one.period.rhythm)}
        first, last = self.readings[0].period, self.readings[-1].period
        end = max(last.last, until.last if until else 0)
        steps = range(first.last, min(end, first.last + MOST_MISSING) + 1, self.rhythm)
        return tuple(Period(month, self.rhythm) for month in steps if month not in covered)

    @property
    def against_target(self) -> str:
        """Where the newest reading stands to the target, in a clause; empty where either is not said."""
        if self.target is None or self.last is None:
            return ""
        gap = exactly(self.last.value) - exactly(self.target)
        said = say(self.target, self.unit)
        if gap == 0:
            return f"exactly the target of {said}"
        met = self.better and (gap > 0) == (self.better == "higher")
        reached = ", which meets it" if met else ""
        much = amount(float(abs(gap)), self.unit) if self.unit.strip() == PERCENT else number(float(abs(gap)))
        return f"{much} {'above' if gap > 0 else 'below'} the target of {said}{reached}"

    def _travel(self, start: int) -> Travel:
        first, last = self.readings[start], self.readings[-1]
        return travel((first.period, first.value), (last.period, last.value), self.better, self.unit)


def figures_of(snapshot: Snapshot, requirement: Item) -> tuple[Figure, ...]:
    """The indicators of a requirement, in the plan's order."""
    return tuple(figure_of(snapshot, one) for one in snapshot.under(requirement.id, Kind.INDICATOR))


def figure_of(snapshot: Snapshot, item: Item) -> Figure:
    """An indicator's record with its readings."""
    target = item.get("target")
    return Figure(
        id=item.id,
        name=" ".join(str(item.get("name") or "").split()) or "Figure without a name",
        unit=str(item.get("unit") or ""),
        target=None if target is None else float(target),
        better=str(item.get("better")) if item.get("better") else None,
        readings=_in_order(snapshot.under(item.id, Kind.READING)),
    )


def _in_order(items: Iterable[Item]) -> tuple[Reading, ...]:
    """Oldest first; of two for one period the later in the plan's order counts."""
    found: dict[Period, Reading] = {}
    for item in items:
        period, value = periods.find(item.get("period")), item.get("value")
        if period and value is not None:
            found[period] = Reading(period, float(value))
    return tuple(found[period] for period in sorted(found))
