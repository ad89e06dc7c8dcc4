"""This file cuts a text into its sentences, each exactly as it stands there."""

import re

# A full stop ends a sentence before a capital; a line ends one unless it breaks off at a colon, comma or the like.
_ENDS = re.compile(r"(?<=[.!?])\s+(?=[A-Z“‘\"'(])|(?<![:;,=–-])(?<![:;,=–-] )\n\s*")


def sentences(text: str) -> list[str]:
    """The sentences of a text, blank ones left out; every one is a literal part of it."""
    found, start = [], 0
    for end in _ENDS.finditer(text):
        found.append(text[start : end.start()])
        start = end.end()
    return [one.strip() for one in [*found, text[start:]] if one.strip()]
