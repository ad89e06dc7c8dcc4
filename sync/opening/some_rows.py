"""This file reads only some rows of the plan's own workbook: its first ones, and those that name certain records."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sync.ooxml.book import Book

MOST_MARKS = 60  # each is looked for in the whole sheet
_TEXT_BEGINS = (b"<si>", b"<si ")


class SomeRows(NamedTuple):
    """The rows of a sheet up to number `first`, and all in whose bytes one of these marks stands."""

    first: int
    marks: tuple[bytes, ...]


class TooMany(Exception):
    """So many rows are asked for that reading all of them is quicker."""


def naming(book: Book, ids: Iterable[str], first: int) -> SomeRows:
    """The rows to read of a workbook whose hidden column names some records, in the cells or among the common texts.

    Raises TooMany.
    """
    wanted = [id.encode() for id in ids]
    common = book.parts.related(book.part, "sharedStrings")
    shared = [b"<v>%d</v>" % place for place in _places_of(wanted, book.parts[common[0]])] if common else []
    if len(wanted) + len(shared) > MOST_MARKS:
        raise TooMany
    return SomeRows(first, (*wanted, *shared))


def places(xml: bytes, wanted: SomeRows) -> list[int]:
    """Where in a sheet's bytes the marks stand, in order."""
    return sorted(at for mark in wanted.marks for at in _found(xml, mark))


def holds_any(found: list[int], begins: int, ends: int) -> bool:
    """Whether one of these places lies between two others."""
    at = bisect_left(found, begins)
    return at < len(found) and found[at] < ends


def _places_of(wanted: list[bytes], common: bytes) -> Iterator[int]:
    at = sorted(place for id in wanted for place in _found(common, id))
    if len(at) > MOST_MARKS:
        raise TooMany
    for place in at:
        yield sum(common.count(opening, 0, place) for opening in _TEXT_BEGINS) - 1


def _found(xml: bytes, mark: bytes) -> Iterator[int]:
    at = xml.find(mark)
    while at >= 0:
        yield at
        at = xml.find(mark, at + 1)
