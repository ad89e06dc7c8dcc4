"""This file makes a report from the plan and writes it in the format that was asked for: the room's only entrance."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from importlib import import_module

from sqlalchemy.orm import Session

from plan.models import Plan
from plan.undisturbed import undisturbed
from reports.board import board
from reports.document import Document
from reports.review import review
from reports.source import Wanted, gather


class Kind(StrEnum):
    """What a report is."""

    REVIEW = "review"
    BOARD = "board"


class Format(StrEnum):
    """In which form it is written; the word is the end of the file's name too."""

    WORD = "docx"
    HTML = "html"
    PDF = "pdf"
    WORKBOOK = "xlsx"


WRITERS: Mapping[Format, str] = {
    Format.WORD: "reports.word",
    Format.HTML: "reports.html",
    Format.PDF: "reports.pdf",
    Format.WORKBOOK: "reports.xlsx",
}


def make(session: Session, plan: Plan, kind: Kind, wanted: Wanted, today: date) -> Document:
    """The report of this kind. Raises reports.source.NothingToReport where there is no such position."""
    source = gather(session, plan, wanted, today)
    return review(source) if kind is Kind.REVIEW else board(session, plan, source)


@undisturbed
def write(document: Document, form: Format) -> bytes:
    """The document in this form: the same document, the same bytes. Raises NoPdf where PDF cannot be made."""
    # Loaded only here: the app would take a tenth longer to start for libraries that are wanted once a month.
    written: bytes = import_module(WRITERS[form]).page(document)
    return written
