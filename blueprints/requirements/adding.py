"""This file gets the way to add a record ready: the link, and the form with the inputs of its kind."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import abort, url_for

from blueprints.addresses import asking
from blueprints.fields import Fields
from blueprints.fields.view import Part
from plan import fields, questions, rights
from plan.fields import PARENT, Invalid, Kind, Shape, Value
from plan.snapshot import Item

NOUNS = {
    Kind.THEME: "a theme",
    Kind.REQUIREMENT: "a requirement",
    Kind.ACHIEVEMENT: "an achievement",
    Kind.ACTION: "an area for development",
    Kind.INDICATOR: "a figure",
    Kind.READING: "a reading",
    Kind.AUDIT: "an audit",
    Kind.CYCLE: "a cycle",
}
NUMBERED_BY_ITSELF = (Kind.ACTION, "reference")


@dataclass(frozen=True)
class AddLink:
    """The link to the form for a new record under another; `inline` where htmx opens it in the link's place."""

    id: str
    noun: str
    under: str
    address: str
    inline: bool

    @property
    def shown_address(self) -> str:
        """The address that answers with the link again, for giving up."""
        return asking(self.address, shown="yes")


@dataclass(frozen=True)
class AddPage:
    """The form for a new record under another; `place` puts it after its last sibling."""

    kind: Kind
    link: AddLink
    back: str
    parts: tuple[Part, ...]
    place: float
    error: str = ""

    @property
    def focus_on(self) -> str:
        """The id of the input where the keyboard goes: the first that needs attention, or the first."""
        return next((part.id for part in self.parts if part.error), self.parts[0].id)

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


def add_link(block: Fields, parent: Item, kind: Kind, *, inline: bool = False) -> AddLink | None:
    """The way to add such a record and come back, None for those who may not."""
    if not (parent.present and rights.may_add(block.person, block.position.snapshot, parent.id, kind)):
        return None
    address = url_for("requirements.add", slug=block.slug, id=parent.id, kind=kind.value, back=block.back)
    under = questions.name(block.position.snapshot, parent)
    return AddLink(f"add-{parent.id}-{kind}", NOUNS[kind], under, address, inline)


def add_page(parent: Item, kind: Kind, block: Fields, form: Mapping[str, str], *, inline: bool) -> AddPage:
    """The form, with what was typed so far; 404 where such a record cannot stand there."""
    link = add_link(block, parent, kind, inline=inline) if PARENT[kind] is parent.kind else None
    if link is None:
        abort(404)
    snapshot = block.position.snapshot
    rows = [
        row
        for row in fields.of(kind)
        if (kind, row.name) != NUMBERED_BY_ITSELF
        and row.shape is not Shape.PUBLICATION
        and rights.may_add(block.person, snapshot, parent.id, kind, row.name)
    ]
    last = max((one.position for one in snapshot.under(parent.id, kind, removed=True)), default=-1.0)
    return AddPage(
        kind=kind,
        link=link,
        back=block.back,
        parts=tuple(replace(block.new_part(row, parent), typed=form.get(row.name, "")) for row in rows),
        place=last + 1,
    )


def _error(part: Part) -> str:
    try:
        fields.clean(part.row, part.typed)
    except Invalid as invalid:
        return str(invalid)
    return ""
