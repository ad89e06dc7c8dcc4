"""This room hangs notes on cells of a workbook and leaves everything else in it as it was."""

from collections.abc import Iterable
from typing import NamedTuple

from sync.ooxml import archive
from sync.ooxml.areas import Area, area, name_of, place
from sync.ooxml.book import Book, Sheet
from sync.ooxml.edits import Refused
from sync.ooxml.markup import attributes, damage_refused, tags
from sync.ooxml.notes.additions import Additions
from sync.ooxml.notes.boxes import with_boxes
from sync.ooxml.notes.comments import with_comments
from sync.ooxml.notes.places import with_legacy_drawing
from sync.ooxml.notes.removing import without_notes
from sync.ooxml.parts import Parts

__all__ = ["CellNote", "Noted", "with_notes", "without_notes"]

_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"


class CellNote(NamedTuple):
    """Words to hang on one cell ("C6") of a sheet."""

    sheet: str
    cell: str
    words: str


class Noted(NamedTuple):
    """The workbook with its notes. `left` could not be hung: there is no such cell, or a conversation is on it."""

    content: bytes
    left: tuple[CellNote, ...]


def with_notes(content: bytes, notes: Iterable[CellNote]) -> Noted:
    """The same workbook with a classic note on each of these cells, under the cell's own note where it has one.

    On a merged cell the note hangs on its first. A cell with a threaded conversation is left alone. All other parts
    stay byte for byte. Raises Refused for what is no workbook or must not be changed.
    """
    with damage_refused():
        opened = Parts(archive.read(content))
        book, changes = Book(opened), Additions(opened)
        left: list[CellNote] = []
        for name, wanted in _by_sheet(notes).items():
            sheet = next((one for one in book.sheets if one.name == name and one.is_grid), None)
            if sheet is None:
                left += wanted
            else:
                left += _hang(book.parts, changes, sheet, wanted)
        return Noted(changes.written(content), tuple(left))


def _by_sheet(notes: Iterable[CellNote]) -> dict[str, list[CellNote]]:
    sheets: dict[str, list[CellNote]] = {}
    for note in notes:
        sheets.setdefault(note.sheet, []).append(note)
    return sheets


def _hang(parts: Parts, changes: Additions, sheet: Sheet, notes: list[CellNote]) -> list[CellNote]:
    xml = parts[sheet.part]
    talked = _conversations(parts, sheet)
    merges = [area(attributes(tag[0])["ref"]) for tag in tags(xml, "mergeCell")]
    words: dict[str, list[str]] = {}
    left: list[CellNote] = []
    for note in notes:
        cell = _anchor(note.cell, merges)
        if cell is None or cell in talked:
            left.append(note)
        else:
            words.setdefault(cell, []).append(note.words)
    if words:
        _write(parts, changes, sheet, xml, {cell: "\n\n".join(said) for cell, said in words.items()})
    return left


def _conversations(parts: Parts, sheet: Sheet) -> set[str]:
    threads = (parts[part] for part in parts.related(sheet.part, "threadedComment"))
    held = (attributes(tag[0]) for thread in threads for tag in tags(thread, "threadedComment"))
    return {comment.get("ref", "") for comment in held}


def _anchor(cell: str, merges: list[Area]) -> str | None:
    try:
        row, column = place(cell)
    except Refused:
        return None
    around = next((merged for merged in merges if merged.holds(row, column)), None)
    return name_of(around.first_row, around.first_column) if around else name_of(row, column)


def _write(parts: Parts, changes: Additions, sheet: Sheet, xml: bytes, words: dict[str, str]) -> None:
    related = parts.related(sheet.part, "comments")
    comments, new_cells = with_comments(parts[related[0]] if related else None, words, changes.namespace(xml))
    if related:
        changes.put(related[0], comments)
    else:
        changes.add("xl/comments{}.xml", comments, _COMMENTS, owner=sheet.part, kind="comments", sheet=xml)
    if not new_cells:
        return
    drawing = changes.legacy_drawing(sheet.part, xml)
    boxes = with_boxes(changes.raw(drawing) if drawing else None, new_cells, changes.next_drawing_number())
    if drawing:
        changes.put(drawing, boxes)
        return
    vml = "xl/drawings/vmlDrawing{}.vml"
    id_ = changes.add(vml, boxes, _DRAWING, owner=sheet.part, kind="vmlDrawing", sheet=xml)
    changes.put(sheet.part, with_legacy_drawing(xml, id_, changes.relations_namespace(xml)))
