"""This file shows the page of the queue, after looking as after a refusal."""

from dataclasses import dataclass

from flask import request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.extensions import db, today
from blueprints.signoff.grouping import By
from blueprints.signoff.stuck import stuck_page
from blueprints.signoff.waiting import QueueView, Wanted, lay_out
from plan import signoffs
from plan.models import Outcome, Plan
from plan.roles import Step
from plan.signoffs import Shown


@dataclass(frozen=True)
class Asked:
    """What the form said: everything that was on the screen, what was chosen of it, and the decision.

    `outcome` is None where none was chosen: the Enter key in a tick box sends the form with its first button.
    """

    shown: tuple[Shown, ...]
    chosen: tuple[Shown, ...]
    outcome: Outcome | None
    reason: str


@dataclass(frozen=True)
class ViewChoice:
    """A way of looking at the queue."""

    text: str
    address: str
    is_chosen: bool


def wanted() -> Wanted:
    """How the queue was asked for, in the address or, after a decision, in the form."""
    by = request.values.get("by", "")
    return Wanted(By(by) if by in set(By) else By.REQUIREMENT, request.values.get("who", ""))


def address(plan: Plan, want: Wanted) -> str:
    """The address of the queue as it was asked for."""
    by = None if want.by is By.REQUIREMENT else want.by.value
    return url_for("signoff.queue", slug=plan.slug, by=by, who=want.who or None)


def queue_page(
    plan: Plan, asked: Asked | None = None, *, status: int = 200, wrong: str | None = None, at: str | None = None
) -> ResponseReturnValue:
    """The queue for the person who is signed in; `at` is the id of what `wrong` speaks of."""
    want = wanted()
    view = lay_out(
        db.session(),
        plan,
        access.person(),
        today(),
        want,
        ticked=asked.chosen if asked else (),
        shown=asked.shown if asked else None,
    )
    return pages.page(
        "signoff/queue.html",
        status=status,
        plan=plan,
        queue=view,
        ways=_ways(plan, view),
        stuck=stuck_page(db.session(), plan, access.person(), view),
        reason=asked.reason if asked else "",
        wrong=wrong,
        wrong_at=at,
        can_be_agreed=access.person().may(Step.ADMINISTER) and signoffs.can_be_agreed(db.session(), plan),
    )


def _ways(plan: Plan, view: QueueView) -> tuple[ViewChoice, ...]:
    """By requirement or by upload, where uploads brought any of it."""
    if not view.uploads and view.wanted.by is By.REQUIREMENT:
        return ()
    named = {By.REQUIREMENT: "By requirement", By.UPLOAD: "By upload"}
    return tuple(
        ViewChoice(text, address(plan, Wanted(by, view.wanted.who)), by is view.wanted.by) for by, text in named.items()
    )
