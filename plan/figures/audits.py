"""This file reads audits by grade: whether the parts add up, each grade's share, two audits compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from plan import periods, timescale
from plan.fields import Kind
from plan.snapshot import Item, Snapshot

YEAR_UNSAID = 2000  # a month without its year is put before all others
GRADES = ("outstanding", "good", "adequate", "inadequate")


@dataclass(frozen=True)
class Audit:
    """An audit of cases. A grade that was not said is None; so is a total. `day` is the last that `as_at` names."""

    id: str
    title: str
    as_at: str
    total: int | None
    grades: Mapping[str, int | None]
    day: date | None = None

    @property
    def name(self) -> str:
        """Its title and when it was: "Case audits by managers, 1 July 2013"."""
        return f"{self.title}, {self.as_at}" if self.as_at else self.title

    @property
    def counts(self) -> tuple[int, ...] | None:
        """The cases of each grade, None unless all four were said and there are any."""
        counts = [self.grades.get(grade) for grade in GRADES]
        known = tuple(count for count in counts if count is not None)
        return known if len(known) == len(GRADES) and any(known) else None

    @property
    def fault(self) -> str:
        """What does not add up, in a clause; empty where it does or something is not said yet."""
        return off_by(self.total, tuple(self.grades.get(grade) for grade in GRADES))


def off_by(total: int | None, counts: tuple[int | None, ...]) -> str:
    """The difference between the cases and their grades: "1,440 cases but the grades add up to 1,430: 10 too few".

    Empty where they agree, or while some are not said; but grades that are more than the cases never fit.
    """
    known = [count for count in counts if count is not None]
    found = sum(known)
    if total is None or not known or found == total or (len(known) < len(counts) and found < total):
        return ""
    side = "few" if found < total else "many"
    noun = "case" if total == 1 else "cases"
    return f"{total:,} {noun} but the grades add up to {found:,}: {abs(found - total):,} too {side}"


def shares(counts: tuple[int, ...]) -> tuple[float, ...]:
    """Each count's share in percent, to one decimal, adding up to exactly 100; all nought where there are none.

    What rounding leaves over goes to the shares that lost most by it (the largest-remainder rule),
    of equals to the largest, where it shows least.
    """
    total = sum(counts)
    if not total:
        return tuple(0.0 for _ in counts)
    tenths = [divmod(count * 1000, total) for count in counts]
    left = 1000 - sum(whole for whole, _ in tenths)
    most = sorted(range(len(counts)), key=lambda at: (-tenths[at][1], -counts[at]))[:left]
    return tuple((whole + (at in most)) / 10 for at, (whole, _) in enumerate(tenths))


def compared(before: Audit, after: Audit) -> str:
    """Two audits in a sentence by grade: how the shares moved; empty where either has no grades to share out."""
    if before.counts is None or after.counts is None:
        return ""
    pairs = zip(GRADES, shares(before.counts), shares(after.counts), strict=True)
    moved = [f"{grade} {_way(was, now)}" for grade, was, now in pairs]
    return f"From “{before.name}” to “{after.name}”: {', '.join(moved)}."


def audits_of(snapshot: Snapshot, requirement: Item) -> tuple[Audit, ...]:
    """The audits of a requirement, in the plan's order."""
    return tuple(audit_of(one) for one in snapshot.under(requirement.id, Kind.AUDIT))


def audit_of(item: Item) -> Audit:
    """An audit's record as plain values, its day or month in words."""
    return Audit(
        id=item.id,
        title=" ".join(str(item.get("title") or "").split()) or "Audit without a title",
        as_at=_when(item.get("as_at")),
        total=_whole(item.get("total")),
        grades={grade: _whole(item.get(grade)) for grade in GRADES},
        day=_day(item.get("as_at")),
    )


def _way(was: float, now: float) -> str:
    if was == now:
        return f"the same at {now:g}%"
    return f"{'up' if now > was else 'down'} from {was:g}% to {now:g}%"


def _when(words: object) -> str:
    day = timescale.canonical_date(str(words or ""))
    if day:
        return timescale.say_date(day)
    return periods.say(words) if words else ""


def _day(words: object) -> date | None:
    window = timescale.parse(str(words), YEAR_UNSAID) if words else None
    return window.ends if window else None


def _whole(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) else None
