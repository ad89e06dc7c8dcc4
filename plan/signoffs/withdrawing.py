"""This file is an author's way back: their own change is withdrawn before anybody has decided on it.

| the line | whose words | withdrawn |
| --- | --- | --- |
| as it was on the screen | all by the person | goes back to what was signed; they can take it up again |
| as it was on the screen | somebody else touched it too | refused: a lead returns it, or it is edited |
| a new record | others wrote under it | refused: what they wrote would vanish with it |
| any | their own, but limited to other requirements since | refused: it is not theirs to change any more |
| moved or decided since | - | refused: it is not what was on the screen |
"""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy.orm import Session

from plan import awaiting, history, ledger
from plan.edits import NOT_NAMED
from plan.ledger import Step
from plan.models import Outcome, Person, Plan, Revision
from plan.rights import may_edit
from plan.signoffs.deciding import Shown, Stale, decisions_on, going_back
from plan.signoffs.lines import Line, Sort, lines
from plan.snapshot import Snapshot

NOTE = "Withdrawn by its author before sign-off"


class CannotWithdraw(Exception):
    """The change is not the person's alone; the message says why and what to do instead."""


def is_own(line: Line, person: Person) -> bool:
    """Whether everybody who touched the line since it was signed is this person."""
    return bool(line.touches) and {change.revision.by_id for change in line.touches} == {person.id}


def may_withdraw(line: Line, person: Person) -> bool:
    """Whether the line is this person's alone, and still theirs to change."""
    return is_own(line, person) and _may_still_change(line, person)


def _may_still_change(line: Line, person: Person) -> bool:
    requirement = line.requirement.id if line.requirement else None
    return all(may_edit(person, line.item.kind, net.field, requirement) for net in line.nets)


def withdraw(session: Session, plan: Plan, shown: Shown, step: Step) -> Revision:
    """Set the person's own pending change back to what was signed, as a new revision that keeps their words.

    Raises Stale where the line is not as shown any more, CannotWithdraw where it is not theirs alone; then
    nothing is changed. The caller's transaction holds the write lock.
    """
    every = lines(session, plan)
    line = next((one for one in every if (one.key, one.token) == (shown.key, shown.token)), None)
    if line is None:
        raise Stale(
            "That change was decided or changed meanwhile, so nothing was withdrawn. The lines below are as they "
            "are now."
        )
    if step.by is None or not is_own(line, step.by):
        raise CannotWithdraw(
            "Somebody else had a hand in this change, so it is not yours alone to withdraw. Nothing was changed; "
            "edit it to what it should say, or ask the lead to return it."
        )
    if not _may_still_change(line, step.by):
        raise CannotWithdraw(NOT_NAMED)
    if line.sort is Sort.ADDED and _others_wrote_under(session, plan, line, step.by):
        raise CannotWithdraw(
            "Somebody else wrote under this new record, and their words would vanish with it. Nothing was changed; "
            "ask the lead to return it, or move what they wrote first."
        )
    moves = going_back(session, line)
    revision = ledger.write(session, plan, replace(step, note=NOTE), moves, decisions_on(line, Outcome.WITHDRAWN))
    awaiting.follow(session, plan.id, moves, revision.number)
    return revision


def _others_wrote_under(session: Session, plan: Plan, line: Line, person: Person) -> bool:
    below = list(_below(history.now(session, plan), line.item.id))
    return any(change.revision.by_id != person.id for change in history.changes_of(session, below))


def _below(snapshot: Snapshot, id: str) -> Iterable[str]:
    for item in snapshot.values():
        if item.parent == id and item.present:
            yield item.id
            yield from _below(snapshot, item.id)
