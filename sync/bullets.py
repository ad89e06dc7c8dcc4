"""This file tells the records that a cell lists from each other, and lists records so that they are told apart again.

Each line is one. Where the first has a bullet, a line that is set in and has none goes on with the line before it.
"""

import re
from collections.abc import Iterator, Sequence

BULLET = re.compile(r"^\s*(?:[•●▪◦‣·*–—-]|\d{1,2}[.)])\s+")
USUAL = "• "
_SET_IN = "  "
_COUNTED = re.compile(r"\d{1,2}(?=[.)])")


def listed(said: str) -> list[str]:
    """The lines of a cell, each with what goes on with it; blank ones too, for they may keep a place free."""
    lines = said.strip("\n").split("\n")
    if not BULLET.match(lines[0]):
        return lines
    records: list[str] = []
    for at, line in enumerate(lines):
        if records and _goes_on(lines, at):
            records[-1] += f"\n{line.removeprefix(_SET_IN)}"
        else:
            records.append(line)
    return records


def worded(said: str) -> list[str]:
    """The same without blank ones."""
    plain = said.replace("\r\n", "\n").replace("\r", "\n")
    return [line for line in listed(plain) if line.strip()]


def without_bullet(line: str) -> str | None:
    """What a line says; None for a blank one."""
    return BULLET.sub("", line).strip() or None


def bullet_of(said: str) -> str:
    """The bullet that a cell's list has, as it is written; empty where it has none."""
    found = BULLET.match(said)
    return found[0].lstrip() if found else ""


def as_list(values: Sequence[str | None], bullet: str) -> str:
    """The cell that lists these values, in this bullet's manner; with bullets where only they tell the values apart."""
    needs_one = any(value is not None and ("\n" in value or BULLET.match(value)) for value in values)
    each = _bullets(bullet or (USUAL if needs_one else ""))
    lines = ["" if value is None else f"{next(each)}{_set_in(value)}" for value in values]
    return "\n".join(lines).rstrip("\n")


def _goes_on(lines: Sequence[str], at: int) -> bool:
    """Whether a line goes on with the one before; a blank one only between two that do."""
    line = lines[at]
    if not line.startswith(_SET_IN) or BULLET.match(line):
        return False
    return bool(line.strip()) or (at + 1 < len(lines) and _goes_on(lines, at + 1))


def _set_in(value: str) -> str:
    return value.replace("\n", f"\n{_SET_IN}")


def _bullets(first: str) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield _COUNTED.sub(str(number), first, count=1)
