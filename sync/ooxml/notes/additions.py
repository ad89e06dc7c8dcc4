"""This file collects the parts that notes change and add, and writes the zip with all the others as they were."""

import io
import re
import zipfile

from sync.ooxml.markup import attribute_text, attributes, element_end, first_tag, prefix, root_tag, tags
from sync.ooxml.parts import CONTENT_TYPES, Parts, relations_name

_STRICT = b"http://purl.oclc.org/ooxml/"
_RELATIONS = {
    False: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    True: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_SHEETS = {
    False: "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    True: "http://purl.oclc.org/ooxml/spreadsheetml/main",
}
_NO_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_IDS = re.compile(rb'<o:idmap\b[^>]*\bdata="([^"]*)"')


class Additions:
    """What changes in one package: parts with new bytes, and new parts."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._changed: dict[str, bytes] = {}
        self._new: dict[str, bytes] = {}

    def raw(self, name: str) -> bytes:
        """A part as it is now; the drawings of notes are not always XML that a parser would take."""
        return self._changed.get(_folded(name)) or self._parts[name]

    def put(self, name: str, content: bytes) -> None:
        """Give a part other bytes."""
        self._changed[_folded(name)] = content

    def add(self, pattern: str, content: bytes, content_type: str, *, owner: str, kind: str, sheet: bytes) -> str:
        """A new part under the first free name of the pattern; the id of the owner's relation to it comes back."""
        taken = {_folded(name) for name in (*self._parts.names(), *self._new)}
        names = (pattern.format(number) for number in range(1, len(taken) + 2))
        name = next(name for name in names if name.lower() not in taken)
        self._new[name] = content
        self._declare(name, content_type)
        return self._relate(owner, name, f"{self.relations_namespace(sheet)}/{kind}")

    def namespace(self, sheet: bytes) -> str:
        """The namespace of cells in a workbook of this sheet's kind: the usual, or the strict one."""
        return _SHEETS[_STRICT in root_tag(sheet)]

    def relations_namespace(self, sheet: bytes) -> str:
        """The namespace of relations in a workbook of this sheet's kind."""
        return _RELATIONS[_STRICT in root_tag(sheet)]

    def legacy_drawing(self, owner: str, sheet: bytes) -> str | None:
        """The part that holds the boxes of the sheet's notes and its old controls."""
        tag = first_tag(sheet, "legacyDrawing")
        found = attributes(tag[0]) if tag else {}
        id_ = next((value for name, value in found.items() if name.endswith(":id")), None)
        return next((relation.target for relation in self._parts.relations(owner) if relation.id == id_), None)

    def next_drawing_number(self) -> int:
        """A number from which no drawing of the package counts its boxes yet."""
        drawings = [self.raw(name) for name in self._parts.names() if name.lower().endswith(".vml")]
        drawings += [content for name, content in self._new.items() if name.endswith(".vml")]
        numbers = (int(n) for drawing in drawings for ids in _IDS.findall(drawing) for n in re.findall(rb"\d+", ids))
        return max(numbers, default=0) + 1

    def written(self, content: bytes) -> bytes:
        """The package with all this, its other members in their order and as they were."""
        output = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(content)) as source,
            zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target,
        ):
            target.comment = source.comment
            for member in source.infolist():
                changed = self._changed.pop(_folded(member.filename), None)
                target.writestr(_like(member), source.read(member) if changed is None else changed)
            for name, added in (*self._changed.items(), *self._new.items()):
                target.writestr(name, added)
        return output.getvalue()

    def _declare(self, name: str, content_type: str) -> None:
        xml = self.raw(CONTENT_TYPES)
        start, kind = prefix(xml), content_type.encode()
        if name.endswith(".vml"):
            known = {attributes(tag[0]).get("Extension", "").lower() for tag in tags(xml, "Default")}
            new = b'<%bDefault Extension="vml" ContentType="%b"/>' % (start, kind) if "vml" not in known else b""
        else:
            new = b'<%bOverride PartName="%b" ContentType="%b"/>' % (start, attribute_text(f"/{name}"), kind)
        self.put(CONTENT_TYPES, _inside_root(xml, new))

    def _relate(self, owner: str, name: str, kind: str) -> str:
        rels = relations_name(owner)
        known = _folded(rels) in self._changed or rels in self._parts
        xml = self.raw(rels) if known else _NO_RELATIONS
        taken = {attributes(tag[0]).get("Id", "").lower() for tag in tags(xml, "Relationship")}
        id_ = next(f"rId{number}" for number in range(1, len(taken) + 2) if f"rid{number}" not in taken)
        new = b'<%bRelationship Id="%b" Type="%b" Target="%b"/>' % (
            prefix(xml), id_.encode(), kind.encode(), attribute_text(f"/{name}"),
        )  # fmt: skip
        self.put(rels, _inside_root(xml, new))
        return id_


def _inside_root(xml: bytes, new: bytes) -> bytes:
    """The document with something more at the end of its root element."""
    root = next(tags(xml, "Types"), None) or next(tags(xml, "Relationships"))
    if root[0].endswith(b"/>"):
        name = root[0][1:].split(None, 1)[0].rstrip(b"/>")
        opening = root[0][:-2].rstrip() + b">"
        return xml[: root.start()] + opening + new + b"</%b>" % name + xml[root.end() :]
    end = xml.rindex(b"</", 0, element_end(xml, root))
    return xml[:end] + new + xml[end:]


def _like(member: zipfile.ZipInfo) -> zipfile.ZipInfo:
    copy = zipfile.ZipInfo(member.filename, member.date_time)
    copy.compress_type, copy.external_attr = member.compress_type, member.external_attr
    copy.internal_attr, copy.create_system, copy.comment = member.internal_attr, member.create_system, member.comment
    return copy


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
