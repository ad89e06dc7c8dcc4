"""This file finds where a sheet's tables are: their heading rows, their columns, and where they end."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from plan.fields import Kind
from sync.detect.rows import ends_table, is_guidance, title_like
from sync.grid import Cell, Grid, boxes, letter
from sync.headings import LOOSE, Meaning, Word, may_be_a_heading, may_name_a_table, meaning, normalise
from sync.months import period, say
from sync.row_ids import read_heading, read_row

ANCHORS = frozenset({Word.REQUIREMENT, Word.ACTION, Word.WHAT, Word.ACHIEVEMENT})
DONE_SO_FAR = frozenset({Word.PROGRESS, Word.EVIDENCE})  # beside a requirement's number: achievements
LONGEST_HEADING = 90
BLANK_ROWS_THAT_END = 3
MOST_COLUMNS = 300
MOST_BESIDE = 6  # tables beside each other on one sheet
WIDEST_GAP = 5  # columns without a heading; what stands further right is a remark, not a column
_OWNERS = {Word.REQUIREMENT: Kind.REQUIREMENT, Word.ACTION: Kind.ACTION}


@dataclass(frozen=True)
class Head:
    """One column's heading. `context` is the band above it, such as "What we will do" over "Lead"."""

    col: int
    row: int
    words: str
    context: str = ""
    period: str | None = None

    @cached_property
    def meaning(self) -> Meaning | None:
        """What the heading means, its owner told by the band above where its own words do not tell."""
        found = meaning(self.words) or (self.context and meaning(f"{self.context} {self.words}")) or None
        above = meaning(self.context) if self.context else None
        if found and not found.of and above and above.word in _OWNERS:
            return found._replace(of=_OWNERS[above.word])
        return found

    @property
    def plain(self) -> str:
        """What is compared to find the same heading again; a month's column is the same as any other's."""
        return "month" if self.period else normalise(self.words)

    @property
    def letter(self) -> str:
        """The letters of the column."""
        return letter(self.col)


@dataclass(frozen=True)
class Block:
    """A table as it stands on a sheet. `above` is the row before it that belongs to another table, or 0."""

    grid: Grid
    heading_rows: tuple[int, ...]
    heads: tuple[Head, ...]
    first_row: int
    last_row: int
    above: int = 0

    @cached_property
    def signature(self) -> tuple[str, ...]:
        """The headings as compared: tables alike have the same, wherever they stand."""
        return tuple(head.plain for head in self.heads)

    def row(self, row: int) -> list[Cell]:
        """The cells of one row, one for each heading; blank ones with their fill."""
        return [_seen(self.grid, row, head.col) for head in self.heads]

    def repeats_headings(self, row: int) -> bool:
        """Whether a row only says the headings again, as after a page break."""
        said = [(head, cell) for head, cell in zip(self.heads, self.row(row), strict=True) if not cell.blank]
        return len(said) > 1 and all(_same(head, cell) for head, cell in said)


def find_blocks(grid: Grid) -> list[Block]:
    """All tables of a sheet whose headings the vocabulary knows, from the left and from the top."""
    if "blocks" not in grid.noted:
        grid.noted["blocks"] = _blocks_of(grid)
    return list(grid.noted["blocks"])


def _blocks_of(grid: Grid) -> list[Block]:
    rows = _heading_rows(grid)
    cuts = sorted({cut for row in rows for cut in _cuts(grid, row)})
    if not cuts:
        return _below_each_other(grid, rows)
    parts = [_part(grid, left + 1, right) for left, right in pairwise([0, *cuts, grid.last_col])]
    return [block for part in parts for block in _below_each_other(part, _heading_rows(part))]


def _cuts(grid: Grid, row: int) -> Iterator[int]:
    """The blank columns between headings that make a table each, beside each other."""
    runs: list[list[int]] = []
    for col in grid.columns_of(row):
        if not runs or col > runs[-1][-1] + 1:
            runs.append([])
        runs[-1].append(col)
    for before, after in pairwise(runs[:MOST_BESIDE]):
        gap = range(before[-1] + 1, after[0])
        two = _are_two(_heads_of(grid, row, before), _heads_of(grid, row, after), row)
        below = list(_rows_of_tables(grid, row)) if two else []
        if below and all(grid.at(each, col).blank for each in below for col in gap[:1]):
            yield gap[0]


def _rows_of_tables(grid: Grid, heading: int) -> Iterator[int]:
    """The rows below some headings that can be their tables': what lies further down may be as wide as it likes."""
    last = heading
    for row in grid.rows_below(heading):
        if row - last > BLANK_ROWS_THAT_END or ends_table(_cells(grid, row)):
            return
        yield row
        last = row


def _heads_of(grid: Grid, row: int, cols: Iterable[int]) -> Grid:
    return Grid(grid.sheet, cells={(row, col): grid.at(row, col) for col in cols})


