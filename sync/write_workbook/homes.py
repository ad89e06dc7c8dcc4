"""This file tells what a workbook has no heading for: themes, and requirements without words that only house rows."""

from collections.abc import Iterable, Iterator

from plan.fields import Kind
from plan.snapshot import Item
from sync.identity import is_sheet_name
from sync.reading import Piece
from sync.write_workbook.page import Page


def homes_of(page: Page) -> set[str | None]:
    """What the app made for rows that stand under no requirement or theme in the workbook, and its themes."""
    items = (page.item(piece) for piece in page.reading.pieces if piece.kind is not Kind.THEME)
    parents = {item.parent for item in items if item and item.parent not in page.by_id}
    return parents | {item.parent for id in parents if (item := page.target.get(id or ""))}


def without_heading(page: Page, themes: Iterable[Item]) -> Iterator[str]:
    """A sentence for each of these new themes, and for each record whose theme the workbook shows otherwise."""
    for theme in themes:
        yield f"The theme “{theme.get('title')}” has no heading in the workbook yet and was not written."
    for piece in page.reading.pieces:
        item = page.item(piece)
        if item and piece.kind is Kind.REQUIREMENT and _has_another_theme(page, piece, item):
            yield (
                f"The requirement “{call(item)}” stands under another theme in the plan than in the workbook. "
                "Its rows were left where they are; cut and paste them there if you like."
            )
        if item and piece.kind is Kind.THEME and is_sheet_name(page.reading, piece) and _renamed(piece, item):
            yield (
                f"The title of the theme “{item.get('title')}” does not stand on its sheet “{piece.sheet}”: "
                "sheets are never renamed."
            )


def call(item: Item) -> str:
    """A record by its first words."""
    return str(item.get("text") or item.get("evidence") or item.id)[:60]


def _has_another_theme(page: Page, piece: Piece, item: Item) -> bool:
    above = None if piece.parent is None else page.ids[piece.parent]
    return above in page.target and above != item.parent


def _renamed(piece: Piece, item: Item) -> bool:
    return all(said.value != item.get("title") for said in piece.values["title"])
