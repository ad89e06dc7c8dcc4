"""This file gathers what a board pack is made of beside the plan: the last board, moved timescales, answers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan import challenges, changed, cycles, history, midnight, questions, timescale
from plan.challenges import Finding
from plan.changed import Changed
from plan.cycles import Cycle
from plan.fields import Kind
from plan.models import Answer, Change, Decision, Outcome, Plan, Revision
from plan.models import Source as From
from plan.questions import Moves, Position, Surroundings
from plan.questions.moves import UNMOVED, moved
from plan.snapshot import Item, Snapshot
from reports.source import Source, without

EARLIER = 5  # boards that the picture of statuses over time goes back


@dataclass(frozen=True)
class Asked:
    """A question that the plan leaves open, and the answer to it as it stands, if there is one."""

    finding: Finding
    answer: str


@dataclass(frozen=True)
class Ground:
    """All that a board pack tells, as plain values.

    `position` is the told position held against the last board. `changed` is None where there was no board before.
    `proposed` are the words of timescales that await sign-off, by action. `boards` are earlier positions, oldest first.
    """

    source: Source
    position: Position
    changed: Changed | None
    last: Cycle | None
    coming: Cycle | None
    agreed: Mapping[tuple[str, str], str]
    asked: tuple[Asked, ...]
    boards: tuple[tuple[str, Snapshot], ...]

    @property
    def actions(self) -> list[Item]:
        """All actions that are told, in the plan's order."""
        told = self.source
        return [action for one in told.requirements for action in told.snapshot.under(one.id, Kind.ACTION)]


def gather(session: Session, plan: Plan, source: Source) -> Ground:
    """What the pack of this position is made of: nothing of it was said or decided after the position's revision."""
    every = [cycle for cycle in cycles.of_plan(session, plan) if cycles.position_of(session, plan, cycle)]
    past = [cycle for cycle in every if cycle.is_cut_off(source.cycle_day)]
    coming = cycles.current(session, plan, source.cycle_day)
    boards = tuple((one.title, _at_board(session, plan, source, one)) for one in past[-EARLIER:])
    last = past[-1] if past else None
    agreed = _agreed(session, plan, source.number)
    position = Position(source.snapshot, source.waiting, source.year, source.day, is_today=False)
    around = Surroundings(
        moves=_moves(session, plan, source, agreed),
        board=coming.board if coming else None,
        held=source.cycle_day - source.day,
        last=boards[-1][1] if boards else None,
        last_title=last.title if last else "",
    )
    position = replace(position, around=around)
    return Ground(
        source=source,
        position=position,
        changed=_changed(session, plan, source, last) if last else None,
        last=last,
        coming=coming,
        agreed=agreed,
        asked=_asked(session, plan, source, position, boards),
        boards=boards,
    )


def _at_board(session: Session, plan: Plan, source: Source, cycle: Cycle) -> Snapshot:
    """The plan at a cycle's cut-off, the same part of it and as signed off as the report."""
    number = cycles.position_of(session, plan, cycle)
    snapshot = history.as_at(session, plan, number, signed_off=source.wanted.signed_off)
    told = {theme.id for theme in source.themes}
    others = (one.id for one in snapshot.of(Kind.THEME) if one.id not in told)
    return without(snapshot, others if source.scope else ())


def _changed(session: Session, plan: Plan, source: Source, last: Cycle) -> Changed:
    start = changed.moment(session, plan, last.id)
    end = changed.moment(session, plan, str(source.number))
    found = changed.between(session, plan, start, end, signed_off=source.wanted.signed_off)
    told = {theme.id for theme in source.themes}
    return Changed(tuple(theme for theme in found.themes if not source.scope or theme.id in told))


def _moves(session: Session, plan: Plan, source: Source, agreed: Mapping[tuple[str, str], str]) -> Mapping[str, Moves]:
    """By action, how its timescale moved up to the words that the report tells: not what is only proposed."""
    found = questions.moves(session, plan, source.year, until=source.number)
    return {id: _told(source, id, one, agreed) for id, one in found.items() if id in source.snapshot}


def _told(source: Source, action: str, moves: Moves, agreed: Mapping[tuple[str, str], str]) -> Moves:
    words = str(source.snapshot[action].get("timescale") or "")
    if not words:
        return UNMOVED
    said = moves.said[: moves.said.index(words) + 1] if words in moves.said else (moves.first, words)
    return moved(said, source.year, agreed.get((action, words), ""))


def _agreed(session: Session, plan: Plan, number: int) -> dict[tuple[str, str], str]:
    """Who agreed which timescale and when, by action and words, up to a revision."""
    until = (Revision.plan_id == plan.id, Revision.number <= number)
    said = (
        select(Change.record_id, Change.after, Revision.number)
        .join(Revision)
        .where(*until, Change.kind == Kind.ACTION.value, Change.field == "timescale")
    )
    whole = session.scalars(select(Revision).where(*until, Revision.source == From.BASELINE.value))
    found: dict[tuple[str, str], str] = {}
    first = min(whole, key=lambda one: one.number, default=None)
    for record, words, at in session.execute(said):
        if first and at < first.number:
            found[record, str(words)] = _by(first, None)
    signed = (
        select(Decision, Revision)
        .join(Revision)
        .where(*until, Decision.field == "timescale", Decision.outcome == Outcome.SIGNED_OFF.value)
        .order_by(Revision.number)
    )
    for decision, revision in session.execute(signed):
        found[decision.record_id, str(decision.after)] = _by(revision, decision.on_behalf_of)
    return found


def _by(revision: Revision, instead_of: str | None) -> str:
    deputy = f" for {instead_of}" if instead_of else ""
    return f"{revision.by_name}{deputy}, {_day(revision.at)}"


def _asked(
    session: Session, plan: Plan, source: Source, position: Position, boards: tuple[tuple[str, Snapshot], ...]
) -> tuple[Asked, ...]:
    earlier = tuple(snapshot for _, snapshot in boards[-3:]) if len(boards) >= 3 else ()
    findings = challenges.find(challenges.Ground(position, source.signed, earlier))
    answers = _answers(session, plan, source)
    return tuple(Asked(one, answers.get((one.rule, one.record, one.fingerprint), "")) for one in findings)


def _answers(session: Session, plan: Plan, source: Source) -> dict[tuple[str, str, str], str]:
    """The newest answers by rule, record and what they answered, given by the end of the report's day."""
    end = midnight.end_of(source.cycle_day)
    kept = select(Answer).where(Answer.plan_id == plan.id, Answer.at < end).order_by(Answer.id)
    return {
        (one.rule, one.record_id, one.fingerprint): f"{one.reason} ({one.by_name}, {_day(one.at)})"
        for one in session.scalars(kept)
    }


def _day(at: datetime) -> str:
    return timescale.say_date(midnight.day_of(at))
