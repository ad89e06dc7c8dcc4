"""This file draws the same shapes as a PNG, for programs that cannot show SVG."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from math import hypot

from PIL import Image, ImageDraw, ImageFont

from reports.charts.shapes import Box, Dot, Path, Shape, Words

_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}
_DASH, _GAP = 6.0, 4.0
_SHADES = 64  # of a few flat colours these are enough, and the file is a third of the size


def draw(shapes: Sequence[Shape], width: int, height: int, scale: float) -> bytes:
    """The picture on white, `scale` dots to a CSS pixel."""
    image = Image.new("RGB", (round(width * scale), round(height * scale)), "#ffffff")
    pen = ImageDraw.Draw(image)
    for shape in shapes:
        _shape(pen, shape, scale)
    kept = BytesIO()
    image.quantize(_SHADES).save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _shape(pen: ImageDraw.ImageDraw, shape: Shape, scale: float) -> None:
    if isinstance(shape, Box):
        corners = [shape.x * scale, shape.y * scale, (shape.x + shape.width) * scale, (shape.y + shape.height) * scale]
        fill = None if shape.fill == "none" else shape.fill
        pen.rectangle(corners, fill, shape.edge, round(scale) if shape.edge else 0)
    elif isinstance(shape, Path):
        for start, end in _strokes(shape):
            ends = [start[0] * scale, start[1] * scale, end[0] * scale, end[1] * scale]
            pen.line(ends, shape.ink, max(1, round(shape.width * scale)))
    elif isinstance(shape, Dot):
        radius = shape.radius * scale
        x, y = shape.x * scale, shape.y * scale
        pen.ellipse([x - radius, y - radius, x + radius, y + radius], shape.fill)
    else:
        _text(pen, shape, scale)


def _text(pen: ImageDraw.ImageDraw, shape: Words, scale: float) -> None:
    font = ImageFont.load_default(shape.size * scale)
    heavier = round(scale * 0.4) if shape.bold else 0  # the built-in letters have no bold of their own
    at = (shape.x * scale, shape.y * scale)
    pen.text(at, shape.words, shape.ink, font, _ANCHORS[shape.anchor], stroke_width=heavier)


def _strokes(path: Path) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    for start, end in zip(path.points, path.points[1:], strict=False):
        yield from _dashes(start, end) if path.dashed else [(start, end)]


def _dashes(
    start: tuple[float, float], end: tuple[float, float]
) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    length = hypot(end[0] - start[0], end[1] - start[1])
    steps = int(length // (_DASH + _GAP)) + 1 if length else 0
    for step in range(steps):
        first, last = step * (_DASH + _GAP), min(length, step * (_DASH + _GAP) + _DASH)
        yield _along(start, end, first / length), _along(start, end, last / length)


def _along(start: tuple[float, float], end: tuple[float, float], part: float) -> tuple[float, float]:
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part
