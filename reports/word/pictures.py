"""This file puts a picture into a Word document: its finding above it, alternative text, and its numbers below."""

from docx.document import Document as Written
from docx.shared import Mm

from reports.charts import Picture
from reports.charts.word import place
from reports.document import Cell, Table
from reports.word import tables

WIDEST = 170
DOTS = 96 / 25.4  # pixels of a picture to the millimetre


def add(written: Written, picture: Picture) -> None:
    """The picture and its numbers."""
    written.add_paragraph(picture.title, "Caption")
    run = written.add_paragraph().add_run()
    place(run, picture, Mm(min(WIDEST, picture.width / DOTS)))
    tables.add(written, _numbers(picture))


def _numbers(picture: Picture) -> Table:
    told = picture.table
    rows = tuple(
        tuple(Cell(words, strong=not at, number=bool(at) and words[:1].isdigit()) for at, words in enumerate(row))
        for row in told.rows
    )
    widths = (30, *(round(70 / max(1, len(told.headings) - 1)) for _ in told.headings[1:]))
    return Table(told.caption, told.headings, rows, widths)
