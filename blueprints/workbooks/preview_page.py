"""This file lays a preview out: what needs an answer first, then what will change, what stays last and folded."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from blueprints.workbooks import choosing, meanings, splitting, turning
from blueprints.workbooks.choosing import Asked
from blueprints.workbooks.entries import Telling, where, whole
from blueprints.workbooks.meanings import Question
from blueprints.workbooks.sections import SECTIONS, Section, section
from blueprints.workbooks.splitting import ListsView
from blueprints.workbooks.turning import NOT_TURNED, Turned
from plan import history
from plan.models import Change, Person, Plan
from plan.roles import Step
from sync.by_right import split_by_right
from sync.choices import Choices
from sync.merge import Decision, Outcome
from sync.reading import Problem
from sync.roundtrip import Preview
from sync.write_plan import edits_for


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
        return cls(tuple(those[: turning.NOTED_AT_ONCE]), len(those))


@dataclass(frozen=True)
class Place:
    """Where the next clash is that nobody settled: its id on this page, or what the button to its page sends."""

    id: str = ""
    turn: str = ""


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
    next: Place
    rest: str
    changes: int
    wrong: tuple[tuple[str, str], ...]
    wrong_elsewhere: int
    lists: ListsView | None  # for those who may say how a workbook is read

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
    turned: Turned = NOT_TURNED,
) -> PreviewView:
    """The preview for this person, with what they chose so far, the sections turned to where they asked to look."""
    changes, withheld = _changes(session, seen), _withheld(seen, person)
    told = Telling(seen, whole(seen), person, asked, moved, wrong or {}, changes, withheld)
    sections = [section(plan, told, outcome, turned) for outcome in SECTIONS if seen.of(outcome)]
    may_say = person.may(Step.ADMINISTER)
    open_ones, faults = choosing.undecided(seen, asked, person), tuple(_wrong(sections, told.wrong))
    return PreviewView(
        sections=tuple(s for s in sections if not s.heading.is_quiet),
        quiet=tuple(s for s in sections if s.heading.is_quiet),
        problems=Notes.of([note(problem) for problem in seen.problems]),
        doubts=Notes.of([Note(where(d.sheet, None), "", d.message) for d in seen.doubts]),
        notes=seen.reading.notes,
        questions=meanings.questions(seen.reading),
        may_say=may_say,
        how_base=seen.how_base,
        is_certain=seen.certain,
        revision=seen.revision,
        undecided=len(open_ones),
        next=_next(seen, sections, open_ones),
        rest=asked.rest.value,
        changes=_will_change(told),
        wrong=faults,
        wrong_elsewhere=len(told.wrong) - len(faults),
        lists=splitting.lay_out(seen.reading, turned.starts.get(splitting.SECTION)) if may_say else None,
    )


def _next(seen: Preview, sections: Sequence[Section], open_ones: Sequence[Decision]) -> Place:
    """Where to settle next: here, if anything that is open is shown on this page, else on the first page with any."""
    keys = {d.key for d in open_ones}
    shown = (one for part in sections for group in part.groups for one in group.entries)
    here = next((one.id for one in shown if one.key in keys), "")
    if here or not keys:
        return Place(id=here)
    first = next(place for place, d in enumerate(seen.of(Outcome.CONFLICT)) if d.key in keys)
    return Place(turn=turning.button(SECTIONS[Outcome.CONFLICT].id, first))


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


def _wrong(sections: Iterable[Section], wrong: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each fault with the place on the page where it can be mended."""
    for part in sections:
        for group in part.groups:
            for one in group.entries:
                if one.key in wrong:
                    yield one.id, f"{group.heading}, {one.heading[:1].lower()}{one.heading[1:]}: {wrong[one.key]}"
