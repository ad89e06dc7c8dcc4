"""This file carries out a decision: exactly what was shown is signed off or returned, or nothing is."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from plan import awaiting, fields, ledger, midnight
from plan.fields import Value
from plan.ledger import Moved, Step
from plan.models import MODELS, Decision, Outcome, Plan, Revision
from plan.signoff import Verdict, explain
from plan.signoffs.deciders import powers_of
from plan.signoffs.lines import Line, Sort, lines

LONGEST_REASON = 4000  # characters


class Stale(Exception):
    """What was on the screen is not what the plan says now; nothing was decided."""


class NotYours(Exception):
    """This person may not decide on a line; the message says why and who may."""


class ReasonNeeded(ValueError):
    """Returning needs a reason that can be read."""


@dataclass(frozen=True)
class Shown:
    """A line as it was on the lead's screen."""

    key: str
    token: str


def decide(
    session: Session,
    plan: Plan,
    shown: Sequence[Shown],
    outcome: Outcome,
    step: Step,
    *,
    reason: str | None = None,
) -> Revision:
    """Sign off or return exactly what was shown, as one revision.

    Raises Stale where a line has moved since, NotYours where the person may not decide, ReasonNeeded for a
    return without one. Then nothing is decided. The caller's transaction holds the write lock.
    """
    if outcome is Outcome.WITHDRAWN:
        raise ValueError("a lead signs off or returns; only its author withdraws a line")
    powers = powers_of(session, step.by, midnight.day_of(step.at)) if step.by else None
    if powers is None or not powers.any:
        raise NotYours(
            "Only a team lead, or somebody named to decide in a lead's place, signs updates off. Nothing was decided."
        )
    reason = _readable(reason, outcome)
    chosen = _chosen(session, plan, shown)
    for line in chosen:
        verdict = powers.verdict(line.team, line.authors, line.head.id)
        if verdict is not Verdict.DECIDES:
            raise NotYours(f"{explain(verdict, line.team)} Nothing was decided.")
    decisions = [
        decision
        for line in chosen
        for decision in decisions_on(line, outcome, reason, powers.instead_of(line.team, line.head.id))
    ]
    if outcome is Outcome.RETURNED:
        return _return(session, plan, chosen, decisions, step)
    revision = ledger.write(session, plan, step, (), decisions)
    awaiting.settle(session, plan.id, [(d.record_id, d.field) for d in decisions])
    return revision


def _readable(reason: str | None, outcome: Outcome) -> str | None:
    words = fields.line_feeds(reason).strip() if reason else ""
    if not fields.can_be_kept(words):
        raise ReasonNeeded("The reason holds a control character that cannot be kept. Nothing was decided; remove it.")
    if outcome is Outcome.RETURNED and not words:
        raise ReasonNeeded("Say why you return it, so that the author knows what to do. Nothing was returned yet.")
    if len(words) > LONGEST_REASON:
        raise ReasonNeeded(
            f"The reason takes {LONGEST_REASON:,} characters at most and this has {len(words):,}. "
            "Nothing was decided; shorten it and try again."
        )
    return words or None


def _chosen(session: Session, plan: Plan, shown: Sequence[Shown]) -> list[Line]:
    now = {line.key: line for line in lines(session, plan)}
    wanted = {one.key: one.token for one in shown}
    chosen = [now[key] for key, token in wanted.items() if key in now and now[key].token == token]
    if not wanted or len(chosen) != len(wanted):
        raise Stale(
            "What you were looking at has changed or was decided meanwhile, so nothing was decided. "
            "The lines below are as they are now; look at them and decide again."
        )
    return chosen


def decisions_on(
    line: Line, outcome: Outcome, reason: str | None = None, instead_of: str | None = None
) -> list[Decision]:
    """What is put on record of a line: its exact words, field by field, and what became of them."""
    return [
        Decision(
            kind=line.item.kind.value,
            record_id=line.item.id,
            field=net.field,
            outcome=outcome.value,
            before=net.signed,
            after=net.current,
            reason=reason,
            on_behalf_of=instead_of,
        )
        for net in line.nets
    ]


def _return(
    session: Session, plan: Plan, chosen: Sequence[Line], decisions: Sequence[Decision], step: Step
) -> Revision:
    moves = [move for line in chosen for move in going_back(session, line)]
    revision = ledger.write(session, plan, step, moves, decisions)
    awaiting.follow(session, plan.id, moves, revision.number)
    return revision


def going_back(session: Session, line: Line) -> list[Moved]:
    """Take a line's record back to what was signed, and the changes this is; a new record keeps its words."""
    record = session.get_one(MODELS[line.item.kind], line.item.id)
    back = [net for net in line.nets if line.sort is Sort.CHANGED or net.field == "present"]
    moves = []
    for net in back:
        target: Value = bool(net.signed) if net.field == "present" else net.signed
        setattr(record, net.field, target)
        moves.append(Moved(line.item.kind, line.item.id, net.field, net.current, target))
    session.flush()
    return moves
