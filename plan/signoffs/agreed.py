"""This file is the first agreement: the office declares the whole position the signed-off baseline, once."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from plan import awaiting, history, ledger
from plan.ledger import Step
from plan.models import Plan, Revision, Source
from plan.signoffs.deciding import Stale


class AlreadyAgreed(Exception):
    """The plan has its baseline, or nothing awaits one; from here leads sign updates off."""


def can_be_agreed(session: Session, plan: Plan) -> bool:
    """Whether the whole position may still be declared agreed: something awaits, and there is no baseline."""
    return not _has_baseline(session, plan) and bool(awaiting.of_plan(session, plan.id))


def agree(session: Session, plan: Plan, number: int, step: Step) -> Revision:
    """Declare the position as at revision `number`, which was on the screen, the signed-off baseline.

    Raises AlreadyAgreed where it was done before, Stale where the plan has moved since; then nothing is done.
    """
    if not can_be_agreed(session, plan):
        raise AlreadyAgreed(
            "The whole position cannot be agreed again: it has been, or nothing awaits sign-off. Nothing was "
            "changed; team leads sign updates off line by line."
        )
    if ledger.latest(session, plan.id) != number:
        raise Stale(
            "The plan was changed while you were looking, so nothing was agreed. Look at what it says now "
            "and confirm again."
        )
    return history.declare_agreed(session, plan, step)


def _has_baseline(session: Session, plan: Plan) -> bool:
    found = exists().where(Revision.plan_id == plan.id, Revision.source == Source.BASELINE.value)
    return bool(session.scalar(select(found)))
