"""This file knows which status a cell's fill shows: staff pick their own red, so hues are sorted into few."""

import colorsys
from functools import lru_cache

from plan.rag import Status

_PALEST = 0.1  # of colour in it; below are white, grey, black and the faint bands of striped tables
_PALE = 0.8  # of light
# The hue, in degrees, up to which each status goes. Amber takes in orange and yellow; purple and pink say nothing.
_HUES = ((20, Status.RED), (70, Status.AMBER), (165, Status.GREEN), (260, Status.BLUE), (325, None), (360, Status.RED))


@lru_cache(maxsize=1024)
def status_of(fill: str | None) -> Status | None:
    """The status that a fill such as "FFC000" shows; None for none, and for colours that show no status."""
    if not fill or len(fill) != 6:
        return None
    red, green, blue = _parts(fill)
    if max(red, green, blue) - min(red, green, blue) < _PALEST:
        return None
    hue = colorsys.rgb_to_hls(red, green, blue)[0] * 360
    return next(status for most, status in _HUES if hue <= most)


def is_pale(fill: str) -> bool:
    """Whether a fill is as light as those that mark where to write something."""
    return colorsys.rgb_to_hls(*_parts(fill))[1] > _PALE


def _parts(fill: str) -> tuple[float, float, float]:
    red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue
