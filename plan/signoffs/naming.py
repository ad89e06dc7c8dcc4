"""This file is the office's way out where no lead may decide: it finds such places and names somebody for a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from plan import deputies, history
from plan.deputies import CannotName
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Decider, Person, Plan
from plan.signoff import Powers, Verdict
from plan.signoffs.lines import Line
from plan.snapshot import Snapshot

LONGEST_DAYS = 366


@dataclass(frozen=True)
class Place:
    """Where somebody is named to decide: for a whole team, or for one requirement or theme."""

    team: str | None = None
    record: str | None = None


@dataclass(frozen=True)
class Stuck:
    """A place where nobody may decide: what waits there. A team without a lead may have nothing waiting yet."""

    team: str | None
    lines: tuple[Line, ...]
    has_lead: bool

    @property
    def places(self) -> tuple[Place, ...]:
        """For what the office may name somebody: the team, and each requirement or theme with such a line."""
        heads = dict.fromkeys(line.head.id for line in self.lines)
        return (*((Place(team=self.team),) if self.team else ()), *(Place(record=id) for id in heads))


def stuck(session: Session, plan: Plan, lines: Iterable[Line], everybody: Sequence[Powers]) -> list[Stuck]:
    """The teams in which nobody may decide on something that waits, or that nobody leads at all, by name."""
    by_team: dict[str | None, list[Line]] = {team: [] for team in _without_lead(session, plan, everybody)}
    led = {team for team in by_team if team is not None}
    for line in lines:
        if not any(one.verdict(line.team, line.authors, line.head.id) is Verdict.DECIDES for one in everybody):
            by_team.setdefault(line.team, []).append(line)
    return [
        Stuck(team, tuple(some), team not in led)
        for team, some in sorted(by_team.items(), key=lambda one: (one[0] is None, one[0] or ""))
    ]


def name(
    session: Session,
    place: Place,
    person: Person | None,
    starts: date,
    ends: date,
    step: Step,
    *,
    offered: Iterable[Place],
    on: date,
) -> Decider:
    """Let somebody decide there, both days included. Raises CannotName with a sentence."""
    if step.by is None:
        raise ValueError("only a person of the programme office names somebody to decide")
    if place not in offered:
        raise CannotName(
            "Somebody may decide there already, so nobody was named. Look at the list again; it is as it is now."
        )
    if person is None or person not in eligible(session, step.by):
        raise CannotName(
            "Choose one of the people in the list. Readers and limited editors may not decide, and nobody of "
            "the office names themselves. Nobody was named yet."
        )
    _check_days(starts, ends, on)
    named = Decider(
        person=person,
        named_by=step.by,
        at=step.at,
        team=place.team,
        record_id=place.record,
        starts=starts,
        ends=ends,
    )
    session.add(named)
    session.flush()
    return named


def eligible(session: Session, office: Person) -> Sequence[Person]:
    """Everybody whom this person of the office may name: any open account that may sign off at all, but their own."""
    return deputies.eligible(session, office)


def standing(session: Session, plan: Plan, on: date) -> list[Decider]:
    """Who was named and may decide on something of this plan, today or later: a team is one team in every plan."""
    found = (
        select(Decider)
        .where(Decider.ends >= on, Decider.ends >= Decider.starts)
        .options(joinedload(Decider.person), joinedload(Decider.named_by))
        .order_by(Decider.starts, Decider.id)
    )
    named = session.scalars(found).all()
    snapshot = history.now(session, plan) if named else Snapshot()
    return [one for one in named if one.record_id is None or one.record_id in snapshot]


def end(session: Session, plan: Plan, id: int, *, on: date) -> Decider | None:
    """End it from this day on; what was decided stays. None where this plan has no such one in force or to come."""
    found = next((one for one in standing(session, plan, on) if one.id == id), None)
    if found is not None:
        found.ends = on - timedelta(days=1)
    return found


def _check_days(starts: date, ends: date, on: date) -> None:
    if starts < on:
        raise CannotName("It can begin today or later, not in the past. Nobody was named yet.")
    if ends < starts:
        raise CannotName("The last day is before the first one. Nobody was named yet; check the two days.")
    if (ends - starts).days > LONGEST_DAYS:
        raise CannotName("A year is the longest. Nobody was named yet; give an earlier last day.")


def _without_lead(session: Session, plan: Plan, everybody: Sequence[Powers]) -> list[str]:
    """The teams of the plan's requirements for which nobody at all could decide today."""
    teams = {str(item.get("team")) for item in history.now(session, plan).of(Kind.REQUIREMENT) if item.get("team")}
    decided_for = {team for one in everybody for team in (*one.leads, *one.stands_in)}
    return sorted(teams - decided_for)
