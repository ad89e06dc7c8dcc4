"""This room brings the plan's own workbook up to date where only the words of a few records changed since.

It reads, writes and checks the first rows of each sheet and those of these records, by the same rules as a whole
workbook is. Wherever that might not be the whole truth it says None, and the workbook is read whole.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from plan import timescale
from plan.fields import BY_NAME, Kind, Shape
from plan.snapshot import Item, Snapshot
from sync import merge
from sync.checked import resolve_checked
from sync.identity import Resolved
from sync.layout import Layout
from sync.ooxml import Feet, HiddenColumn, Package, Patched, Refused
from sync.read_workbook import read_grids
from sync.reading import Origin, Reading
from sync.row_ids import heading
from sync.touch_up.digest import Digest, NoDigest, digest_of
from sync.write_workbook import Written
from sync.write_workbook.cells import changed_cells
from sync.write_workbook.manner import Manners
from sync.write_workbook.page import Page

MOST = 40  # records; for more, reading the whole is quicker
WORDED = frozenset({Shape.LINE, Shape.TEXT, Shape.TIMESCALE, Shape.STATUS})
ON_ROWS = frozenset({Kind.REQUIREMENT, Kind.ACHIEVEMENT, Kind.ACTION})
NAMING = frozenset({(Kind.REQUIREMENT, "text"), (Kind.REQUIREMENT, "reference"), (Kind.ACTION, "reference")})

Place = tuple[str, str]
"""A record's id and a field."""


class _Whole(Exception):
    """The workbook has to be read whole."""


def touch_up(
    content: bytes,
    layout: Layout,
    then: Snapshot,
    target: Snapshot,
    written_as: Origin,
    origin: Origin,
    feet: Feet | None = None,
) -> Written | None:
    """The workbook, which says `then` and was written as `written_as`, saying `target` as `origin`.

    `feet` are the words under its footers. None where it has to be read whole for that.
    """
    try:
        wanted = _wanted(layout, then, target)
    except _Whole:
        return None
    own = {id for id, _ in wanted}
    above = {one.id for id in own if (one := target.requirement_of(id))}
    for ids in (own, own | above):  # with blank cells under a requirement's first row, only that row says whose it is
        try:
            return _touched_up(_Wanted(content, layout, wanted, frozenset(ids), feet), then, target, written_as, origin)
        except (_Whole, NoDigest, Refused):
            continue
    return None


class _Wanted(NamedTuple):
    """The workbook, the fields to be written with their records, the records whose rows are read, and the footers."""

    content: bytes
    layout: Layout
    fields: Mapping[Place, Item]
    ids: frozenset[str]
    feet: Feet | None


def _touched_up(wanted: _Wanted, then: Snapshot, target: Snapshot, written_as: Origin, origin: Origin) -> Written:
    before = digest_of(wanted.content, wanted.ids)
    reading = read_grids(before.sheets, wanted.layout)
    if reading.origin != written_as or not _is_read_alike(reading.layout, wanted.layout):
        raise _Whole
    known = _concerned(reading, then)
    resolved = _resolved(reading, Snapshot(then[id] for id in known))
    page = Page(before.sheets, reading, resolved.ids, Snapshot(target[id] for id in known))
    edits, wrote = changed_cells(page, Manners(page), frozenset())
    if wrote != wanted.fields.keys() or not all(_is_shown_elsewhere(page, *one) for one in wanted.fields.items()):
        raise _Whole
    cells, columns = [before.as_it_lies(edit) for edit in edits], _headings(page, before, origin)
    patched = Package.open(wanted.content).patch(cells=cells, columns=columns, feet=wanted.feet)
    _check(patched, wanted, page.target, origin)
    return Written(patched.content, patched.notes, {}, wrote)


