"""This file knows which styles of an .ods file colour a cell and which hide a sheet."""

import re

from lxml import etree

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_COLOUR = re.compile(r"#([0-9A-Fa-f]{6})")


class Styles:
    """The named styles of a file, and those that were made by hand."""

    def __init__(self) -> None:
        self._fills: dict[str, str | None] = {}
        self._parents: dict[str, str] = {}
        self._hidden: set[str] = set()
        self._pages: dict[str, str] = {}

    def learn(self, element: etree._Element | None) -> None:
        """Take in the styles that stand somewhere under this element."""
        for style in element.iter(f"{STYLE}style") if element is not None else ():
            name = style.get(f"{STYLE}name", "")
            self._parents[name] = style.get(f"{STYLE}parent-style-name", "")
            self._pages[name] = style.get(f"{STYLE}master-page-name", "")
            for properties in style:
                self._learn_properties(name, properties)

    def _learn_properties(self, name: str, properties: etree._Element) -> None:
        colour = properties.get(f"{_FO}background-color")
        if colour is not None and properties.tag == f"{STYLE}table-cell-properties":
            found = _COLOUR.fullmatch(colour)
            self._fills[name] = found[1].upper() if found else None
        if properties.get(f"{_TABLE}display") == "false":
            self._hidden.add(name)

    def fill(self, name: str) -> str | None:
        """The colour behind a cell of this style, or of the style that it builds on."""
        seen: set[str] = set()
        while name and name not in seen:
            if name in self._fills:
                return self._fills[name]
            seen.add(name)
            name = self._parents.get(name, "")
        return None

    def page_of(self, name: str) -> str:
        """The kind of page that a sheet of this style is printed on."""
        return self._pages.get(name, "")

    def is_shown(self, name: str) -> bool:
        """Whether a sheet of this style can be seen."""
        return name not in self._hidden
