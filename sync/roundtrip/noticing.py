"""This file says what a workbook of the plan shall tell of sign-off at its foot."""

from sqlalchemy.orm import Session

from plan import signoffs
from plan.models import Plan
from plan.snapshot import Snapshot
from sync.reading import Origin
from sync.write_workbook import Notice


def noticed(session: Session, plan: Plan, now: Snapshot, origin: Origin) -> Notice:
    """The notice of a workbook that is written as `origin`; `now` is the plan as it is."""
    outline = None if origin.signed_off else signoffs.outline(session, plan, now)
    return Notice(origin.revision, now, outline)
