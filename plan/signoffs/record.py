"""This file is the record of a requirement: every decision there ever was on it and on what stands under it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan import history
from plan.models import Decision, Outcome, Plan, Revision, Source
from plan.signoffs.returned import together
from plan.snapshot import Item


@dataclass(frozen=True)
class Decided:
    """One line as it was decided: the words signed before and the exact words decided on, field by field."""

    revision: Revision
    decisions: tuple[Decision, ...]

    @property
    def decision(self) -> Decision:
        """The decision that stands for the line: who, for whom, what and why are the same in all of them."""
        return self.decisions[0]


def decided(session: Session, items: Iterable[Item]) -> list[Decided]:
    """Every decision on these records, line by line, in the order in which they were taken."""
    every = history.decisions_of(session, [item.id for item in items])
    found = [one for one in every if one.outcome != Outcome.WITHDRAWN]  # nobody decided on what its author withdrew
    lines = [Decided(some[0].revision, (*some, *_words_of_whole(found, some[0]))) for some in together(found)]
    return sorted(lines, key=lambda line: line.revision.number)


def agreements(session: Session, plan: Plan) -> list[Revision]:
    """When the whole position was agreed, oldest first: what stood then was signed with it."""
    found = select(Revision).where(Revision.plan_id == plan.id, Revision.source == Source.BASELINE.value)
    return list(session.scalars(found.order_by(Revision.number)))


def _words_of_whole(found: Iterable[Decision], whole: Decision) -> Iterable[Decision]:
    """What a record said that came or went as one line: decided with it, in the same revision."""
    if whole.field != "present":
        return ()
    place = whole.revision_id, whole.record_id
    return (one for one in found if (one.revision_id, one.record_id) == place and one.field != "present")
