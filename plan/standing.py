"""This file finds a plan by its address and says where its history stands."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan.models import Plan, Revision

SHORT = 10  # characters of a hash that a person can compare with paper


@dataclass(frozen=True)
class Head:
    """The newest revision of a plan's history: its number and the beginning of its hash."""

    number: int
    fingerprint: str


def find(session: Session, slug: str) -> Plan | None:
    """The plan at this address, None where there is none."""
    return session.scalar(select(Plan).where(Plan.slug == slug, Plan.present))


def head(session: Session, plan: Plan) -> Head | None:
    """Where the plan's history stands, None before its first revision."""
    newest = session.execute(
        select(Revision.number, Revision.hash)
        .where(Revision.plan_id == plan.id)
        .order_by(Revision.number.desc())
        .limit(1)
    ).first()
    return Head(newest.number, newest.hash[:SHORT]) if newest else None
