"""This file draws shapes as SVG that reads aloud and needs neither style nor script."""

import re
from collections.abc import Sequence
from html import escape

from reports.charts.shapes import Box, Dot, Path, Shape, Words

FONT_FAMILY = "Helvetica, Arial, sans-serif"
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_UNNAMED = re.compile(r"[^A-Za-z0-9_-]+")


def draw(shapes: Sequence[Shape], width: int, height: int, key: str, title: str, description: str) -> str:
    """The picture as one `<svg>` element; `key` makes the ids of its name and description its own."""
    name = f"picture-{_UNNAMED.sub('-', key)}"
    drawn = "".join(_shape(shape) for shape in shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="app-picture__drawing" role="img" '
        f'aria-labelledby="{name}-title" aria-describedby="{name}-description" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="{FONT_FAMILY}" fill="none">'
        f'<title id="{name}-title">{_words(title)}</title>'
        f'<desc id="{name}-description">{_words(description)}</desc>{drawn}</svg>'
    )


def _shape(shape: Shape) -> str:
    if isinstance(shape, Box):
        edge = f' stroke="{shape.edge}"' if shape.edge else ""
        at = f'x="{_n(shape.x)}" y="{_n(shape.y)}" width="{_n(shape.width)}" height="{_n(shape.height)}"'
        return f'<rect {at} fill="{shape.fill}"{edge}/>'
    if isinstance(shape, Path):
        points = " ".join(f"{_n(x)},{_n(y)}" for x, y in shape.points)
        dashes = ' stroke-dasharray="6 4"' if shape.dashed else ""
        return f'<polyline points="{points}" stroke="{shape.ink}" stroke-width="{_n(shape.width)}"{dashes}/>'
    if isinstance(shape, Dot):
        return f'<circle cx="{_n(shape.x)}" cy="{_n(shape.y)}" r="{_n(shape.radius)}" fill="{shape.fill}"/>'
    return _text(shape)


def _text(shape: Words) -> str:
    bold = ' font-weight="bold"' if shape.bold else ""
    anchor = f' text-anchor="{shape.anchor}"' if shape.anchor != "start" else ""
    at = f'x="{_n(shape.x)}" y="{_n(shape.y)}" font-size="{_n(shape.size)}" fill="{shape.ink}"'
    return f"<text {at}{anchor}{bold}>{_words(shape.words)}</text>"


def _words(words: str) -> str:
    return escape(_NOT_XML.sub("", words), quote=False)


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
