"""This file finds audits by grade in sentences: "1440 cases audited of which: 18 outstanding, 315 good, …"."""

import re
from dataclasses import dataclass

from plan.fields import LARGEST_COUNT
from plan.figures.audits import GRADES, off_by
from plan.figures.sentences import sentences

_COUNT = r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+|(?<![0-9.,])[0-9]{1,9}"
_GRADED = re.compile(
    rf"(?P<count>{_COUNT}) (?:were |was |graded |rated |judged )*(?P<grade>{'|'.join(GRADES)})\b", re.I
)
_OF_WHICH = re.compile(rf"(?P<total>{_COUNT})(?P<what>(?: [^0-9.:;=]{{0,60}})??),? ?(?:of which|of these)\b", re.I)
_AS_AT = re.compile(r"\bas at (?P<when>[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4}|[0-9]{0,2} ?[A-Za-z]{3,9},? [0-9]{4})")


@dataclass(frozen=True)
class ToldAudit:
    """An audit found in words; `as_at` in those words, `fault` says what does not add up."""

    title: str
    as_at: str | None
    total: int
    grades: dict[str, int]
    sentence: str

    @property
    def fault(self) -> str:
        """What does not add up, in a clause; empty where it does."""
        return off_by(self.total, tuple(self.grades.values()))


def read_audits(text: str) -> list[ToldAudit]:
    """The audits that a text tells with all four grades, in its order. Never raises, whatever the text."""
    return [told for sentence in sentences(text) if (told := _of_sentence(sentence))]


def _of_sentence(sentence: str) -> ToldAudit | None:
    plain = re.sub(r"\s", " ", sentence)
    graded = {match["grade"].lower(): _number(match["count"]) for match in _GRADED.finditer(plain)}
    whole, when = _OF_WHICH.search(plain), _AS_AT.search(plain)
    if set(graded) != set(GRADES) or sum(graded.values()) == 0:
        return None
    total = _number(whole["total"]) if whole else sum(graded.values())
    if max(total, *graded.values()) > LARGEST_COUNT:
        return None
    grades = {grade: graded[grade] for grade in GRADES}
    return ToldAudit(_title(plain, whole), when["when"] if when else None, total, grades, sentence)


def _title(plain: str, whole: re.Match[str] | None) -> str:
    """What was counted: the words after the total, or those before it, or simply cases."""
    if whole is None:
        return "Cases audited"
    before = re.split(r"\bas at\b|=|:", plain[: whole.start()])[0]
    words = " ".join((whole["what"] or before).split()).strip(" ,;.-–")
    return f"{words[:1].upper()}{words[1:]}" if words else "Cases audited"


def _number(written: str) -> int:
    return int(written.replace(",", ""))
