"""This file says on a requirement's own page what of it is signed off, by whom and when, and what is not."""

from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from blueprints.signoff.record_page import signature_words, waiting_words
from plan import signed
from plan.models import Plan
from plan.questions.standing import family
from plan.snapshot import Item, Snapshot


@dataclass(frozen=True)
class StandingView:
    """What awaits sign-off, field by field with since when; where nothing does, the last signature under it all."""

    waits: tuple[str, ...]
    signature: str
    record: str


def standing_of(session: Session, plan: Plan, snapshot: Snapshot, requirement: Item) -> StandingView:
    """Where a requirement and all that stands under it are with sign-off, in `snapshot`, the plan now."""
    items = family(snapshot, requirement)
    last = signed.read(session, plan, snapshot).of(item.id for item in items)
    return StandingView(
        tuple(waiting_words(session, plan, snapshot, requirement)),
        signature_words(last) if last else "",
        url_for("signoff.record", slug=plan.slug, id=requirement.id),
    )
