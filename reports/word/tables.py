"""This file writes a table for Word: its header row marked and repeated, its name read aloud, statuses coloured."""

from collections.abc import Iterator

from docx.document import Document as Written

from reports.colours import HEAD, LINE, TONES
from reports.document import Cell, Table
from reports.word import frame, styles
from reports.word.markup import Element, element, paragraph, run

TWIPS = 56.6929  # a millimetre, in twentieths of a point
SPLIT_FROM = 800  # characters of a cell: LibreOffice cuts a row off that is higher than the page and may not be split


def add(written: Written, table: Table) -> None:
    """The table, and a little room after it."""
    widths = [round(frame.ACROSS * TWIPS * share / sum(table.widths)) for share in table.widths]
    cell_style, note_style = written.styles[styles.CELL].style_id, written.styles[styles.NOTE].style_id
    pen = _Pen(str(cell_style), str(note_style), widths)
    made = element("tbl", _properties(table, sum(widths)), element("tblGrid", *_columns(widths)), *pen.rows(table))
    body = written.element.body
    body.insert(len(body) - 1, made)
    written.add_paragraph("", styles.NOTE)


class _Pen:
    """Writes the rows of one table."""

    def __init__(self, cell: str, note: str, widths: list[int]) -> None:
        self.cell, self.note, self.widths = cell, note, widths

    def rows(self, table: Table) -> Iterator[Element]:
        if table.headings:
            once = element("trPr", element("cantSplit"), element("tblHeader"))
            cells = (Cell(words, strong=True) for words in table.headings)
            yield element("tr", once, *(self._cell(cell, at, HEAD, keep=True) for at, cell in enumerate(cells)))
        for row in table.rows:
            whole = [element("trPr", element("cantSplit"))] * all(len(cell.text) < SPLIT_FROM for cell in row)
            yield element("tr", *whole, *(self._cell(cell, at, keep=not table.headings) for at, cell in enumerate(row)))

    def _cell(self, cell: Cell, at: int, ground: str = "", *, keep: bool = False) -> Element:
        """One cell; `keep` keeps its row on the page of the next."""
        fill, ink, edge = TONES[cell.tone] if cell.tone else (ground, "", "")
        about = [element("tcW", w=self.widths[at], type="dxa")]
        if edge:
            about.append(element("tcBorders", element("left", val="single", sz=36, space=0, color=edge)))
        if fill:
            about.append(element("shd", val="clear", color="auto", fill=fill))
        said = [(run(cell.text, bold=cell.strong, colour=ink), self.cell)]
        said += [(run(cell.note, colour=ink), self.note)] if cell.note else []
        lines = (self._line(words, style, number=cell.number, keep=keep) for words, style in said)
        return element("tc", element("tcPr", *about), *lines)

    def _line(self, words: Element, style: str, *, number: bool, keep: bool) -> Element:
        line = paragraph(words, style=style)
        line[0].extend([element("keepNext")] * keep + [element("jc", val="right")] * number)
        return line


def _properties(table: Table, across: int) -> Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = (element(side, val="single", sz=4, space=0, color=LINE) for side in sides)
    room = (element(side, w=width, type="dxa") for side, width in (("left", 90), ("right", 90)))
    headed = bool(table.headings)
    return element(
        "tblPr",
        element("tblW", w=across, type="dxa"),
        element("tblBorders", *lines),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *room),
        element("tblLook", val="0020" if headed else "0080", firstRow=int(headed), firstColumn=int(not headed)),
        element("tblCaption", val=table.caption),
    )


def _columns(widths: list[int]) -> Iterator[Element]:
    return (element("gridCol", w=width) for width in widths)
