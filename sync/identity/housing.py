"""This file finds where records stand whose table asks nothing: under a requirement without words, one a theme."""

from collections.abc import Mapping
from dataclasses import dataclass

from plan.fields import Kind
from plan.snapshot import Item, Snapshot
from sync.layout import Layout
from sync.reading import Piece, Reading

CHILDREN = frozenset({Kind.ACHIEVEMENT, Kind.ACTION, Kind.INDICATOR})


@dataclass(frozen=True)
class Housing:
    """The requirements without words that a plan has, by their theme; under None the first of them."""

    homes: Mapping[str | None, str]
    themes: frozenset[int]  # the keys of the workbook's themes
    layout: Layout

    def is_under_theme(self, piece: Piece) -> bool:
        """Whether a row names a theme, in a table that has no requirements."""
        return piece.parent in self.themes and piece.kind in CHILDREN

    def parent(self, piece: Piece, ids: Mapping[int, str], known: Item | None) -> str | None:
        """What a row stands under; None where the workbook does not say.

        A record that people put under a requirement of their own stays there: its row can only name a theme.
        """
        if self.is_under_theme(piece):
            if known is not None and known.parent not in self.homes.values():
                return None
            theme = ids[piece.parent or 0]
            return self.homes.get(theme) or made_for(theme)
        if piece.parent is None and piece.kind in CHILDREN and self._asks_nothing(piece):
            home = self.homes.get(None)
            return home if known is None or known.parent == home else None
        return None if piece.parent is None else ids[piece.parent]

    def _asks_nothing(self, piece: Piece) -> bool:
        row = min(piece.rows, default=0)
        tables = [t for t in self.layout.tables if t.sheet == piece.sheet and t.first_row <= row <= t.last_row]
        return all(column.kind is not Kind.REQUIREMENT for table in tables for column in table.columns)


def housing(reading: Reading, plan: Snapshot) -> Housing:
    """Where this workbook's rows under no requirement stand in the plan."""
    homes: dict[str | None, str] = {}
    asked = (item for item in plan.values() if item.kind is Kind.REQUIREMENT and item.present)
    wordless = [item for item in asked if not (item.get("text") or item.get("reference"))]
    for one in sorted(wordless, key=lambda item: (item.position, item.id)):
        homes.setdefault(one.parent, one.id)
        homes.setdefault(None, one.id)
    return Housing(homes, frozenset(p.key for p in reading.pieces if p.kind is Kind.THEME), reading.layout)


def made_for(theme: str) -> str:
    """The id of the requirement without words that is made for a theme; the same each time."""
    return theme[::-1]
