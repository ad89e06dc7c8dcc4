"""This file says which passwords are too easily guessed, by the list of common ones and what people do with them.

No rule about a password's make-up: that makes people write "Password1!", which is on every list.
"""

import re
from collections.abc import Iterator
from importlib import import_module

SHORTEST = 12
LONGEST_JUDGED = 72  # characters; whoever types more is not guessed
FEWEST_GUESSES = 10**9  # what somebody who got hold of the database tries in minutes
OURS = ("improvement", "plan", "council", "children", "services", "notice", "safeguarding")
SHORT = f"A password needs {SHORTEST} characters or more. Three words together do well."
COMMON = "That password is one of the first to be guessed. Choose another; three words do well."


class TooEasy(ValueError):
    """The password is too short or too common; the message says what would do."""


def check(password: str, email: str) -> None:
    """Raise TooEasy for a password that is short, common, a run of keys, or made of the address or our own words.

    Weighed with zxcvbn's list of the 30,000 commonest passwords, its names and words, and the ways in which people vary
    them: capitals, digits for letters, years, repeats, keys side by side.
    """
    if len(password) < SHORTEST:
        raise TooEasy(SHORT)
    # Its lists of common words take a while to load, and passwords are seldom chosen.
    weighed = import_module("zxcvbn").zxcvbn(password[:LONGEST_JUDGED], user_inputs=[*_words_of(email), *OURS])
    if weighed["guesses"] < FEWEST_GUESSES:
        raise TooEasy(COMMON)


def _words_of(email: str) -> Iterator[str]:
    """What somebody who knows the address tries first: "ann.lee@wyebridge.example" and each word of it."""
    yield email
    yield from re.split(r"[^\w]+", email)
