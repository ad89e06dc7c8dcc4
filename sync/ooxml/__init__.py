"""This room opens a workbook as a zip and patches it in place; it knows nothing of plans."""

from sync.ooxml.edits import (
    CellEdit,
    Coloured,
    Feet,
    Foot,
    HiddenColumn,
    Marking,
    Patched,
    Refused,
    RowInsert,
    RowRemove,
    SheetName,
    UnfitCells,
    Unmovable,
    Value,
    Visibility,
    Whereabouts,
)
from sync.ooxml.features import lost
from sync.ooxml.feet import says_after_rows
from sync.ooxml.notes import CellNote, Noted, with_notes, without_notes
from sync.ooxml.package import Package

__all__ = [
    "CellEdit",
    "CellNote",
    "Coloured",
    "Feet",
    "Foot",
    "HiddenColumn",
    "Marking",
    "Noted",
    "Package",
    "Patched",
    "Refused",
    "RowInsert",
    "RowRemove",
    "SheetName",
    "UnfitCells",
    "Unmovable",
    "Value",
    "Visibility",
    "Whereabouts",
    "lost",
    "says_after_rows",
    "with_notes",
    "without_notes",
]
