"""This room knows what the words over staff's columns mean: `words` is the table of them, here they are compared."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple

from plan.fields import Kind
from sync.headings.words import OWNED, PREFIXES, TABLE, Word

__all__ = [
    "LOOSE",
    "NAMING",
    "OWNED",
    "PREFIXES",
    "TABLE",
    "Meaning",
    "Word",
    "may_be_a_heading",
    "may_name_a_table",
    "meaning",
    "normalise",
    "suggestion",
]


class Meaning(NamedTuple):
    """What a heading means, and of which record if its words say so; the lower `rank`, the plainer it is."""

    word: Word
    of: Kind | None = None
    rank: int = 0


_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*"
_YEAR = r"(?:'?\d{2}|(?:19|20)\d{2})"
_YEARS = r"(?:19|20)\d{2}(?:[/-]\d{2,4})?"
_QUARTER = r"(?:q|qtr |quarter )[1-4]"
_WHEN = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH}\.?(?:[ -]?{_YEAR})?|\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d{{2}})|"
    rf"{_YEARS},? {_QUARTER}|{_YEARS}|\d{{1,2}}/\d{{2,4}}|{_QUARTER}(?:,? {_YEAR}(?:[/-]\d{{2}})?)?"
)
_WEEK = r"(?:(?:w/[ce]|week (?:commencing|beginning|ending)):? )?"
_LEADING = re.compile(rf"^{_WEEK}(?:{_WHEN})\b[\s:,-]*(?=\S)")
_TRAILING = re.compile(rf"(?<=\S)[\s:,(-]+(?:(?:as )?(?:at|of|for|in|on|to) )?{_WEEK}(?:{_WHEN})\)?$")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_COUNTED = re.compile(r"^\d{1,2}[.)] (?=\D)")
_MARKS = re.compile(r"[^\w\s]")
_LETTERS = re.compile(r"[A-Za-z]{3}")  # every heading that names a table has as many in a row
_DASHES = re.compile(r"[‐-―−]")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u00ad"))
_DESCRIBED = re.compile(
    r"(?P<before>.+) (?:description|detail|text|wording|title)|"
    r"(?:description|detail|wording) of (?:the )?(?P<after>.+)"
)
_NOW = re.compile(r"^(?:current|latest|present|this (?:month|quarter|period)) | (?:this (?:month|quarter|period)|now)$")
_BETWEEN = re.compile(r"\s*[/&+|\n]\s*|\s+(?:or|and)\s+", re.IGNORECASE)
_TOLD_TOGETHER = frozenset({Word.PROGRESS, Word.EVIDENCE, Word.IMPACT, Word.NEXT_STEP})
_WORDED = frozenset({Word.REQUIREMENT, Word.ACTION})
# What a table is of: one of these is among its headings.
NAMING = (Word.REQUIREMENT, Word.ACTION, Word.WHAT, Word.ACHIEVEMENT, Word.INDICATOR)
LOOSE = 99  # the rank of words that are no known heading but speak of achievement
_LONGEST = 90  # characters; a heading longer than this is a sentence


@lru_cache(maxsize=8192)
def normalise(words: str) -> str:
    """The words as compared, by the vocabulary's "Compare after"; empty where nothing is left of them."""
    plain = " ".join((words.lower() if words.isascii() else _in_ascii(words)).split())
    if plain.strip() == "#":
        return "no"
    if "(" in plain or "[" in plain:
        plain = " ".join(_BRACKETED.sub(" ", plain).split()) or plain
    plain = _COUNTED.sub("", plain)
    plain = _TRAILING.sub("", _LEADING.sub("", plain))
    return " ".join(_singular(word) for word in _MARKS.sub(_mark, plain).split())


def _in_ascii(words: str) -> str:
    """Small letters without accents and unseen marks, dashes and quotes as a keyboard has them."""
    plain = unicodedata.normalize("NFKD", words).lower().replace("’", "'").replace("‘", "'")
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark) and ord(mark) not in _UNSEEN)
    return _DASHES.sub("-", plain)


def meaning(words: str) -> Meaning | None:
    """What a heading means by the table above; None where nothing known. Never a guess by likeness."""
    return _meaning(words) if words and len(words) <= _LONGEST else None


@lru_cache(maxsize=8192)
def _meaning(words: str) -> Meaning | None:
    plain = normalise(words)
    found = _KNOWN.get(plain) or _prefixed(plain) or _described(plain) or _achievement(plain) or _one_of_two(words)
    return found or _of_now(plain)