def _are_two(left: Grid, right: Grid, row: int) -> bool:
    """Whether headings beside each other are two tables': each names requirements, or both say the same."""
    if not (is_heading_row(left, row) and is_heading_row(right, row)):
        return False
    one, other = ({normalise(cell.words) for cell in _cells(part, row)} for part in (left, right))
    alike = len(one & other) * 3 >= max(len(one), len(other)) * 2
    return alike or (_names_requirements(left, row) and _names_requirements(right, row))


def _names_requirements(part: Grid, row: int) -> bool:
    said = _meanings(part, row)
    return any(each.word is Word.REQUIREMENT or _numbers_requirements(each) for each in said)


def _part(grid: Grid, left: int, right: int) -> Grid:
    return replace(grid, cells={place: cell for place, cell in grid.cells.items() if left <= place[1] <= right})


def _below_each_other(grid: Grid, rows: Sequence[int]) -> list[Block]:
    found: list[Block] = []
    for row in rows:
        covered = found[-1].last_row if found else 0
        if row > covered and not (found and row in found[-1].heading_rows):
            found.append(block_at(grid, row, covered, frozenset(rows)))
    return found


def block_at(grid: Grid, row: int, above: int = 0, headed: frozenset[int] | None = None) -> Block:
    """The table whose headings stand in this row and, where they take two, the one before or after.

    `headed` are the sheet's rows of known headings, where they were looked for already.
    """
    rows = _both_rows(grid, row)
    block = Block(grid, rows, tuple(_heads(grid, rows)), rows[-1] + 1, rows[-1], above)
    return replace(block, last_row=_last_row(block, frozenset(_heading_rows(grid)) if headed is None else headed))


def after_guidance(block: Block) -> int:
    """The first row of a table that does not only say how to fill it in."""
    row = block.first_row
    while row < block.last_row and is_guidance(block.row(row)):
        row += 1
    return row


def identity_column(grid: Grid, heading_rows: Iterable[int]) -> int | None:
    """The hidden column that says whose each row is, where a download gave the table one: headed beside its own
    headings, or beside those of a table above it on the sheet.
    """
    rows = list(heading_rows)
    return _headed_in(grid, rows) or _headed_in(grid, reversed(grid.rows_between(1, max(rows))))


def _headed_in(grid: Grid, rows: Iterable[int]) -> int | None:
    places = ((row, col) for row in rows for col in grid.columns_of(row))
    return next((col for row, col in places if read_heading(grid.at(row, col).value)), None)


def is_heading_row(grid: Grid, row: int) -> bool:
    """Whether a row heads a table: two known headings, one of which says what the table is of."""
    said = (grid.at(row, col).words for col in grid.columns_of(row))
    if not may_name_a_table("\n".join(each for each in said if len(each) <= LONGEST_HEADING)):
        return False
    meanings = _meanings(grid, row)
    words = {each.word for each in meanings}
    if words >= DONE_SO_FAR and any(_numbers_requirements(each) for each in meanings):
        return True
    if words & ANCHORS or Word.INDICATOR not in words:
        return bool(words & ANCHORS) and len(words) > 1
    months = any(period(grid.at(row, col)) for col in grid.columns_of(row))
    return len(words) > 1 and (months or _has_months_under(grid, row))


def _has_months_under(grid: Grid, row: int) -> bool:
    """Whether the next row only names months, under a heading such as “Performance” that runs over them."""
    under = [cell for cell in _cells(grid, row + 1) if not read_heading(cell.value)]
    return bool(under) and all(period(cell) for cell in under)


def _heading_rows(grid: Grid) -> list[int]:
    return [row for row in _rows_that_may_head(grid) if is_heading_row(grid, row)]


def _rows_that_may_head(grid: Grid) -> list[int]:
    """The rows with a heading that can name a table, each different text looked at once: a sheet may be long."""
    may: dict[str, bool] = {}
    rows: set[int] = set()
    for (row, _), cell in grid.cells.items():
        said = cell.value
        if isinstance(said, str) and len(said) <= LONGEST_HEADING:
            if said not in may:
                may[said] = (
                    may_be_a_heading(said) and may_name_a_table(said) and not read_row(said) and _names(meaning(said))
                )
            if may[said]:
                rows.add(row)
    return sorted(rows)


def _names(said: Meaning | None) -> bool:
    return said is not None and (said.word in ANCHORS or said.word is Word.INDICATOR or _numbers_requirements(said))


def _numbers_requirements(said: Meaning) -> bool:
    return said[:2] == (Word.REFERENCE, Kind.REQUIREMENT)


def _meanings(grid: Grid, row: int) -> list[Meaning]:
    """What a row's headings mean. Words that only speak of achievement are one where most of the row are headings."""
    said = [words for col in grid.columns_of(row) if (words := grid.at(row, col).words) and not read_row(words)]
    found = [each for words in said if (each := meaning(words))]
    return found if len(found) * 2 >= len(said) else [each for each in found if each.rank != LOOSE]


