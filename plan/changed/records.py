"""This file tells of records: which came, which went, whose status moved, and which say other words."""

from collections.abc import Iterator, Sequence

from plan.changed.ground import NOUNS, Ground, count, said
from plan.changed.values import Place, Sentence, Sort
from plan.fields import BY_NAME, Kind, Shape, of
from plan.questions.naming import first_upper, name
from plan.snapshot import Item

STATUSES = {"status": Sort.STATUS, "impact_status": Sort.IMPACT}
COUNTED = (Kind.THEME, Kind.REQUIREMENT, Kind.ACHIEVEMENT, Kind.ACTION, Kind.INDICATOR)
TOLD_APART = frozenset({(Kind.ACTION, "timescale"), *((kind, name) for kind in Kind for name in STATUSES)})
FIGURES = (Kind.AUDIT, Kind.READING)


def statuses(ground: Ground, members: Sequence[Item]) -> Iterator[Sentence]:
    """Each status that moved: "Requirement 12 went from red to amber (signed off by …; reason: …)."."""
    for item in members:
        then, now = ground.both(item.id) or (item, item)
        for field, sort in STATUSES.items():
            before, after = then.get(field), now.get(field)
            if before != after:
                words = _moved(ground, then, now, field)
                yield Sentence(sort, words, (ground.place(item, field, before, after, words),))


def came(ground: Ground, members: Sequence[Item]) -> Iterator[Sentence]:
    """What is new, counted by kind: "Three achievements were added."."""
    for kind in COUNTED:
        new = [item for item in members if item.kind is kind and ground.then(item.id) is None]
        yield from _counted(ground, Sort.ADDED, kind, new, "added")


def went(ground: Ground, members: Sequence[Item]) -> Iterator[Sentence]:
    """What is gone, counted by kind."""
    for kind in COUNTED:
        gone = [item for item in members if item.kind is kind and ground.now(item.id) is None]
        yield from _counted(ground, Sort.REMOVED, kind, gone, "taken out")


def reworded(ground: Ground, members: Sequence[Item]) -> Iterator[Sentence]:
    """What says other words or stands elsewhere, field by field, those of one field counted together."""
    for kind in Kind:
        if kind in FIGURES:
            continue
        pairs = [pair for item in members if item.kind is kind and (pair := ground.both(item.id))]
        for field in ("parent", *(row.name for row in of(kind) if (kind, row.name) not in TOLD_APART)):
            places = [_place(ground, then, now, field) for then, now in pairs if _differs(then, now, field)]
            if places:
                yield Sentence(Sort.REWORDED, _together(kind, field, places), tuple(places))


def _moved(ground: Ground, then: Item, now: Item, field: str) -> str:
    before, after = then.get(field), now.get(field)
    what = "impact status" if field == "impact_status" else "status"
    way = f"went from {before} to {after}"
    if before is None:
        way = f"was given the {what} {after}"
    elif after is None:
        way = f"lost its {what}, which was {before}"
    elif field == "impact_status":
        way = f"went from {before} to {after} in impact"
    reason = now.get("status_reason") if field == "status" else None
    why = "; ".join(part for part in (ground.agreed(now, field, after), f"reason: {reason}" if reason else "") if part)
    return f"{first_upper(ground.name(now))} {way}{f' ({why})' if why else ''}."


def _counted(ground: Ground, sort: Sort, kind: Kind, items: Sequence[Item], done: str) -> Iterator[Sentence]:
    if not items:
        return
    places = tuple(
        ground.place(item, "present", done != "added", done == "added", f"{first_upper(ground.name(item))} was {done}.")
        for item in items
    )
    words = places[0].words if len(items) == 1 else f"{first_upper(count(len(items), NOUNS[kind]))} were {done}."
    yield Sentence(sort, words, places)


def _place(ground: Ground, then: Item, now: Item, field: str) -> Place:
    before, after = _value(then, field), _value(now, field)
    if field == "parent":
        new = ground.after.get(str(after))
        to = name(ground.after, new) if new else "another place"
        return ground.place(now, field, before, after, f"{first_upper(ground.name(now))} now stands under {to}.")
    row = BY_NAME[now.kind, field]
    what = f"“{row.label}” of {ground.name(now)}"
    if row.shape is Shape.TEXT and before is not None and after is not None:
        return ground.place(now, field, before, after, f"{what} was rewritten: {said(now, field, after)}.")
    words = f"{what} went from {said(now, field, before)} to {said(now, field, after)}."
    return ground.place(now, field, before, after, words)


def _together(kind: Kind, field: str, places: Sequence[Place]) -> str:
    if len(places) == 1:
        return places[0].words
    several = count(len(places), NOUNS[kind])
    if field == "parent":
        return f"{first_upper(several)} now stand elsewhere."
    return f"“{BY_NAME[kind, field].label}” of {several} changed."


def _differs(then: Item, now: Item, field: str) -> bool:
    """Whether a field says something that is not told yet: the reason for a status is told with the status."""
    told = field == "status_reason" and now.get(field) and then.get("status") != now.get("status")
    return _value(then, field) != _value(now, field) and not told


def _value(item: Item, field: str) -> str | int | float | None:
    return item.parent if field == "parent" else item.get(field)
