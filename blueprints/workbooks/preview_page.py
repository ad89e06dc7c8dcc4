"""This file lays a preview out: what needs an answer first, then what will change, what stays last and folded."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from blueprints.workbooks import choosing, meanings
from blueprints.workbooks.choosing import Asked
from blueprints.workbooks.entries import Entry, Telling, entry, named, where, whole
from blueprints.workbooks.meanings import Question
from blueprints.workbooks.turning import MOST_AT_ONCE, Turned
from plan import history
from plan.fields import Kind
from plan.models import Change, Person, Plan
from plan.roles import Step
from plan.snapshot import Item, Snapshot
from sync.by_right import split_by_right
from sync.choices import Choices
from sync.merge import Decision, Outcome
from sync.reading import Problem
from sync.roundtrip import Preview
from sync.write_plan import edits_for


@dataclass(frozen=True)
class Heading:
    """How a section is called: in its heading, in the summary's count, and what is to be known of it."""

    id: str
    title: str
    counted: str
    help: str
    is_quiet: bool = False
    tick: str = ""  # the boxes of its entries, where they have some


SECTIONS: Mapping[Outcome, Heading] = {
    Outcome.CONFLICT: Heading(
        "clashes",
        "Changed both here and in the workbook",
        "to settle",
        "Both sides changed the same words since the workbook was downloaded. Choose what the plan shall say; until "
        "you do, neither side is touched.",
    ),
    Outcome.CLEARED: Heading(
        "cleared",
        "Blank in the workbook",
        "blank",
        "A blank cell clears nothing by itself. Tick what was meant to be cleared.",
        tick="clear",
    ),
    Outcome.MISSING: Heading(
        "missing",
        "Not in the workbook any more",
        "missing",
        "A missing row takes nothing out of the plan by itself. Tick what was meant to go; it can be brought back.",
        tick="remove",
    ),
    Outcome.TAKE: Heading("changes", "Will change", "will change", "The workbook changed these and the plan did not."),
    Outcome.COMBINED: Heading(
        "combined",
        "Combined",
        "combined",
        "Both sides changed different lines of these texts. The plan will say both.",
    ),
    Outcome.ADDED: Heading(
        "added", "New", "new", "These rows are in the workbook and not in the plan. They will be added."
    ),
    Outcome.KEEP: Heading(
        "kept",
        "Changed here meanwhile, kept",
        "kept",
        "The plan changed these since the workbook was downloaded and the workbook did not. They stay as they are.",
        is_quiet=True,
    ),
    Outcome.AGREED: Heading(
        "agreed",
        "The same on both sides",
        "the same",
        "Both sides made the same change. There is nothing to do.",
        is_quiet=True,
    ),
}


@dataclass(frozen=True)
class Group:
    """The entries of one requirement, or of what stands above requirements."""

    heading: str
    words: str
    address: str | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Section:
    """The decisions of one kind, by requirement; of very many those shown at once, and where the others are."""

    heading: Heading
    count: int
    groups: tuple[Group, ...]
    first: int = 1
    last: int = 0
    earlier: str | None = None
    later: str | None = None


@dataclass(frozen=True)
class Note:
    """Something that was not understood, or is not certain: where, what was found, a sentence."""

    where: str
    found: str
    message: str


@dataclass(frozen=True)
class Notes:
    """The first notes of a kind, and how many there are."""

    shown: tuple[Note, ...]
    count: int

    @classmethod
    def of(cls, those: Sequence[Note]) -> "Notes":
        """All of them, or the first of very many."""
        return cls(tuple(those[:MOST_AT_ONCE]), len(those))


@dataclass(frozen=True)
class PreviewView:
    """Everything the preview page shows."""

    sections: tuple[Section, ...]
    quiet: tuple[Section, ...]
    problems: Notes
    doubts: Notes
    notes: tuple[str, ...]
    questions: tuple[Question, ...]
    may_say: bool
    how_base: str
    is_certain: bool
    revision: int
    undecided: int
    rest: str
    changes: int
    wrong: tuple[tuple[str, str], ...]

    @property
    def asked(self) -> tuple[Question, ...]:
        """The words that nobody has settled yet."""
        return tuple(question for question in self.questions if question.is_open)

    @property
    def is_empty(self) -> bool:
        """Whether accepting would change nothing and nothing can be chosen."""
        return not self.sections


