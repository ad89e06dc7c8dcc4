"""This file asks once what a workbook's own status words mean, and what each colour means in the new plan."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from blueprints.workbooks.entries import where
from plan import rag
from plan.rag import Status
from sync import explain
from sync.layout import NO_STATUS, Layout
from sync.reading import Reading, UnknownStatus

LEFT = ""
ANSWERS = (
    (LEFT, "Not said: leave these cells unread"),
    *((s.value, rag.say(s)) for s in Status),
    (NO_STATUS, "No status"),
)
PLACES_SHOWN = 5  # of each sheet
SETTLED = "Settled for this workbook. Change it here if it was wrong."


class NoSuchMeaning(ValueError):
    """A column or a status word was said to mean something that is not offered."""


@dataclass(frozen=True)
class Option:
    """One meaning in a select box."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Question:
    """Words of status cells, how many cells and where, what they may mean; open while nobody has settled them."""

    id: str
    name: str
    words: str
    where: str
    options: tuple[Option, ...]
    is_open: bool


@dataclass(frozen=True)
class Colour:
    """One colour of the scale and the definition it will have in the plan."""

    name: str
    status: Status
    label: str
    words: str


def questions(reading: Reading, *, suggest: bool = False) -> tuple[Question, ...]:
    """What is to be asked, then what was settled before; `suggest` chooses the colour that cells are filled with."""
    asked = [
        (rag.normalise(one.words), one.words, _where(one), (suggest and one.suggested) or LEFT)
        for one in reading.unknown_statuses
    ]
    settled = [(words, words, SETTLED, means) for words, means in reading.layout.meanings.items()]
    return tuple(
        Question(f"means-{number}", f"means.{key}", words, places, _options(chosen), number <= len(asked))
        for number, (key, words, places, chosen) in enumerate((*asked, *settled), 1)
    )


def answered(reading: Reading, layout: Layout, form: Mapping[str, str]) -> Layout:
    """The layout with these words settled, or unsettled again. Raises NoSuchMeaning, with a sentence."""
    names = [question.name for question in questions(reading)]
    said = {name.removeprefix("means."): form[name] for name in names if name in form}
    stay = {words: means for words, means in layout.meanings.items() if said.get(words) != LEFT}
    try:
        return replace(layout, meanings=stay).with_meanings(
            (words, means) for words, means in said.items() if means != LEFT
        )
    except ValueError as why:
        raise NoSuchMeaning(f"{why} Nothing was changed.") from why


def scale_in_words(reading: Reading) -> tuple[str, ...]:
    """What the workbook's own key says and what was settled; what is still to be asked is asked beside it."""
    return explain.scale_in_words(replace(reading, unknown_statuses=()))


def colours(scale: Mapping[str, str]) -> tuple[Colour, ...]:
    """The boxes for the definitions, in the order of the scale."""
    return tuple(
        Colour(f"scale.{status}", status, f"What {status} means", scale.get(status.value, "")) for status in Status
    )


def scale_of(form: Mapping[str, str]) -> dict[str, str]:
    """The definitions that were typed."""
    return {status.value: form.get(f"scale.{status}", "").strip() for status in Status}


def _options(chosen: str) -> tuple[Option, ...]:
    return tuple(Option(value, label, value == chosen) for value, label in ANSWERS)


def _where(unknown: UnknownStatus) -> str:
    count = "1 cell" if unknown.count == 1 else f"{unknown.count:,} cells"
    hint = f", coloured {unknown.suggested} there" if unknown.suggested else ""
    return f"{count}{hint}. {'; '.join(_places(unknown))}."


def _places(unknown: UnknownStatus) -> Iterator[str]:
    for sheet, cells in groupby(unknown.cells, key=lambda place: place[0]):
        names = [cell for _, cell in cells]
        more = f" and {len(names) - PLACES_SHOWN:,} more" if len(names) > PLACES_SHOWN else ""
        yield where(sheet, ", ".join(names[:PLACES_SHOWN])) + more
