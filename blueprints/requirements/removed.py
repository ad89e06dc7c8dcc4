"""This file offers to bring back what has just been removed."""

from dataclasses import dataclass

from flask import url_for

from plan import questions
from plan.snapshot import Snapshot


@dataclass(frozen=True)
class RemovedView:
    """A removed record: its name, its words, and the address that brings it back."""

    name: str
    words: str
    bring_back: str


def just_removed(slug: str, snapshot: Snapshot, id: str | None) -> RemovedView | None:
    """The record that the address says was removed, None if there is none such or it is back already."""
    item = snapshot.get(id or "")
    if item is None or item.present:
        return None
    said = (str(item.get(field)) for field in ("text", "title", "name", "evidence", "value") if item.get(field))
    return RemovedView(
        name=questions.first_upper(questions.name(snapshot, item)),
        words=next(said, ""),
        bring_back=url_for("requirements.bring_back", slug=slug, kind=item.kind.value, id=item.id),
    )
