"""This file takes notes out again that were hung on cells before, and leaves all that others wrote there."""

import io
import re
import zipfile
from html import escape

from sync.ooxml import archive
from sync.ooxml.areas import place
from sync.ooxml.book import Book, Sheet
from sync.ooxml.markup import attributes, damage_refused, element_end, first_tag, is_closed, tags, unescape
from sync.ooxml.notes.comments import AUTHOR
from sync.ooxml.parts import Parts, relations_name
from sync.ooxml.shapes import each_shape, with_shapes
from sync.ooxml.text import escaped, unescaped


def without_notes(content: bytes, unwanted: re.Pattern[str]) -> bytes:
    """The workbook without the words in its notes that the pattern matches; the very same bytes where there are none.

    In a note of our own, or of nobody's, that is anywhere; in somebody else's only under their own words, never at
    its start. A note that then says nothing goes with its box. Raises Refused for what is no workbook.
    """
    if not _has_notes(content):
        return content
    with damage_refused():
        opened = archive.read(content)
        parts = Parts(opened)
        for sheet in Book(parts).sheets:
            for part in parts.related(sheet.part, "comments") if sheet.is_grid else ():
                _clear(parts, sheet, part, unwanted)
        if not parts.changed():
            return content
        return archive.write(opened, parts.written, parts.dropped)


def _has_notes(content: bytes) -> bool:
    archive.look_at(content)
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return any("comments" in name.lower() for name in opened.namelist())


def _clear(parts: Parts, sheet: Sheet, part: str, unwanted: re.Pattern[str]) -> None:
    xml = parts[part]
    ours = _numbers_of_ours(xml)
    kept, gone, done = [], set(), 0
    for tag in tags(xml, "comment"):
        end = element_end(xml, tag)
        said = attributes(tag[0])
        rest = _cut(xml[tag.start() : end], unwanted, at_least=0 if said.get("authorId") in ours else 1)
        kept += [xml[done : tag.start()], rest]
        done = end
        if not rest:
            gone.add(said.get("ref", ""))
    after = b"".join([*kept, xml[done:]])
    if after == xml:
        return
    drawing = _drawing(parts, sheet)
    left = _without_boxes(parts[drawing], gone) if drawing else b""
    if first_tag(after, "comment") is None and not any(each_shape(left)):
        parts.drop(part, owner=sheet.part)
        if drawing and relations_name(drawing) not in parts:
            _drop_drawing(parts, sheet, drawing)
            return
    else:
        parts[part] = after
    if drawing:
        parts[drawing] = left


def _numbers_of_ours(xml: bytes) -> set[str]:
    """Under which numbers notes may be ours: LibreOffice forgets who wrote which, so those of nobody are too."""
    ends = ((tag, element_end(xml, tag)) for tag in tags(xml, "author"))
    names = (b"" if is_closed(tag[0]) else xml[tag.end() : xml.rindex(b"</", 0, end)] for tag, end in ends)
    return {str(number) for number, name in enumerate(names) if name.strip() in (b"", AUTHOR.encode())}


def _cut(comment: bytes, unwanted: re.Pattern[str], *, at_least: int) -> bytes:
    """One note without these words; nothing where it says nothing else."""
    runs = [tag for tag in tags(comment, "t") if not is_closed(tag[0])]
    inside = [(tag.end(), comment.rindex(b"</", 0, element_end(comment, tag))) for tag in runs]
    said = [unescaped(unescape(comment[start:end].decode("utf-8"))) for start, end in inside]
    found = unwanted.finditer("".join(said))
    spans = [one.span() for one in found if one.start() >= at_least]
    if not spans:
        return comment
    left = _without(said, spans)
    if not "".join(left).strip():
        return b""
    for (start, end), before, after in reversed(list(zip(inside, said, left, strict=True))):
        if after != before:
            comment = comment[:start] + escape(escaped(after), quote=False).encode("utf-8") + comment[end:]
    return comment


def _without(said: list[str], spans: list[tuple[int, int]]) -> list[str]:
    """The runs of a text without these stretches of the whole."""
    left: list[str] = []
    begins = 0
    for run in said:
        taken = {at for start, end in spans for at in range(max(start, begins), min(end, begins + len(run)))}
        left.append("".join(mark for at, mark in enumerate(run, start=begins) if at not in taken))
        begins += len(run)
    return left


def _drawing(parts: Parts, sheet: Sheet) -> str | None:
    tag = first_tag(parts[sheet.part], "legacyDrawing")
    said = attributes(tag[0]) if tag else {}
    id_ = next((value for name, value in said.items() if name.endswith(":id")), None)
    found = next((relation.target for relation in parts.relations(sheet.part) if relation.id == id_), None)
    return found if found is not None and found in parts else None


def _without_boxes(drawing: bytes, gone: set[str]) -> bytes:
    """The sheet's old-style drawing without the boxes of these cells' notes."""
    places = {(row - 1, column - 1) for row, column in map(place, gone)}
    return with_shapes(drawing, lambda shape: b"" if _place_of(shape) in places else shape)


def _place_of(shape: bytes) -> tuple[int, int] | None:
    found = [re.search(rb"<x:%b>\s*(\d+)\s*</x:%b>" % (name, name), shape) for name in (b"Row", b"Column")]
    row, column = found
    return (int(row[1]), int(column[1])) if row and column and b'ObjectType="Note"' in shape else None


def _drop_drawing(parts: Parts, sheet: Sheet, drawing: str) -> None:
    xml = parts[sheet.part]
    tag = first_tag(xml, "legacyDrawing")
    if tag is not None:
        parts[sheet.part] = xml[: tag.start()] + xml[element_end(xml, tag) :]
        parts.drop(drawing, owner=sheet.part)
