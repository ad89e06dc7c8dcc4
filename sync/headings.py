"""This file is the one table of the words that head staff's columns, and of the field that each means."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from plan.fields import Kind


class Word(StrEnum):
    """What a heading can mean; which record it belongs to is decided by the table it stands in."""

    REFERENCE = "reference"
    EXTERNAL_REFERENCE = "a reference to another document"
    THEME = "theme"
    REQUIREMENT = "requirement"
    OUTCOME = "the desired outcome"
    ACTION = "action"
    WHAT = "what"  # the action, unless a "How?" stands beside it
    LEAD = "lead"
    ACCOUNTABLE = "the accountable officer"
    TIMESCALE = "timescale"
    REVISED = "revised timescale"
    START = "the start date"
    STATUS = "status"
    STATUS_REASON = "reason for the status"
    IMPACT_STATUS = "impact status"
    DIRECTION = "the direction of travel"
    PROGRESS = "progress"
    ACHIEVEMENT = "achievement"
    NEXT_STEP = "the next step"
    EVIDENCE = "evidence"
    MEASURE = "a success measure"
    INDICATOR = "figure"
    UNIT = "unit"
    TARGET = "target"
    IMPACT = "the impact"
    SIGN_OFF = "a sign-off"
    SIGNED_BY = "who signed the row off"
    SIGNED_ON = "when the row was signed off"
    LAST_UPDATED = "the date or person of an update"


class Meaning(NamedTuple):
    """What a heading means, and of which record if its words say so; the lower `rank`, the plainer it is."""

    word: Word
    of: Kind | None = None
    rank: int = 0


# Each entry is a field; its headings stand in the order of preference where one table has several.
TABLE: Mapping[Word, str] = {
    Word.REFERENCE: (
        "Ref · Reference · Ref No · Reference number · No · Nos · Number · Register Ref · ID · Item No · "
        "Item · Unique ID · Project ID · Point · Serial"
    ),
    Word.EXTERNAL_REFERENCE: ("Ofsted Para No · Para · Paragraph · Page/para · Report ref · IN ref · Milestone ref"),
    Word.THEME: (
        "Theme · Priority · Priority Area · Workstream · Work stream · Strand · Standard · Area · "
        "Exception Area · Domain · KLOE · Section · Heading · Category · Pillar · Core service · Origin · "
        "Inspection"
    ),
    Word.REQUIREMENT: (
        "Requirement of the Notice · Improvement Notice requirement · Requirement · Requirement text · "
        "What the Notice asks · What the Notice requires · Notice requirement · Recommendation · "
        "Recommendations & Areas for Improvement · Area for improvement · Ofsted Area for Improvement · "
        "Area of improvement · AFI · Area of concern · Issue · Finding · Must do / Should do · Must do · "
        "Should do · Item to be rectified · Concern · What needs to change · What did Ofsted say? · "
        "Regulation"
    ),
    Word.OUTCOME: (
        "Desired outcome · Intended outcome · Outcome · Outcomes to be improved · "
        "What will success look like? · Outcome for children"
    ),
    Word.ACTION: (
        "Action · Areas for development · Key areas for development · Actions required · Action required · "
        "Action (in SMART format) · Action to be taken · Specific Actions (dated) · Key actions · "
        "Key future actions · Planned action · What we will do · What will we do · How? · "
        "How will we do it · Activity · Task · Deliverable · Action text · Action description · "
        "Agreed action"
    ),
    Word.WHAT: "What?",
    Word.LEAD: (
        "Lead · Lead officer · Lead Officer/EM · Responsible officer · Responsible person · "
        "Person/s Responsible · Person responsible for each task · Responsibility · Responsible · Who? · "
        "By whom · Owner · Assigned to · Lead Agency · Work Stream Lead(s) · Head of Service · "
        "Delivery lead · Lead person · Lead name · Officer · Officer responsible"
    ),
    Word.ACCOUNTABLE: (
        "Accountable officer · Accountable lead · Accountable · SRO · Executive lead · Lead Director · "
        "Sponsor · Cabinet lead · Portfolio holder"
    ),
    Word.TIMESCALE: (
        "Timescale · By When · When? · Timeframe · Target date · Deadline · Due Date · Due · Date due · "
        "Target Completion · Target completion date · Original target date · Original timescale · "
        "Original target completion date · Original due date · Completion date · End date · "
        "Estimated completion date · Implementation date · Agreed date"
    ),
    Word.REVISED: (
        "Revised Target Completion Date · Revised target date · Revised timescale · Revised date · "
        "Revised deadline · Revised due date · New target date · New date · Extended to · Time extension · "
        "Forecast date"
    ),
    Word.START: "Start date · Start · Date started · From",
    Word.STATUS: (
        "RAG · R/A/G · BRAG · RAG rating · BRAG rating · RAG status · BRAG status · Delivery (RAG) · "
        "Delivery RAG · Delivery status · Status · Current Status · Progress indicator · Traffic Light · "
        "Traffic Light Colour · Progress rating · Progress RAG · Rating · On track? · Completed?"
    ),
    Word.STATUS_REASON: (
        "Reason for the status · Reason for status · Status reason · Reason for RAG · RAG reason · "
        "Reason for RAG rating · RAG rationale · Rationale for RAG"
    ),
    Word.IMPACT_STATUS: (
        "Impact status · Impact RAG · Outcome RAG · Confidence · Assurance · "
        "Likelihood of achieving outcome · Embedded? · Evidence RAG"
    ),
    Word.DIRECTION: "Direction of Travel · DoT · Trend · Movement · Previous RAG · Last month",
    Word.PROGRESS: (
        "Progress · Progress update · Progress Report · Progress to date · Progress made · Action taken · "
        "Update · Latest update · Latest progress · Update since last meeting · Comments · Commentary · "
        "Narrative · What have we done? · What we have done · Current position · Position statement · "
        "Management update · Notes"
    ),
    Word.ACHIEVEMENT: "Achievement · Achievements to date · Key achievements",
    Word.NEXT_STEP: (
        "Next steps · Planned activity next period · What's next · Path to green · Mitigation · Recovery action"
    ),
    Word.EVIDENCE: (
        "Evidence · Evidence of action point implementation · Evidence of completion · Evidence of impact · "
        "Evidence source · Source of evidence · Supporting evidence · Evidence of progress · Link · "
        "How will we know? · How evidenced · Monitoring and Evaluation · Monitoring"
    ),
    Word.INDICATOR: "Indicator · Performance indicator · Figure · KPI · Performance measure · Measure",
    Word.UNIT: "Unit · Units of measure · Unit of measure",
    Word.TARGET: "Target · Target figure",
    Word.MEASURE: (
        "Success measures · Success Criteria · Measure of success · Baseline · Current performance · Actual · Outturn"
    ),
    Word.IMPACT: (
        "Impact · Impact to date · Evaluation of impact · Impact on children · So what? · What difference has it made?"
    ),
    Word.SIGN_OFF: (
        "Closed Date · Date closed · Date completed · Sign off · Signed off · "
        "Approved by · Verified by · Evidence of closure"
    ),
    Word.SIGNED_BY: "Signed off by · Sign off by · Signed by",
    Word.SIGNED_ON: (
        "Date signed off · Date of sign off · Sign off date · Signed off date · Signed off on · Date signed"
    ),
    Word.LAST_UPDATED: "Last updated · Date of update · Date updated · Updated by · Update date · Date",
}

# Headings that say themselves whose they are.
OWNED: Mapping[Kind, Mapping[Word, str]] = {
    Kind.REQUIREMENT: {
        Word.REFERENCE: (
            "Requirement No · Requirement number · Requirement ref · Requirement reference · "
            "Requirement ID · Req No · Req Ref · Rec No · Rec Ref · Recommendation No · "
            "Recommendation number · Recommendation ref · Notice ref · Notice number"
        ),
    },
    Kind.ACTION: {
        Word.REFERENCE: "Action No · Action number · Action ID · Action Ref · Action reference",
        Word.LEAD: "Action owner · Action lead",
        Word.STATUS: "Action completed? · Action complete?",
    },
}
PREFIXES: Mapping[str, Kind] = {
    "overall": Kind.REQUIREMENT,
    "requirement": Kind.REQUIREMENT,
    "recommendation": Kind.REQUIREMENT,
    "action": Kind.ACTION,
}

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*"
_YEAR = r"(?:'?\d{2}|(?:19|20)\d{2})"
_WHEN = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH}\.?(?:[ -]?{_YEAR})?|(?:19|20)\d{{2}}(?:[/-]\d{{2,4}})?|"
    rf"\d{{1,2}}/\d{{2,4}}|q[1-4](?: {_YEAR}(?:/\d{{2}})?)?"
)
_LEADING = re.compile(rf"^(?:{_WHEN})\b[\s:,-]*(?=\S)")
_TRAILING = re.compile(rf"(?<=\S)[\s:,(-]+(?:(?:as )?(?:at|of|for|in|to) )?(?:{_WHEN})\)?$")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_COUNTED = re.compile(r"^\d{1,2}[.)] (?=\D)")
_MARKS = re.compile(r"[^\w\s]")
_DASHES = re.compile(r"[‐-―−]")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u00ad"))
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
    return _KNOWN.get(plain) or _prefixed(plain) or _achievement(plain) or _one_of_two(words)


def may_name_a_table(words: str) -> bool:
    """Whether words can hold a heading that says what a table is of. Quick: it is asked of every row of a sheet."""
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


def _achievement(plain: str) -> Meaning | None:
    return Meaning(Word.ACHIEVEMENT, None, LOOSE) if re.search(r"\bachievement\b", plain) else None


def _one_of_two(words: str) -> Meaning | None:
    """A heading of two words for one thing: "Lead / Owner", "Ref/No"."""
    if "/" not in words and " or " not in words:
        return None
    parts = [_KNOWN.get(normalise(part)) for part in re.split(r"\s*/\s*| or ", words)]
    first = parts[0]
    alike = len(parts) > 1 and first and all(part and part[:2] == first[:2] for part in parts)
    return first if alike else None


def _naming() -> re.Pattern[str]:
    """The longest word of each heading that can name a table, without its plural's ending; "Rec No", "Req Ref" too."""
    listed = (heading for word in NAMING for heading in _listed(TABLE[word]))
    words = {max(normalise(heading).split(), key=len) for heading in listed}
    return re.compile("|".join((r"\bre[cq]\b", *sorted(re.escape(word.removesuffix("y")) for word in words))))


_KNOWN = _known()
_NAMING = _naming()
_WORDS_OF_HEADINGS = frozenset(
    {word for heading in _KNOWN for word in heading.split()}
    | PREFIXES.keys()
    | {"or", "as", "at", "of", "for", "in", "to"}  # which join two headings, or a date to one
)
_MONTHS = frozenset(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"))
