"""This file finds a remembered layout's tables again, though rows, columns or sheets have moved since."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from plan.fields import Kind
from sync.detect.block import Block
from sync.detect.blocks import after_guidance, block_at, find_blocks
from sync.detect.clashes import clash
from sync.detect.found import understood
from sync.detect.heads import Head
from sync.detect.themes import titles_above
from sync.fills import status_of
from sync.grid import Grid, place
from sync.headings import Word, meaning, normalise
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
    read in the same way, and one with others by the vocabulary. A new month in a scorecard is read as one; any other
    new column is kept as it is. Where one heading stands over more columns than it did, none of them is read.
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
    added, problems = understood(_added(free, [block for block, _ in found], layout))
    tables = [*(table for table, _ in fitted), *added]
    tables.sort(key=lambda table: (order.index(table.sheet), table.heading_rows))
    return replace(layout, tables=tuple(tables)), (*(one for _, told in fitted for one in told), *problems)


def _added(blocks: Sequence[Block], found: Sequence[Block], layout: Layout) -> list[Block]:
    """Tables that no remembered one is like, read or not: on sheets of their own, and scorecards on any."""
    sheets = {block.grid.sheet for block in found}
    others = [block for block in blocks if found and block.grid.visible and not any(block is one for one in found)]
    new = [block for block in others if block.grid.sheet not in sheets or _is_scorecard(block)]
    return [block for block in new if all(_likeness(block, table) < ENOUGH for table in layout.tables)]


def _is_scorecard(block: Block) -> bool:
    return any(head.meaning is not None and head.meaning.word is Word.INDICATOR for head in block.heads)


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
    """The share of the remembered columns that have a meaning, or of all where none has, that still stand there."""
    headed = [column for column in table.columns if column.heading]
    known = {_plain(column) for column in headed if column.kind} or {_plain(column) for column in headed}
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
        columns=_latest_read(list(_columns(block, table)), table, block),
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


def _latest_read(columns: list[Column], table: Table, block: Block) -> tuple[Column, ...]:
    """A month's column added or filled since is read instead of the one before, which was read as the latest."""
    known = {column.heading for column in table.columns}
    for at, column in enumerate(columns):
        alike = [i for i, other in enumerate(columns) if other.heading and _plain(other) == _plain(column)]
        if not column.kind or column.period or len(alike) < 2:
            continue
        came = [i for i in alike if not columns[i].kind and (columns[i].waits or columns[i].heading not in known)]
        told = [i for i in alike if i == at or (i in came and not _is_empty(block.heads[i], block))]
        latest = newest([columns[i].heading for i in told])
        for i in came:
            columns[i] = replace(columns[i], waits=i not in told)
        if latest is not None and told[latest] != at:
            new = columns[told[latest]]
            columns[told[latest]] = replace(column, letter=new.letter, heading=new.heading)
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
    column = next((c for c in left if c.letter == head.letter), None) or _meant(left, head, block)
    if column is None or head.period or column.period or _plain(column) in block.signature:
        return None
    if not head.words and _is_empty(head, block):
        return None
    new, old = head.meaning, meaning(column.heading)
    if new and (old is None or new.word is not old.word):
        return None
    left.remove(column)
    return column


def _meant(left: Sequence[Column], head: Head, block: Block) -> Column | None:
    """The remembered column of the same meaning, for a heading that was changed and moved at once."""
    new = head.meaning
    if new is None or sum(other.meaning is not None and other.meaning.word is new.word for other in block.heads) > 1:
        return None
    same = [c for c in left if c.kind and (old := meaning(c.heading)) and old.word is new.word]
    return same[0] if len(same) == 1 else None


def _is_empty(head: Head, block: Block) -> bool:
    """Whether nothing stands in a column, banners that run over it aside."""
    grid, col = block.grid, head.col
    if any(status_of(grid.blank_fills.get((row, col))) for row in grid.rows_between(block.first_row, block.last_row)):
        return False
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
