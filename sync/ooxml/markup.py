"""This file reads and alters single XML tags in place, so that the bytes around them stay as they were."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html import escape

from lxml import etree

from sync.ooxml.edits import Refused

DAMAGED = "Part of this workbook is damaged. Nothing was changed; open it, save it again and retry."

# No "<" stands inside a tag: without that, every tag that nothing closes is looked for to the end of its part.
REST_OF_TAG = rb"""([^<>"']*(?:"[^<"]*"[^<>"']*|'[^<']*'[^<>"']*)*)>"""
_ATTRIBUTE = re.compile(rb"""([\w.:-]+)\s*=\s*("[^"]*"|'[^']*')""")
_ENTITY = re.compile(r"&(#x[0-9A-Fa-f]+|#[0-9]+|lt|gt|amp|quot|apos);")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_PROLOG = re.compile(rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)
_WRITTEN_NAME = re.compile(rb"[^\s/>]+")
_ROOT = re.compile(rb"<((?:[\w.-]+:)?)[\w.-]+" + REST_OF_TAG)
_ENCODING = re.compile(rb"""^<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']""")


@cache
def tag_pattern(name: str) -> re.Pattern[bytes]:
    """A pattern for the opening tag of an element by its local name, whatever its prefix."""
    return re.compile(rb"<(?:[\w.-]+:)?" + name.encode() + rb"(?=[\s/>])" + REST_OF_TAG)


@cache
def exact_tag_pattern(name: bytes) -> re.Pattern[bytes]:
    """A pattern for the opening tag of an element by its name as written: much faster on a large part."""
    return re.compile(b"<" + re.escape(name) + rb"(?=[\s/>])" + REST_OF_TAG)


def tags(xml: bytes, name: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[bytes]]:
    return tag_pattern(name).finditer(xml, start, len(xml) if end is None else end)


def first_tag(xml: bytes, name: str, start: int = 0, end: int | None = None) -> re.Match[bytes] | None:
    return next(tags(xml, name, start, end), None)


def needed_tag(xml: bytes, name: str, start: int = 0) -> re.Match[bytes]:
    """The first tag of this name. Raises Refused when there is none."""
    found = first_tag(xml, name, start)
    if found is None:
        raise Refused(DAMAGED)
    return found


def is_closed(tag: bytes) -> bool:
    return tag.endswith(b"/>")


def element_end(xml: bytes, tag: re.Match[bytes]) -> int:
    """Where the element that this tag opens ends; for elements that cannot hold one of their own name."""
    if is_closed(tag[0]):
        return tag.end()
    name = _WRITTEN_NAME.match(tag[0], 1)
    closing = _closing_pattern(name[0]).search(xml, tag.end()) if name else None
    if closing is None:
        raise Refused(DAMAGED)
    return closing.end()


@cache
def _closing_pattern(name: bytes) -> re.Pattern[bytes]:
    return re.compile(b"</" + re.escape(name) + rb"\s*>")


def attributes(tag: bytes) -> dict[str, str]:
    """The attributes of a tag, by their names as written, entities resolved."""
    return {key.decode(): unescape(quoted[1:-1].decode("utf-8")) for key, quoted in _ATTRIBUTE.findall(tag)}


def with_attribute(tag: bytes, name: str, value: str) -> bytes:
    written = name.encode() + b'="' + attribute_text(value) + b'"'
    for match in _ATTRIBUTE.finditer(tag):
        if match[1] == name.encode():
            return tag[: match.start()] + written + tag[match.end() :]
    ending = 2 if is_closed(tag) else 1
    return tag[:-ending].rstrip() + b" " + written + tag[-ending:]


def without_attribute(tag: bytes, name: str) -> bytes:
    return re.sub(rb"\s+" + re.escape(name.encode()) + rb"""\s*=\s*("[^"]*"|'[^']*')""", b"", tag)


def replaced(xml: bytes, tag: re.Match[bytes], by: bytes) -> bytes:
    return xml[: tag.start()] + by + xml[tag.end() :]


def attribute_text(value: str) -> bytes:
    # Line ends and tabs would become spaces when the attribute is read again.
    written = escape(value, quote=False).replace('"', "&quot;")
    return written.replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;").encode("utf-8")


def unescape(text: str) -> str:
    return _ENTITY.sub(lambda match: _character(match[1]), text) if "&" in text else text


def _character(name: str) -> str:
    if name.startswith("#x"):
        return chr(int(name[2:], 16))
    return chr(int(name[1:])) if name.startswith("#") else _NAMED[name]


def prefix(xml: bytes) -> bytes:
    """The namespace prefix of the root element with its colon, or nothing."""
    return _root(xml)[1]


def root_tag(xml: bytes) -> bytes:
    return _root(xml)[0]


def _root(xml: bytes) -> re.Match[bytes]:
    prolog = _PROLOG.match(xml.removeprefix(b"\xef\xbb\xbf"))
    start = (prolog.end() if prolog else 0) + (3 if xml.startswith(b"\xef\xbb\xbf") else 0)
    root = _ROOT.match(xml, start)
    if root is None:
        raise Refused(DAMAGED)
    return root


def has_doctype(xml: bytes) -> bool:
    """Whether a document type comes before the first element: no office program writes one."""
    return _after_prolog(xml).startswith(b"<!DOCTYPE")


def is_only_prolog(xml: bytes) -> bool:
    """Whether the first element is not reached in these bytes, the start of a document."""
    rest = _after_prolog(xml)
    return len(rest) < len(b"<!DOCTYPE") or rest.startswith((b"<?", b"<!--"))


def _after_prolog(xml: bytes) -> bytes:
    text = xml
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = xml.decode("utf-16", "replace").encode()
    text = text.removeprefix(b"\xef\xbb\xbf")
    prolog = _PROLOG.match(text)
    return text[prolog.end() if prolog else 0 :]


def plain_utf8(xml: bytes) -> bytes:
    """The same document as UTF-8 without comments and CDATA, untouched when it is so already."""
    declared = _ENCODING.match(xml)
    foreign = xml[:2] in (b"\xff\xfe", b"\xfe\xff") or (
        declared is not None and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii")
    )
    if not foreign and (b"!" not in xml or (b"<!--" not in xml and b"<![CDATA[" not in xml)):
        return xml
    return serialise(parse(xml, remove_comments=True))


@contextmanager
def damage_refused() -> Iterator[None]:
    """Say in a sentence that the workbook is damaged where its XML holds what it never may."""
    try:
        yield
    except Refused:
        raise
    except (ValueError, LookupError, TypeError, StopIteration, etree.LxmlError) as error:
        raise Refused(DAMAGED) from error


def parse(xml: bytes, *, remove_comments: bool = False) -> etree._Element:
    """The root element. Raises Refused when the XML is broken; entities are never resolved."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=remove_comments)
    try:
        return etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused(DAMAGED) from error


def serialise(root: etree._Element) -> bytes:
    """The document as UTF-8, declaring itself standalone only when it did before."""
    alone = b' standalone="yes"' if root.getroottree().docinfo.standalone else b""
    content = bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=False))
    return b'<?xml version="1.0" encoding="UTF-8"%b?>\n%b' % (alone, content)


def local(element: etree._Element | None) -> str:
    """The name of an element without its namespace; "" for comments and the like."""
    return element.tag.rpartition("}")[2] if element is not None and isinstance(element.tag, str) else ""
