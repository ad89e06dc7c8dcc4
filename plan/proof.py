"""This file proves plans whole: their history, their frozen packs and the answers to the board."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan import challenges, cycles, history
from plan.models import Plan, Revision


def faults(session: Session, plan: Plan) -> list[str]:
    """What is wrong with a plan, in sentences that name the first broken link; an empty list proves it whole."""
    return [*history.verify(session, plan), *cycles.verify(session, plan)]


def faults_beside(session: Session) -> list[str]:
    """What is wrong with what the audit log tells of all plans together, and plans that were taken away."""
    found = (
        select(Revision.plan_id).where(Revision.plan_id.not_in(select(Plan.id))).distinct().order_by(Revision.plan_id)
    )
    lost = [f"The plan {id} is not there any more, and its history is." for id in session.scalars(found)]
    return [*lost, *cycles.broken_seals(session), *challenges.broken_seals(session)]
