"""This file tells a change in words: of what, from what to what, who made it, when and from where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from plan import differences, fields, periods, timescale
from plan.differences import Piece
from plan.fields import BY_NAME, Kind, Shape, Value
from plan.models import Change, Revision, Source
from plan.snapshot import Item, Snapshot

OWN_WORDS = ("title", "name", "text", "evidence")
LONGEST_NAME = 70  # characters of a record's own words that still read as its name
STRUCTURE = {"parent": "Stands under", "position": "Place in the order", "present": "In the plan"}
PLACES = {
    Source.BROWSER: "in the browser",
    Source.WORKBOOK: "from the workbook",
    Source.IMPORT: "from the workbook first brought in",
    Source.SIGN_OFF: "by sign-off",
    Source.BASELINE: "when the whole position was agreed",
    Source.UNDO: "by undoing",
}


@dataclass(frozen=True)
class NetView:
    """One field's way from its signed words to its current ones, piece by piece.

    `label` is empty where the heading above has said it already.
    """

    label: str
    pieces: tuple[Piece, ...]
    note: str = ""


@dataclass(frozen=True)
class TouchView:
    """Who had a hand in it, when and from where."""

    who: str
    when: str
    where: str


def name_of(snapshot: Snapshot, item: Item) -> str:
    """What people call a record: "Action 7.2", "Achievement “Vision agreed by cabinet”"."""
    if item.kind is Kind.REQUIREMENT and item.get("reference"):
        return f"Requirement {item.get('reference')}"
    if item.kind is Kind.ACTION and item.get("reference"):
        return f"Action {item.get('reference')}"
    if item.kind is Kind.READING:
        above = snapshot.get(item.parent or "")
        return f"Reading of “{_short(above.get('name') if above else None)}” for {periods.say(item.get('period'))}"
    called = "Figure" if item.kind is Kind.INDICATOR else item.kind.value.title()
    own_words = next((item.get(name) for name in OWN_WORDS if item.get(name)), None)
    return f"{called} “{_short(own_words)}”" if own_words else called


def line_of(snapshot: Snapshot, item: Item, field: str, *, came: bool, together: bool) -> str:
    """What a line was about: "New: Action 2.1", or "Action 2.1: Timescale". Counts are decided on together."""
    if field == "present":
        return f"{'New' if came else 'Taken out'}: {name_of(snapshot, item)}"
    return f"{name_of(snapshot, item)}: Cases and grades" if together else field_of(snapshot, item, field)


def field_of(snapshot: Snapshot, item: Item, field: str) -> str:
    """A field and what it is of: "Action 2.1: Timescale", "Action 2.1: new or taken out"."""
    row = BY_NAME.get((item.kind, field))
    label = row.label if row else "new or taken out" if field == "present" else STRUCTURE.get(field, field)
    return f"{name_of(snapshot, item)}: {label}"


def net_view(snapshot: Snapshot, kind: Kind, field: str, before: Value, after: Value) -> NetView:
    """The difference of one field, word by word where it has words."""
    row = BY_NAME.get((kind, field))
    label = row.label if row else STRUCTURE.get(field, field)
    old, new = (_say(snapshot, kind, field, value) for value in (before, after))
    if row is None or row.shape not in (Shape.TEXT, Shape.LINE, Shape.TIMESCALE):
        return NetView(label, _exchange(old, new))
    unseen = old != new and old.split() == new.split()
    return NetView(label, differences.words(old, new), "Only spaces or line breaks changed." if unseen else "")


def under_heading(nets: Iterable[NetView]) -> tuple[NetView, ...]:
    """The differences as they stand under a heading that names the field when there is only one."""
    every = tuple(nets)
    return tuple(replace(net, label="") for net in every) if len(every) == 1 else every


def touches(changes: Sequence[Change]) -> list[TouchView]:
    """Each revision that had a hand in it, newest first, with the cells it came from."""
    by_revision: dict[int, list[Change]] = {}
    for change in changes:
        by_revision.setdefault(change.revision.number, []).append(change)
    return [
        TouchView(some[0].revision.by_name, moment(some[0].revision.at), _where(some[0].revision, some))
        for some in by_revision.values()
    ]


def moment(at: datetime) -> str:
    """A moment in this server's time: "1 July 2013 at 09:30"."""
    local = at.astimezone()
    return f"{timescale.say_date(local.date())} at {local:%H:%M}"


def signer(by: str, instead_of: str | None) -> str:
    """Who decided, and in whose place: "Ned Editor for Ravi Review-Lead"."""
    return f"{by} for {instead_of}" if instead_of else by


def waited(since: datetime, today: date) -> str:
    """How long something has waited: "since today", "for 12 days"."""
    days = (today - since.astimezone().date()).days
    return "since today" if days <= 0 else "for 1 day" if days == 1 else f"for {days:,} days"


def _say(snapshot: Snapshot, kind: Kind, field: str, value: Value) -> str:
    if field == "present":
        return "yes" if value else "no"
    if field == "parent" and value is not None:
        above = snapshot.get(str(value))
        return name_of(snapshot, above) if above else ""
    row = BY_NAME.get((kind, field))
    return fields.say(row, value) if row else str(value or "")


def _exchange(old: str, new: str) -> tuple[Piece, ...]:
    between = " " if old and new else ""
    pieces = (
        Piece(differences.Kind.REMOVED, old),
        Piece(differences.Kind.SAME, between),
        Piece(differences.Kind.ADDED, new),
    )
    return tuple(piece for piece in pieces if piece.text)


def _where(revision: Revision, changes: Iterable[Change]) -> str:
    place = PLACES.get(Source(revision.source), revision.source)
    cells = list(dict.fromkeys(f"sheet {c.sheet}, cell {c.cell}" for c in changes if c.cell))
    more = [f"and {len(cells) - 2} more"] if len(cells) > 3 else []
    return ", ".join([" ".join(filter(None, (place, revision.file))), *(cells[:2] if more else cells), *more])


def _short(words: Value) -> str:
    text = " ".join(str(words or "").split())
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1].rsplit(' ', 1)[0]}…"
