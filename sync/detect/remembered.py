"""This file finds a remembered layout's tables again, though rows, columns or sheets have moved since."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from plan.fields import Kind
from sync.detect.blocks import Block, Head, after_guidance, block_at, find_blocks
from sync.detect.clashes import clash
from sync.detect.themes import titles_above
from sync.grid import Grid, place
from sync.headings import meaning, normalise
from sync.layout import NO_TITLE, Column, Layout, Table, ThemesFrom
from sync.months import newest, of_one_rhythm
from sync.reading import Problem

ENOUGH = 0.5  # of a table's remembered headings


def fit(layout: Layout, grids: Sequence[Grid]) -> Layout:
    """The remembered layout as it lies in these sheets now. Tables and columns that are gone are left out."""
    return fit_and_tell(layout, grids)[0]


def fit_and_tell(layout: Layout, grids: Sequence[Grid]) -> tuple[Layout, tuple[Problem, ...]]:
    """The same, with what a person has to choose because nobody can tell.

    A table is found by its sheet's name, else by its headings; a sheet added since with the same headings is
    read in the same way. A new month in a scorecard is read as one; any other new column is kept as it is. Where
    one heading stands over more columns than it did, none of them is read.
    """
    free = [block for grid in grids for block in _candidates(grid, layout.tables)]
    found: list[tuple[Block, Table]] = []
    for by_name in (True, False):
        for table in layout.tables:
            if not any(old is table for _, old in found):
                block = _best(table, [b for b in free if b.grid.sheet == table.sheet or not by_name])
                if block:
                    found.append((block, table))
                    free.remove(block)
    found += [(block, alike) for block in free if block.grid.visible and (alike := _alike(block, layout.tables))]
    order = [grid.sheet for grid in grids]
    found.sort(key=lambda pair: (order.index(pair[0].grid.sheet), pair[0].heading_rows))
    fitted = [_told_apart(block, _refitted(block, table), table) for block, table in found]
    tables = tuple(table for table, _ in fitted)
    return replace(layout, tables=tables), tuple(problem for _, problems in fitted for problem in problems)


def shape(grids: Sequence[Grid]) -> str:
    """What stays the same in a tracker from month to month: its headings, without months and years."""
    kinds = {tuple(dict.fromkeys(b.signature)) for grid in grids if grid.visible for b in find_blocks(grid)}
    words = "\n".join(sorted("|".join(headings) for headings in kinds))
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def _candidates(grid: Grid, tables: Sequence[Table]) -> list[Block]:
    """The tables of a sheet: by the vocabulary, and by remembered headings that it does not know."""
    blocks = find_blocks(grid)
    taken = {row for block in blocks for row in range(block.heading_rows[0], block.last_row + 1)}
    for row in grid.rows():
        if row not in taken and any(_is_headed(grid, row, table) for table in tables):
            block = block_at(grid, row, max((b.last_row for b in blocks if b.last_row < row), default=0))
            blocks.append(block)
            taken.update(range(block.heading_rows[0], block.last_row + 1))
    return blocks


def _is_headed(grid: Grid, row: int, table: Table) -> bool:
    said = {normalise(grid.at(row, col).words) for col in grid.columns_of(row) if len(grid.at(row, col).words) < 90}
    known = {normalise(column.heading) for column in table.columns if column.heading and not column.period}
    return len(known) > 1 and len(said & known) > max(1, len(known) * ENOUGH)


def _best(table: Table, blocks: Sequence[Block]) -> Block | None:
    scored = [(_likeness(block, table), -i, block) for i, block in enumerate(blocks)]
    score, _, block = max(scored, default=(0.0, 0, None), key=lambda each: each[:2])
    return block if score >= ENOUGH else None


def _likeness(block: Block, table: Table) -> float:
    """The share of the remembered columns that have a meaning and whose headings still stand there."""
    known = {_plain(column) for column in table.columns if column.heading and column.kind}
    return len(known & set(block.signature)) / len(known) if known else 0.0


def _alike(block: Block, tables: Sequence[Table]) -> Table | None:
    scored = [(_likeness(block, table), -i, table) for i, table in enumerate(tables)]
    score, _, table = max(scored, default=(0.0, 0, None), key=lambda each: each[:2])
    return table if table and score > 0.8 else None


def _plain(column: Column) -> str:
    return "month" if column.period else normalise(column.heading)


def _refitted(block: Block, table: Table) -> Table:
    return Table(
        sheet=block.grid.sheet,
        heading_rows=block.heading_rows,
        first_row=after_guidance(block),
        last_row=block.last_row,
        columns=_latest_read(list(_columns(block, table)), table),
        themes=table.themes,
        theme_cell=_theme_cell(block, table),
    )


def _told_apart(block: Block, fitted: Table, table: Table) -> tuple[Table, list[Problem]]:
    """The table without the columns that share a heading since it was remembered, and the problems that they are."""
    then = Counter(_exactly(column.heading) for column in table.columns)
    together: dict[str, list[int]] = {}
    for at, head in enumerate(block.heads):
        if head.words and not head.period:
            together.setdefault(_exactly(head.words), []).append(at)
    unclear = [
        alike
        for words, alike in together.items()
        if len(alike) > max(then[words], 1) and any(fitted.columns[at].kind for at in alike)
    ]
    columns = list(fitted.columns)
    for at in (at for alike in unclear for at in alike):
        columns[at] = Column(columns[at].letter, columns[at].heading)
    return replace(fitted, columns=tuple(columns)), [clash(block, alike, " now") for alike in unclear]


def _exactly(words: str) -> str:
    return " ".join(words.split()).casefold()


def _columns(block: Block, table: Table) -> Iterator[Column]:
    left = list(table.columns)
    by_words = {head: _take(left, head) for head in sorted(block.heads, key=lambda head: _moved(head, table))}
    for head in block.heads:
        column = by_words[head] or _renamed(left, head, block)
        if column:
            yield replace(column, letter=head.letter, heading=head.words)
        else:
            yield _new(head, table)


def _latest_read(columns: list[Column], table: Table) -> tuple[Column, ...]:
    """A month's column added since is read instead of the one before; which it was tells that the latest is meant."""
    known = {column.heading for column in table.columns}
    for at, column in enumerate(columns):
        alike = [i for i, other in enumerate(columns) if other.heading and _plain(other) == _plain(column)]
        if not column.kind or column.period or len(alike) < 2:
            continue
        latest = newest([columns[i].heading for i in alike])
        new = columns[alike[latest]] if latest is not None else column
        if new.kind is None and new.heading not in known:
            columns[alike[latest or 0]] = replace(column, letter=new.letter, heading=new.heading)
            columns[at] = Column(column.letter, column.heading)
    return tuple(columns)


