"""This file puts the lines of the queue into groups: by requirement, or by the upload that brought them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from flask import url_for

from blueprints.signoff import telling
from blueprints.signoff.line import LineView
from plan.fields import Kind
from plan.models import Plan, Revision, Source
from plan.signoffs import Line
from plan.snapshot import Item, Snapshot

BROWSER = "browser"


class By(StrEnum):
    """How the queue is grouped."""

    REQUIREMENT = "requirement"
    UPLOAD = "upload"


@dataclass(frozen=True)
class GroupView:
    """Lines that are looked at together. `whole` says what its button signs off at once, empty for no button."""

    id: str
    heading: str
    words: str
    address: str | None
    note: str
    lines: tuple[LineView, ...]
    whole: str = ""


def groups(
    snapshot: Snapshot, plan: Plan, lines: Iterable[Line], by: By, view: Callable[[Line], LineView]
) -> Iterator[GroupView]:
    """The lines in their groups; uploads newest first, then what was written in the browser."""
    if by is By.UPLOAD:
        yield from _by_upload(plan, lines, view)
    else:
        yield from _by_requirement(snapshot, plan, lines, view)


def address_of(plan: Plan, head: Item) -> str | None:
    """The page of a requirement, None for a theme, which has none of its own."""
    return url_for("requirements.show", slug=plan.slug, id=head.id) if head.kind is Kind.REQUIREMENT else None


def _by_requirement(
    snapshot: Snapshot, plan: Plan, lines: Iterable[Line], view: Callable[[Line], LineView]
) -> Iterator[GroupView]:
    gathered: dict[str, list[Line]] = {}
    for line in lines:
        gathered.setdefault(line.head.id, []).append(line)
    for id, some in gathered.items():
        head, team = snapshot[id], some[0].team
        yield GroupView(
            id,
            telling.name_of(snapshot, head),
            str(head.get("text") or ""),
            address_of(plan, head),
            f"Team: {team}" if team else "No team: any team lead decides",
            tuple(view(line) for line in some),
        )


def _by_upload(plan: Plan, lines: Iterable[Line], view: Callable[[Line], LineView]) -> Iterator[GroupView]:
    gathered: dict[int, list[Line]] = {}
    for line in lines:
        gathered.setdefault(line.upload.number if line.upload else 0, []).append(line)
    for number in sorted(gathered, reverse=True):
        some = gathered[number]
        views = tuple(replace(one, heading=one.title) for one in map(view, some))
        upload = some[0].upload
        if upload is None:
            yield GroupView(BROWSER, "Written in the browser", "", None, "No workbook brought these words.", views)
        else:
            yield _of_upload(plan, upload, views)


def _of_upload(plan: Plan, upload: Revision, views: tuple[LineView, ...]) -> GroupView:
    did = "brought in" if upload.source == Source.IMPORT else "uploaded"
    many = "the 1 line" if len(views) == 1 else f"all {len(views):,} lines"
    return GroupView(
        f"upload-{upload.number}",
        f"{upload.file or 'A workbook'} (revision {upload.number:,})",
        f"{did.capitalize()} by {upload.by_name}, {telling.moment(upload.at)}.",
        url_for("history.revision", slug=plan.slug, number=upload.number),
        "",
        views,
        whole=f"Sign off {many} of this upload",
    )
