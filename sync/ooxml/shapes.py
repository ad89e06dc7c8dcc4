"""This file finds the shapes of an old-style drawing (VML), which need not be whole XML, in one pass over its bytes."""

import re
from collections.abc import Callable, Iterator

from sync.ooxml.grid import Piece, joined

_OPENING = re.compile(rb"<(v:(?:shape|rect|oval|line|group))(?=[\s>])")


def each_shape(drawing: bytes) -> Iterator[tuple[int, int]]:
    """Where each shape that is not inside another begins and ends. One that nothing closes is passed over."""
    done = 0
    endless: set[bytes] = set()  # a search for an end that is not there is made once, however many begin
    for opening in _OPENING.finditer(drawing):
        if opening.start() >= done and opening[1] not in endless:
            closing = re.compile(b"</%b\\s*>" % opening[1]).search(drawing, opening.end())
            if closing is None:
                endless.add(opening[1])
            else:
                done = closing.end()
                yield opening.start(), done


def with_shapes(drawing: bytes, changed: Callable[[bytes], bytes]) -> bytes:
    """The drawing with each shape as the function changes it."""
    pieces: list[Piece] = []
    done = 0
    for start, end in each_shape(drawing):
        pieces += [drawing[done:start], changed(drawing[start:end])]
        done = end
    return joined([*pieces, drawing[done:]])
