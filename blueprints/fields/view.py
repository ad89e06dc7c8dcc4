"""This file gets a field ready to be shown: its words, its inputs, what waits, in one of four states."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from flask import url_for

from blueprints.fields.words import rows_of, show, write
from plan import fields, figures, questions, rag, rights
from plan.differences import Piece
from plan.fields import Field, Kind, Shape, Value
from plan.models import Person
from plan.questions import Position
from plan.snapshot import Item
from plan.timescale import say_date

CHOSEN = frozenset({Shape.STATUS, Shape.TEAM, Shape.DIRECTION, Shape.PUBLICATION})
DIGITS = frozenset({Shape.NUMBER, Shape.COUNT})


class State(StrEnum):
    """Where the block of a field is: each state offers only its next steps."""

    SHOWN = "shown"
    EDITING = "editing"
    INVALID = "invalid"
    CLASH = "clash"


@dataclass(frozen=True)
class Option:
    """One answer of a field that is chosen, not written; `hint` says what it means."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Theirs:
    """What somebody else has put there meanwhile; `pieces` lead from their words to yours."""

    by: str
    at: str
    words: str
    mine: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Part:
    """One input of the block. `was` is the value that was shown when it was opened."""

    row: Field
    value: Value
    words: str
    typed: str
    was: str
    id: str
    options: tuple[Option, ...] = ()
    error: str = ""
    theirs: Theirs | None = None

    @property
    def is_long(self) -> bool:
        """Whether it takes several lines; a single-line input would swallow line breaks."""
        return self.row.shape is Shape.TEXT or "\n" in self.typed

    @property
    def rows(self) -> int:
        """How many lines the input shows."""
        return min(16, max(3, len(self.typed) // 70 + self.typed.count("\n") + 2))

    @property
    def is_chosen(self) -> bool:
        """Whether it is chosen from a list, not written."""
        return self.row.shape in CHOSEN

    @property
    def is_digits(self) -> bool:
        """Whether it holds a figure."""
        return self.row.shape in DIGITS


@dataclass(frozen=True)
class GradeView:
    """One grade of an audit and its share of all cases."""

    label: str
    count: str
    share: str


@dataclass(frozen=True)
class FieldView:
    """A field of a record, ready to show: one part; a status brings its reason, an audit its grades."""

    id: str
    kind: Kind
    label: str
    name: str
    parts: tuple[Part, ...]
    state: State
    address: str
    back: str
    may_change: bool
    waits: bool
    since: str = ""
    grades: tuple[GradeView, ...] = ()
    due: str = ""
    late: bool = False
    focus: bool = False

    @property
    def main(self) -> Part:
        """The part that the block is named after."""
        return self.parts[0]

    @property
    def reason(self) -> Part | None:
        """The part that explains the main one, where there is such a field."""
        return self.parts[1] if self.main.row.reason else None

    @property
    def focus_on(self) -> str:
        """The id of the input where the keyboard goes: the first that needs attention, or the main one."""
        return next((part.id for part in self.parts if part.error or part.theirs), self.main.id)

    @property
    def shown_address(self) -> str:
        """The address that answers with the block as it is shown, for giving up."""
        return f"{self.address}&shown=yes"

    @property
    def errors(self) -> list[Part]:
        """The parts that cannot be kept as they are."""
        return [part for part in self.parts if part.error]

    def opened(self) -> "FieldView":
        """The block with its inputs."""
        return replace(self, state=State.EDITING)


class Fields:
    """Makes the blocks of one page, for one person, from one reading of the plan."""

    def __init__(self, slug: str, position: Position, person: Person, teams: Sequence[str], back: str) -> None:
        self.slug, self.position, self.person, self.back = slug, position, person, back
        self.teams = teams
        self.day = f"{'today, ' if position.is_today else 'the position date, '}{say_date(position.day)}"

    def __call__(self, item: Item, name: str, *, focus: bool = False) -> FieldView:
        """The block of a field, in the shown state."""
        rows = rows_of(item.kind, name)
        is_timescale = rows[0].shape is Shape.TIMESCALE
        return FieldView(
            id=f"f-{item.id}-{rows[0].name}",
            kind=item.kind,
            label=rows[0].label,
            name=questions.name(self.position.snapshot, item),
            parts=tuple(self.part(item, row) for row in rows),
            state=State.SHOWN,
            address=url_for(
                "fields.edit",
                slug=self.slug,
                kind=item.kind.value,
                id=item.id,
                field=rows[0].name,
                back=self.back,
            ),
            back=self.back,
            may_change=item.present and self._may_change(item, rows),
            waits=any((item.id, row.name) in self.position.waiting for row in rows),
            since=since_words(self.position.waits_since(item.id, (row.name for row in rows))),
            grades=tuple(_grades(item, rows)) if rows[0].name == "total" else (),
            due=self.position.due(item) if is_timescale else "",
            late=is_timescale and self.position.is_late(item),
            focus=focus,
        )

    def part(self, item: Item, row: Field) -> Part:
        """One input with the value that the plan has."""
        value = item.get(row.name)
        written = write(row, value)
        was = "" if value is None else str(value)
        return Part(row, value, show(row, value), written, was, f"i-{item.id}-{row.name}", self._options(row, value))

    def new_part(self, row: Field, under: Item) -> Part:
        """One empty input, for a record that is being added under another."""
        return Part(row, None, "", "", "", f"i-new-{under.id}-{row.kind}-{row.name}", self._options(row, None))

    def coming_back_to(self, back: str) -> "Fields":
        """The same for a part of the page that has an address of its own."""
        return Fields(self.slug, self.position, self.person, self.teams, back)

    def _may_change(self, item: Item, rows: Sequence[Field]) -> bool:
        return all(rights.may_change(self.person, self.position.snapshot, item.id, row.name) for row in rows)

    def _options(self, row: Field, value: Value) -> tuple[Option, ...]:
        if row.shape is Shape.STATUS:
            plan = self.position.snapshot.plan
            meanings = {status: str((plan.get(f"scale_{status}") if plan else "") or "") for status in rag.Status}
            return (*(Option(s.value, rag.say(s), meanings[s]) for s in rag.Status), Option("", "No status"))
        if row.shape is Shape.DIRECTION:
            return (*(Option(way, words) for way, words in fields.DIRECTIONS.items()), Option("", "Not said"))
        if row.shape is Shape.PUBLICATION:
            return (
                Option("", "May be published"),
                *(Option(mark, words) for mark, words in fields.PUBLICATION.items()),
            )
        if row.shape is Shape.TEAM:
            known = dict.fromkeys((*self.teams, *([str(value)] if value else [])))
            return (Option("", "No team"), *(Option(team, team) for team in known))
        return ()


def since_words(at: datetime | None) -> str:
    """From which day something awaits sign-off, on this server's calendar: "since 1 July 2013"."""
    return f"since {say_date(at.astimezone().date())}" if at else ""


def _grades(item: Item, rows: Sequence[Field]) -> Iterator[GradeView]:
    """All cases and each grade; shares once every grade is said, so that they add up."""
    total, *grades = rows
    counts = figures.audit_of(item).counts
    shared = [f"{share:g}%" for share in figures.shares(counts)] if counts else [""] * len(grades)
    yield GradeView("All cases", fields.say(total, item.get(total.name)), "100%" if counts else "")
    for row, share in zip(grades, shared, strict=True):
        yield GradeView(row.label, fields.say(row, item.get(row.name)), share)
