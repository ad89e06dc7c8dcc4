"""This file is how a board pack says numbers and names."""

from plan.snapshot import Item


def many(count: int, one: str, several: str) -> str:
    """A number with its noun: "1 action is", "3 actions are"; none is "No actions are"."""
    return f"{count:,} {one}" if count == 1 else f"{count:,} {several}" if count else f"No {several}"


def number(item: Item) -> str:
    """A requirement's or action's number, or that it has none."""
    return str(item.get("reference") or "–")
