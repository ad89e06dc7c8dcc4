"""This file tells where a table ends: at blank rows, a key, another table or its title, above what only counts it."""

from sync.detect.beside import BLANK_ROWS_THAT_END
from sync.detect.block import Block
from sync.detect.heading_rows import ANCHORS, cells_of
from sync.detect.heads import Head, identity_column
from sync.detect.rows import ends_table, is_reference, is_total, title_like
from sync.grid import Cell, boxes
from sync.headings import Word
from sync.row_ids import read_row

LONGEST_OF_OTHERS = 40  # characters of a heading that the vocabulary does not know
FEWEST_HEADINGS = 2


def last_row_of(block: Block, headed: frozenset[int]) -> int:
    """The last row of a table; `headed` are the rows of its sheet that hold known headings."""
    grid, last, blanks = block.grid, block.heading_rows[-1], 0
    cols = {head.col for head in block.heads}
    framed, identity = _framed_to(block), identity_column(grid, block.heading_rows)
    for row in range(block.first_row, grid.last_row + 1):
        said = [cell for col, cell in grid.row(row).items() if col in cols]
        if not said and identity and read_row(grid.at(row, identity).value):
            last, blanks = row, 0  # a record stood here; that its cells were cleared must be seen
            continue
        if not said:
            blanks += 1
            if blanks >= BLANK_ROWS_THAT_END and row >= framed:
                break
            continue
        if ends_table(said) or (blanks and _begins_another(block, row, identity)):
            break
        if is_total(said) and not (identity and read_row(grid.at(row, identity).value)):
            blanks = 0  # below the last record it is no part of the table
            continue
        if row in headed and not block.repeats_headings(row):
            return _before_titles(block, last)
        last, blanks = row, 0
    return last


def _begins_another(block: Block, row: int, identity: int | None) -> bool:
    """Whether a title after blank rows has headings under it that no row of this table could be."""
    grid, under = block.grid, cells_of(block.grid, row + 1)
    if len(under) < FEWEST_HEADINGS or not title_like(cells_of(grid, row)):
        return False
    if identity and read_row(grid.at(row + 1, identity).value):
        return False
    worded = all(cell.words and len(cell.words) <= LONGEST_OF_OTHERS for cell in under)
    scores = not any(head.meaning and head.meaning.word in ANCHORS for head in block.heads)
    return worded and any(_cannot_hold(head, grid.at(row + 1, head.col), scores) for head in block.heads)


def _cannot_hold(head: Head, cell: Cell, scores: bool) -> bool:
    """Whether words cannot stand in a column: a figure of a scorecard or a number belongs there."""
    if cell.blank:
        return False
    numbers = head.meaning is not None and head.meaning.word is Word.REFERENCE
    like_one = is_reference(cell.words) or any(mark.isdigit() for mark in cell.words)
    return (scores and bool(head.period)) or (numbers and not like_one)


def _framed_to(block: Block) -> int:
    """The last row of the Excel table or filter around the headings: blank rows inside do not end it."""
    refs = [ref for _, ref in block.grid.tables] + ([block.grid.filter_ref] if block.grid.filter_ref else [])
    framed = (box for ref in refs for box in boxes(ref) if box.top in block.heading_rows)
    return max((box.bottom for box in framed), default=0)


def _before_titles(block: Block, last: int) -> int:
    """Titles and bands right above the next table's headings are its own, not rows of this one."""
    while last >= block.first_row and title_like(cells_of(block.grid, last)):
        last -= 1
    return last
