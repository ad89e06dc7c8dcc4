"""This file finds a workbook's parts through their relationships, and takes parts out."""

import posixpath
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

from sync.ooxml.archive import Archive
from sync.ooxml.edits import Refused
from sync.ooxml.markup import attributes, element_end, plain_utf8, tags

CONTENT_TYPES = "[Content_Types].xml"

MOST_RELATIONS = 100_000  # of one part; Excel itself has no more links on a sheet than 65,530

_SMALL = 1 << 20  # larger parts are unpacked again when they are asked for again, and not kept


class Relation(NamedTuple):
    id: str
    kind: str  # the last word of its type, which is the same in both kinds of namespace
    target: str
    external: bool


class Parts:
    """The parts of one package, open to change. Names are as in the zip; lookups ignore case, as OPC does."""

    def __init__(self, archive: Archive) -> None:
        self.written: dict[str, bytes] = {}
        self.dropped: set[str] = set()
        self._archive = archive
        self._small: dict[str, bytes] = {}
        self._sizes: dict[str, int] = {}  # of what was read, as it was handed out
        self._related: dict[str, tuple[bytes, tuple[Relation, ...]]] = {}
        self._names = {_folded(name): name for name in archive.names()}

    def __contains__(self, name: str) -> bool:
        found = self._names.get(_folded(name))
        return found is not None and found not in self.dropped

    def __getitem__(self, name: str) -> bytes:
        """The part's bytes, as UTF-8 without comments when it is XML in another form."""
        if name not in self:
            raise Refused("Part of this workbook is missing. Nothing was changed; save it again in Excel and retry.")
        found = self._names[_folded(name)]
        content = self._content(found)
        if found in self.written or self._sizes.get(found) == len(content):
            return content
        plain = plain_utf8(content)
        self._sizes[found] = len(plain)
        return plain

    def _content(self, name: str) -> bytes:
        if name in self.written:
            return self.written[name]
        if name in self._small:
            return self._small[name]
        content = self._archive.read(name)
        if len(content) <= _SMALL:
            self._small[name] = content
        return content

    def __setitem__(self, name: str, content: bytes) -> None:
        found = self._names[_folded(name)]
        if found in self.written or len(content) != self._sizes.get(found) or content != self[name]:
            self.written[found] = content

    def names(self) -> tuple[str, ...]:
        return tuple(name for name in self._archive.names() if name not in self.dropped)

    def changed(self) -> tuple[str, ...]:
        return tuple(name for name in self._archive.names() if name in self.dropped or self._differs(name))

    def _differs(self, name: str) -> bool:
        written = self.written.get(name)
        if written is None:
            return False
        return len(written) != self._archive.size(name) or written != self._archive.read(name)

    def relations(self, part: str) -> tuple[Relation, ...]:
        rels = relations_name(part)
        if rels not in self:
            return ()
        xml = self[rels]
        known = self._related.get(part)
        if known is None or known[0] != xml:
            known = self._related[part] = xml, tuple(_relations(xml, part))
        return known[1]

    def related(self, part: str, *kinds: str) -> tuple[str, ...]:
        """The parts that this part points to by relations of these kinds."""
        found = (relation for relation in self.relations(part) if relation.kind in kinds and not relation.external)
        return tuple(relation.target for relation in found if relation.target in self)

    def content_type(self, name: str) -> str:
        wanted = "/" + _folded(name)
        for tag in tags(self[CONTENT_TYPES], "Override"):
            declared = attributes(tag[0])
            if "/" + _folded(unquote(declared.get("PartName", ""))) == wanted:
                return declared.get("ContentType", "")
        return ""

    def drop(self, name: str, *, owner: str) -> None:
        """Take a part out, with the owner's relation to it and its content type."""
        rels = relations_name(owner)
        self[rels] = _without(self[rels], "Relationship", lambda a: _target(owner, a) == _folded(name))
        self[CONTENT_TYPES] = _without(
            self[CONTENT_TYPES],
            "Override",
            lambda a: _folded(unquote(a.get("PartName", ""))) == _folded(name),
        )
        self.dropped.add(self._names[_folded(name)])


def relations_name(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", name + ".rels")


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _relations(xml: bytes, part: str) -> Iterator[Relation]:
    for number, tag in enumerate(tags(xml, "Relationship")):
        if number == MOST_RELATIONS:
            raise Refused("This file is far larger inside than a tracker can be. Nothing was changed.")
        found = attributes(tag[0])
        external = found.get("TargetMode") == "External"
        target = found.get("Target", "") if external else _resolved(part, found.get("Target", ""))
        yield Relation(found.get("Id", ""), found.get("Type", "").rpartition("/")[2], target, external)


def _resolved(part: str, target: str) -> str:
    path = unquote(target).replace("\\", "/")
    if not path.startswith("/"):
        path = posixpath.join(posixpath.dirname(part), path)
    return posixpath.normpath(path).lstrip("/")


def _target(owner: str, found: dict[str, str]) -> str:
    return _folded(_resolved(owner, found.get("Target", "")))


def _without(xml: bytes, name: str, unwanted: Callable[[dict[str, str]], bool]) -> bytes:
    for tag in list(tags(xml, name)):
        if unwanted(attributes(tag[0])):
            return xml[: tag.start()] + xml[element_end(xml, tag) :]
    return xml
