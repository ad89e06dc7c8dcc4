"""This file writes a document as HTML: the body for our own pages, and one file that needs nothing beside it."""

from collections.abc import Callable, Iterable
from functools import singledispatch
from html import escape
from pathlib import Path
from typing import TypeVar

from reports.document import (
    Block,
    Bullets,
    Cell,
    Contents,
    Document,
    Drawing,
    Heading,
    Manner,
    PageBreak,
    Paragraph,
    Table,
)

T = TypeVar("T")
STYLES = Path(__file__).parent / "styles"


def body(document: Document, *, lowest: int = 2) -> str:
    """The document's blocks as HTML without style or script. Its headings begin at level `lowest`."""
    return "\n".join(_block(block, document, lowest) for block in document.blocks)


def page(document: Document) -> bytes:
    """The whole document as one HTML file: its styles and pictures within, nothing fetched, no script."""
    marking = _marking(document)
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en-GB">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta name="author" content="{escape(document.council)}">' if document.council else "",
            f'<meta name="description" content="{escape(document.provenance)}">',
            f'<meta name="keywords" content="{escape(document.marking)}">' if document.marking else "",
            f'<meta name="dcterms.created" content="{document.as_at.isoformat()}">',
            f"<title>{escape(document.name)}</title>",
            f"<style>{_styles()}{_margins(document)}</style>",
            "</head>",
            "<body>",
            '<a class="doc-skip" href="#main">Skip to the document</a>',
            f'<header class="doc-band">{marking}<p class="doc-band__council">{escape(document.council)}</p></header>',
            '<main class="doc" id="main">',
            f"<h1>{escape(document.name)}</h1>",
            f'<p class="doc-provenance">{escape(document.provenance)}</p>',
            body(document),
            "</main>",
            f'<footer class="doc-band">{marking}<p>{escape(document.provenance)}</p></footer>',
            "</body>",
            "</html>",
            "",
        ]
    ).encode()


def _marking(document: Document) -> str:
    return f'<p class="doc-marking">{escape(document.marking)}</p>' if document.marking else ""


def _styles() -> str:
    return "".join((STYLES / name).read_text(encoding="utf-8") for name in ("sheet.css", "document.css"))


def _margins(document: Document) -> str:
    """The marking at the head and foot of every page on paper, and the council beside it."""
    marking, council = _quoted(document.marking), _quoted(document.council)
    return f"@page{{@top-left{{content:{marking}}}@bottom-left{{content:{marking}}}@top-right{{content:{council}}}}}"


def _quoted(words: str) -> str:
    """The words as a string of a style sheet, in which none of them can end it."""
    return '"' + "".join(one if one.isalnum() or one in " -–.,:()" else f"\\{ord(one):x} " for one in words) + '"'


@singledispatch
def _block(block: Block, document: Document, lowest: int) -> str:
    raise TypeError(f"There is no way yet to write {type(block).__name__} as HTML.")


@_block.register
def _heading(block: Heading, document: Document, lowest: int) -> str:
    level = block.level + lowest - 1
    anchor = f' id="{escape(block.anchor)}"' if block.anchor else ""
    return f"<h{level}{anchor}>{escape(block.text)}</h{level}>"


@_block.register
def _paragraph(block: Paragraph, document: Document, lowest: int) -> str:
    manner = f' class="doc-{block.manner}"' if block.manner is not Manner.PLAIN else ""
    return f"<p{manner}>{_lines(block.text)}</p>"


@_block.register
def _bullets(block: Bullets, document: Document, lowest: int) -> str:
    return f"<ul>{_each(block.items, lambda item: f'<li>{_lines(item)}</li>')}</ul>"


@_block.register
def _table(block: Table, document: Document, lowest: int) -> str:
    shares = _shares(block.widths)
    headings = "".join(
        f'<th scope="col" class="doc-w{share}">{escape(words)}</th>'
        for words, share in zip(block.headings, shares, strict=bool(block.headings))
    )
    head = f"<thead><tr>{headings}</tr></thead>" if headings else ""
    rows = _each(block.rows, lambda row: f"<tr>{_row(row, shares, headed=not block.headings)}</tr>")
    kind = "doc-table" if block.headings else "doc-table doc-facts"
    return f'<table class="{kind}"><caption>{escape(block.caption)}</caption>{head}<tbody>{rows}</tbody></table>'


