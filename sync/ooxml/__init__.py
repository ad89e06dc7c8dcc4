"""This room opens a workbook as a zip and patches it in place; it knows nothing of plans."""

from sync.ooxml.edits import (
    CellEdit,
    Coloured,
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
)
from sync.ooxml.features import lost
from sync.ooxml.notes import CellNote, Noted, with_notes
from sync.ooxml.package import Package

__all__ = [
    "CellEdit",
    "CellNote",
    "Coloured",
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
    "lost",
    "with_notes",
]
