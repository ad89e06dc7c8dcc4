"""This file finds places for records that are new to the workbook and takes out those the plan removed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from plan.fields import BY_NAME, Kind
from plan.snapshot import Item
from sync.grid import letter, number
from sync.layout import Table
from sync.ooxml import CellEdit, RowInsert, RowRemove
from sync.reading import Piece
from sync.row_ids import read_row
from sync.row_ids import row as row_of_ids
from sync.write_workbook.beside import stands_beside
from sync.write_workbook.cells import uncoloured, values_for
from sync.write_workbook.homes import call, homes_of, without_heading
from sync.write_workbook.lines import list_values, row_of_list
from sync.write_workbook.manner import Manners, Written
from sync.write_workbook.page import LISTED, Page, Row, columns_for, is_listed

Filled = Mapping[Row, list[tuple[Kind, str]]]


@dataclass(frozen=True)
class Moves:
    """Rows to add and to remove, cells filled or emptied on rows that stay, and the records that came onto them."""

    cells: tuple[CellEdit, ...]
    inserts: tuple[RowInsert, ...]
    removes: tuple[RowRemove, ...]
    filled: Filled
    notes: tuple[str, ...]
    inserted_places: Mapping[str, str] = field(default_factory=dict)


def moves_of(page: Page, manners: Manners, without: frozenset[str] = frozenset()) -> Moves:
    """All that the plan added or removed since the workbook was last written; the records `without` stay out."""
    moving = _Moving(page, manners, without)
    moving.take_out_removed()
    moving.place_new_readings()
    moving.place_new_records()
    moving.place_new_requirements()
    moving.tell_homeless()
    return Moves(
        tuple(moving.cells),
        tuple(moving.inserts),
        tuple(moving.removes),
        moving.filled,
        tuple(moving.notes),
        moving.places,
    )


class _Moving:
    def __init__(self, page: Page, manners: Manners, without: frozenset[str]) -> None:
        self.page, self.manners, self.without = page, manners, without
        self.cells: list[CellEdit] = []
        self.inserts: list[RowInsert] = []
        self.removes: list[RowRemove] = []
        self.filled: dict[Row, list[tuple[Kind, str]]] = {}
        self.places: dict[str, str] = {}
        self.notes: list[str] = []
        self.added: dict[tuple[str, str], list[tuple[int, dict[Kind, list[str]]]]] = {}
        self._repeating: dict[int, bool] = {}  # by the table's place in the layout

    def take_out_removed(self) -> None:
        """Empty the cells of removed records; a row on which nothing else stands goes altogether."""
        emptied: dict[str, list[int]] = {}
        for (sheet, row), pieces in self.page.on_row.items():
            # What the plan never took in, such as a row under no requirement, is staff's own and stays.
            known = [p for p in pieces if self.page.ids[p.key] in self.page.target]
            gone = [p for p in known if self.page.item(p) is None and not self.page.is_listed(p)]
            if not gone:
                continue
            kept = [p for p in pieces if self.page.item(p) is not None or p not in known]
            goes = not any(p.kind is not Kind.REQUIREMENT or p.rows[0] == row for p in kept)
            goes = goes and not any(self.page.moved(p) and self._says_more(p, row) for p in gone)
            if goes and stands_beside(self.page, sheet, row):
                goes = False
                emptied.setdefault(sheet, []).append(row)
            if goes:
                self.removes.append(RowRemove(sheet, row))
            for piece in gone:
                self._empty(sheet, row, piece, goes=goes)
        for sheet, rows in emptied.items():
            named = ", ".join(map(str, rows[:20])) + ("" if len(rows) <= 20 else " and more")
            self.notes.append(
                f"On sheet “{sheet}” something else stands beside these rows, so they were emptied and not taken out: "
                f"{named}."
            )

    def _says_more(self, piece: Piece, row: int) -> bool:
        """Whether staff's own columns say something on the row, which does not move along."""
        table = self.page.table_of(piece)
        known = {number(column.letter) for column in table.columns} if table else set()
        cells = self.page.sheets[piece.sheet].row(row).items()
        return any(not cell.blank and at not in known and not read_row(cell.value) for at, cell in cells)

    def place_new_readings(self) -> None:
        """A new reading goes into its month's column on its indicator's row."""
        for item in self._new(Kind.READING):
            indicator = self.page.by_id.get(item.parent or "")
            tables = self.page.tables_of(indicator.sheet, indicator.rows) if indicator else []
            months = ((t, c) for t in tables for c in t.columns if c.period and c.period == item.get("period"))
            where = next(months, None)
            if indicator is None or where is None:
                self.notes.append(
                    f"The figure for {item.get('period')} has no column in the workbook and was not written."
                )
                continue
            table, column = where
            which, row = BY_NAME[Kind.READING, "value"], indicator.rows[0]
            value = self.manners.say(which, item.get("value"), table.sheet, column.letter, row)
            self.cells.append(CellEdit(table.sheet, f"{column.letter}{row}", value))
            self.places[item.id] = table.sheet

    def place_new_records(self) -> None:
        """New achievements and actions: a free place in their requirement's rows, else a row of their own."""
        for kind in LISTED:
            for item in self._new(kind):
                if item.parent in self.page.by_id:
                    self._place(kind, item)
        for item in self._new(Kind.INDICATOR):
            self.notes.append(f"The figure “{item.get('name')}” has no row in the workbook yet and was not written.")

    def place_new_requirements(self) -> None:
        """A new requirement stands after the last one of its theme, with its achievements and actions beside it."""
        for item in self._new(Kind.REQUIREMENT):
            if item.id in self._homes and not (item.get("text") or item.get("reference")):
                self._place_under_none(item)
                continue
            able = [t for t in self.page.tables if t.column_of(Kind.REQUIREMENT, "text")]
            where = next(((t, end) for t in able if (end := self._end_of_theme(item, t)) is not None), None)
            if where is None:
                self.notes.append(
                    f"Requirement {item.get('reference') or ''} stands under a theme that the workbook does not have, "
                    "so it was not written. Give the theme a heading there and upload the workbook once."
                )
                continue
            self._insert_requirement(item, *where)

    def tell_homeless(self) -> None:
        """Say what the workbook has no heading for."""
        themes = [item for item in self._new(Kind.THEME) if item.id not in self._homes]
        self.notes.extend(without_heading(self.page, themes))

    def _new(self, kind: Kind) -> Iterable[Item]:
        taken = self.page.by_id.keys() | self.without
        return [i for i in self.page.target.of(kind) if i.id not in taken and self.page.alive(i.id)]

    def _place(self, kind: Kind, item: Item) -> None:
        table = self._host(kind, item.parent or "")
        if table is None:
            self.notes.append(f"The {kind} “{call(item)}” has no column in the workbook and was not written.")
            return
        self.places[item.id] = table.sheet
        block = self.page.block(item.parent or "", table)
        list_row = row_of_list(self.page, table, kind, item.parent or "") if is_listed(table, kind) else None
        if list_row is not None:  # `lines` writes the list as a whole
            self.filled.setdefault((table.sheet, list_row), []).append((kind, item.id))
            return
        free = next((row for row in block if self._is_free(table, row, kind)), None)
        if free is not None:
            self.filled.setdefault((table.sheet, free), []).append((kind, item.id))
            for column, value in values_for(self.manners, table, item, kind).items():
                self.cells.append(CellEdit(table.sheet, f"{column}{free}", value))
            return
        if not self._shares_new_row(table, kind, item):
            self._insert(
                table, block[-1] if block else table.last_row, {kind: [item.id]}, item.parent or "", bool(block)
            )

    def _host(self, kind: Kind, requirement: str) -> Table | None:
        """The table new records of a kind go to: where the requirement stands already, else the first that could."""
        able = [t for t in self.page.tables if columns_for(t, kind)]
        there = [t for t in able if self.page.block(requirement, t)]
        return next(iter([*there, *able]), None)

    def _is_free(self, table: Table, row: int, kind: Kind) -> bool:
        """Whether a row of a shared block has this kind's cells empty, below the last that has them filled."""
        if any(k is kind for k, _id in self.filled.get((table.sheet, row), [])):
            return False
        if RowRemove(table.sheet, row) in self.removes or not self._is_shared(table, kind):
            return False
        owner = self.page.owner_of(table, row)
        later = [r for r in self.page.block(owner or "", table) if r >= row]
        return not any(
            not self.page.cell(table.sheet, c.letter, r).blank for r in later for c in columns_for(table, kind)
        )

    def _is_shared(self, table: Table, kind: Kind) -> bool:
        kinds = {c.kind for c in table.columns if c.kind in (Kind.REQUIREMENT, *LISTED) and c.field == "text"}
        return len(kinds - {kind}) > 0

    def _shares_new_row(self, table: Table, kind: Kind, item: Item) -> bool:
        """Put a record on a row that is being added for another kind of the same requirement, if there is one."""
        for place, new in self.added.get((table.sheet, item.parent or ""), []):
            if kind not in new and self._is_shared(table, kind):
                new[kind] = [item.id]
                row = self.inserts[place]
                values = {**row.values, **values_for(self.manners, table, item, kind)}
                hidden = row_of_ids({Kind.REQUIREMENT: [item.parent or ""], **new})
                self.inserts[place] = replace(row, values=values, hidden=hidden)
                return True
        return False

    def _insert(self, table: Table, after: int, new: Mapping[Kind, list[str]], requirement: str, inside: bool) -> None:
        values: dict[str, Written] = {}
        for kind, ids in new.items():
            for id in ids:
                values.update(values_for(self.manners, table, self.page.target[id], kind))
        merged = self._merged_columns(table, after) if inside else frozenset()
        looks = {c: look for c, look in uncoloured(self.manners, table).items() if c not in merged}
        values = {**looks, **self._repeated(table, after, requirement), **values}
        hidden = row_of_ids({Kind.REQUIREMENT: [requirement], **new})
        alone = self._named(table, requirement)
        self.inserts.append(RowInsert(table.sheet, after, after, values, merged, hidden, alone))
        self.added.setdefault((table.sheet, requirement), []).append((len(self.inserts) - 1, dict(new)))
        self.places.update({id: table.sheet for ids in new.values() for id in ids})

    def _repeated(self, table: Table, after: int, requirement: str) -> dict[str, Written]:
        """What a table repeats on each row of a requirement: its number, its words, its theme."""
        per_row = not self._merged_columns(table, after)
        links = table.column_of(Kind.REQUIREMENT, "text") is None
        return self._named(table, requirement) if per_row and (links or self._repeats(table)) else {}

    def _repeats(self, table: Table) -> bool:
        """Whether most requirements of several rows are named on each; a row that names none is lost by a sort."""
        at = self.page.tables.index(table)
        if at not in self._repeating:
            column = next((c.letter for c in columns_for(table, Kind.REQUIREMENT)), None)
            blocks = [block for block in self.page.blocks_of(table) if len(block) > 1] if column else []
            full = sum(not any(self.page.cell(table.sheet, str(column), row).blank for row in b) for b in blocks)
            self._repeating[at] = 2 * full > len(blocks)
        return self._repeating[at]

    def _named(self, table: Table, requirement: str) -> dict[str, Written]:
        """What a row says of its requirement and theme, as far as the table has columns for it."""
        item = self.page.target[requirement]
        theme = self.page.target.get(item.parent or "")
        of_theme = values_for(self.manners, table, theme, Kind.THEME) if theme else {}
        return {**values_for(self.manners, table, item, Kind.REQUIREMENT), **of_theme}

    def _merged_columns(self, table: Table, row: int) -> frozenset[str]:
        """The columns of requirement or theme that are merged down over this row."""
        grid = self.page.sheets[table.sheet]
        down = [box for box in grid.merges if box.top < box.bottom and box.top <= row <= box.bottom]
        letters = {c.letter for c in table.columns}
        return frozenset(letter(box.left) for box in down) & letters

    def _end_of_theme(self, item: Item, table: Table) -> int | None:
        siblings = self.page.target.under(item.parent, Kind.REQUIREMENT)
        rows = [row for one in siblings for row in self.page.block(one.id, table)]
        theme = self.page.by_id.get(item.parent or "")
        heading = [table.first_row - 1] if theme and not theme.rows else list(theme.rows) if theme else []
        banner = heading if theme and theme.sheet == table.sheet else []
        return max([*rows, *banner], default=None)

    def _insert_requirement(self, item: Item, table: Table, after: int) -> None:
        target = self.page.target
        beside = {
            kind: self._not_there_yet(target.under(item.id, kind)) if columns_for(table, kind) else []
            for kind in LISTED
        }
        lines = {kind: ids for kind, ids in beside.items() if is_listed(table, kind)}
        height = max([1, *(len(ids) for kind, ids in beside.items() if kind not in lines)])
        for place in range(height):
            new = {kind: ids[place : place + 1] for kind, ids in beside.items() if kind not in lines}
            self._insert(table, after, {kind: ids for kind, ids in new.items() if ids}, item.id, inside=False)
            if place == 0:
                first = self.inserts[-1]
                theme = target.get(item.parent or "")
                head = values_for(self.manners, table, item, Kind.REQUIREMENT)
                if theme is not None and table.themes == "column":
                    head.update(values_for(self.manners, table, theme, Kind.THEME))
                for kind, ids in lines.items():
                    head.update(list_values(self.page, self.manners, table, kind, target.under(item.id, kind)))
                    self.places.update(dict.fromkeys(ids, table.sheet))
                hidden = row_of_ids({Kind.REQUIREMENT: [item.id], **lines, **new})
                self.inserts[-1] = replace(first, values={**first.values, **head}, hidden=hidden)
        self.places[item.id] = table.sheet
        for kind in LISTED:
            if not columns_for(table, kind):
                for id in self._not_there_yet(target.under(item.id, kind)):
                    self._place(kind, target[id])

    def _not_there_yet(self, items: Iterable[Item]) -> list[str]:
        return [item.id for item in items if item.id not in self.page.by_id]

    @cached_property
    def _homes(self) -> set[str | None]:
        return homes_of(self.page)

    def _place_under_none(self, requirement: Item) -> None:
        """New rows under no requirement stand in a table that has none; in another they would seem the last one's."""
        for kind in LISTED:
            for id in self._not_there_yet(self.page.target.under(requirement.id, kind)):
                host = self._host(kind, requirement.id)
                if host is None or not columns_for(host, Kind.REQUIREMENT):
                    self._place(kind, self.page.target[id])
                    continue
                self.notes.append(
                    f"The {kind} “{call(self.page.target[id])}” stands under a requirement without words, so it has "
                    "no place in the workbook and was not written. It is safe; give the requirement its words."
                )

    def _empty(self, sheet: str, row: int, piece: Piece, *, goes: bool) -> None:
        """Empty a removed record's cells on a row, so that it is gone even where the row cannot go."""
        table = self.page.table_of(piece)
        looks = uncoloured(self.manners, table) if table else {}
        month = [said.cell for said in piece.values.get("value", ())] if piece.kind is Kind.READING else []
        for column in columns_for(table, piece.kind) if table else ():
            now = self.page.cell(sheet, column.letter, row)
            leave = goes and (now.formula is not None or self._goes_on_below(sheet, column.letter, row))
            if not leave and (not now.blank or column.letter in looks):
                self.cells.append(CellEdit(sheet, f"{column.letter}{row}", looks.get(column.letter)))
        self.cells.extend(CellEdit(sheet, cell, None) for cell in month)

    def _goes_on_below(self, sheet: str, letter: str, row: int) -> bool:
        box = self.page.sheets[sheet].merge_at(row, number(letter))
        return box is not None and box.top < box.bottom
