"""This file is the few shapes that every picture is made of, the inks they are drawn with, and how wide words are."""

from dataclasses import dataclass
from enum import StrEnum

FONT = 15  # at 400 pixels of screen a picture shrinks to three quarters: eleven pixels can still be read
WIDTH = 480
BLACK, GREY, PALE, WHITE = "#0b0c0c", "#505a5f", "#d5d8da", "#ffffff"
# Helvetica's letters are on average this wide; capitals and digits a little wider than small letters.
_LETTER, _BOLDER, _NARROW = 0.53, 1.07, frozenset(" .,:;'’|!iIljtfr()[]-")


class Hatch(StrEnum):
    """How a surface is lined, so that it is told apart without its colour."""

    NONE = "plain"
    RISING = "lines rising"
    FALLING = "lines falling"
    UPRIGHT = "upright lines"
    CROSSED = "crossed lines"


@dataclass(frozen=True)
class Ink:
    """A surface: the colour beneath, the lines on it, the hatch those lines make."""

    fill: str
    line: str
    hatch: Hatch


# The colours of static/styles/_status.scss.
RED = Ink("#ffd9d4", "#b3150c", Hatch.CROSSED)
AMBER = Ink("#ffe9b8", "#b06a00", Hatch.RISING)
GREEN = Ink("#d3eedd", "#0b7a3e", Hatch.NONE)
BLUE = Ink("#d6e6f7", "#1d5fa8", Hatch.UPRIGHT)
NO_COLOUR = Ink("#ffffff", "#6b7278", Hatch.FALLING)
QUIET = Ink("#dfe3e6", "#505a5f", Hatch.NONE)
EMPTY = Ink("#ffffff", "#8a9097", Hatch.NONE)


@dataclass(frozen=True)
class Box:
    """A rectangle from its top left corner; without an edge it is a plain surface."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    edge: str | None = None


@dataclass(frozen=True)
class Path:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    ink: str
    width: float = 1
    dashed: bool = False


@dataclass(frozen=True)
class Dot:
    """A small disc around its middle."""

    x: float
    y: float
    radius: float
    fill: str


@dataclass(frozen=True)
class Words:
    """Words on one line; `y` is the line they stand on, `anchor` the side of them that `x` names."""

    x: float
    y: float
    words: str
    size: float = FONT
    ink: str = BLACK
    anchor: str = "start"
    bold: bool = False


Shape = Box | Path | Dot | Words


def breadth(words: str, size: float = FONT, bold: bool = False) -> float:
    """About how wide words are, rather too wide than too narrow."""
    letters = sum(0.6 if one in _NARROW else 1.18 if one.isupper() or one == "%" else 1.06 for one in words)
    return letters * _LETTER * size * (_BOLDER if bold else 1)


def wrapped(words: str, width: float, size: float = FONT, most: int = 2, bold: bool = False) -> tuple[str, ...]:
    """Words in lines that fit a width; what does not fit in `most` lines ends with an ellipsis."""
    lines: list[str] = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if breadth(longer, size, bold) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    kept = [_cut(line, width, size, bold) for line in lines[:most]]
    if len(lines) > most:
        kept[-1] = _cut(f"{kept[-1]}…", width, size, bold)
    return tuple(kept)


def surface(x: float, y: float, width: float, height: float, ink: Ink) -> list[Shape]:
    """A box in an ink, with the lines of its hatch, ending at its edges."""
    lines = [path for path in _hatch(x, y, width, height, ink) if path.points[0] != path.points[1]]
    return [Box(x, y, width, height, ink.fill), *lines, Box(x, y, width, height, "none", ink.line)]


def label(x: float, y: float, words: str, ink: Ink, size: float = FONT) -> list[Shape]:
    """Words in the middle of a surface, on a plain plate so that no line runs through them."""
    wide = breadth(words, size, True) + 4
    plate = Box(x - wide / 2, y - size * 0.86, wide, size * 1.12, ink.fill)
    return [plate, Words(x, y, words, size, BLACK, "middle", True)]


def _cut(line: str, width: float, size: float, bold: bool) -> str:
    if breadth(line, size, bold) <= width:
        return line
    kept = line.removesuffix("…")
    while kept and breadth(f"{kept}…", size, bold) > width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def _hatch(x: float, y: float, width: float, height: float, ink: Ink) -> list[Path]:
    gap = 7.0
    if ink.hatch is Hatch.UPRIGHT:
        steps = int((width - 1) // 5)
        return [Path(((x + 5 * n, y), (x + 5 * n, y + height)), ink.line) for n in range(1, steps + 1)]
    rising = ink.hatch in (Hatch.RISING, Hatch.CROSSED)
    falling = ink.hatch in (Hatch.FALLING, Hatch.CROSSED)
    starts = [gap * n for n in range(1, int((width + height) // gap) + 1)]
    paths = [_rising(x, y, width, height, at, ink.line) for at in starts] if rising else []
    if falling:
        turned = [_rising(x, y, width, height, at, ink.line) for at in starts]
        paths += [Path(tuple((px, 2 * y + height - py) for px, py in one.points), one.ink) for one in turned]
    return paths


def _rising(x: float, y: float, width: float, height: float, at: float, ink: str) -> Path:
    """A line at 45 degrees that crosses the top edge `at` from the left, cut off at the box."""
    top, bottom = (min(at, width), max(0.0, at - width)), (max(0.0, at - height), min(at, height))
    return Path(((x + bottom[0], y + bottom[1]), (x + top[0], y + top[1])), ink)
