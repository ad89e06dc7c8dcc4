"""This room opens a workbook as a zip and patches it in place; it knows nothing of plans."""

from sync.ooxml.edits import (
    CellEdit,
    HiddenColumn,
    Patched,
    Refused,
    RowInsert,
    RowRemove,
    SheetName,
    Value,
    Visibility,
)
from sync.ooxml.package import Package

__all__ = [
    "CellEdit",
    "HiddenColumn",
    "Package",
    "Patched",
    "Refused",
    "RowInsert",
    "RowRemove",
    "SheetName",
    "Value",
    "Visibility",
]
