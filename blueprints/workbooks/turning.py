"""This file turns the long sections of a preview from page to page."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

MOST_AT_ONCE = 300  # entries of a section that asks nothing; all of 20,000 would be no page


@dataclass(frozen=True)
class Turned:
    """How far a person turned the long sections of a preview, by a section's id; `at` is the preview's address."""

    at: str
    starts: Mapping[str, int]

    def start(self, id: str, count: int) -> int:
        """Where a section with so many entries starts, a whole number of pages from its first."""
        wanted = min(max(self.starts.get(id, 0), 0), count - 1)
        return wanted - wanted % MOST_AT_ONCE

    def address(self, id: str, start: int) -> str:
        """The preview with one section turned to another place, the others as they are."""
        asked = urlencode({**self.starts, id: start})
        return f"{self.at}{'&' if '?' in self.at else '?'}{asked}#{id}"
