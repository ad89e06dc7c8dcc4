"""This file makes a database that comes from a backup fit to be worked in: proved whole, and with nobody signed in."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from plan import audit, proof
from plan.models import Invitation, PersonSession, Plan, What


class Broken(RuntimeError):
    """What the backup holds is not what its own history says; the message names the first fault."""


def renew(session: Session, *, at: datetime, named: str) -> None:
    """Prove every plan and the audit log, end what was open when the backup was made, and put that on record.

    A session or a one-time link that was ended since would otherwise open again. `named` says which file it was.
    Raises Broken where history, packs or audit log are not whole.
    """
    for plan in session.scalars(select(Plan).order_by(Plan.slug)):
        for fault in proof.faults(session, plan):
            raise Broken(f"In the plan “{plan.title}”: {fault}")
    for fault in proof.faults_beside(session):
        raise Broken(fault)
    if (broken := audit.verify(session)) is not None:
        raise Broken(broken)
    session.execute(update(PersonSession).where(PersonSession.ended.is_(None)).values(ended=at))
    unused = (Invitation.used.is_(None), Invitation.expires > at)
    session.execute(update(Invitation).where(*unused).values(expires=at))
    audit.note(session, What.PUT_BACK, by=None, at=at, detail=named)
