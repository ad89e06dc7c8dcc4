"""This file observes the rows of alike tables: which columns speak once a requirement, which on every row."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from sync.bullets import BULLET, worded
from sync.cells import shown
from sync.detect.block import Block
from sync.detect.rows import is_banner, is_total
from sync.fills import status_of
from sync.grid import Cell

MOST_ROWS = 2000  # of each table; what holds for these holds for the rest


@dataclass(frozen=True)
class Sample:
    """The rows of tables with the same headings. Columns are counted from 0, as in `heads`."""

    blocks: Sequence[Block]
    requirement: list[int] = field(default_factory=list)  # the columns that say which requirement a row belongs to

    @cached_property
    def rows(self) -> list[list[Cell]]:
        """The cells of each row that may be a record's."""
        return [cells for block in self.blocks for cells in islice(_rows(block), MOST_ROWS)]

    def values(self, col: int) -> list[Cell]:
        """The cells of a column that are not blank."""
        return [cells[col] for cells in self.rows if not cells[col].blank]

    def all(self, col: int, claim: Callable[[str], bool]) -> bool:
        """Whether a claim is true of every cell of a column that has any."""
        values = self.values(col)
        return bool(values) and all(claim(shown(cell)) for cell in values)

    def share(self, col: int, claim: Callable[[str], bool]) -> float:
        """The share of a column's cells that a claim is true of; 0 for an empty column."""
        values = self.values(col)
        return sum(claim(shown(cell)) for cell in values) / len(values) if values else 0.0

    @cached_property
    def groups(self) -> list[list[list[Cell]]]:
        """The rows of each requirement, told by the columns in `requirement`; without any, one row each."""
        groups: list[list[list[Cell]]] = []
        current: tuple[str, ...] | None = None
        for cells in self.rows:
            said = tuple(shown(cells[col]).strip() for col in self.requirement)
            if not groups or (any(said) and said != current) or not self.requirement:
                groups.append([])
                current = said
            groups[-1].append(cells)
        return groups

    @cached_property
    def continues(self) -> bool:
        """Whether any requirement takes more than one row."""
        return any(len(group) > 1 for group in self.groups)

    def once_a_requirement(self, col: int) -> bool:
        """Whether a column speaks only where requirements begin, for most of several rows: no accident."""
        several = [group for group in self.groups if len(group) > 1]
        spoken = [group for group in several if not group[0][col].blank]
        later = [cells[col] for group in several for cells in group[1:]]
        return len(later) > 1 and len(spoken) * 2 >= len(several) and all(cell.blank for cell in later)

    def varies_within(self, col: int) -> bool:
        """Whether a column says different things on the rows of one requirement, or shows different colours."""
        said = ({shown(cells[col]) or status_of(cells[col].fill) for cells in group} for group in self.groups)
        return any(len(different - {"", None}) > 1 for different in said)

    def tinted(self, col: int) -> bool:
        """Whether a column has cells that say a status by their colour alone."""
        return any(cells[col].blank and status_of(cells[col].fill) for cells in self.rows)

    def new_on_every_row(self, col: int, text: int) -> bool:
        """Whether a column of numbers goes on counting on rows where the text stays the same or is blank."""
        pairs = zip(self.rows, self.rows[1:], strict=False)
        later = [(before, cells) for before, cells in pairs if _stays(before[text], cells[text])]
        counted = [1 for before, cells in later if not cells[col].blank and shown(cells[col]) != shown(before[col])]
        return bool(later) and len(counted) * 2 > len(later)

    def listed(self, col: int) -> bool:
        """Whether a column's cells are lists: some of several lines, most with a bullet on each line."""
        values = [shown(cell) for cell in self.values(col)]
        bulleted = [words for words in values if all(BULLET.match(line) for line in worded(words))]
        return any(len(worded(words)) > 1 for words in bulleted) and len(bulleted) * 2 > len(values)

    def has_lines(self, col: int) -> bool:
        """Whether any cell of a column has several lines."""
        return any(len(worded(shown(cell))) > 1 for cell in self.values(col))


def _rows(block: Block) -> Iterator[list[Cell]]:
    cols = [head.col for head in block.heads]
    for row in range(block.first_row, block.last_row + 1):
        cells = block.row(row)
        said = [cell for cell in cells if not cell.blank]
        no_record = is_banner(block.grid, row, cols, block.heads[0].words) or block.repeats_headings(row)
        if said and not no_record and not is_total(said):
            yield cells


def _stays(before: Cell, cell: Cell) -> bool:
    return cell.blank or shown(before) == shown(cell)
