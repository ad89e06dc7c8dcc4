"""This file writes a document as a tagged PDF; it needs the extra "pdf", and says so where that is missing."""

from importlib import import_module
from typing import Any

from reports import html
from reports.document import Document

MISSING = (
    "A PDF cannot be made here: WeasyPrint or the libraries that it needs (Pango) are not installed on this server. "
    "Nothing is lost: choose Word or the page to print, or ask whoever runs the server to install the extra “pdf”."
)
# A caption taken out of its table would be no part of it for those who hear the table, so here it stands unseen in it.
ON_PAPER = """
.doc-table caption {
  position: static !important; width: auto !important; height: 0 !important;
  font-size: 1pt; line-height: 0; color: white; break-after: avoid;
}
.doc-contents a::after { content: leader(".") target-counter(attr(href), page); }
.doc-contents .doc-l3 a::after { content: "\\00a0(page\\00a0" target-counter(attr(href), page) ")"; }
"""


class NoPdf(Exception):
    """This server has no engine for PDF."""

    def __init__(self) -> None:
        super().__init__(MISSING)


def is_possible() -> bool:
    """Whether this server can make a PDF."""
    try:
        _engine()
    except NoPdf:
        return False
    return True


def page(document: Document) -> bytes:
    """The document as PDF/UA-1: tagged, with bookmarks, language and title. Raises NoPdf where it cannot be made."""
    engine = _engine()
    written = engine.HTML(string=html.page(document).decode(), url_fetcher=_fetch_nothing)
    made: bytes = written.write_pdf(stylesheets=[engine.CSS(string=ON_PAPER)], pdf_variant="pdf/ua-1")
    return made


def _engine() -> Any:
    try:
        return import_module("weasyprint")
    except (ImportError, OSError):  # OSError: the package is there, its libraries are not
        raise NoPdf from None


def _fetch_nothing(address: str, *args: object, **kwargs: object) -> dict[str, object]:
    """A document carries everything within it, so nothing that it names is ever fetched."""
    raise ValueError(f"A report fetches nothing, and so not {address}.")
