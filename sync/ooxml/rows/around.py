"""This file takes a sheet apart into its rows and all that stands around them, which is small enough for a tree."""

from lxml import etree

from sync.ooxml.grid import Grid
from sync.ooxml.markup import parse, serialise


def around_rows(grid: Grid) -> etree._Element:
    """The sheet as a tree without its rows."""
    return parse(grid.head + grid.tail)


def ends(root: etree._Element) -> tuple[bytes, bytes]:
    """What stands before and after the rows, sheetData opened and closed again."""
    empty = Grid(serialise(root))
    return empty.head, empty.tail
