"""This file looks in a moment whether a workbook's printed footers say something."""

import io
import zipfile
from collections.abc import Collection

from sync.ooxml.archive import Archive
from sync.ooxml.book import Book
from sync.ooxml.markup import damage_refused
from sync.ooxml.parts import Parts


def says_after_rows(content: bytes, sheets: Collection[str], words: str) -> bool:
    """Whether these words stand after the rows of any of these sheets, in a workbook that was checked before.

    The smallest sheets are looked at first. Raises Refused for a damaged one.
    """
    with damage_refused(), zipfile.ZipFile(io.BytesIO(content)) as opened:
        archive = Archive(content, opened)
        named = [sheet.part for sheet in Book(Parts(archive)).sheets if sheet.is_grid and sheet.name in sheets]
        parts = sorted((part for part in named if part in archive.names()), key=archive.size)
        return any(_says(archive.read(part), words.encode()) for part in parts)


def _says(xml: bytes, words: bytes) -> bool:
    return xml.find(words, max(xml.rfind(b"sheetData>"), 0)) >= 0
