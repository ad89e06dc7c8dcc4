"""This file counts what staff put into a workbook besides words, so that it can be told what another program lost."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sync.ooxml import archive

SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml$", re.IGNORECASE)
DRAWINGS = re.compile(r"xl/drawings/[^/]+\.xml$", re.IGNORECASE)
TEXTS = re.compile(r"xl/(worksheets/[^/]+|sharedStrings)\.xml$", re.IGNORECASE)


class Element(NamedTuple):
    """What to count in a part. Where none of `words` stands, there is none: they are found many times faster."""

    pattern: re.Pattern[bytes]
    words: tuple[bytes, ...]

    def count(self, part: bytes) -> int:
        """How many of it a part holds."""
        return sum(1 for _ in self.pattern.finditer(part)) if any(word in part for word in self.words) else 0


@dataclass(frozen=True)
class Feature:
    """One kind of thing: the parts it lives in, and the element to count there (None: the part itself)."""

    name: str
    parts: re.Pattern[str]
    element: Element | None = None


def _part(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _element(name: str) -> Element:
    return Element(re.compile(rb"<(?:\w+:)?" + name.encode() + rb"[\s/>]"), (name.encode(),))


FEATURES = (
    Feature("charts", _part(r"/charts?/chart[^/]*\.xml$")),
    Feature("pictures", _part(r"/media/[^/]+$")),
    Feature("shapes and text boxes", DRAWINGS, _element("sp")),
    Feature("notes", _part(r"comments?\d*\.xml$"), _element("comment")),
    Feature("conversations", _part(r"/threadedComments/")),
    Feature("sparklines", SHEETS, _element("sparkline")),
    Feature("drop-down lists", SHEETS, _element("dataValidation")),
    Feature("rules of colour", SHEETS, _element("cfRule")),
    Feature("rich text", TEXTS, _element("rPr")),
    Feature(
        "stored results of formulas",
        SHEETS,
        Element(re.compile(rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)\s*<(?:\w+:)?v>"), (b"f>", b" si=")),
    ),
    Feature("tables", _part(r"/tables/")),
    Feature("pivot tables", _part(r"/pivotTables/")),
    Feature("slicers", _part(r"/slicers/")),
    Feature("form controls", _part(r"/ctrlProps/")),
    Feature("macros", _part(r"vbaProject\.bin$")),
    Feature("custom properties", _part(r"docProps/custom\.xml$")),
    Feature("sensitivity labels", _part(r"docMetadata/")),
    Feature("custom data", _part(r"customXml/item\d*\.xml$")),
)


def features(content: bytes) -> Mapping[str, int]:
    """How many of each kind a workbook holds. Raises Refused for what is no workbook."""
    opened = archive.read(content)
    counted = dict.fromkeys((feature.name for feature in FEATURES), 0)
    for name in opened.names():
        wanted = [feature for feature in FEATURES if feature.parts.search(name)]
        part = opened.read(name) if any(feature.element for feature in wanted) else b""
        for feature in wanted:
            counted[feature.name] += feature.element.count(part) if feature.element else 1
    return counted


def lost(before: bytes, after: bytes) -> tuple[str, ...]:
    """The kinds of thing of which `after` holds fewer than `before`, in words."""
    old, new = features(before), features(after)
    return tuple(name for name, count in old.items() if new[name] < count)