def _both_rows(grid: Grid, row: int) -> tuple[int, ...]:
    if _has_months_under(grid, row):
        return (row, row + 1)
    leaf = row + 1 if _is_leaf(grid, row, row + 1) else row
    return (leaf - 1, leaf) if _is_band(grid, leaf - 1, leaf) else (leaf,)


def _is_leaf(grid: Grid, upper: int, lower: int) -> bool:
    cells = [grid.at(lower, col) for col in grid.columns_of(lower)]
    if not all((cell.words and len(cell.words) <= LONGEST_HEADING) or cell.is_date for cell in cells):
        return False
    known, above = len(_meanings(grid, lower)), len(_meanings(grid, upper))
    return known > 1 and (known > above or _has_wide_merge(grid, upper))


def _is_band(grid: Grid, upper: int, leaf: int) -> bool:
    cols = grid.columns_of(upper)
    if len(cols) < 2 or any(not 0 < len(cell.words) <= LONGEST_HEADING for cell in _cells(grid, upper)):
        return False
    if any((box := grid.merge_at(upper, col)) and box.bottom >= leaf for col in cols):
        return True
    sparser = len(cols) < len(grid.columns_of(leaf))
    return sparser and (_has_wide_merge(grid, upper) or bool(_meanings(grid, upper)))


def _cells(grid: Grid, row: int) -> list[Cell]:
    return [grid.at(row, col) for col in grid.columns_of(row)]


def _has_wide_merge(grid: Grid, row: int) -> bool:
    merged = (grid.merge_at(row, col) for col in grid.columns_of(row))
    return any(box and box.right > box.left and box.top == box.bottom for box in merged)


def _heads(grid: Grid, rows: tuple[int, ...]) -> Iterator[Head]:
    used = sorted({col for row in rows for col in grid.columns_of(row)})
    identity = identity_column(grid, rows)
    used = [col for col in used if col != identity][:MOST_COLUMNS]
    last = used[0]
    for col in used:
        if col - last > WIDEST_GAP:
            return
        yield from (_head(grid, rows, each) for each in range(last + 1, col))
        yield _head(grid, rows, col)
        last = col


def _head(grid: Grid, rows: tuple[int, ...], col: int) -> Head:
    leaf = rows[-1]
    context = _band_over(grid, rows[0], col) if len(rows) > 1 else ""
    for row in dict.fromkeys((leaf, grid.anchor(leaf, col)[0], *_lone(grid, rows[0], col))):
        cell = grid.at(row, col)
        if not cell.blank:
            month = period(cell)
            words = say(month) if month and cell.is_date else " ".join(cell.words.split())
            return Head(col, row, words, context if row == leaf else "", month)
    return Head(col, leaf, "", context)


def _lone(grid: Grid, row: int, col: int) -> tuple[int, ...]:
    """The band's row, where its words stand over this one column alone and so are the heading itself."""
    box = grid.merge_at(row, col)
    return () if box and box.right > box.left else (row,)


def _band_over(grid: Grid, band: int, col: int) -> str:
    starts = [at for at in grid.columns_of(band) if at <= col]
    if not starts:
        return ""
    box = grid.merge_at(band, starts[-1])
    reaches = box is None or box.right >= col
    return grid.at(band, starts[-1]).words if reaches else ""


def _seen(grid: Grid, row: int, col: int) -> Cell:
    fill = grid.blank_fills.get((row, col))
    return Cell(fill=fill) if fill else grid.at(row, col)


def _last_row(block: Block, headed: frozenset[int]) -> int:
    grid, last, blanks = block.grid, block.heading_rows[-1], 0
    cols = {head.col for head in block.heads}
    framed, identity = _framed_to(block), identity_column(grid, block.heading_rows)
    for row in range(block.first_row, grid.last_row + 1):
        said = [col for col in grid.columns_of(row) if col in cols]
        if not said and identity and read_row(grid.at(row, identity).value):
            last, blanks = row, 0  # a record stood here; that its cells were cleared must be seen
            continue
        if not said:
            blanks += 1
            if blanks >= BLANK_ROWS_THAT_END and row >= framed:
                break
            continue
        if ends_table([grid.at(row, col) for col in said]):
            break
        if row in headed and not block.repeats_headings(row):
            return _before_titles(block, last)
        last, blanks = row, 0
    return last


def _framed_to(block: Block) -> int:
    """The last row of the Excel table or filter around the headings: blank rows inside do not end it."""
    refs = [ref for _, ref in block.grid.tables] + ([block.grid.filter_ref] if block.grid.filter_ref else [])
    framed = (box for ref in refs for box in boxes(ref) if box.top in block.heading_rows)
    return max((box.bottom for box in framed), default=0)


def _before_titles(block: Block, last: int) -> int:
    """Titles and bands right above the next table's headings are its own, not rows of this one."""
    while last >= block.first_row and title_like(_cells(block.grid, last)):
        last -= 1
    return last


def _same(head: Head, cell: Cell) -> bool:
    if head.period:
        return period(cell) == head.period
    return bool(cell.words) and normalise(cell.words) == normalise(head.words)
