"""This file offers how else a table may show its themes, or be left out, and takes what a person chose."""

from dataclasses import replace

from plan.fields import Kind
from sync.layout import Column, Layout, Table, ThemesFrom

SHEET, LEFT_OUT = "sheet", "left out"


def choices(table: Table) -> tuple[tuple[str, str], ...]:
    """What may be said of a table as a whole, as value and label of a select box."""
    return (
        *_themes(table),
        (ThemesFrom.BANNER, "Each theme is a row of its own above its rows"),
        (SHEET, "The theme is the sheet's name"),
        (ThemesFrom.NONE, "It shows no themes"),
        (LEFT_OUT, "It is no part of the plan: read nothing of it"),
    )


def choice_of(table: Table) -> str:
    """The value that stands for how the table is read now."""
    if all(column.kind is None for column in table.columns):
        return LEFT_OUT
    if table.column_of(Kind.THEME, "title"):
        return ThemesFrom.COLUMN
    return SHEET if table.themes is ThemesFrom.TITLE and not table.theme_cell else table.themes


def with_choice(layout: Layout, place: int, value: str) -> Layout:
    """The layout with one table read as a person chose. Raises ValueError, in a sentence, for any other value."""
    table = layout.tables[place]
    if value == choice_of(table):
        return layout
    if value not in dict(choices(table)):
        raise ValueError(f"“{value}” is nothing that can be said of a table. Choose from the list.")
    tables = list(layout.tables)
    tables[place] = _chosen(table, value)
    return replace(layout, tables=tuple(tables))


def _themes(table: Table) -> tuple[tuple[str, str], ...]:
    column = table.column_of(Kind.THEME, "title")
    if column:
        return ((ThemesFrom.COLUMN, f"The theme of each row stands in column {column.letter}"),)
    if table.themes is ThemesFrom.TITLE and table.theme_cell:
        return ((ThemesFrom.TITLE, f"The theme is the title in cell {table.theme_cell}"),)
    return ()


def _chosen(table: Table, value: str) -> Table:
    if value == LEFT_OUT:
        unread = tuple(Column(column.letter, column.heading) for column in table.columns)
        return replace(table, columns=unread, themes=ThemesFrom.NONE, theme_cell=None)
    unthemed = tuple(Column(c.letter, c.heading) if c.kind is Kind.THEME else c for c in table.columns)
    themes = ThemesFrom.TITLE if value == SHEET else ThemesFrom(value)
    return replace(table, columns=unthemed, themes=themes, theme_cell=None)