def lay_out(
    session: Session,
    plan: Plan,
    seen: Preview,
    person: Person,
    asked: Asked,
    *,
    moved: frozenset[str] = frozenset(),
    wrong: Mapping[str, str] | None = None,
    turned: Turned | None = None,
) -> PreviewView:
    """The preview for this person, with what they chose so far, the sections turned to where they asked to look."""
    changes, withheld = _changes(session, seen), _withheld(seen, person)
    told = Telling(seen, whole(seen), person, asked, moved, wrong or {}, changes, withheld)
    sections = [_section(plan, told, outcome, turned) for outcome in SECTIONS]
    shown = [section for section in sections if section.count]
    return PreviewView(
        sections=tuple(s for s in shown if not s.heading.is_quiet),
        quiet=tuple(s for s in shown if s.heading.is_quiet),
        problems=Notes.of([note(problem) for problem in seen.problems]),
        doubts=Notes.of([Note(where(d.sheet, None), "", d.message) for d in seen.doubts]),
        notes=seen.reading.notes,
        questions=meanings.questions(seen.reading),
        may_say=person.may(Step.ADMINISTER),
        how_base=seen.how_base,
        is_certain=seen.certain,
        revision=seen.revision,
        undecided=len(choosing.undecided(seen, asked, person)),
        rest=asked.rest.value,
        changes=_will_change(told),
        wrong=tuple(_wrong(sections, told.wrong)),
    )


def _will_change(told: Telling) -> int:
    taken = told.seen.of(Outcome.TAKE, Outcome.COMBINED, Outcome.ADDED)
    return sum((d.record, d.field or "present") not in told.withheld for d in taken)


def _changes(session: Session, seen: Preview) -> Mapping[str, list[Change]]:
    """The changes of what is asked about, newest first, by record."""
    found: dict[str, list[Change]] = {}
    for change in history.changes_of(session, {d.record for d in seen.of(*choosing.ASKED_ABOUT)}):
        found.setdefault(change.record_id, []).append(change)
    return found


def note(problem: Problem) -> Note:
    """A problem as it is listed; what was found is not said twice."""
    found = "" if problem.found in problem.message else problem.found
    return Note(where(problem.sheet, problem.cell), found, problem.message)


def _withheld(seen: Preview, person: Person) -> frozenset[tuple[str, str]]:
    """The fields that accepting would leave: they, or what they would stand under, are not the person's to change."""
    wanted = edits_for(seen.decisions, Choices(), seen.resolved.stated, seen.plan)
    return frozenset((edit.record, edit.field) for edit in split_by_right(wanted, person, seen.plan)[1])


def _section(plan: Plan, told: Telling, outcome: Outcome, turned: Turned | None) -> Section:
    decisions, heading = told.seen.of(outcome), SECTIONS[outcome]
    if turned is None or outcome in choosing.ASKED_ABOUT or len(decisions) <= MOST_AT_ONCE:
        return Section(heading, len(decisions), tuple(_groups(plan, told, decisions)))
    start = turned.start(heading.id, len(decisions))
    some = decisions[start : start + MOST_AT_ONCE]
    return Section(
        heading,
        len(decisions),
        tuple(_groups(plan, told, some)),
        start + 1,
        start + len(some),
        turned.address(heading.id, start - MOST_AT_ONCE) if start else None,
        turned.address(heading.id, start + MOST_AT_ONCE) if start + len(some) < len(decisions) else None,
    )


def _groups(plan: Plan, told: Telling, decisions: Iterable[Decision]) -> Iterator[Group]:
    by_head: dict[str, list[Decision]] = {}
    for d in decisions:
        by_head.setdefault(_head(told.whole, d).id, []).append(d)
    for id, some in by_head.items():
        head = told.whole[id]
        words = str(head.get("text") or "") if head.kind is Kind.REQUIREMENT else ""
        entries = tuple(entry(told, d) for d in some)
        yield Group(named(told.whole, head), words, _address(plan, told.seen.plan, head), entries)


def _head(snapshot: Snapshot, d: Decision) -> Item:
    """What a decision is shown under: its requirement, or the record itself where it belongs to none."""
    return snapshot.requirement_of(d.record) or snapshot[d.record]


def _address(plan: Plan, now: Snapshot, head: Item) -> str | None:
    known = head.kind is Kind.REQUIREMENT and head.id in now and now[head.id].present
    return url_for("requirements.show", slug=plan.slug, id=head.id) if known else None


def _wrong(sections: Iterable[Section], wrong: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each fault with the place on the page where it can be mended."""
    for section in sections:
        for group in section.groups:
            for one in group.entries:
                if one.key in wrong:
                    yield one.id, f"{group.heading}, {one.heading[:1].lower()}{one.heading[1:]}: {wrong[one.key]}"
