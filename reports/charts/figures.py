"""This file draws one indicator against its target, small, so that several can stand side by side."""

from collections.abc import Callable
from dataclasses import dataclass

from plan.figures import Direction, Figure, Reading
from plan.figures.travel import number, say
from reports.charts.picture import Picture, Table
from reports.charts.shapes import BLACK, FONT, GREY, PALE, Box, Dot, Path, Shape, Words, breadth, wrapped

WIDTH, HEIGHT = 320, 170
LEFT, RIGHT, TOP, FOOT = 12, 12, 34, 34
MOST_WRITTEN = 6  # readings whose value stands beside their dot; of more, the first and the last
LINE = "#1d5fa8"


@dataclass(frozen=True)
class _Scale:
    """Where a period and a value lie in the picture."""

    x: Callable[[Reading], float]
    y: Callable[[float], float]


def indicator(figure: Figure) -> Picture | None:
    """The readings as dots on a line, the target as a dashed one; None without readings."""
    if figure.last is None:
        return None
    scale = _scale(figure)
    target = f" The target of {say(figure.target, figure.unit)} is a dashed line." if figure.target is not None else ""
    return Picture(
        key=f"figure-{figure.id}",
        title=finding(figure),
        description=f"A line through {_many(len(figure.readings))}, {_span(figure)}.{target}",
        width=WIDTH,
        height=HEIGHT,
        table=_table(figure),
        shapes=(*_frame(figure), *_target(figure, scale), *_readings(figure, scale)),
    )


def finding(figure: Figure) -> str:
    """The newest reading, where it came from and the target: "Visits: 71% in May 2013, worse by 3.89 points …"."""
    if figure.last is None:
        raise ValueError("a figure without readings has no finding")
    parts = [f"{figure.name}: {say(figure.last.value, figure.unit)} in {_when(figure)}"]
    if figure.lately:
        parts.append(_moved(figure))
    if figure.against_target:
        parts.append(figure.against_target)
    return ", ".join(parts)


def _moved(figure: Figure) -> str:
    way = figure.lately
    if way is None:
        raise ValueError("a figure with one reading has no direction")
    if way.direction is Direction.SAME:
        return f"the same as in {way.first.words}"
    amount = number(abs(way.by)) + (" points" if way.unit.strip() == "%" else "")
    word = ("up" if way.by > 0 else "down") if way.direction is Direction.UNKNOWN else way.direction.value
    return f"{word} by {amount} since {way.first.words}"


def _when(figure: Figure) -> str:
    words = figure.readings[-1].period.words
    return f"{words[:1].lower()}{words[1:]}" if words.startswith("Quarter") else words


def _scale(figure: Figure) -> _Scale:
    values = [one.value for one in figure.readings] + ([figure.target] if figure.target is not None else [])
    low, high = min(values), max(values)
    if figure.unit.strip() == "%" and low >= 0 and high <= 100:
        low, high = 0.0, 100.0
    elif low >= 0:
        low = 0.0
    spread = (high - low) or 1.0
    first, last = figure.readings[0].period.last, figure.readings[-1].period.last
    across, up = WIDTH - LEFT - RIGHT - 56, HEIGHT - TOP - FOOT

    def x(one: Reading) -> float:
        return LEFT + 28 + ((one.period.last - first) / (last - first) * across if last > first else across / 2)

    def y(value: float) -> float:
        return HEIGHT - FOOT - (value - low) / spread * up

    return _Scale(x, y)


def _frame(figure: Figure) -> list[Shape]:
    foot = HEIGHT - FOOT + 6
    ends = [figure.readings[0], figure.readings[-1]]
    shapes: list[Shape] = [
        Box(0.5, 0.5, WIDTH - 1, HEIGHT - 1, "#ffffff", PALE),
        Path(((LEFT, foot), (WIDTH - RIGHT, foot)), GREY),
    ]
    if len(figure.readings) == 1:
        return [*shapes, Words(WIDTH / 2, HEIGHT - 9, ends[0].period.short, FONT, GREY, "middle")]
    first = Words(LEFT, HEIGHT - 9, ends[0].period.short, FONT, GREY)
    return [*shapes, first, Words(WIDTH - RIGHT, HEIGHT - 9, ends[1].period.short, FONT, GREY, "end")]


def _target(figure: Figure, scale: _Scale) -> list[Shape]:
    if figure.target is None:
        return []
    y = scale.y(figure.target)
    words = f"Target {say(figure.target, figure.unit)}"
    return [
        Path(((LEFT, y), (WIDTH - RIGHT, y)), BLACK, 1.5, dashed=True),
        Path(((LEFT, 17), (LEFT + 26, 17)), BLACK, 1.5, dashed=True),
        Words(LEFT + 34, 22, wrapped(words, WIDTH - LEFT - RIGHT - 34, most=1)[0]),
    ]


def _readings(figure: Figure, scale: _Scale) -> list[Shape]:
    points = tuple((scale.x(one), scale.y(one.value)) for one in figure.readings)
    shapes: list[Shape] = [Path(points, LINE, 2.5)] if len(points) > 1 else []
    shapes += [Dot(x, y, 4.5, LINE) for x, y in points]
    written = figure.readings if len(points) <= MOST_WRITTEN else (figure.readings[0], figure.readings[-1])
    for one in written:
        shapes += _value(scale.x(one), scale.y(one.value), say(one.value, figure.unit if "%" in figure.unit else ""))
    return shapes


def _value(x: float, y: float, words: str) -> list[Shape]:
    """A value under its dot, or above it at the foot of the picture, on white so that the line does not cross it."""
    below = y + FONT + 8
    base = below if below < HEIGHT - FOOT + 4 else y - 10
    half = breadth(words, FONT, True) / 2
    middle = min(max(x, half + 4), WIDTH - half - 4)
    plate = Box(middle - half, base - FONT * 0.82, half * 2, FONT, "#ffffff")
    return [plate, Words(middle, base, words, FONT, BLACK, "middle", True)]


def _table(figure: Figure) -> Table:
    heading = f"Value{f' ({figure.unit})' if figure.unit else ''}"
    aimed = figure.target is not None
    rows = (
        (one.period.words, number(one.value), *([number(figure.target)] if figure.target is not None else []))
        for one in figure.readings
    )
    return Table(f"Readings of {figure.name}", ("Period", heading, *(["Target"] if aimed else [])), tuple(rows))


def _span(figure: Figure) -> str:
    first, last = figure.readings[0].period.words, figure.readings[-1].period.words
    return f"from {first} to {last}" if len(figure.readings) > 1 else first


def _many(count: int) -> str:
    return "1 reading" if count == 1 else f"{count} readings"
