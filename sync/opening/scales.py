"""This file tells the colour that a scale or an icon gives a number among the numbers of its range."""

from collections.abc import Callable, Mapping, Sequence

from lxml import etree

from sync.opening.markup import child, children, local, number
from sync.opening.styles import Styles

Scale = Callable[[float, Sequence[float]], str | None]
"""The colour of a number; the second are all the numbers of the range, sorted."""

RED, AMBER, GREEN, BLACK = "FF0000", "FFC000", "00B050", "000000"
_THREE = (RED, AMBER, GREEN)
# What the sets that come with a spreadsheet program show, from the lowest numbers to the highest.
ICONS: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(("3TrafficLights1", "3TrafficLights2", "3Signs", "3Symbols", "3Symbols2", "3Flags"), _THREE),
    **dict.fromkeys(("3Arrows", "3Triangles"), _THREE),
    "4TrafficLights": (BLACK, *_THREE),
    "4Arrows": (RED, AMBER, AMBER, GREEN),
    "5Arrows": (RED, AMBER, AMBER, AMBER, GREEN),
}
_Step = Callable[[Sequence[float]], float]


def icons(element: etree._Element) -> Scale | None:
    """The icons of a rule as their colours; None for sets that mean no colour."""
    found = child(element, "iconSet")
    steps = [_step(each) for each in children(found, "cfvo")]
    if found is None or not steps or any(step is None for step in steps):
        return None
    own = [_icon(each) for each in children(found, "cfIcon")]
    colours = own or list(ICONS.get(found.get("iconSet", "3TrafficLights1"), ()))
    if len(colours) != len(steps):
        return None
    if found.get("reverse") in ("1", "true"):
        colours.reverse()
    above = [each.get("gte", "1") in ("0", "false") for each in children(found, "cfvo")]

    def colour(value: float, among: Sequence[float]) -> str | None:
        place = 0
        for at, step in enumerate(steps[1:], 1):
            least = step(among) if step else 0.0
            place = at if value > least or (value == least and not above[at]) else place
        return colours[place]

    return colour


def colours(element: etree._Element, styles: Styles) -> Scale | None:
    """The colours of a rule that goes from one to another as numbers grow."""
    found = child(element, "colorScale")
    steps = [_step(each) for each in children(found, "cfvo")]
    shades = [styles.colour(each) for each in children(found, "color")]
    if len(steps) < 2 or len(steps) != len(shades) or None in steps or None in shades:
        return None

    def colour(value: float, among: Sequence[float]) -> str | None:
        marks = [(step(among), shade) for step, shade in zip(steps, shades, strict=True) if step and shade]
        return _between(value, marks)

    return colour


def _between(value: float, marks: Sequence[tuple[float, str]]) -> str:
    below = [mark for mark in marks if mark[0] <= value] or [marks[0]]
    over = [mark for mark in marks if mark[0] > value] or [marks[-1]]
    (low, one), (high, other) = below[-1], over[0]
    share = min(max((value - low) / (high - low), 0.0), 1.0) if high > low else 0.0
    parts = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (0, 2, 4))
    return "".join(f"{round(start + (end - start) * share):02X}" for start, end in parts)


def _icon(element: etree._Element) -> str:
    set_, place = ICONS.get(element.get("iconSet", ""), ()), int(number(element.get("iconId"), -1))
    return set_[place] if 0 <= place < len(set_) else BLACK


def _step(element: etree._Element) -> _Step | None:
    """Where one colour begins, by the numbers of the range; None where a formula of other cells says it."""
    kind, written = element.get("type", ""), element.get("val") or _formula(element)
    if kind in ("min", "autoMin"):
        return lambda among: among[0]
    if kind in ("max", "autoMax"):
        return lambda among: among[-1]
    try:
        said = float(written)
    except ValueError:
        return None
    if kind == "percent":
        return lambda among: among[0] + (among[-1] - among[0]) * said / 100
    if kind == "percentile":
        return lambda among: _percentile(among, said)
    return lambda among: said


def _formula(element: etree._Element) -> str:
    return next((each.text or "" for each in element if local(each) == "f"), "")


def _percentile(among: Sequence[float], share: float) -> float:
    place = (len(among) - 1) * min(max(share, 0.0), 100.0) / 100
    low = among[int(place)]
    return low + (among[min(int(place) + 1, len(among) - 1)] - low) * (place - int(place))
