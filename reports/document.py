"""This file is the one model of a document: what is said, in which order, for every format to write in its own way."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plan import rag, timescale
from reports.charts import Picture

SHORT_RECORD = 10  # characters of the chain's hash that a person can compare with paper
LONGEST_NAME = 180  # characters of a file name that every system takes
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


class Tone(StrEnum):
    """The colour behind a word: a status of the plan's scale, or none of them. The word always stands with it."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    BLUE = "blue"
    NONE = "none"


@dataclass(frozen=True)
class Cell:
    """What one cell of a table says. `note` stands under it ("Awaiting sign-off"); a number stands on the right.

    `value` is the same as a figure or a day, for a workbook.
    """

    text: str = ""
    tone: Tone | None = None
    note: str = ""
    number: bool = False
    strong: bool = False
    value: float | date | None = None


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3. One with an `anchor`, its address within the document, stands in the contents."""

    level: int
    text: str
    anchor: str = ""


class Manner(StrEnum):
    """How a paragraph speaks."""

    PLAIN = "plain"
    NOTICE = "notice"  # the Notice's own words
    QUIET = "quiet"  # what explains the rest


@dataclass(frozen=True)
class Paragraph:
    """Words of the document; line ends are kept."""

    text: str
    manner: Manner = Manner.PLAIN


@dataclass(frozen=True)
class Bullets:
    """Sentences, one under the other."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows under headings. `caption` names it for those who cannot see it; `widths` are shares of the width.

    Without headings each row's first cell is its heading.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True)
class Drawing:
    """A picture with its finding as caption and its numbers in a table after it."""

    picture: Picture


@dataclass(frozen=True)
class Contents:
    """The place where the contents stand: every heading that has an anchor."""


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Bullets | Table | Drawing | Contents | PageBreak


@dataclass(frozen=True)
class Sheet:
    """One sheet of the document as a workbook: its name, what it says above the table, and the table."""

    name: str
    table: Table


@dataclass(frozen=True)
class Document:
    """A report, ready to be written. The same document is always written as the same bytes.

    `kind` is its name in words ("Six-month review"), `position` says whether it is the signed-off or the working one,
    `record` is the hash of the revision that it tells, so that paper can be held against `flask plan verify`.
    """

    title: str
    kind: str
    council: str
    marking: str
    as_at: date
    position: str
    revision: int
    record: str
    blocks: tuple[Block, ...]
    sheets: tuple[Sheet, ...] = ()
    scope: str = ""

    @property
    def name(self) -> str:
        """What the document calls itself: the plan's title, unless that says already what it is."""
        return self.title if self.kind.casefold() in _plain(self.title) else f"{self.title}: {self.kind}"

    @property
    def provenance(self) -> str:
        """Where its words come from: "Signed-off position as at 1 July 2013. Revision 12 · record 3f9a…"."""
        record = f"Revision {self.revision} · record {self.record[:SHORT_RECORD]}"
        return f"{self.position} as at {timescale.say_date(self.as_at)}. {record}"

    @property
    def listed(self) -> tuple[Heading, ...]:
        """The headings that the contents list."""
        return tuple(block for block in self.blocks if isinstance(block, Heading) and block.anchor)

    def file_name(self, ending: str) -> str:
        """A name that says what it is, of when, and how it is marked: "Plan – review – 1 July 2013 – SECRET.pdf"."""
        kind = "" if self.name == self.title else self.kind.lower()
        position = "working" if self.position.startswith("Working") else ""
        parts = [self.title, kind, self.scope, position, timescale.say_date(self.as_at), self.marking]
        said = " – ".join(safe for part in parts if (safe := " ".join(_NOT_IN_NAMES.sub(" ", part).split())))
        if len(said) > LONGEST_NAME:  # the marking and the day stand at the end, and must not be lost
            over = len(said) - LONGEST_NAME
            said = said.replace(parts[0], f"{parts[0][: max(20, len(parts[0]) - over)].strip()}…", 1)
        return f"{said}.{ending}"


def tone(status: object) -> Tone:
    """The tone of a status as the plan keeps it; none for no status."""
    return Tone(str(status)) if status else Tone.NONE


def status_cell(status: object, note: str = "") -> Cell:
    """A status as a cell: its word on its colour."""
    return Cell(rag.say(rag.Status(str(status))) if status else "No status", tone(status), note, strong=True)


def _plain(words: str) -> str:
    return words.casefold().replace(" month", "-month")