@_block.register
def _drawing(block: Drawing, document: Document, lowest: int) -> str:
    picture = block.picture
    headings = _each(picture.table.headings, lambda words: f'<th scope="col">{escape(words)}</th>')
    rows = _each(picture.table.rows, _numbers)
    return (
        f'<figure class="doc-figure"><figcaption>{escape(picture.title)}</figcaption>{picture.svg}'
        f'<table class="doc-table doc-numbers"><caption>{escape(picture.table.caption)}</caption>'
        f"<thead><tr>{headings}</tr></thead><tbody>{rows}</tbody></table></figure>"
    )


@_block.register
def _contents(block: Contents, document: Document, lowest: int) -> str:
    title = f'<h{lowest} id="contents">Contents</h{lowest}>'
    listed = _listed(document.listed, 1)
    return f'<nav class="doc-contents" aria-labelledby="contents">{title}{listed}</nav>'


@_block.register
def _page_break(block: PageBreak, document: Document, lowest: int) -> str:
    return '<hr class="doc-break" aria-hidden="true">'


def _listed(headings: tuple[Heading, ...], level: int) -> str:
    """The headings as lists within lists; what stands before the first of this level is of a deeper one."""
    starts = [at for at, one in enumerate(headings) if one.level <= level]
    if not starts:
        return _listed(headings, level + 1) if headings else ""
    ends = [*starts[1:], len(headings)]
    items = "".join(
        f'<li><a href="#{escape(headings[start].anchor)}">{escape(headings[start].text)}</a>'
        f"{_listed(headings[start + 1 : end], level + 1)}</li>"
        for start, end in zip(starts, ends, strict=True)
    )
    return f'<ol class="doc-l{level}">{items}</ol>'


def _row(row: tuple[Cell, ...], shares: tuple[int, ...], *, headed: bool) -> str:
    """The cells of a row; where the table has no headings, the first is the row's, and each says its width."""
    if not headed:
        return _each(row, _cell)
    first, *others = (_cell(cell, f"doc-w{share}") for cell, share in zip(row, shares, strict=True))
    return f'<th scope="row"{first.removeprefix("<td").removesuffix("</td>")}</th>{"".join(others)}'


def _cell(cell: Cell, width: str = "") -> str:
    names = [width] if width else []
    names += [f"doc-tone doc-tone--{cell.tone}"] if cell.tone else []
    names += ["doc-number"] * cell.number
    kind = f' class="{" ".join(names)}"' if names else ""
    note = f'<div class="doc-note">{escape(cell.note)}</div>' if cell.note else ""
    text = f"<strong>{_lines(cell.text)}</strong>" if cell.strong else _lines(cell.text)
    return f"<td{kind}>{text}{note}</td>"


def _numbers(row: tuple[str, ...]) -> str:
    first, *others = row
    return f'<tr><th scope="row">{escape(first)}</th>{_each(others, _number)}</tr>'


def _number(words: str) -> str:
    manner = ' class="doc-number"' if words[:1].isdigit() else ""
    return f"<td{manner}>{escape(words)}</td>"


def _lines(words: str) -> str:
    return "<br>".join(escape(line) for line in words.split("\n"))


def _each(items: Iterable[T], written: Callable[[T], str]) -> str:
    return "".join(written(item) for item in items)


def _shares(widths: tuple[int, ...]) -> tuple[int, ...]:
    """The widths as percentages, in steps of five that the style sheet names: one for each, and together a hundred."""
    spare = 20 - len(widths)
    ends = [round(spare * sum(widths[: last + 1]) / sum(widths)) for last in range(len(widths))]
    return tuple(5 * (1 + end - begin) for begin, end in zip([0, *ends], ends, strict=False))
