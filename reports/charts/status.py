"""This file draws where the requirements stand: by theme as stacked bars, over time as stacked columns."""

from collections import Counter
from collections.abc import Mapping, Sequence

from plan.fields import Kind
from plan.rag import Status
from plan.snapshot import Item, Snapshot
from reports.charts.bars import LINE, MARGIN, ROOM, Bar, Part, bars, key
from reports.charts.picture import Picture, Table
from reports.charts.shapes import (
    AMBER,
    BLUE,
    FONT,
    GREEN,
    GREY,
    NO_COLOUR,
    RED,
    WIDTH,
    Ink,
    Shape,
    Words,
    breadth,
    label,
    surface,
    wrapped,
)

NONE = "none"
INKS: Mapping[str, Ink] = {
    Status.RED.value: RED,
    Status.AMBER.value: AMBER,
    Status.GREEN.value: GREEN,
    Status.BLUE.value: BLUE,
    NONE: NO_COLOUR,
}
WORD = {NONE: "no status", **{status.value: status.value for status in Status}}
MOST_COLUMNS = 8  # more would leave no room for a word; the newest are shown
COLUMN_HEIGHT = 220


def status_by_theme(snapshot: Snapshot) -> Picture | None:
    """Each theme's requirements by status; None where the plan holds none."""
    themes = [(theme, _counts(snapshot.under(theme.id, Kind.REQUIREMENT))) for theme in _themes(snapshot)]
    filled = [
        (str(theme.get("title") or "Theme without a title"), counts) for theme, counts in themes if counts.total()
    ]
    everything = sum((counts for _, counts in filled), Counter[str]())
    if not everything:
        return None
    used = [status for status in INKS if everything[status]]
    legend, top = key([(WORD[status].capitalize(), INKS[status]) for status in used], MARGIN)
    drawn, height = bars([Bar(title, _parts(counts, used), _many(counts.total())) for title, counts in filled], top)
    rows = [*filled, ("All themes", everything)]
    return Picture(
        key="status-by-theme",
        title=finding(everything),
        description=f"Stacked bars, one for each of {_many(len(filled), 'theme')}: its requirements by status.",
        width=WIDTH,
        height=round(height),
        table=Table("Requirements by theme and status", ("Theme", *_headings(used), "All"), _rows(rows, used)),
        shapes=(*legend, *drawn),
    )


def status_over_time(moments: Sequence[tuple[str, Snapshot]]) -> Picture | None:
    """How the requirements stood at several moments, oldest first: the newest eight. None where there are none."""
    counted = [(name, _counts(_requirements(snapshot))) for name, snapshot in moments]
    filled = [(name, counts) for name, counts in counted if counts.total()][-MOST_COLUMNS:]
    if not filled:
        return None
    used = [status for status in INKS if any(counts[status] for _, counts in filled)]
    legend, top = key([(WORD[status].capitalize(), INKS[status]) for status in used], MARGIN)
    return Picture(
        key="status-over-time",
        title=_moved(filled),
        description=f"Stacked columns, one for each of {_many(len(filled), 'moment')}: all requirements by status.",
        width=WIDTH,
        height=round(top + LINE + COLUMN_HEIGHT + 3 * LINE),
        table=Table("Requirements by status over time", ("When", *_headings(used), "All"), _rows(filled, used)),
        shapes=(*legend, *_columns(filled, used, top + LINE)),
    )


def finding(counts: Counter[str]) -> str:
    """The counts as a sentence, the largest first: "21 of 28 requirements are amber; 5 green; 2 red"."""
    order = sorted((status for status in INKS if counts[status]), key=lambda status: -counts[status])
    total, first = counts.total(), counts[order[0]]
    if first == total:
        return f"{'The one requirement is' if total == 1 else f'All {total} requirements are'} {_state(order[0])}"
    verb = "is" if first == 1 else "are"
    rest = "".join(f"; {counts[status]} {_state(status)}" for status in order[1:])
    return f"{first} of {_many(total)} {verb} {_state(order[0])}{rest}"


def _moved(filled: Sequence[tuple[str, Counter[str]]]) -> str:
    (first, before), (last, after) = filled[0], filled[-1]
    if len(filled) == 1:
        return f"{last}: {finding(after)}"
    order = [status for status in INKS if before[status] != after[status]]
    if not order:
        return f"As many requirements of each status on {last} as on {first}"
    moved = (f"{_state(status)} {before[status]} to {after[status]}" for status in order)
    return f"From {first} to {last}: {'; '.join(moved)}"


def _themes(snapshot: Snapshot) -> list[Item]:
    return snapshot.of(Kind.THEME)


def _requirements(snapshot: Snapshot) -> list[Item]:
    return [one for theme in _themes(snapshot) for one in snapshot.under(theme.id, Kind.REQUIREMENT)]


def _counts(requirements: Sequence[Item]) -> Counter[str]:
    return Counter(str(one.get("status") or NONE) for one in requirements)


def _parts(counts: Counter[str], used: Sequence[str]) -> tuple[Part, ...]:
    return tuple(
        Part(counts[status], INKS[status], f"{counts[status]} {WORD[status]}", str(counts[status])) for status in used
    )


def _columns(filled: Sequence[tuple[str, Counter[str]]], used: Sequence[str], top: float) -> list[Shape]:
    """Columns from left to right, red at the foot; totals above them, their moments beneath."""
    step = ROOM / max(len(filled), 3)
    wide = step * 0.78
    most = max(counts.total() for _, counts in filled)
    shapes: list[Shape] = []
    for at, (name, counts) in enumerate(filled):
        left, y = MARGIN + at * step + (step - wide) / 2, top + COLUMN_HEIGHT
        for part in (part for part in _parts(counts, used) if part.count):
            high = part.count * COLUMN_HEIGHT / most
            y -= high
            shapes += [*surface(left, y, wide, high, part.ink), *_inside(part, left, y, wide, high)]
        shapes.append(Words(left + wide / 2, y - 5, str(counts.total()), ink=GREY, anchor="middle"))
        for n, line in enumerate(wrapped(name, step - 4, FONT - 1, most=3)):
            shapes.append(Words(left + wide / 2, top + COLUMN_HEIGHT + LINE * (n + 1), line, FONT - 1, anchor="middle"))
    return shapes


def _inside(part: Part, x: float, y: float, wide: float, high: float) -> list[Shape]:
    if high < FONT + 2:
        return [Words(x + wide + 3, y + high / 2 + FONT * 0.36, part.short, FONT - 1)]
    words = part.words if breadth(part.words, FONT, True) + 6 <= wide else part.short
    return label(x + wide / 2, y + high / 2 + FONT * 0.36, words, part.ink)


def _rows(filled: Sequence[tuple[str, Counter[str]]], used: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    return tuple((name, *(str(counts[status]) for status in used), str(counts.total())) for name, counts in filled)


def _headings(used: Sequence[str]) -> tuple[str, ...]:
    return tuple(WORD[status].capitalize() for status in used)


def _state(status: str) -> str:
    return "without a status" if status == NONE else status


def _many(count: int, noun: str = "requirement") -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
