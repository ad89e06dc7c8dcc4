"""This file reads the form that makes a year of cycles from a rhythm."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from plan import rhythm, timescale
from plan.rhythm import Dates, NoRhythm, Quarterly, Rhythm, Weekly

RHYTHMS = {
    "weekday": "Every month on the same weekday, for example each second Tuesday",
    "last": "Every month on the last such weekday, for example each last Friday",
    "weeks": "Every so many weeks",
    "quarter": "Every three months on the same day of the month",
}


@dataclass(frozen=True)
class YearForm:
    """What was typed: the first board, how often it meets, and how long before it a cycle opens and is cut off."""

    first: str = ""
    every: str = "weekday"
    weeks: str = "4"
    opens_before: str = "14"
    cut_off_before: str = "7"

    @classmethod
    def of(cls, form: Mapping[str, str]) -> "YearForm":
        """What a posted form says; blank where it says nothing."""
        return cls(
            *(form.get(name, "").strip() for name in ("first", "every", "weeks", "opens_before", "cut_off_before"))
        )

    @property
    def rhythms(self) -> list[tuple[str, str, bool]]:
        """The choices of how often: value, words, whether chosen."""
        return [(value, words, value == self.every) for value, words in RHYTHMS.items()]


class Refused(ValueError):
    """The form makes no year; the message says why, `target` is the input to mend."""

    def __init__(self, sentence: str, target: str) -> None:
        super().__init__(sentence)
        self.target = target


def read(form: YearForm) -> list[Dates]:
    """The cycles that the form asks for. Raises Refused with a sentence."""
    first = timescale.canonical_date(form.first)
    if first is None:
        raise Refused("Write the day of the first board in full, like 10 September 2013. Nothing was made.", "first")
    opens_before = _number(form.opens_before, "opens_before")
    cut_off_before = _number(form.cut_off_before, "cut_off_before")
    try:
        return rhythm.year_ahead(_rhythm(form, first), first, opens_before=opens_before, cut_off_before=cut_off_before)
    except NoRhythm as why:
        raise Refused(str(why), "weeks" if "1 to" in str(why) else "opens_before") from why


def _rhythm(form: YearForm, first: date) -> Rhythm:
    if form.every == "weeks":
        return Weekly(_number(form.weeks, "weeks"))
    if form.every == "quarter":
        return Quarterly(first.day)
    if form.every not in RHYTHMS:
        raise Refused("Choose how often the board meets. Nothing was made.", "every-1")
    return rhythm.weekday_of(first, last=form.every == "last")


def _number(words: str, target: str) -> int:
    if not (words.isascii() and words.isdecimal() and len(words) < 5):
        raise Refused(f"“{words}” is not a whole number. Nothing was made; write one like 7.", target)
    return int(words)
