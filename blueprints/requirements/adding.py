"""This file gets the form ready that adds a record: the inputs of its kind's row of the fields table."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import abort, url_for

from blueprints.fields import Fields
from blueprints.fields.view import Part
from plan import edits, fields, questions
from plan.fields import PARENT, Invalid, Kind, Value
from plan.models import Person, Plan
from plan.snapshot import Item

NOUNS = {
    Kind.THEME: "a theme",
    Kind.REQUIREMENT: "a requirement",
    Kind.ACHIEVEMENT: "an achievement",
    Kind.ACTION: "an area for development",
    Kind.INDICATOR: "a figure",
    Kind.READING: "a reading",
    Kind.AUDIT: "an audit",
}
NUMBERED_BY_ITSELF = (Kind.ACTION, "reference")


@dataclass(frozen=True)
class AddPage:
    """The form for a new record under another; `place` puts it after its last sibling."""

    kind: Kind
    noun: str
    under: str
    address: str
    back: str
    parts: tuple[Part, ...]
    place: float
    error: str = ""

    @property
    def is_refused(self) -> bool:
        """Whether something stands in the way of adding it."""
        return bool(self.error) or any(part.error for part in self.parts)

    def values(self) -> dict[str, Value]:
        """What was typed, by field; `Invalid` where nothing was, for an empty record helps nobody."""
        typed: dict[str, Value] = {part.row.name: part.typed for part in self.parts if part.typed.strip()}
        for part in self.parts:
            fields.clean(part.row, part.typed)
        if not typed:
            raise Invalid("Nothing was added, for nothing was written. Write something, or go back.")
        return typed

    def refused(self, invalid: Invalid) -> "AddPage":
        """The form with all that was typed, and what stands in the way beside the input it concerns."""
        parts = tuple(replace(part, error=_error(part)) for part in self.parts)
        return replace(self, parts=parts, error="" if any(part.error for part in parts) else str(invalid))


def may_add(person: Person, kind: Kind) -> bool:
    """Whether the person's role may add such a record."""
    return edits.may_edit(person, kind, "present")


def add_page(plan: Plan, parent: Item, kind: Kind, block: Fields, form: Mapping[str, str]) -> AddPage:
    """The form, with what was typed so far; 404 where such a record cannot stand there."""
    if PARENT[kind] is not parent.kind or not parent.present:
        abort(404)
    position = block.position
    rows = [row for row in fields.of(kind) if (kind, row.name) != NUMBERED_BY_ITSELF]
    rows = [row for row in rows if edits.may_edit(block.person, kind, row.name)]
    requirement = position.snapshot.requirement_of(parent.id)
    back = url_for("requirements.show", slug=plan.slug, id=requirement.id) if requirement else None
    last = max((one.position for one in position.snapshot.under(parent.id, kind, removed=True)), default=-1.0)
    return AddPage(
        kind=kind,
        noun=NOUNS[kind],
        under=questions.name(position.snapshot, parent),
        address=url_for("requirements.add", slug=plan.slug, id=parent.id, kind=kind.value),
        back=back or url_for("plan.show", slug=plan.slug),
        parts=tuple(replace(block.new_part(row), typed=form.get(row.name, "")) for row in rows),
        place=last + 1,
    )


def _error(part: Part) -> str:
    try:
        fields.clean(part.row, part.typed)
    except Invalid as invalid:
        return str(invalid)
    return ""
