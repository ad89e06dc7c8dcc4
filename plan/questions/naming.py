"""This file names a record in a few words, so that a link or a message can say which one it means."""

from plan import periods
from plan.fields import Kind
from plan.snapshot import Item, Snapshot

LONGEST_NAME = 60
NAMED_BY = {
    Kind.THEME: ("theme", ("title",)),
    Kind.ACHIEVEMENT: ("achievement", ("text", "evidence")),
    Kind.ACTION: ("action", ("text",)),
    Kind.INDICATOR: ("figure", ("name",)),
    Kind.AUDIT: ("audit", ("title",)),
    Kind.REQUIREMENT: ("requirement", ("text",)),
    Kind.CYCLE: ("cycle", ("title",)),
}


def name(snapshot: Snapshot, item: Item) -> str:
    """The record in a few words: "requirement 2", "action 2.1", "achievement “Vision agreed by cabinet”"."""
    if item.kind is Kind.PLAN:
        return "the plan"
    if item.kind is Kind.READING:
        figure = snapshot.get(item.parent or "")
        return f"{month(item.get('period'))} of {name(snapshot, figure) if figure else 'a figure'}"
    noun, fields = NAMED_BY[item.kind]
    if item.get("reference"):
        return f"{noun} {item.get('reference')}"
    said = next((str(item.get(field)) for field in fields if item.get(field)), "")
    return f"{noun} “{shorten(said)}”" if said else f"{noun} without words"


def shorten(words: str, longest: int = LONGEST_NAME) -> str:
    """The words on one line, cut between words with an ellipsis where they are longer."""
    line = " ".join(words.split())
    return line if len(line) <= longest else f"{line[:longest].rsplit(' ', 1)[0]}…"


def first_upper(words: str) -> str:
    """The words with a capital at their start, the rest as it is."""
    return words[:1].upper() + words[1:]


def month(period: object) -> str:
    """The month or quarter in words: "May 2013" for "2013-05"; other words as they are."""
    return periods.say(period)
