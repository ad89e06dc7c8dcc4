"""This file turns the long sections of a preview from page to page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ASKED_AT_ONCE = 25  # entries of a section that asks for answers
TOLD_AT_ONCE = 50  # entries of a section that only tells; all of 20,000 would be no page
NOTED_AT_ONCE = 100  # cells not understood, which the workbook with notes has all of


@dataclass(frozen=True)
class Turned:
    """How far a person turned each section of a preview, by the section's id."""

    starts: Mapping[str, int]

    def start(self, id: str, count: int, at_once: int) -> int:
        """Where a section with so many entries starts, a whole number of pages from its first."""
        wanted = min(max(self.starts.get(id, 0), 0), max(count - 1, 0))
        return wanted - wanted % at_once

    def as_query(self) -> dict[str, Any]:
        """What an address says of it."""
        return dict(self.starts)


NOT_TURNED = Turned({})


def button(id: str, start: int) -> str:
    """What the button that turns a section to a place sends."""
    return f"{id}.{start}"


def pressed(button: str) -> Mapping[str, int]:
    """The section and the place that such a button names; nothing for any other words."""
    id, _, start = button.partition(".")
    return {id: int(start)} if start.isdecimal() and start.isascii() else {}
