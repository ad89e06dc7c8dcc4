"""This file sets the page of a Word document: its size, and the marking in header and footer of every page."""

from docx.document import Document as Written
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from reports.document import Document
from reports.word.markup import field, run

HIGH, WIDE, MARGIN = 297, 210, 18
ACROSS = WIDE - 2 * MARGIN  # millimetres between the margins


def prepare(written: Written, document: Document) -> None:
    """A4, and on every page the marking, the council, and the page's number."""
    section = written.sections[0]
    section.page_width, section.page_height = Mm(WIDE), Mm(HIGH)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
    section.header_distance = section.footer_distance = Mm(9)
    _marked(section.header.paragraphs[0], document).add_run(f"\t{document.council}")
    foot = _marked(section.footer.paragraphs[0], document)
    foot._p.extend([run("\tPage "), *field("PAGE", "1"), run(" of "), *field("NUMPAGES", "1")])


def _marked(line: Paragraph, document: Document) -> Paragraph:
    """A line with the marking on its left, ready for words on its right."""
    if line.style is not None:
        line.style.paragraph_format.tab_stops.clear_all()  # the template's stand where its own page is centred
    line.paragraph_format.tab_stops.add_tab_stop(Mm(ACROSS), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(document.marking).bold = True
    return line
