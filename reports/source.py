"""This file gathers what a report is made of: the plan as at a time, signed off or working, whole or in part."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan import awaiting, fields, history, ledger, midnight, timescale
from plan.fields import Kind
from plan.models import Plan, Revision
from plan.snapshot import Item, Snapshot

AWAITS = "Awaiting sign-off"


class NothingToReport(Exception):
    """There is no such position, theme or revision to report; the message says what would work."""


@dataclass(frozen=True)
class Wanted:
    """Which position a report tells. `as_at` is a day or the number of a revision, None for now.

    `theme` is a theme's id, title or the beginning of its title. `published` leaves out what is marked not for
    publication.
    """

    as_at: date | int | None = None
    signed_off: bool = True
    theme: str | None = None
    published: bool = False


@dataclass(frozen=True)
class Source:
    """One position of a plan as plain values. `as_at` is the day that the report bears.

    Lateness is reckoned on `day`: the plan's own position date, or `as_at`. `cycle_day` is the day whose cycle the
    report belongs to. `pending` are the (record, field) pairs that await sign-off, `working` and `signed` the two
    positions that differ by them; `snapshot` is the one of them that is told, in part where a part was wanted.
    """

    snapshot: Snapshot
    working: Snapshot
    signed: Snapshot
    plan: Item
    wanted: Wanted
    as_at: date
    cycle_day: date
    number: int
    record: str
    pending: frozenset[tuple[str, str]]
    scope: str = ""

    @property
    def waiting(self) -> frozenset[tuple[str, str]]:
        """What the report tells though it awaits sign-off, and so marks: nothing in a signed-off position."""
        return frozenset() if self.wanted.signed_off else self.pending

    @property
    def day(self) -> date:
        """The day on which lateness is reckoned."""
        return timescale.canonical_date(str(self.plan.get("position_date") or "")) or self.as_at

    @property
    def year(self) -> int:
        """The April in which the year of a bare quarter begins."""
        year = self.plan.get("year")
        return int(year) if year else self.day.year

    @property
    def themes(self) -> list[Item]:
        """The themes that the report tells, in the plan's order."""
        return self.snapshot.under(self.plan.id, Kind.THEME)

    @property
    def requirements(self) -> list[Item]:
        """All requirements that the report tells, in the plan's order."""
        return [one for theme in self.themes for one in self.snapshot.under(theme.id, Kind.REQUIREMENT)]

    def awaits(self, item: Item, *names: str) -> str:
        """The note for a cell of these fields: whether they, or the record as such, await sign-off."""
        return AWAITS if any((item.id, name) in self.waiting for name in (*names, "present")) else ""


def gather(session: Session, plan: Plan, wanted: Wanted, today: date) -> Source:
    """The position that is wanted. Raises NothingToReport where there is none, with what would work."""
    number, as_at = _when(session, plan, wanted, today)
    now = history.now(session, plan)
    is_now = number == ledger.latest(session, plan.id)
    working = now if is_now else history.as_at(session, plan, number, standing=now)
    signed = history.signed_now(session, plan) if is_now else history.as_at(session, plan, number, signed_off=True)
    snapshot = signed if wanted.signed_off else working
    if wanted.signed_off and not any(item.present for item in snapshot.of(Kind.REQUIREMENT)):
        raise NothingToReport(
            "Nothing is signed off yet, so there is no signed-off position to report. Sign updates off, let the "
            "programme office declare the plan agreed, or ask for the working position."
        )
    withheld = [item.id for each in (now, working, signed) for item in each.values() if is_withheld(item)]
    snapshot = without(snapshot, withheld if wanted.published else ())
    snapshot, scope = _of_theme(snapshot, plan.id, wanted.theme)
    return Source(
        snapshot=snapshot,
        working=working,
        signed=signed,
        plan=snapshot[plan.id],
        wanted=wanted,
        as_at=as_at,
        cycle_day=today if wanted.as_at is None else as_at,
        number=number,
        record=_hash(session, plan, number),
        pending=_pending(working, signed),
        scope=scope,
    )


def is_withheld(item: Item) -> bool:
    """Whether the record itself is marked not for publication."""
    return item.get("publication") == fields.WITHHELD


def without(snapshot: Snapshot, left_out: Iterable[str]) -> Snapshot:
    """The snapshot without these records and all that stands under them."""
    gone = set(left_out)
    return Snapshot(item for item in snapshot.values() if not _stands_under(snapshot, item, gone)) if gone else snapshot


def _when(session: Session, plan: Plan, wanted: Wanted, today: date) -> tuple[int, date]:
    """The number of the revision that is told, and the day that it is told as at."""
    latest = ledger.latest(session, plan.id)
    if wanted.as_at is None:
        return latest, timescale.canonical_date(plan.position_date) or today
    if isinstance(wanted.as_at, date):
        return _on_day(session, plan, wanted.as_at, today), wanted.as_at
    found = session.scalar(select(Revision).where(Revision.plan_id == plan.id, Revision.number == wanted.as_at))
    if found is None:
        raise NothingToReport(f"There is no revision {wanted.as_at}; the newest is {latest}.")
    return found.number, midnight.day_of(found.at)


def _on_day(session: Session, plan: Plan, day: date, today: date) -> int:
    if day > today:
        raise NothingToReport(
            f"{timescale.say_date(day)} is still to come, so nothing can be told as at that day. Choose an earlier one."
        )
    number = history.number_at(session, plan, day)
    if not number:
        raise NothingToReport(
            f"The plan did not exist yet on {timescale.say_date(day)}. Its history begins later; choose a later day."
        )
    return number


def _hash(session: Session, plan: Plan, number: int) -> str:
    found = select(Revision.hash).where(Revision.plan_id == plan.id, Revision.number == number)
    return session.scalar(found) or ledger.FIRST_HASH


def _pending(working: Snapshot, signed: Snapshot) -> frozenset[tuple[str, str]]:
    """What differs between the two positions, the coming of a record included."""
    return frozenset(
        (item.id, name)
        for item in working.values()
        for name in ("present", *item.values)
        if awaiting.needs_sign_off(item.kind, name)
        and not awaiting.says_the_same(name, _said(signed.get(item.id), name), _said(item, name))
    )


def _said(item: Item | None, name: str) -> fields.Value:
    if name == "present":
        return bool(item and item.present)
    return item.get(name) if item else None


def _of_theme(snapshot: Snapshot, plan: str, wanted: str | None) -> tuple[Snapshot, str]:
    """The snapshot of one theme alone with that theme's title, or the whole with none."""
    if not wanted:
        return snapshot, ""
    themes = snapshot.under(plan, Kind.THEME)
    asked = wanted.strip().casefold()
    exactly = [one for one in themes if asked in (one.id, _title(one).casefold())]
    chosen = exactly or [one for one in themes if _title(one).casefold().startswith(asked)]
    if len(chosen) != 1:
        known = "; ".join(_title(one) for one in themes)
        raise NothingToReport(
            f"“{wanted}” names {len(chosen) or 'no'} theme{'s'[: len(chosen)]}. Choose one of: {known}."
        )
    return without(snapshot, (one.id for one in themes if one is not chosen[0])), _title(chosen[0])


def _title(theme: Item) -> str:
    return str(theme.get("title") or "")


def _stands_under(snapshot: Snapshot, item: Item, gone: set[str]) -> bool:
    at: Item | None = item
    while at is not None:
        if at.id in gone:
            return True
        at = snapshot.get(at.parent) if at.parent else None
    return False
