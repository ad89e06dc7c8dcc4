"""This file finds figures that staff wrote into sentences: "Timeliness of CAs as at May 2013 = 48.6%".

It finds a percentage beside the month or quarter that it speaks of, and a plain number where "=" or ":" ties it to one;
of anything less certain ("5 out of 12", "26 week deadline", "since April 2013") it makes nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plan import periods, timescale
from plan.figures.sentences import sentences
from plan.periods import Period, Rhythm

LONGEST_NAME = 160
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?"
)
_WHEN = (
    rf"(?:(?:[0-9]{{1,2}}(?:st|nd|rd|th)? )?{_MONTH}(?:,? ?(?:19|20)[0-9]{{2}}|[ -]?['’][0-9]{{2}}|-[0-9]{{2}})"
    r"|[0-9]{1,2}([./])[0-9]{1,2}\1(?:(?:19|20)[0-9]{2}|[0-9]{2})"
    r"|(?:Q|Qtr|Quarter) ?[1-4],? (?:of )?(?:20)?[0-9]{2}[/-](?:20)?[0-9]{2})(?![0-9])"
)
_NUMBER = r"(?<![0-9.,£$€/:-])[0-9]{1,9}(?:,[0-9]{3})*(?:\.[0-9]{1,6})?"
_PERCENT = rf"{_NUMBER} ?(?:%|per ?cent\b)"
_AT = r"(?:as at|as of|at|in|for|during|by|to)(?: the)?(?: end(?: of)?)?"
_FIGURES = tuple(
    re.compile(pattern.replace("{when}", f"(?P<when>{when})"), re.IGNORECASE)
    for when in (_WHEN.replace(r"\1", r"(?P=dots)").replace("([./])", "(?P<dots>[./])"),)
    for pattern in (
        rf"{{when}}\)?,? ?(?:=|:|–|-|was|is|stood at|at) ?(?P<value>{_PERCENT})",
        rf"(?P<value>{_PERCENT}) ?[,(–-]? ?(?:{_AT} )?{{when}}",
        rf"{{when}}\)? ?= ?(?P<value>{_NUMBER})(?![0-9%.,]*[0-9%]| *of which)",
        rf"(?:=|:) ?(?P<value>{_NUMBER}) ?\(?(?:{_AT}) {{when}}",
    )
)
# What leads up to a figure and is no part of its name.
_LEADING = re.compile(
    r"(?:[\s=:;,.()–-]|\b(?:as at|as of|at|in|for|was|is|were|stood at|and|to|from|up|down|compared|with|against"
    r"|then|now|rising|falling|increased|decreased|improved|previously|the|end of))+$",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(r"^(?:[\s=:;,.()–-]|\b(?:and|then|up|down|from|to|compared|with|against)\b)+", re.IGNORECASE)


@dataclass(frozen=True)
class Told:
    """A figure found in words. `value` is the number, `literal` and `sentence` exactly what stands in the text."""

    name: str
    period: Period
    value: float
    unit: str
    literal: str
    sentence: str


def read(text: str) -> list[Told]:
    """The figures that a text tells, in its order. Never raises, whatever the text."""
    return [told for sentence in sentences(text) for told in _of_sentence(sentence)]


def _of_sentence(sentence: str) -> Iterator[Told]:
    # White space of any kind reads as one space and keeps its place, so that what is found stands in the text as it is.
    plain = re.sub(r"\s", " ", sentence)
    end, before = 0, ""
    for match in _matches(plain):
        name = _name(plain[end : match.start()], before)
        period = _period(match["when"])
        end = match.end()
        if period and name:
            literal = sentence[match.start("value") : match.end("value")]
            yield Told(name, period, _value(literal), _unit(literal), literal, sentence)
        before = name or before


def _matches(plain: str) -> list[re.Match[str]]:
    """The figures from left to right; of two that overlap the one that begins first."""
    found = sorted((match for pattern in _FIGURES for match in pattern.finditer(plain)), key=lambda one: one.start())
    kept: list[re.Match[str]] = []
    for match in found:
        if not kept or match.start() >= kept[-1].end():
            kept.append(match)
    return kept


def _name(words: str, before: str) -> str:
    """What a figure is called: the words up to it; after another figure, its heading and what is new since."""
    words = words[-3 * LONGEST_NAME :]
    own = _FOLLOWING.sub("", _LEADING.sub("", words)) if before else _LEADING.sub("", words).strip()
    own = " ".join(own.split())
    if before:
        heading, colon, _ = before.rpartition(": ")
        own = f"{heading}{colon}{own}" if own else before
    if len(own) > LONGEST_NAME:
        own = own[-LONGEST_NAME:].partition(" ")[2]
    return own if any(letter.isalpha() for letter in own) else ""


def _period(words: str) -> Period | None:
    said = words.replace(",", " ").replace(".", " ") if words[:1].isalpha() else words.replace(",", " ")
    day = timescale.canonical_date(said)
    return periods.of_day(day, Rhythm.MONTHLY) if day else periods.understand(" ".join(said.split()))


def _value(literal: str) -> float:
    return float("".join(re.findall(r"[0-9.]", literal)))


def _unit(literal: str) -> str:
    return "" if literal[-1].isdigit() else "%"
