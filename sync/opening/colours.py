"""This file finds the colour that a workbook means: stated, by number, or of the theme with a tint."""

import colorsys
import re
from collections.abc import Sequence

from lxml import etree
from openpyxl.styles.colors import COLOR_INDEX

from sync.opening.markup import child, children, local, number

_RGB = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")
_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{place}" for place in range(1, 7)), "hlink", "folHlink")


class Palette:
    """The colours of one workbook, each told as "RRGGBB"."""

    def __init__(self, theme: etree._Element | None, styles: etree._Element | None) -> None:
        self._theme = _of_theme(theme)
        self._numbered = _numbered(styles)

    def of(self, colour: etree._Element | None) -> str | None:
        """The colour of such an element; None where it is automatic or not to be found."""
        if colour is None:
            return None
        plain = self._plain(colour)
        tint = number(colour.get("tint"), 0.0)
        return tinted(plain, tint) if plain and tint else plain

    def _plain(self, said: etree._Element) -> str | None:
        if rgb := said.get("rgb"):
            return _rgb(rgb)
        if theme := said.get("theme"):
            return _at(self._theme, number(theme, -1))
        return _at(self._numbered, number(said.get("indexed"), -1))


def tinted(rgb: str, tint: float) -> str:
    """A colour made lighter (tint above 0) or darker, as the file format lays down: by its lightness."""
    red, green, blue = (int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    tint = max(-1.0, min(1.0, tint))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, saturation))


def _of_theme(theme: etree._Element | None) -> list[str | None]:
    scheme = next((e for e in theme.iter() if local(e) == "clrScheme"), None) if theme is not None else None
    if scheme is None:
        return []
    named = {local(each): next(iter(each), None) for each in scheme}
    found = [named.get(name) for name in _THEME]
    return [None if each is None else _rgb(each.get("lastClr") or each.get("val") or "") for each in found]


def _numbered(styles: etree._Element | None) -> Sequence[str | None]:
    own = child(child(styles, "colors"), "indexedColors")
    if own is not None:
        return [_rgb(each.get("rgb", "")) for each in children(own, "rgbColor")]
    return [_rgb(each) for each in COLOR_INDEX[:64]]


def _rgb(words: str) -> str | None:
    found = _RGB.fullmatch(words)
    return found[1].upper() if found else None


def _at(colours: Sequence[str | None], place: float) -> str | None:
    return colours[int(place)] if 0 <= place < len(colours) else None