def may_name_a_table(words: str) -> bool:
    """Whether words can hold a heading that says what a table is of. Quick: it is asked of every row of a sheet."""
    if words.isascii() and not _LETTERS.search(words):
        return False  # a number such as "A0012"
    plain = words if words.isascii() else unicodedata.normalize("NFKD", words).translate(_UNSEEN)
    return bool(_NAMING.search(plain.lower()))


def may_be_a_heading(words: str) -> bool:
    """Whether all words are of known headings, or are not so that it could be told quickly. Most texts' are not."""
    if not words.isascii() or "(" in words or "[" in words or "chievement" in words.lower():
        return True
    plain = (word for word in words.lower().split() if word.isalpha())
    return all(_singular(word) in _WORDS_OF_HEADINGS or word[:3] in _MONTHS for word in plain)


def suggestion(words: str) -> Meaning | None:
    """What a heading with a slip of the pen probably means: for a person to confirm, never to act on."""
    near = get_close_matches(normalise(words), _KNOWN, n=1, cutoff=0.85) if len(words) <= _LONGEST else []
    return _KNOWN[near[0]] if near else None


def _mark(found: re.Match[str]) -> str:
    return " " if found[0] in "-&:;,|+–—" else ""


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if len(word) > 2 and word.endswith("s") and word[-2] not in "sui" else word


def _known() -> Mapping[str, Meaning]:
    known: dict[str, Meaning] = {}
    owned = ((kind, word, listed) for kind, rows in OWNED.items() for word, listed in rows.items())
    plain = ((None, word, listed) for word, listed in TABLE.items())
    for kind, word, listed in (*owned, *plain):
        for rank, heading in enumerate(_listed(listed)):
            known.setdefault(normalise(heading), Meaning(word, kind, rank))
    return known


def _listed(words: str) -> Iterable[str]:
    return (heading.strip() for heading in words.split("·"))


def _prefixed(plain: str) -> Meaning | None:
    first, _, rest = plain.partition(" ")
    found = _KNOWN.get(rest) if first in PREFIXES else None
    return Meaning(found.word, PREFIXES[first], found.rank) if found else None


def _described(plain: str) -> Meaning | None:
    """The words of what names a table: "Requirement description", "Details of finding"."""
    found = _DESCRIBED.fullmatch(plain)
    named = _KNOWN.get(found["after"] or found["before"]) if found else None
    return named._replace(rank=named.rank + len(_KNOWN)) if named and named.word in _WORDED else None


def _of_now(plain: str) -> Meaning | None:
    """A heading that only adds that it speaks of now: "RAG status this month", "Latest RAG rating"."""
    bare = _NOW.sub("", plain).strip()
    return _KNOWN.get(bare) if bare != plain else None


def _achievement(plain: str) -> Meaning | None:
    return Meaning(Word.ACHIEVEMENT, None, LOOSE) if re.search(r"\bachievement\b", plain) else None


def _one_of_two(words: str) -> Meaning | None:
    """A heading of two words for one thing: "Lead / Owner", "Ref/No". Progress goes before what is told beside it."""
    parts = [_KNOWN.get(normalise(part)) for part in _BETWEEN.split(words)]
    known = [part for part in parts if part]
    if len(known) < max(len(parts), 2):
        return None
    if all(part[:2] == known[0][:2] for part in known):
        return known[0]
    progress = (part for part in known if part.word is Word.PROGRESS)
    return next(progress, None) if {part.word for part in known} <= _TOLD_TOGETHER else None


def _naming() -> re.Pattern[str]:
    """The longest word of each heading that can name a table, without its plural's ending; "Rec No", "Req Ref" too."""
    listed = (heading for word in NAMING for heading in _listed(TABLE[word]))
    words = {max(normalise(heading).split(), key=len) for heading in listed}
    return re.compile("|".join((r"re[cq]\b", *sorted(re.escape(word.removesuffix("y")) for word in words))))


_KNOWN = _known()
_NAMING = _naming()
_WORDS_OF_HEADINGS = frozenset(
    {word for heading in _KNOWN for word in heading.split()}
    | PREFIXES.keys()
    | {"or", "and", "as", "at", "of", "for", "in", "on", "to"}  # which join two headings, or a date to one
    | {"description", "detail", "text", "wording", "title", "the"}
    | {"current", "latest", "present", "this", "month", "quarter", "period", "now"}
)
_MONTHS = frozenset(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"))