def _moved(head: Head, table: Table) -> bool:
    """Columns that kept letter and heading come first, so that of two alike each finds its own."""
    return not any(c.letter == head.letter and _plain(c) == head.plain for c in table.columns)


def _take(left: list[Column], head: Head) -> Column | None:
    alike = [c for c in left if (c.period == head.period if head.period or c.period else _plain(c) == head.plain)]
    alike = [c for c in alike if head.words or c.letter == head.letter]
    column = next((c for c in alike if c.letter == head.letter), alike[0] if alike else None)
    if column:
        left.remove(column)
    return column


def _renamed(left: list[Column], head: Head, block: Block) -> Column | None:
    """A heading changed in place: the letter is the remembered column's, whose words stand nowhere now.

    Words that mean another field tell of another column instead, and a column emptied with its heading is gone.
    """
    column = next((c for c in left if c.letter == head.letter), None)
    if column is None or head.period or column.period or _plain(column) in block.signature:
        return None
    if not head.words and _is_empty(head, block):
        return None
    new, old = head.meaning, meaning(column.heading)
    if new and (old is None or new.word is not old.word):
        return None
    left.remove(column)
    return column


def _is_empty(head: Head, block: Block) -> bool:
    """Whether nothing stands in a column, banners that run over it aside."""
    grid, col = block.grid, head.col
    filled = [row for row in grid.rows_between(block.first_row, block.last_row) if not grid.at(row, col).blank]
    boxes = (grid.merge_at(row, col) for row in filled)
    return all(box is not None and box.left < box.right for box in boxes)


def _new(head: Head, table: Table) -> Column:
    known = [column.period for column in table.columns]
    if any(known) and head.period in of_one_rhythm([*known, head.period]):
        return Column(head.letter, head.words, Kind.READING, "value", period=head.period)
    return Column(head.letter, head.words)


def _theme_cell(block: Block, table: Table) -> str | None:
    """The title's cell: as far above the headings as it was, else the first title there is, else none any more."""
    if table.theme_cell is None or table.themes not in (ThemesFrom.TITLE, ThemesFrom.BANNER):
        return None
    titles = titles_above(block)
    row, _ = place(table.theme_cell or "A1")
    distance = table.heading_rows[0] - row
    same = [cell for cell in titles if block.heading_rows[0] - place(cell)[0] == distance]
    return next(iter([*same, *titles]), NO_TITLE)
