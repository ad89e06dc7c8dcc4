"""This file opens a workbook's package and reads every sheet of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial

from lxml import etree

from sync.grid import Cell, Grid, Place
from sync.ooxml import Refused, archive
from sync.ooxml.book import Book
from sync.ooxml.edits import Visibility
from sync.ooxml.markup import DAMAGED, attributes, damage_refused, first_tag
from sync.ooxml.parts import Parts
from sync.opening.colours import Palette
from sync.opening.common_texts import texts
from sync.opening.markup import parsed
from sync.opening.sheet import Sheet
from sync.opening.some_rows import SomeRows, naming
from sync.opening.styles import Styles
from sync.opening.values import Values


def sheets(content: bytes, ahead: Callable[[int, Mapping[Place, Cell]], None] | None = None) -> tuple[Grid, ...]:
    """The sheets of a workbook in their order. Raises Refused, with a sentence, for what cannot be read.

    `ahead` is told the cells of long sheets, by their number from 0, as they are read; some may still become others.
    """
    try:
        with damage_refused():
            return tuple(_sheets(Book(Parts(archive.read(content))), ahead=ahead))
    except (KeyError, IndexError, AttributeError, OverflowError, RecursionError) as why:
        raise Refused(DAMAGED) from why


def some_rows(content: bytes, ids: Iterable[str], first: int) -> tuple[Grid, ...]:
    """The same with only the first rows of each sheet and those that name certain records in the hidden column.

    For the plan's own workbook, that was opened before. Raises NotPlain or TooMany where it must be read whole.
    """
    with damage_refused():
        book = Book(Parts(archive.read(content)))
        return tuple(_sheets(book, naming(book, ids, first)))


def _sheets(
    book: Book, only: SomeRows | None = None, ahead: Callable[[int, Mapping[Place, Cell]], None] | None = None
) -> Iterator[Grid]:
    theme, styles = _only(book, "theme"), _only(book, "styles")
    looks = Styles(styles, Palette(theme, styles))
    common = book.parts.related(book.part, "sharedStrings")
    values = Values(texts(book.parts[common[0]] if common else None), date1904=book.date1904)
    parts = {each.name.casefold(): each.part for each in book.sheets if each.is_grid}

    @cache
    def elsewhere(name: str) -> Mapping[Place, Cell]:
        return Sheet(looks, values).cells_alone(book.parts[parts[name]]) if name in parts else {}

    for place, each in enumerate(each for each in book.sheets if each.is_grid):
        xml, tables = book.parts[each.part], list(_tables(book, each.part))
        sheet = Sheet(looks, values, only=only, elsewhere=elsewhere, ahead=partial(ahead, place) if ahead else None)
        yield sheet.grid(each.name, xml, tables, visible=each.state is Visibility.visible)


def _only(book: Book, kind: str) -> etree._Element | None:
    """The workbook's part of a kind that only adorns it: a broken one is no reason not to read the cells."""
    for part in book.parts.related(book.part, kind):
        try:
            return parsed(book.parts[part])
        except (etree.LxmlError, Refused):
            return None
    return None


def _tables(book: Book, part: str) -> Iterator[tuple[str, str]]:
    for table in book.parts.related(part, "table"):
        tag = first_tag(book.parts[table], "table")
        said = attributes(tag[0]) if tag else {}
        if "ref" in said:
            yield said.get("displayName") or said.get("name", ""), said["ref"]
