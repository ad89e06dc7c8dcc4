"""This file is the blueprint that the pages of sign-off hang on, and the step that each of them takes."""

from flask import Blueprint

from blueprints import access
from blueprints.extensions import now
from plan.ledger import Step
from plan.models import Source

blueprint = Blueprint("signoff", __name__, url_prefix="/plans/<slug>")


def step(source: Source) -> Step:
    """The person who is signed in takes this step now."""
    return Step(access.person(), now(), source)
