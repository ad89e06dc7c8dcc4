"""This file finds the two moments that somebody named, and reads from the history what happened between them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from plan import cycles, history, ledger, midnight, questions, timescale
from plan.changed.sentences import since
from plan.changed.values import Agreement, Changed, Way
from plan.models import Decision, Outcome, Plan, Revision, Source
from plan.snapshot import Snapshot


class NoSuchMoment(ValueError):
    """The words name no moment of this plan; the message says what would work."""


@dataclass(frozen=True)
class Moment:
    """A moment of the plan: the revision up to which it is told, 0 before the first, and how a person says it."""

    revision: int
    words: str


def moment(session: Session, plan: Plan, said: str) -> Moment:
    """The moment that words name: a revision's number, a day (its end), or a cycle's id (its cut-off).

    Raises NoSuchMoment for a revision that is not there and for any other words.
    """
    said = said.strip()
    if said.isdecimal() and len(said) < 8:
        return _revision(session, plan, int(said))
    if day := timescale.canonical_date(said):
        return Moment(history.number_at(session, plan, day), f"the end of {timescale.say_date(day)}")
    if cycle := cycles.find(session, plan, said):
        number = cycles.position_of(session, plan, cycle)
        return Moment(number, f"the cut-off of “{cycle.title}” ({timescale.say_date(cycle.cut_off)})")
    raise NoSuchMoment(
        f"“{said}” is neither a day, nor the number of a revision, nor one of the plan's cycles. Write a day like "
        "1 July 2013 or a number like 12."
    )


def default_from(session: Session, plan: Plan, today: date) -> Moment:
    """Where "what changed" begins unless somebody says: the last board's cut-off, else the plan's first revision."""
    last = cycles.previous(session, plan, today)
    found = moment(session, plan, last.id) if last else None
    return found if found and found.revision else Moment(1, "revision 1, its beginning")


def between(session: Session, plan: Plan, start: Moment, end: Moment, *, signed_off: bool = False) -> Changed:
    """What changed from one moment to the other, in the working plan or in what was signed off by then."""
    standing = None if signed_off else history.now(session, plan)
    before, after = (_as_at(session, plan, one, signed_off, standing) for one in (start, end))
    return since(before, after, _way(session, plan, start.revision, end.revision))


def _revision(session: Session, plan: Plan, number: int) -> Moment:
    latest = ledger.latest(session, plan.id)
    if number > latest:
        raise NoSuchMoment(f"There is no revision {number} yet; the newest is {latest}. Choose one up to that.")
    return Moment(number, f"revision {number}" if number else "before its beginning")


def _as_at(session: Session, plan: Plan, at: Moment, signed_off: bool, standing: Snapshot | None) -> Snapshot:
    if not at.revision:
        return Snapshot()
    return history.as_at(session, plan, at.revision, signed_off=signed_off, standing=standing)


def _way(session: Session, plan: Plan, start: int, end: int) -> Way:
    """Who wrote and who signed what between two revisions; agreeing the whole position signs all that stood then."""
    found = (
        select(Revision)
        .where(Revision.plan_id == plan.id, Revision.number > start, Revision.number <= end)
        .order_by(Revision.number)
        .options(selectinload(Revision.changes), selectinload(Revision.decisions))
    )
    agreements: dict[tuple[str, str], Agreement] = {}
    authors: dict[tuple[str, str], str] = {}
    said: dict[tuple[str, str], str | int | float | None] = {}
    for revision in session.scalars(found):
        for change in revision.changes:
            authors[change.record_id, change.field] = revision.by_name
            said[change.record_id, change.field] = change.after
        if revision.source == Source.BASELINE:
            day = midnight.day_of(revision.at)
            agreements.update({place: Agreement(value, revision.by_name, day) for place, value in said.items()})
        for decision in revision.decisions:
            if decision.outcome == Outcome.SIGNED_OFF:
                agreements[decision.record_id, decision.field] = _agreement(revision, decision)
    moves = questions.moves(session, plan, plan.year or 0, until=end)
    return Way(agreements, authors, {record: one.count for record, one in moves.items()})


def _agreement(revision: Revision, decision: Decision) -> Agreement:
    return Agreement(decision.after, revision.by_name, midnight.day_of(revision.at), decision.on_behalf_of or "")
