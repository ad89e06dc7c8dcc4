"""This file draws stacked bars: a row each with its words above, the parts in inks of their own, and the key."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.charts.shapes import BLACK, FONT, GREY, WIDTH, Ink, Shape, Words, breadth, label, surface, wrapped

LINE = FONT + 5
BAR = 28
GAP = 16
MARGIN = 4
ROOM = WIDTH - 2 * MARGIN


@dataclass(frozen=True)
class Part:
    """A part of a bar: how much it counts, the words that stand in it, and the fewer that do in a narrow one."""

    count: float
    ink: Ink
    words: str = ""
    short: str = ""


@dataclass(frozen=True)
class Bar:
    """A row: its words, an amount at its end, its parts."""

    words: str
    parts: tuple[Part, ...]
    amount: str = ""


def key(entries: Sequence[tuple[str, Ink]], top: float) -> tuple[list[Shape], float]:
    """The swatches with their words, as many on a line as fit; and where they end."""
    shapes: list[Shape] = []
    x, y = float(MARGIN), top
    for words, ink in entries:
        wide = 24 + 6 + breadth(words) + 14
        if x > MARGIN and x + wide > WIDTH:
            x, y = float(MARGIN), y + LINE + 2
        shapes += [*surface(x, y + 2, 24, FONT, ink), Words(x + 30, y + FONT, words, ink=BLACK)]
        x += wide
    return shapes, y + LINE + 10


def bars(rows: Sequence[Bar], top: float, *, whole: bool = False) -> tuple[list[Shape], float]:
    """The rows from `top` down, and where they end; the longest is as wide as the picture, or all are (`whole`)."""
    most = max((sum(part.count for part in row.parts) for row in rows), default=0) or 1
    shapes: list[Shape] = []
    y = top
    for row in rows:
        total = (sum(part.count for part in row.parts) or 1) if whole else most
        above, y = _heading(row, y)
        below = _too_narrow(row, y + BAR, ROOM / total)
        shapes += [*above, *_parts(row, y, ROOM / total), *below]
        y += BAR + GAP + (LINE if below else 0)
    return shapes, y


def _heading(row: Bar, y: float) -> tuple[list[Shape], float]:
    beside = breadth(row.amount) + 12 if row.amount else 0
    lines = wrapped(row.words, ROOM - beside)
    shapes: list[Shape] = [Words(MARGIN, y + FONT + LINE * n, line) for n, line in enumerate(lines)]
    y += LINE * len(lines)
    if row.amount:
        shapes.append(Words(WIDTH - MARGIN, y - LINE + FONT, row.amount, ink=GREY, anchor="end"))
    return shapes, y + 2


def _parts(row: Bar, y: float, unit: float) -> list[Shape]:
    shapes: list[Shape] = []
    x = float(MARGIN)
    for part in (part for part in row.parts if part.count):
        wide = part.count * unit
        shapes += surface(x, y, wide, BAR, part.ink)
        words = next((words for words in (part.words, part.short) if words and _fits(words, wide)), "")
        shapes += label(x + wide / 2, y + BAR / 2 + FONT * 0.36, words, part.ink) if words else []
        x += wide
    return shapes


def _too_narrow(row: Bar, y: float, unit: float) -> list[Shape]:
    """What stands in no part because the part is too narrow, as a line beneath the bar."""
    left = [part.words for part in row.parts if part.count and part.words and not _fits(part.short, part.count * unit)]
    return [Words(MARGIN, y + FONT + 2, wrapped(", ".join(left), ROOM, most=1)[0], ink=GREY)] if left else []


def _fits(words: str, wide: float) -> bool:
    return breadth(words, FONT, True) + 8 <= wide
