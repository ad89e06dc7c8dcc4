"""This file is a picture that says its finding: a few shapes, drawn as SVG or PNG, and its numbers as a table."""

from dataclasses import dataclass, field
from importlib import import_module

from reports.charts import svg
from reports.charts.shapes import Shape


@dataclass(frozen=True)
class Table:
    """A picture's numbers as words; the first cell of a row is what the row is about."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A picture. `key` names it on its page; `title` is the finding, `description` what is drawn."""

    key: str
    title: str
    description: str
    width: int
    height: int
    table: Table
    shapes: tuple[Shape, ...] = field(repr=False)

    @property
    def svg(self) -> str:
        """Inline SVG with its name and description, for a page; it needs no style and no script."""
        return svg.draw(self.shapes, self.width, self.height, self.key, self.title, self.description)

    def png(self, scale: float = 2) -> bytes:
        """The same shapes as a PNG, `scale` dots for each CSS pixel."""
        # Pages draw SVG only: what draws dots is loaded for documents, not whenever the app starts.
        drawn: bytes = import_module("reports.charts.png").draw(self.shapes, self.width, self.height, scale)
        return drawn

    @property
    def alternative(self) -> str:
        """The finding and what is drawn, as one text to read aloud."""
        return f"{self.title}. {self.description}"
