"""This file writes the contents of a Word document: filled from the first, and a field that Word brings up to date."""

import zlib

from docx.document import Document as Written
from docx.enum.text import WD_BREAK
from docx.text.paragraph import Paragraph as Line

from reports.document import Document, Heading
from reports.word import styles
from reports.word.markup import Element, element, paragraph, run, said

INSTRUCTION = r'TOC \o "1-3" \h \z'


def add(written: Written, document: Document) -> None:
    """The contents with a link to every heading; page numbers come when Word works the field out."""
    lines = [_entry(heading, _id(written, f"toc {heading.level}")) for heading in document.listed]
    if not lines:
        return
    lines[0].insert(1, element("r", element("fldChar", fldCharType="begin", dirty="true")))
    lines[0].insert(2, element("r", said(INSTRUCTION)))
    lines[0].insert(3, element("r", element("fldChar", fldCharType="separate")))
    lines[-1].append(element("r", element("fldChar", fldCharType="end")))
    gallery = element(
        "docPartObj", element("docPartGallery", val="Table of Contents"), element("docPartUnique", val="true")
    )
    title = paragraph(run("Contents"), style=_id(written, styles.CONTENTS))
    block = element("sdt", element("sdtPr", gallery), element("sdtContent", title, *lines))
    body = written.element.body
    body.insert(len(body) - 1, block)  # the section's own properties stand last
    page_break(written)


def page_break(written: Written) -> None:
    """What follows begins on a new page."""
    written.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def mark(line: Line, heading: Heading) -> None:
    """Make a heading's line the place that the contents lead to."""
    if heading.anchor:
        name = _bookmark(heading)
        line._p.insert(1, element("bookmarkStart", id=_number(heading), name=name))
        line._p.append(element("bookmarkEnd", id=_number(heading)))


def _entry(heading: Heading, style: str) -> Element:
    link = element("hyperlink", run(heading.text), anchor=_bookmark(heading), history="1")
    return paragraph(link, style=style)


def _bookmark(heading: Heading) -> str:
    return f"_Toc{_number(heading):09d}"


def _number(heading: Heading) -> int:
    """A number of the heading's own, the same each time."""
    return zlib.crc32(heading.anchor.encode()) % 1_000_000_000


def _id(written: Written, style: str) -> str:
    return str(written.styles[style].style_id)
