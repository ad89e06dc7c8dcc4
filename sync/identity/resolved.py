"""This file is what was found out of a workbook's rows: whose each is, and which are not certain."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sync.merge import Stated
from sync.reading import Problem


@dataclass(frozen=True)
class Doubt:
    """A row whose record is not certain: where it stands and what it was taken for, in a sentence."""

    sheet: str
    row: int
    record: str
    message: str


@dataclass(frozen=True)
class Resolved:
    """The workbook's records by id, in its order; `ids` by piece; `doubts` and `problems` to be shown.

    `reworded` are the cells whose numbers were read as a second requirement's and are not; `copies` the sheets that
    hold the rows of another sheet once more, with that sheet.
    """

    stated: Mapping[str, Stated]
    ids: Mapping[int, str]
    doubts: tuple[Doubt, ...]
    problems: tuple[Problem, ...]
    reworded: frozenset[tuple[str, str | None]] = frozenset()
    copies: Mapping[str, str] = field(default_factory=dict)
