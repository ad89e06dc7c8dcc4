"""This file finds the rows of a sheet that head tables, and whether headings take a second row."""

from plan.fields import Kind
from sync.detect.rows import is_guidance
from sync.detect.when import says_when
from sync.grid import Cell, Grid
from sync.headings import LOOSE, Meaning, Word, may_be_a_heading, may_name_a_table, meaning
from sync.months import period
from sync.row_ids import begins_with_ids, read_heading, read_row

ANCHORS = frozenset({Word.REQUIREMENT, Word.ACTION, Word.WHAT, Word.ACHIEVEMENT})
DONE_SO_FAR = frozenset({Word.PROGRESS, Word.EVIDENCE})  # beside a requirement's number: achievements
LONGEST_HEADING = 90


def is_heading_row(grid: Grid, row: int) -> bool:
    """Whether a row heads a table: two known headings, one of which says what the table is of."""
    said = (grid.at(row, col).words for col in grid.columns_of(row))
    if not may_name_a_table("\n".join(each for each in said if len(each) <= LONGEST_HEADING)):
        return False
    known = meanings(grid, row)
    words = {each.word for each in known}
    if words >= DONE_SO_FAR and any(numbers_requirements(each) for each in known):
        return True
    if words & ANCHORS or Word.INDICATOR not in words:
        return bool(words & ANCHORS) and len(words) > 1
    months = any(says_when(grid.at(row, col)) for col in grid.columns_of(row))
    return len(words) > 1 and (months or _has_months_under(grid, row))


def heading_rows(grid: Grid) -> list[int]:
    """The rows that head tables. Guidance right under headings may be worded like other headings."""
    rows = [row for row in _rows_that_may_head(grid) if is_heading_row(grid, row)]
    return [row for row in rows if row - 1 not in rows or not is_guidance(cells_of(grid, row))]


def both_rows(grid: Grid, row: int) -> tuple[int, ...]:
    """The rows of a table's headings, one of which this is: the row alone, or with the one before or after it."""
    if _has_months_under(grid, row):
        return (row, row + 1)
    leaf = row + 1 if _is_leaf(grid, row, row + 1) else row
    return (leaf - 1, leaf) if _is_band(grid, leaf - 1, leaf) else (leaf,)


def meanings(grid: Grid, row: int) -> list[Meaning]:
    """What a row's headings mean. Words that only speak of achievement are one where most of the row are headings."""
    said = [words for col in grid.columns_of(row) if (words := grid.at(row, col).words) and not read_row(words)]
    found = [each for words in said if (each := meaning(words))]
    return found if len(found) * 2 >= len(said) else [each for each in found if each.rank != LOOSE]


def numbers_requirements(said: Meaning) -> bool:
    """Whether a heading stands over the numbers of requirements."""
    return said[:2] == (Word.REFERENCE, Kind.REQUIREMENT)


def cells_of(grid: Grid, row: int) -> list[Cell]:
    """The cells of a row that hold anything, from the left."""
    return [grid.at(row, col) for col in grid.columns_of(row)]


def _has_months_under(grid: Grid, row: int) -> bool:
    """Whether the next row only names months, under a heading such as “Performance” that runs over them."""
    under = [cell for cell in cells_of(grid, row + 1) if not read_heading(cell.value)]
    return all(period(cell) for cell in under) if len(under) == 1 else bool(under) and all(map(says_when, under))


def _rows_that_may_head(grid: Grid) -> list[int]:
    """The rows with a heading that can name a table, each different text looked at once: a sheet may be long."""
    values = (cell.value for cell in grid.cells.values())
    short = {said for said in values if isinstance(said, str) and len(said) <= LONGEST_HEADING}
    heading = {said for said in short if _may_head(said)}
    return sorted({row for (row, _), cell in grid.cells.items() if cell.value in heading}) if heading else []


def _may_head(said: str) -> bool:
    if begins_with_ids(said) or not (may_name_a_table(said) and may_be_a_heading(said)):
        return False
    return not read_row(said) and _names(meaning(said))


def _names(said: Meaning | None) -> bool:
    return said is not None and (said.word in ANCHORS or said.word is Word.INDICATOR or numbers_requirements(said))


def _is_leaf(grid: Grid, upper: int, lower: int) -> bool:
    cells = [grid.at(lower, col) for col in grid.columns_of(lower)]
    if not all((cell.words and len(cell.words) <= LONGEST_HEADING) or cell.is_date for cell in cells):
        return False
    known, above = len(meanings(grid, lower)), len(meanings(grid, upper))
    return known > 1 and (known > above or _has_wide_merge(grid, upper))


def _is_band(grid: Grid, upper: int, leaf: int) -> bool:
    cols = grid.columns_of(upper)
    if len(cols) < 2 or any(not 0 < len(cell.words) <= LONGEST_HEADING for cell in cells_of(grid, upper)):
        return False
    if any((box := grid.merge_at(upper, col)) and box.bottom >= leaf for col in cols):
        return True
    sparser = len(cols) < len(grid.columns_of(leaf))
    return sparser and (_has_wide_merge(grid, upper) or bool(meanings(grid, upper)))


def _has_wide_merge(grid: Grid, row: int) -> bool:
    merged = (grid.merge_at(row, col) for col in grid.columns_of(row))
    return any(box and box.right > box.left and box.top == box.bottom for box in merged)
