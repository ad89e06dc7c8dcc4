"""This file offers to bring back what has been removed."""

from dataclasses import dataclass

from flask import url_for

from blueprints.fields import Fields
from plan import questions, rights
from plan.fields import Kind


@dataclass(frozen=True)
class RemovedView:
    """A removed record: its name, its words, the address that brings it back, the block that htmx then swaps."""

    id: str
    name: str
    words: str
    bring_back: str
    swap: str


def just_removed(block: Fields, id: str | None, swap: str = "") -> RemovedView | None:
    """The record that the address says was removed, None if there is none such that one may bring back."""
    snapshot = block.position.snapshot
    item = snapshot.get(id or "")
    if item is None or item.present or not rights.may_remove(block.person, snapshot, item.id):
        return None
    said = (str(item.get(field)) for field in ("text", "title", "name", "evidence", "value") if item.get(field))
    back = None if item.kind is Kind.REQUIREMENT else block.back
    return RemovedView(
        id=item.id,
        name=questions.first_upper(questions.name(snapshot, item)),
        words=next(said, ""),
        bring_back=url_for("requirements.bring_back", slug=block.slug, kind=item.kind.value, id=item.id, back=back),
        swap=swap,
    )
