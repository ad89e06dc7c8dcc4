"""This file turns a figure that was found in words into the edits that take it, once a person says so."""

from plan import edits
from plan.edits import Edit
from plan.fields import Invalid, Kind, Value
from plan.figures import AuditOffer, Offer, figure_of, held_for
from plan.figures.travel import say
from plan.models import new_id
from plan.snapshot import Item, Snapshot


def reading(snapshot: Snapshot, requirement: Item, offer: Offer, figure: str, name: str) -> list[Edit]:
    """The edits that make the offer a reading of a figure of the requirement, or of a new one with this name.

    `figure` is the id of an indicator, empty for a new one. Raises Invalid where the figure holds another value
    for that period, is not the requirement's, or a new one has no name.
    """
    told = offer.told
    values: dict[str, Value] = {"period": str(told.period), "value": told.value}
    if figure:
        parent = _of_requirement(snapshot, requirement, figure)
        held = held_for(figure_of(snapshot, parent), told.period)
        if held is not None:
            unit = parent.get("unit")
            raise Invalid(
                f"“{parent.get('name')}” has {say(held, unit)} for {told.period.words} already, so nothing was "
                "changed. Change that reading on the requirement's page, or take this one for another figure."
            )
        return edits.new(Kind.READING, new_id(), figure, values, position=_after(snapshot, figure, Kind.READING))
    if not name.strip():
        raise Invalid("A new figure needs a name. Nothing was changed; write what is counted.")
    made = new_id()
    about: dict[str, Value] = {"name": name.strip(), "unit": told.unit or None}
    place = _after(snapshot, requirement.id, Kind.INDICATOR)
    return [
        *edits.new(Kind.INDICATOR, made, requirement.id, about, position=place),
        *edits.new(Kind.READING, new_id(), made, values),
    ]


def audit(snapshot: Snapshot, requirement: Item, offer: AuditOffer, title: str) -> list[Edit]:
    """The edits that make the offer an audit of the requirement. Raises Invalid without a title."""
    if not title.strip():
        raise Invalid("An audit needs a title. Nothing was changed; write what was audited.")
    told = offer.told
    values: dict[str, Value] = {"title": title.strip(), "as_at": told.as_at, "total": told.total, **told.grades}
    place = _after(snapshot, requirement.id, Kind.AUDIT)
    return edits.new(Kind.AUDIT, new_id(), requirement.id, values, position=place)


def _of_requirement(snapshot: Snapshot, requirement: Item, figure: str) -> Item:
    found = next((one for one in snapshot.under(requirement.id, Kind.INDICATOR) if one.id == figure), None)
    if found is None:
        raise Invalid("That figure is not there any more. Nothing was changed; choose another, or a new one.")
    return found


def _after(snapshot: Snapshot, parent: str, kind: Kind) -> float:
    return max((one.position for one in snapshot.under(parent, kind, removed=True)), default=-1.0) + 1