def _wanted(layout: Layout, then: Snapshot, target: Snapshot) -> Mapping[Place, Item]:
    """The fields that differ and have a column, each with its record. Raises _Whole for any other difference."""
    if then.keys() != target.keys():
        raise _Whole
    columns = {pair for table in layout.tables for column in table.columns for pair in column.says}
    differing = [(old, new) for id, new in target.items() if (old := then[id]) is not new and old != new]
    if len(differing) > MOST:
        raise _Whole
    touched = [(new, name) for old, new in differing for name in _touched(old, new) if (new.kind, name) in columns]
    if not all(_is_worded(new, name) for new, name in touched):
        raise _Whole
    return {(new.id, name): new for new, name in touched}


def _touched(old: Item, new: Item) -> Iterator[str]:
    if new.kind in (Kind.AUDIT, Kind.CYCLE):
        return  # no workbook tells of these
    moved = (old.kind, old.parent, old.position, old.present) != (new.kind, new.parent, new.position, new.present)
    if moved or new.kind not in ON_ROWS or not new.present:
        raise _Whole
    yield from (name for name in {**old.values, **new.values} if old.get(name) != new.get(name))


def _is_worded(item: Item, name: str) -> bool:
    """Whether the field now holds words that any workbook would hold as they are, and by which no row is known."""
    value, shape = item.get(name), BY_NAME[item.kind, name].shape
    a_day = shape is Shape.TIMESCALE and timescale.canonical_date(str(value)) is not None
    return shape in WORDED and value is not None and not a_day and (item.kind, name) not in NAMING


def _is_read_alike(found: Layout, layout: Layout) -> bool:
    """Whether the same tables were found, headed in the same rows, with the same columns."""
    return [(t.sheet, t.heading_rows, t.columns) for t in found.tables] == [
        (t.sheet, t.heading_rows, t.columns) for t in layout.tables
    ]


def _concerned(reading: Reading, then: Snapshot) -> dict[str, None]:
    """The records that the rows may be: those named on them, all they stand under, and what has no row of its own."""
    named = [id for piece in reading.pieces for id in piece.hints]
    without_rows = [item.id for item in then.values() if item.kind not in ON_ROWS]
    found: dict[str, None] = {}
    for id in (*without_rows, *named):
        at: str | None = id
        while at is not None and at not in found and at in then:
            found[at] = None
            at = then[at].parent
    return found


def _resolved(reading: Reading, base: Snapshot) -> Resolved:
    """Whose each row is, without any doubt, and saying what the plan says. Raises _Whole otherwise.

    Under which requirement a row stands is not asked: the row that says so may be left out.
    """
    resolved = resolve_checked(reading, base, base, "touch up")
    decided = merge.decide(base, base, resolved.stated, frozenset())
    if resolved.doubts or any(d.field != "parent" for d in decided):
        raise _Whole
    return resolved


def _is_shown_elsewhere(page: Page, place: Place, item: Item) -> bool:
    """Whether another row shows how the workbook says a status; other words are written as they are."""
    id, name = place
    if BY_NAME[item.kind, name].shape is not Shape.STATUS:
        return True
    others = (piece for piece in page.reading.pieces if piece.kind is item.kind and page.ids[piece.key] != id)
    said = (one for piece in others for one in piece.values.get(name, ()))
    return any(one.value == item.get(name) and not one.by_fill for one in said)


def _headings(page: Page, digest: Digest, origin: Origin) -> list[HiddenColumn]:
    """The hidden column's heading on each sheet, naming the plan as it is now; the ids stay."""
    found = digest.headings()
    if {column.sheet for column in found} != {table.sheet for table in page.tables}:
        raise _Whole
    return [HiddenColumn(column.sheet, column.letter, column.row, heading(origin)) for column in found]


def _check(patched: Patched, wanted: _Wanted, target: Snapshot, origin: Origin) -> None:
    """Read the same rows again: they must say what they shall. Raises _Whole otherwise."""
    again = read_grids(digest_of(patched.content, wanted.ids).sheets, wanted.layout)
    if again.origin != origin or not _is_read_alike(again.layout, wanted.layout):
        raise _Whole
    if not wanted.ids <= _resolved(again, target).stated.keys():
        raise _Whole
