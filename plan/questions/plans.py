"""This file lists the plans that there are."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan.models import Plan


def plans(session: Session) -> list[Plan]:
    """All plans, in order of title."""
    return list(session.scalars(select(Plan).where(Plan.present).order_by(Plan.title)))
