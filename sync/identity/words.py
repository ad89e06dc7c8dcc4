"""This file compares rows and records by their words: the main ones of each kind, its number, how alike they are."""

from collections.abc import Iterable, Iterator, Mapping

from rapidfuzz import fuzz, process

from plan.fields import Kind, Value
from plan.snapshot import Item
from sync.reading import Piece

MAIN_WORDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.THEME: ("title",),
    Kind.REQUIREMENT: ("text", "reference"),
    Kind.ACHIEVEMENT: ("text", "evidence"),
    Kind.ACTION: ("text", "progress", "timescale", "lead"),
    Kind.INDICATOR: ("name",),
    Kind.READING: ("period",),
}


def words_said(piece: Piece) -> Value:
    """What a row says of itself above all; None where its main cells are blank."""
    for name in MAIN_WORDS[piece.kind]:
        for said in piece.values.get(name, ()):
            if said.value is not None:
                return said.value
    return None


def words_of(item: Item) -> Value:
    """The same of a record."""
    return next((item.get(name) for name in MAIN_WORDS[item.kind] if item.get(name) is not None), None)


def says_nothing(piece: Piece) -> bool:
    """Whether all cells of a row are blank that could speak of the record."""
    return all(said.value is None for told in piece.values.values() for said in told)


def says_the_same(piece: Piece, item: Item) -> bool:
    """Whether the words are the same, those compared for which the workbook has a column."""
    spoken = [name for name in MAIN_WORDS[piece.kind] if name in piece.values]
    words = next((item.get(name) for name in spoken if item.get(name) is not None), None)
    return words_said(piece) == words


def number_said(piece: Piece) -> Value:
    """The reference on a row."""
    return next((said.value for said in piece.values.get("reference", ()) if said.value is not None), None)


def home(kind: Kind, parent: str | None) -> str | None:
    """Under what a row is looked for: a theme or a requirement may have moved anywhere."""
    return None if kind in (Kind.THEME, Kind.REQUIREMENT) else parent


def worded_by_id(items: Iterable[Item]) -> dict[str, str]:
    """The words of records by their ids."""
    return {item.id: str(words) for item in items if (words := words_of(item)) is not None}


def records_alike(piece: Piece, worded: Mapping[str, str], least: float) -> Iterator[tuple[str, float]]:
    """The records whose words are at least so alike, in per cent. Thousands are compared in one go."""
    words = words_said(piece)
    if words is not None:
        for _, alike, id in process.extract_iter(str(words), worded, scorer=fuzz.ratio, score_cutoff=least):
            yield id, alike


def likeness(piece: Piece, item: Item) -> float:
    """How alike a row and a record are, in per cent; 0 where one has no words."""
    one, other = words_said(piece), words_of(item)
    if one is None or other is None:
        return 0.0
    return fuzz.ratio(str(one), str(other))


def call(item: Item) -> str:
    """A record as a sentence names it."""
    number = item.get("reference")
    return f"{item.kind} {number}" if number else f"the {item.kind} “{str(words_of(item) or '')[:60]}”"
