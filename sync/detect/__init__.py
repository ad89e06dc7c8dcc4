"""This room finds the tables of a workbook and what their columns mean, from plain sheets to a layout."""

from collections.abc import Sequence

from sync.detect.blocks import find_blocks
from sync.detect.found import understood
from sync.detect.remembered import fit, fit_and_tell, shape
from sync.grid import Grid
from sync.layout import Layout
from sync.reading import Problem

__all__ = ["find_layout", "fit", "fit_and_tell", "shape"]


def find_layout(grids: Sequence[Grid]) -> tuple[Layout, tuple[Problem, ...]]:
    """The tables of a workbook by the vocabulary, and what a person has to choose because nobody can tell.

    Hidden sheets are looked at only where no visible one has a table: they hold lists and last year's copies.
    """
    found = [block for grid in grids if grid.visible for block in find_blocks(grid)]
    tables, problems = understood(found or [block for grid in grids for block in find_blocks(grid)])
    return Layout(tables), problems
