"""This file computes where the rows of one sheet go when rows are inserted and removed."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from sync.ooxml.areas import LAST_ROW


@dataclass(frozen=True)
class RowMoves:
    """`inserted` holds, sorted, the row after which each new row comes; `removed` the rows that go.

    `only_beyond` says that all new rows come after everything that the sheet holds, so that nothing moves.
    """

    inserted: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()
    only_beyond: bool = False

    def now(self, row: int) -> int | None:
        """Where an original row is, None when it was removed."""
        gone = bisect_left(self.removed, row)
        if gone < len(self.removed) and self.removed[gone] == row:
            return None
        return row - gone + bisect_left(self.inserted, row)

    @property
    def first_change(self) -> int:
        """The first row from which on something may be different."""
        return min((*(after + 1 for after in self.inserted[:1]), *self.removed[:1]), default=LAST_ROW)

    def nearest(self, row: int) -> int:
        """Where an original row is, or else the next one that is left."""
        while (found := self.now(row)) is None:
            row += 1
        return found

    def new_rows(self) -> tuple[int, ...]:
        """Where each new row is, in the order of `inserted`."""
        return self._new

    @cached_property
    def _new(self) -> tuple[int, ...]:
        return tuple(
            after - bisect_right(self.removed, after) + position + 1 for position, after in enumerate(self.inserted)
        )

    def span(self, first: int, last: int, *, grow: bool = False) -> tuple[int, int] | None:
        """Where the original rows from first to last are, with what came between them.

        With `grow` also what came directly after the last one. None when nothing of them is left.
        """
        start = bisect_left(self.inserted, first)
        until = bisect_right(self.inserted, last) if grow else bisect_left(self.inserted, last)
        new = (self._new[start], self._new[until - 1]) if start < until else ()
        found = (*self._kept(first, last), *new)
        return (min(found), min(max(found), LAST_ROW)) if found else None

    def cuts(self, first: int, last: int) -> bool:
        """Whether a row comes between, or goes from, the original rows first to last."""
        comes = bisect_left(self.inserted, first) < bisect_left(self.inserted, last)
        return comes or bisect_left(self.removed, first) < bisect_right(self.removed, last)

    def first_kept(self, first: int, last: int) -> int | None:
        return next((row for row in range(first, last + 1) if self.now(row) is not None), None)

    def _kept(self, first: int, last: int) -> tuple[int, ...]:
        start = self.first_kept(first, last)
        if start is None:
            return ()
        stop = next(row for row in range(last, start - 1, -1) if self.now(row) is not None)
        return self.now(start) or 0, self.now(stop) or 0
