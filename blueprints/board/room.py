"""This file is what the pages of the board's cycle hang on: the room, finding a cycle, and the step that is taken."""

from flask import Blueprint, abort

from blueprints import access
from blueprints.extensions import db, now
from plan import cycles
from plan.cycles import Cycle
from plan.ledger import Step
from plan.models import Plan, Source

blueprint = Blueprint("board", __name__, url_prefix="/plans/<slug>")

NO_CYCLE = "There is no such cycle: it was taken out, or never there. Nothing was changed; look at the board's cycles."


def the_cycle(plan: Plan, id: str) -> Cycle:
    """The cycle of this address, or 404."""
    found = cycles.find(db.session(), plan, id)
    if found is None:
        abort(404, NO_CYCLE)
    return found


def step() -> Step:
    """The person who is signed in takes this step now."""
    return Step(access.person(), now(), Source.BROWSER)


def many(number: int, noun: str = "day") -> str:
    """A number with its noun: "1 day", "3 days"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
