"""This room shows who may do what: the table of rights itself, as the app keeps it."""

from dataclasses import dataclass

from flask import Blueprint
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from plan.roles import RIGHTS, WHO_NAMES, Reach, Step, Who, reach

blueprint = Blueprint("rights", __name__)

SAYS = {Reach.NO: "No", Reach.OWN: "Own only", Reach.EVERYWHERE: "Yes"}


@dataclass(frozen=True)
class CellView:
    """How far one kind of person may take a step."""

    who: str
    sort: str
    says: str


@dataclass(frozen=True)
class StepView:
    """One row: the step, what each kind of person may, and what "own" means there."""

    name: str
    cells: tuple[CellView, ...]
    own: str


@blueprint.get("/who-may-do-what")
def show() -> ResponseReturnValue:
    mine = access.person().who
    names = {who: f"{name} (you)" if who is mine else name for who, name in WHO_NAMES.items()}
    steps = [_row(step, names) for step in Step]
    return pages.page("rights/show.html", who=names.values(), mine=WHO_NAMES[mine].lower(), steps=steps)


def _row(step: Step, names: dict[Who, str]) -> StepView:
    cells = tuple(CellView(name, said.value, SAYS[said]) for who, name in names.items() for said in [reach(who, step)])
    return StepView(step.value[:1].upper() + step.value[1:], cells, RIGHTS[step].own)
