"""This file keeps what leads answer to a challenge: append-only, and held only while the finding rests on the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan import audit, awaiting, cycles, fields, history, seals, signoffs
from plan.challenges.ground import Finding, Ground
from plan.challenges.looking import CYCLES
from plan.challenges.rules import find
from plan.models import Answer, Person, Plan, What
from plan.questions.position import Position
from plan.roles import Step, may
from plan.signoff import Powers, Verdict
from plan.snapshot import Item, Snapshot

LONGEST_REASON = 4000  # characters: as long as the reason for a status


@dataclass(frozen=True)
class Held:
    """A finding, and the answer that still holds, None while nobody has answered it as it stands."""

    finding: Finding
    answer: Answer | None


class CannotAnswer(ValueError):
    """The answer cannot be kept; the message says why and what to do."""


class Lapsed(CannotAnswer):
    """What was answered is not what the plan says any more."""


def ground(session: Session, plan: Plan, position: Position, today: date) -> Ground:
    """What the challenges look at: the plan as it stands, as it is signed off, and at the last three cut-offs."""
    signed = history.set_back(position.snapshot, awaiting.of_plan(session, plan.id))
    past = [cycle for cycle in cycles.of_plan(session, plan) if cycle.is_cut_off(today)][-CYCLES:]
    numbers = [cycles.position_of(session, plan, cycle) for cycle in past] if len(past) == CYCLES else []
    return Ground(position, signed, tuple(_as_at(session, plan, number, position.snapshot) for number in numbers))


def found(session: Session, plan: Plan, position: Position, today: date) -> list[Held]:
    """Every finding as the plan stands, each with the answer that still holds."""
    return _held(session, plan, find(ground(session, plan, position, today)))


def may_answer(person: Person, powers: Powers, requirement: Item | None) -> bool:
    """Whether this person may answer for a requirement: its lead, whoever stands in for them, or the office."""
    if requirement is None:
        return False
    team = str(requirement.get("team")) if requirement.get("team") else None
    own = powers.verdict(team, (), requirement.id) is Verdict.DECIDES
    return person.active and may(person.who, Step.ANSWER, own=own)


def reason_needed(reason: str) -> str:
    """What is wrong with a reason, in a sentence; empty where nothing is."""
    if not reason.strip():
        return "An answer needs a reason that the board can read. Nothing was kept; write one and answer again."
    if len(reason) > LONGEST_REASON:
        return (
            f"An answer takes {LONGEST_REASON:,} characters at most and this has {len(reason):,}. "
            "Nothing was kept; shorten it and answer again."
        )
    if not fields.can_be_kept(reason):
        return "The answer holds a control character that cannot be kept. Nothing was kept; remove it and answer again."
    return ""


def answer(
    session: Session, plan: Plan, position: Position, which: tuple[str, str, str], reason: str, *, by: Person,
    at: datetime, on: date, address: str | None = None,
) -> Held:  # fmt: skip
    """Keep a person's answer to the finding that `which` names: rule, record, fingerprint.

    The audit log keeps its seal, with the `address` where the browser was. Raises Lapsed where the plan has moved
    on, CannotAnswer for a reason that says nothing or cannot be kept and for somebody who may not answer. The caller
    holds the write lock.
    """
    findings = find(ground(session, plan, position, on))
    finding = next((one for one in findings if (one.rule, one.record, one.fingerprint) == which), None)
    if finding is None:
        raise Lapsed(
            "The plan has changed since you looked, and this question is not asked any more as you saw it. "
            "No answer was kept; look at the list again."
        )
    powers = signoffs.powers_of(session, by, on)
    if not may_answer(by, powers, position.snapshot.get(finding.requirement)):
        raise CannotAnswer(
            "Only the lead of the requirement's team, or the programme office, answers this. No answer was kept; "
            "tell them what you know."
        )
    if wrong := reason_needed(reason):
        raise CannotAnswer(wrong)
    kept = Answer(
        plan_id=plan.id,
        rule=finding.rule,
        record_id=finding.record,
        reason=fields.line_feeds(reason).strip(),
        fingerprint=finding.fingerprint,
        by_id=by.id,
        by_name=by.name,
        at=at,
    )
    session.add(kept)
    session.flush()
    about, sealed = f"{kept.rule}, {kept.record_id}", seals.in_words(_seal(kept))
    audit.note(session, What.ANSWERED, by=by, at=at, plan=plan.slug, about=about, address=address, detail=sealed)
    return Held(finding, kept)


def broken_seals(session: Session) -> list[str]:
    """The answers in all plans that are not as the audit log tells of them, in sentences."""
    kept = session.scalars(select(Answer).order_by(Answer.id))
    named = {_seal(one): f"The answer of {one.by_name} to “{one.rule}”" for one in kept}
    return seals.broken(session, What.ANSWERED, named)


def _seal(one: Answer) -> str:
    said = [one.id, one.plan_id, one.rule, one.record_id, one.reason, one.fingerprint]
    return seals.seal([*said, one.by_id, one.by_name, one.at.astimezone(UTC).isoformat()])


def _held(session: Session, plan: Plan, findings: Sequence[Finding]) -> list[Held]:
    """The newest answer to a rule and record counts, and only to what it answered."""
    kept = session.scalars(select(Answer).where(Answer.plan_id == plan.id).order_by(Answer.id))
    newest = {(one.rule, one.record_id): one for one in kept}
    held = ((one, newest.get((one.rule, one.record))) for one in findings)
    return [Held(one, said if said and said.fingerprint == one.fingerprint else None) for one, said in held]


def _as_at(session: Session, plan: Plan, number: int, standing: Snapshot) -> Snapshot:
    return history.as_at(session, plan, number, standing=standing)
