"""This file gathers what the workbook says of each record, once whose each piece is has been found out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from plan import fields
from plan.fields import BY_NAME, Kind, Value
from plan.snapshot import Snapshot
from sync.identity.housing import housing
from sync.identity.words import says_nothing
from sync.layout import NO_TITLE, ThemesFrom
from sync.merge import Stated, Statement
from sync.reading import Piece, Problem, Reading, Said


def stated_of(
    reading: Reading, base: Snapshot, ids: Mapping[int, str], plan: Snapshot
) -> tuple[dict[str, Stated], list[Problem]]:
    stated: dict[str, Stated] = {}
    problems: list[Problem] = []
    order: Counter[tuple[str | None, Kind]] = Counter()
    root, houses = plan.plan.id if plan.plan else None, housing(reading, plan)
    for piece, told in _whole(reading, ids, base):
        id = ids[piece.key]
        known = base.get(id)
        says_nothing = known is not None and _has_lost_its_title(reading, piece)
        parent = root if piece.kind is Kind.THEME else houses.parent(piece, ids, known)
        if parent and houses.is_under_theme(piece) and parent not in stated and parent not in plan:
            theme = ids[piece.parent or 0]
            order[theme, Kind.REQUIREMENT] += 1
            position = float(order[theme, Kind.REQUIREMENT])
            stated[parent] = Stated(parent, Kind.REQUIREMENT, theme, position, {}, piece.sheet, None)
        values: dict[str, Statement] = {}
        for name, said in () if says_nothing else told.items():
            if len(said) == 1:
                values[name] = Statement(*said[0][:3])
                continue
            before = known.get(name) if known else None
            statement = _one_statement(piece, name, said, before, problems)
            if statement is not None:
                values[name] = statement
        first = next((s for said in told.values() for s in said), None)
        order[parent, piece.kind] += 1
        stated[id] = Stated(
            id, piece.kind, parent, float(order[parent, piece.kind]), values, piece.sheet, first.cell if first else None
        )
    return stated, problems


def _whole(
    reading: Reading, ids: Mapping[int, str], base: Snapshot
) -> Iterable[tuple[Piece, Mapping[str, Sequence[Said]]]]:
    """Each record once, with all that its pieces say.

    A requirement reworded on one of its rows is two pieces, and so is a row of a copied sheet. The first one says
    where the record stands, unless only a later one was moved.
    """
    told: dict[str, tuple[Piece, Mapping[str, Sequence[Said]]]] = {}
    for piece in reading.pieces:
        first, values = told.get(ids[piece.key], (piece, {}))
        if first is not piece and says_nothing(piece):
            continue
        if first is not piece and says_nothing(first):
            first, values = piece, {}
        if first is not piece and _stays(first, ids, base) and not _stays(piece, ids, base):
            first = piece
        told[ids[piece.key]] = first, _together(values, piece.values) if values else piece.values
    return told.values()


def _stays(piece: Piece, ids: Mapping[int, str], base: Snapshot) -> bool:
    """Whether the piece stands where its record stood."""
    before = base.get(ids[piece.key])
    return piece.parent is None or before is None or before.parent == ids[piece.parent]


def _together(one: Mapping[str, Sequence[Said]], other: Mapping[str, Sequence[Said]]) -> Mapping[str, Sequence[Said]]:
    return {name: (*one.get(name, ()), *other.get(name, ())) for name in {**one, **other}}


def _one_statement(
    piece: Piece, name: str, said: Sequence[Said], before: Value, problems: list[Problem]
) -> Statement | None:
    """What a field's cells say together: where a repeated one was changed on one row, that row's words."""
    which = BY_NAME[piece.kind, name]
    changed = [one for one in said if not fields.same(which, one.value, before)]
    distinct: list[Said] = []
    for one in changed:
        if not any(fields.same(which, one.value, other.value) for other in distinct):
            distinct.append(one)
    if len(distinct) > 1 and before is None and len(said) > 1:
        blank_last = [one for one in distinct if one.value is not None]
        distinct = blank_last if len(blank_last) == 1 else distinct
    if len(distinct) > 1:
        apart = len({one.sheet for one in distinct}) > 1
        cells = ", ".join(f"{one.sheet}!{one.cell}" if apart else one.cell for one in distinct)
        problems.append(
            Problem(
                piece.sheet,
                distinct[0].cell,
                str(distinct[0].value or ""),
                f"{which.label} stands in several cells ({cells}) with different words. None of them was taken; "
                "make them the same.",
            )
        )
        return None
    chosen = (distinct or list(said))[:1]
    return Statement(chosen[0].value, chosen[0].sheet, chosen[0].cell) if chosen else None


def is_sheet_name(reading: Reading, piece: Piece) -> bool:
    """Whether a theme's words are only the name of its sheet."""
    tables = (t for t in reading.layout.tables if t.sheet == piece.sheet and t.themes is ThemesFrom.TITLE)
    return piece.kind is Kind.THEME and any(not t.theme_cell for t in tables)


def _has_lost_its_title(reading: Reading, piece: Piece) -> bool:
    """Whether a theme's words are only the name of its sheet because the title that stood there was deleted."""
    tables = (t for t in reading.layout.tables if t.sheet == piece.sheet and t.themes is ThemesFrom.TITLE)
    return piece.kind is Kind.THEME and any(t.theme_cell == NO_TITLE for t in tables)
