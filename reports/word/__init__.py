"""This room writes a document for Word: real styles and headings, contents, header rows, alternative text, en-GB."""

from datetime import datetime, time
from io import BytesIO
from typing import assert_never

import docx
from docx.document import Document as Written

from reports import package
from reports.document import (
    Block,
    Bullets,
    Contents,
    Document,
    Drawing,
    Heading,
    Manner,
    PageBreak,
    Paragraph,
    Table,
)
from reports.word import contents, frame, pictures, styles, tables

LEFT_BEHIND = ("/thumbnail", "/stylesWithEffects", "/customXml")
MANNERS = {Manner.PLAIN: "Normal", Manner.NOTICE: styles.NOTICE, Manner.QUIET: styles.QUIET}


def page(document: Document) -> bytes:
    """The document as .docx, always the same bytes for the same document."""
    written = docx.Document()
    _leave_the_template_behind(written)
    styles.prepare(written)
    frame.prepare(written, document)
    _describe(written, document)
    written.add_paragraph(document.name, "Title")
    written.add_paragraph(document.provenance, styles.QUIET)
    for block in document.blocks:
        _write(written, document, block)
    made = BytesIO()
    written.save(made)
    return package.fixed(made.getvalue(), document.as_at)


def _write(written: Written, document: Document, block: Block) -> None:  # noqa: C901 - one line for each kind of block
    match block:
        case Heading():
            contents.mark(written.add_paragraph(block.text, f"Heading {block.level}"), block)
        case Paragraph():
            written.add_paragraph(block.text, MANNERS[block.manner])
        case Bullets():
            for item in block.items:
                written.add_paragraph(item, "List Bullet")
        case Table():
            tables.add(written, block)
        case Drawing():
            pictures.add(written, block.picture)
        case Contents():
            contents.add(written, document)
        case PageBreak():
            contents.page_break(written)
        case _:
            assert_never(block)


def _leave_the_template_behind(written: Written) -> None:
    """Drop what python-docx's template brings beside its styles: a picture of it, and styles of Word 2010."""
    package = written.part.package
    for links in (written.part.rels, package.rels if package else {}):
        for id in [id for id, link in links.items() if link.reltype.endswith(LEFT_BEHIND)]:
            del links[id]


def _describe(written: Written, document: Document) -> None:
    about = written.core_properties
    about.title, about.author, about.language = document.name, document.council, "en-GB"
    about.subject, about.keywords, about.category = document.provenance, document.marking, document.kind
    about.comments, about.last_modified_by, about.revision = "", document.council, 1
    about.created = about.modified = datetime.combine(document.as_at, time())
