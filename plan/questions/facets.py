"""This file sorts requirements and actions into the groups that the dashboard counts and the plan's page shows.

| question | of a | groups: everything is in exactly one, so the counts add up |
| --- | --- | --- |
| status | requirement | red, amber, green, blue, none |
| since | requirement | better, worse, same since the last board; not-compared: new, or without a status then or now |
| team | requirement | each team; none |
| decider | requirement | with whom it awaits sign-off; nothing: nothing of it waits |
| update | requirement | owes an update in the open cycle; made: it has had one, or needs none |
| figures | requirement | worse: a figure got worse; not-worse; none: no figure with two readings |
| when | action | the seven of `When` |
| slipped | action | never, once, more |

A question that cannot be asked (no board yet, no open cycle) puts everything in the group without a name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from plan import figures
from plan.questions.position import Position, When
from plan.rag import Status
from plan.snapshot import Item

NONE = "none"
NOBODY = "nobody yet"
STATUSES = (*(status.value for status in Status), NONE)
SINCE = ("better", "worse", "same", "not-compared")
UPDATES = ("owes", "made")
FIGURES = ("worse", "not-worse", NONE)
SLIPPED = ("never", "once", "more")
WHENS = tuple(when.value for when in When)
RANK = {status.value: rank for rank, status in enumerate(Status)}


@dataclass(frozen=True)
class FoundAction:
    """An action with what its timescale promises, whether it is late, and whether it awaits sign-off."""

    item: Item
    due: str
    late: bool
    waits: bool


@dataclass(frozen=True)
class FoundRequirement:
    """A requirement with its actions. `leads` are its own lead or else its actions'."""

    item: Item
    actions: tuple[FoundAction, ...]
    achievements: int
    leads: tuple[str, ...]
    waits: bool
    late: int


def status(position: Position, one: FoundRequirement) -> str:
    """The requirement's colour, or none."""
    return str(one.item.get("status") or NONE)


def since(position: Position, one: FoundRequirement) -> str:
    """Whether the requirement stands better than at the last board. The scale runs from red to blue."""
    if position.around.last is None:
        return ""
    then = position.around.last.get(one.item.id)
    before = RANK.get(str(then.get("status"))) if then and then.present else None
    now = RANK.get(str(one.item.get("status")))
    if before is None or now is None:
        return "not-compared"
    return "same" if before == now else "better" if now > before else "worse"


def team(position: Position, one: FoundRequirement) -> str:
    """The team that the requirement belongs to."""
    return str(one.item.get("team") or NONE)


def decider(position: Position, one: FoundRequirement) -> str:
    """With whom the requirement awaits sign-off."""
    return position.around.deciders.get(one.item.id, NOBODY) if one.waits else "nothing"


def update(position: Position, one: FoundRequirement) -> str:
    """Whether the requirement owes an update in the open cycle."""
    if position.around.owing is None:
        return ""
    return "owes" if one.item.id in position.around.owing else "made"


def travel(position: Position, one: FoundRequirement) -> str:
    """Whether a figure of the requirement got worse between its last two readings."""
    of_requirement = figures.figures_of(position.snapshot, one.item)
    if any(figure.got_worse for figure in of_requirement):
        return "worse"
    return "not-worse" if any(figure.lately for figure in of_requirement) else NONE


def when(position: Position, action: Item) -> str:
    """Where the action stands to the day and the next board."""
    return position.when(action).value


def slipped(position: Position, action: Item) -> str:
    """How often the action's timescale went back."""
    slips = position.moves(action).slips
    return "more" if slips > 1 else "once" if slips else "never"


OF_REQUIREMENT: Mapping[str, Callable[[Position, FoundRequirement], str]] = {
    "status": status,
    "team": team,
    "since": since,
    "decider": decider,
    "update": update,
    "figures": travel,
}
OF_ACTION: Mapping[str, Callable[[Position, Item], str]] = {"when": when, "slipped": slipped}
