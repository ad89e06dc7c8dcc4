"""This file knows the colours of a plan, what staff write for them, and how to say them in staff's way."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Status(StrEnum):
    """A colour of the plan's scale; a record without one has None, which is an answer too."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    BLUE = "blue"


# Colours do not mean the same in every plan, so this scale is only what a new plan starts with.
DEFAULT_SCALE: Mapping[Status, str] = MappingProxyType(
    {
        Status.RED: "Not started, or off track with no agreed way of recovering",
        Status.AMBER: "Under way, with risks or delays that are being managed",
        Status.GREEN: "On track, or done and waiting to be embedded",
        Status.BLUE: "Done and embedded in everyday practice",
    }
)
CIRCLES = {Status.RED: "🔴", Status.AMBER: "🟠", Status.GREEN: "🟢", Status.BLUE: "🔵"}
WORDS: Mapping[str, Status] = MappingProxyType(
    {
        **{status.value: status for status in Status},
        **{status.value[0]: status for status in Status},
        **{circle: status for status, circle in CIRCLES.items()},
        "yellow": Status.AMBER,
        "🟡": Status.AMBER,
        "🟨": Status.AMBER,
        "🟧": Status.AMBER,
        "🟥": Status.RED,
        "🟩": Status.GREEN,
        "🟦": Status.BLUE,
    }
)
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\ufe0e\ufe0f]")
_PICTURES = re.compile("([🔴🟠🟡🟢🔵🟥🟧🟨🟩🟦])")
_ARROWS = re.compile(
    "[\u2190-\u21ff\u27a1\u2b05-\u2b07\u25b2\u25b3\u25b6\u25b7\u25bc\u25bd\u25c0\u25c1\U0001f53c\U0001f53d]"
)
# What a list of choices writes after its colour to say what it means: "Green - on track".
_EXPLAINED = re.compile(
    r"(?P<colour>\w+)\s*(?:[-–—:,;=]|(?P<bracket>\())\s*"
    r"(?:on track|off track|at risk|(?:not |un)?started|begun|under ?way|in progress|on ?going|"
    r"(?:not |partly |partially |fully )?completed?|done|closed|(?:fully )?embedded|delayed|delays?|overdue|behind|"
    r"slipping|(?:some|major|serious|significant) (?:risks?|concerns?|delays?))"
    r"(?(bracket)\))"
)
_FORMER = re.compile(r"[\s(\[,;-]*\b(?:was|previously|formerly)\b.*$")


@dataclass(frozen=True)
class Understood:
    """What a status cell says. `known` is False where its words mean no colour until people settle one."""

    status: Status | None
    known: bool


def understand(words: str | None, meanings: Mapping[str, Status | None] | None = None) -> Understood:
    """Promise the colour that a status cell says, and never guess one.

    A blank cell is known to say none. `meanings` is what a plan's people settled for words of their own, by
    their normalised form ("on track": Status.GREEN, None for no status); it goes before everything but a blank.
    """
    said = normalise(words or "")
    if not said:
        return Understood(None, True)
    if meanings and said in meanings:
        return Understood(meanings[said], True)
    now = _PICTURES.sub(r" \1 ", _ARROWS.sub(" ", _FORMER.sub("", said)))
    if explained := _EXPLAINED.fullmatch(now.strip()):
        now = explained["colour"]
    colours = {WORDS.get(word.strip(".,;:")) for word in now.split()}
    status = colours.pop() if len(colours) == 1 else None
    return Understood(status, status is not None)


def is_explained(words: str) -> bool:
    """Whether a status cell says beside its colour what that means: "Green - on track"."""
    return bool(_EXPLAINED.fullmatch(normalise(words)))


def normalise(words: str) -> str:
    """The words as compared: small letters, plain widths, single spaces, nothing unseen, no full stop."""
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", words)).casefold()
    return " ".join(plain.split()).strip(" .,;:*")


def say(status: Status) -> str:
    """The word that stands beside a colour: "Red"."""
    return status.value.title()


def in_manner_of(status: Status, examples: Iterable[str]) -> str:
    """Say a status as most other cells of its column say theirs: "G", "GREEN", "🟢"; without any, "Green"."""
    seen = (manner for example in examples if (manner := _manner(example)))
    most = Counter(seen).most_common(1)
    return most[0][0](status) if most else say(status)


def _manner(example: str) -> Callable[[Status], str] | None:
    status = understand(example).status
    return next((manner for manner in MANNERS if status and manner(status) == example.strip()), None)


MANNERS: tuple[Callable[[Status], str], ...] = (
    say,
    lambda status: status.value[0].upper(),
    lambda status: status.value[0],
    lambda status: status.value.upper(),
    lambda status: status.value,
    CIRCLES.__getitem__,
)
