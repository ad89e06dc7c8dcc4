"""This file puts the protective marking, and what awaits sign-off, into the lines of a sheet's header and footer."""

import re
from typing import NamedTuple

from sync.ooxml.edits import Foot, Marking
from sync.ooxml.header_footer import Line, with_lines

LONGEST = 255  # the most that one header or footer may hold, codes included: Excel calls more damaged

_SEPARATOR = " · "
_SECTION = re.compile(r"(&[LCR])", re.IGNORECASE)
_PIECE = re.compile(r'&"[^"]*"|&K(?:[0-9A-Fa-f]{6}|[0-9]{2}[+-][0-9]{3})|&[0-9]+|&&|&.|[^&]+', re.DOTALL)
_PARTS = re.compile(rf"({_SEPARATOR}|\n)")


class NoRoom(ValueError):
    """A header or footer that is too long to take more words in."""


class Marked(NamedTuple):
    """A sheet with what was wanted in its lines, and whether one of them was too long for the marking or the foot."""

    xml: bytes
    lacks_room: bool
    lacks_room_at_foot: bool


def marked(xml: bytes, marking: Marking | None, foot: Foot | None = None) -> Marked:
    """The sheet with the marking in each header and footer that it prints, and the foot's line under each footer."""
    full = {"marking": False, "foot": False}

    def change(line: Line) -> str:
        text = line_without(line.text, foot.instead_of) if foot else line.text
        if marking and line.in_use:
            try:
                text = line_with(text, marking)
            except NoRoom:
                full["marking"] = True
        if foot and line.in_use and line.is_footer:
            try:
                text = line_over(text, foot)
            except NoRoom:
                full["foot"] = True
        return text

    return Marked(with_lines(xml, change), full["marking"], full["foot"])


def line_with(line: str, marking: Marking) -> str:
    """A header or footer, written in Excel's codes, with the marking in its centre unless it stands there already.

    Raises NoRoom when it would be too long.
    """
    sections = _sections(line)
    if any(_says(text, marking.words) for text in sections.values()):
        return line
    for old in marking.instead_of:
        for section, text in sections.items():
            sections[section] = _SEPARATOR.join(part for part in text.split(_SEPARATOR) if not _says(part, old))
    centre = sections.get("&C", "")
    words = marking.words.replace("&", "&&")
    # A digit right after a code would be taken for the size of the letters.
    sections["&C"] = centre + _SEPARATOR + words if centre else (" " if words[:1].isdigit() else "") + words
    return _short_enough(sections)


def line_over(line: str, foot: Foot) -> str:
    """A footer with the foot's words on a line of their own under what stands there: the longest that fit.

    Raises NoRoom when none do.
    """
    sections = _sections(line)
    above = f"{sections.get('&C', '')}\n" if sections else ""
    for words in foot.choices:
        try:
            return _short_enough({**sections, "&C": above + words.replace("&", "&&")})
        except NoRoom:
            continue
    raise NoRoom


def line_without(line: str, unwanted: re.Pattern[str]) -> str:
    """A header or footer without the parts that are, as a whole, what the pattern says; the very same without any."""
    sections = _sections(line)
    kept = {section: _kept(text, unwanted) for section, text in sections.items()}
    return line if kept == sections else _written(kept)


def _kept(text: str, unwanted: re.Pattern[str]) -> str:
    split = _PARTS.split(text)
    kept: list[str] = []
    codes = ""  # of what was taken out: they say how what follows looks
    for separator, part in zip(["", *split[1::2]], split[::2], strict=True):
        if unwanted.fullmatch(_plain(part).strip()):
            codes += "".join(piece for piece in _PIECE.findall(part) if _is_code(piece))
        else:
            kept.append((separator if kept else "") + codes + part)
            codes = ""
    return "".join(kept)


def _short_enough(sections: dict[str, str]) -> str:
    written = _written(sections)
    if len(written) > LONGEST:
        raise NoRoom
    return written


def _written(sections: dict[str, str]) -> str:
    return "".join(f"{code}{sections[code]}" for code in ("&L", "&C", "&R") if sections.get(code))


def _sections(line: str) -> dict[str, str]:
    """The three sections of a line by their codes; what comes before any code is in the centre."""
    sections: dict[str, str] = {}
    now = "&C"
    for piece in _PIECE.findall(line):
        if _SECTION.fullmatch(piece):
            now = piece.upper()
        else:
            sections[now] = sections.get(now, "") + piece
    return sections


def _says(text: str, words: str) -> bool:
    said = re.split(rf"{_SEPARATOR}|\n", _plain(text))
    return words.strip().casefold() in (part.strip().casefold() for part in said)


def _plain(text: str) -> str:
    return "".join(piece for piece in _PIECE.findall(text) if not _is_code(piece)).replace("&&", "&")


def _is_code(piece: str) -> bool:
    return piece.startswith("&") and piece != "&&"
