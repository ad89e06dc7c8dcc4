"""This file turns words into the text of a cell and back, character for character."""

import re
from html import escape

from sync.ooxml.edits import Unfit
from sync.ooxml.markup import unescape

LONGEST = 32_767

_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PHONETIC = re.compile(rb"<((?:[\w.-]+:)?)rPh[\s>].*?</\1rPh\s*>", re.DOTALL)
_RUN = re.compile(rb"<((?:[\w.-]+:)?)t(?:\s[^>]*)?(?:/>|>(.*?)</\1t\s*>)", re.DOTALL)


def escaped(text: str) -> str:
    """Text as a workbook holds it: what XML cannot carry as _xHHHH_, and a literal _x000D_ kept literal."""
    literal = _LOOKS_ESCAPED.sub("_x005F_", text)
    return _UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", literal)


def unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def inline(prefix: bytes, text: str, where: str) -> bytes:
    """The <is> element for this text. Raises Unfit when it is longer than a cell can hold."""
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST:
        raise Unfit(
            f"The text for {where} has more than {LONGEST:,} characters, which is the most that a cell can hold.",
            "Nothing was changed; shorten the text and try again.",
        )
    content = escape(escaped(text), quote=False).encode("utf-8")
    return b'<%bis><%bt xml:space="preserve">%b</%bt></%bis>' % (prefix, prefix, content, prefix, prefix)


def words(xml: bytes) -> str:
    """The plain words of a rich or plain string element, without its phonetic hints."""
    runs = _RUN.finditer(_PHONETIC.sub(b"", xml) if b"rPh" in xml else xml)
    return unescaped("".join(unescape((run[2] or b"").decode("utf-8")) for run in runs))
