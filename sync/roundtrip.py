"""This file is the only entrance of sync: bring a tracker in, preview an upload, accept it, download the tracker.

    staff's file --read--> reading --identity--> what it states --\\
    history ------------------------------------> the base      --> merge.decide() --> preview --> a person accepts
    the plan now -------------------------------> the plan     --/                                  |-> one revision
                                                                                                    '-> the same file
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import PurePath
from typing import NamedTuple

from sqlalchemy.orm import Session

from plan import edits, history, ledger
from plan.edits import Edit
from plan.ledger import Step
from plan.models import Person, Plan, Revision, Source, Tracker
from plan.snapshot import Snapshot
from sync import merge, new_plan, trackers
from sync.as_downloaded import Places, as_downloaded, expected, may_say_otherwise, rendered
from sync.base import nearest_revision
from sync.checked import Unwritable, resolve_checked, write_checked
from sync.choices import Choices
from sync.earlier_uploads import asked_again, earlier_uploads
from sync.grid import Grid
from sync.identity import Doubt, Resolved, resolve
from sync.lately import Lately
from sync.layout import Layout
from sync.merge import Decision, Outcome
from sync.ooxml import Refused, lost
from sync.other_kinds import Made, in_xlsx
from sync.problem_notes import noted
from sync.read_workbook import Unreadable, grids, read_grids, shape
from sync.reading import Origin, Problem, Reading
from sync.undisturbed import undisturbed
from sync.write_plan import edits_for, split_by_right

__all__ = [
    "Accepted",
    "Download",
    "NoTracker",
    "Preview",
    "Unreadable",
    "Unsettled",
    "Unwritable",
    "WrongPlan",
    "accept",
    "annotated",
    "download",
    "import_plan",
    "preview",
    "read_sheets",
    "read_tracker",
    "sheets_of",
    "updated",
]


class WrongPlan(Exception):
    """The workbook was downloaded from another plan."""


class NoTracker(Exception):
    """The plan has no workbook to download."""


class Unsettled(Exception):
    """There are clashes that nobody has settled; nothing was applied."""


@dataclass(frozen=True)
class Preview:
    """What an upload would do, and changes nothing.

    `base` is the revision it was compared from, `certain` whether it said so itself and every row is sure;
    `revision` the plan's newest when this was made, so that a stale preview can be told.
    """

    base: int
    certain: bool
    how_base: str
    revision: int
    decisions: tuple[Decision, ...]
    doubts: tuple[Doubt, ...]
    problems: tuple[Problem, ...]
    reading: Reading
    resolved: Resolved
    plan: Snapshot
    sheets: tuple[Grid, ...]

    def of(self, *outcomes: Outcome) -> list[Decision]:
        """The decisions with one of these outcomes, in the workbook's order."""
        return [d for d in self.decisions if d.outcome in outcomes]


@dataclass(frozen=True)
class Accepted:
    """What an accepted upload did: the revision (None when it changed nothing), what was left, what to know."""

    revision: Revision | None
    undecided: tuple[Decision, ...]
    withheld: tuple[Edit, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Download:
    """A workbook ready to be saved."""

    name: str
    content: bytes
    notes: tuple[str, ...]


def read_tracker(session: Session, content: bytes, layout: Layout | None = None) -> Reading:
    """Read a workbook by the given layout, by the one remembered for its shape, or as it is detected.

    An .xls, .ods or .csv file is read as the .xlsx workbook made of it. Raises Unreadable with a sentence for staff.
    """
    return read_sheets(session, content, layout)[0]


def read_sheets(session: Session, content: bytes, layout: Layout | None = None) -> tuple[Reading, Sequence[Grid]]:
    """The same with the sheets that were read, to show samples of them."""
    made = in_xlsx(content)
    sheets = grids(made.content)
    return _told(read_grids(sheets, layout or trackers.remembered(session, shape(sheets))), made), sheets


def sheets_of(content: bytes) -> tuple[Grid, ...]:
    """The sheets of a workbook of any kind that is taken, as `read_tracker` reads them. Raises Unreadable."""
    return grids(in_xlsx(content).content)


@undisturbed
def import_plan(
    session: Session,
    content: bytes,
    name: str,
    step: Step,
    *,
    title: str | None = None,
    slug: str | None = None,
    year: int | None = None,
    agreed: bool = False,
    layout: Layout | None = None,
    scale: Mapping[str, str] | None = None,
) -> tuple[Plan, Reading]:
    """Make a new plan of staff's workbook; `agreed` declares it the signed-off baseline (the office's to say).

    `scale` is what each colour means in it, where that was asked; otherwise the workbook's own key says.

    Of an .xls, .ods or .csv file a new .xlsx workbook is made, which is then the plan's own.
    """
    made = in_xlsx(content, name)
    sheets = grids(made.content)
    reading = _told(read_grids(sheets, layout or trackers.remembered(session, shape(sheets))), made)
    plan = new_plan.begin(session, reading, name, title=title, slug=slug)
    empty = Snapshot([history.now(session, plan)[plan.id]])
    resolved = resolve_checked(reading, empty, empty, f"{plan.id}/{hashlib.sha256(content).hexdigest()}")
    filling = new_plan.edits_for(plan, reading, resolved.stated, name, title, year, step.at, scale)
    edits.apply(session, plan, filling, step)
    if agreed:
        history.declare_agreed(session, plan, replace(step, source=Source.BASELINE))
    trackers.remember(session, shape(sheets), reading.layout, step.at)
    written = write_checked(made.content, sheets, reading, resolved, history.now(session, plan), _origin(session, plan))
    trackers.keep(session, plan, made.name, written, reading.layout, _origin(session, plan).revision, step.at)
    return plan, reading


@undisturbed
def preview(
    session: Session,
    plan: Plan,
    content: bytes,
    *,
    by: Person | None = None,
    layout: Layout | None = None,
    shown_next: bool = False,
) -> Preview:
    """What uploading this workbook would do to the plan as it is now; `by` is whose upload it is.

    `shown_next`: the same will be asked for again at once, to be shown. Raises Unreadable for what is no tracker
    and WrongPlan for one of another plan.
    """
    of = _made_of(session, plan, content, by, layout)
    seen = _lately.take(of) or _preview(session, plan, content, by, layout)
    if shown_next:
        _lately.keep(of, seen)
    return seen


def _made_of(session: Session, plan: Plan, content: bytes, by: Person | None, layout: Layout | None) -> str:
    """Everything that a preview depends on; the hash of the newest revision binds all of the plan's history."""
    head, tracker = ledger.head(session, plan.id), trackers.newest(session, plan)
    own = (tracker.id, tracker.revision, tracker.at, tracker.layout, tracker.places) if tracker else None
    read = layout.as_json() if layout else None
    made_of = (plan.id, head and head.hash, by and by.id, own, read, trackers.last_remembered(session))
    return hashlib.sha256(repr(made_of).encode("utf-8", "surrogatepass") + content).hexdigest()


def _preview(session: Session, plan: Plan, content: bytes, by: Person | None, layout: Layout | None) -> Preview:
    tracker = trackers.newest(session, plan)
    made = in_xlsx(content)
    sheets = grids(made.content)
    own = Layout.from_json(tracker.layout) if tracker else None
    known = layout or trackers.remembered(session, shape(sheets)) or own
    reading = _told(read_grids(sheets, known), made)
    _refuse_other_plan(session, plan, reading.origin)
    now = history.now(session, plan)
    latest = ledger.latest(session, plan.id)
    seed = f"{plan.id}/{latest}/{hashlib.sha256(content).hexdigest()}"
    base, snapshot, how = _base(session, plan, reading, now, seed)
    earlier = earlier_uploads(session, plan, by, reading.origin)
    known_before = earlier.with_added(snapshot)
    resolved = resolve_checked(reading, known_before, now, seed)
    last_said, back = earlier.settle(known_before, resolved.stated)
    decisions = _decide(session, plan, _Started(base, last_said, reading, resolved), now)
    decisions = asked_again(decisions, back, earlier)
    homeless = [
        Problem(
            d.sheet or "",
            d.cell,
            str(d.workbook or ""),
            "This row belongs to no requirement, so it was not added. Give it the number of its requirement.",
        )
        for d in decisions
        if d.outcome is Outcome.ADDED and resolved.stated[d.record].parent is None
    ]
    return Preview(
        base,
        reading.origin is not None and not resolved.doubts,
        how,
        latest,
        tuple(d for d in decisions if not (d.outcome is Outcome.ADDED and resolved.stated[d.record].parent is None)),
        resolved.doubts,
        (*_open(reading.problems, resolved), *resolved.problems, *homeless),
        reading,
        resolved,
        now,
        tuple(sheets),
    )


_lately: Lately[Preview] = Lately()


@undisturbed
def accept(
    session: Session,
    plan: Plan,
    content: bytes,
    name: str,
    choices: Choices,
    step: Step,
    *,
    shown: Preview,
    leave_undecided: bool = False,
) -> Accepted:
    """Carry out a preview as one revision; the workbook becomes the plan's own tracker if it holds all of it.

    Raises Unsettled where a clash is undecided and `leave_undecided` is false; then nothing is applied.
    """
    undecided = tuple(d for d in shown.decisions if choices.leaves_open(d))
    if undecided and not leave_undecided:
        raise Unsettled(
            f"{len(undecided)} changed both here and in the workbook and nobody has chosen yet. Nothing was changed; "
            "choose for each and accept again."
        )
    wanted = edits_for(shown.decisions, choices, shown.resolved.stated, shown.plan)
    allowed, withheld = split_by_right(wanted, step.by)
    base = shown.reading.origin.revision if shown.reading.origin else None
    revision = edits.apply(session, plan, allowed, replace(step, file=name, base=base))
    notes = _adopt(session, plan, content, name, shown, step.at)
    return Accepted(revision, undecided, tuple(withheld), notes)


@undisturbed
def download(session: Session, plan: Plan, *, on: date, signed_off: bool = False) -> Download:
    """The plan's own tracker, up to date (or as signed off): only the cells that differ are changed.

    `on` is the day that the file's name says.
    """
    tracker = trackers.newest(session, plan)
    if tracker is None:
        raise NoTracker("This plan has no workbook yet. Nothing is wrong; bring a tracker in first.")
    target = history.signed_now(session, plan) if signed_off else history.now(session, plan)
    origin = replace(_origin(session, plan), signed_off=signed_off)
    written = rendered(session, plan, tracker, target, origin)
    return Download(trackers.file_name(plan, tracker.name, origin, on), written.content, written.notes)


@undisturbed
def updated(session: Session, plan: Plan, content: bytes, name: str, *, on: date) -> Download:
    """A workbook that a person brought, with the plan's present words in the cells that differ; `on` as above."""
    seen = preview(session, plan, content)
    origin = _origin(session, plan)
    made, former = in_xlsx(content).content, trackers.former_markings(session, plan)
    written = write_checked(made, seen.sheets, seen.reading, seen.resolved, seen.plan, origin, former)
    return Download(trackers.file_name(plan, name, origin, on), written.content, written.notes)


def annotated(
    session: Session, plan: Plan | None, content: bytes, name: str, *, layout: Layout | None = None
) -> Download:
    """The workbook that a person brought, with a note on each cell that was not understood; its own notes stay.

    Without a plan it is read as for a new one. Raises Unreadable, WrongPlan, and Unwritable for one that must not
    be changed.
    """
    made = in_xlsx(content, name)
    seen = preview(session, plan, content, layout=layout) if plan else None
    reading = seen.reading if seen else read_tracker(session, content, layout)
    sheets = seen.sheets if seen else grids(made.content)
    problems, doubts = (seen.problems, seen.doubts) if seen else (reading.problems, ())
    try:
        written, notes = noted(made.content, sheets, reading.layout, problems, doubts)
    except Refused as refusal:
        raise Unwritable(str(refusal)) from None
    path = PurePath(made.name)
    return Download(f"{path.stem}-with-notes{path.suffix}", written, notes)


def _told(reading: Reading, made: Made) -> Reading:
    """The reading with a word on the workbook that was made for it, where one was."""
    return replace(reading, notes=(made.note, *reading.notes)) if made.note else reading


def _origin(session: Session, plan: Plan) -> Origin:
    return Origin(plan.id, ledger.latest(session, plan.id))


def _refuse_other_plan(session: Session, plan: Plan, origin: Origin | None) -> None:
    if origin is None or origin.plan == plan.id:
        return
    other = session.get(Plan, origin.plan)
    title = f"the plan “{other.title}”" if other else "a plan that is not kept here"
    raise WrongPlan(f"This workbook was downloaded from {title}, not from “{plan.title}”. Nothing was changed.")


def _base(session: Session, plan: Plan, reading: Reading, now: Snapshot, seed: str) -> tuple[int, Snapshot, str]:
    """The revision the workbook started from: as its heading says, or the one it differs from least."""
    origin = reading.origin
    if origin is not None and origin.revision <= ledger.latest(session, plan.id):
        snapshot = history.as_at(session, plan, origin.revision, signed_off=origin.signed_off, standing=now)
        return origin.revision, snapshot, f"The workbook says it was downloaded at revision {origin.revision}."
    resolved = resolve(reading, now, now, seed=seed)
    number = nearest_revision(session, plan, now, resolved.stated)
    return (
        number,
        history.as_at(session, plan, number, standing=now),
        (
            f"The workbook does not say when it was downloaded. It differs least from revision {number}, "
            "so it is compared with that."
        ),
    )


def _open(problems: Sequence[Problem], resolved: Resolved) -> Iterator[Problem]:
    """The reader's problems, but for second requirements that the hidden column told to be the first reworded."""
    return (problem for problem in problems if (problem.sheet, problem.cell) not in resolved.reworded)


class _Started(NamedTuple):
    """A workbook, and the revision and the plan it started from."""

    revision: int
    base: Snapshot
    reading: Reading
    resolved: Resolved


def _decide(session: Session, plan: Plan, started: _Started, now: Snapshot) -> list[Decision]:
    """The decisions; where the download could not say all that the plan did, from what it did say."""
    revision, base, reading, resolved = started
    tracker = trackers.newest_at(session, plan, revision)
    places: Places = tracker.places if tracker else {}
    decisions = merge.decide(base, now, resolved.stated, expected(places, base, reading, resolved))
    origin = reading.origin
    if tracker and origin and may_say_otherwise(session, plan, tracker, base, resolved, decisions, now):
        told, places = as_downloaded(session, plan, tracker, base, origin)
        decisions = merge.decide(told, now, resolved.stated, expected(places, told, reading, resolved))
    return decisions


def _adopt(session: Session, plan: Plan, content: bytes, name: str, shown: Preview, at: datetime) -> tuple[str, ...]:
    """Make the uploaded workbook the plan's tracker, unless it holds less than the one before."""
    tracker: Tracker | None = trackers.newest(session, plan)
    now = history.now(session, plan)
    made = in_xlsx(content, name)
    if tracker is not None and made.note:
        return ("The plan's own workbook stays the earlier one, for this file is not an .xlsx workbook.",)
    if tracker is not None and not trackers.holds_all_of(tracker, shown.reading.layout, shown.resolved.stated, now):
        return ("The plan's own workbook stays the earlier one, for this one does not hold all of it.",)
    if tracker is not None and any(grid.left_behind for grid in shown.sheets):
        return ("The plan's own workbook stays the earlier one, for in this one rows moved and merged cells did not.",)
    if tracker is not None and (gone := lost(tracker.content, made.content)):
        return (
            f"The plan's own workbook stays the earlier one, for the program that saved this one lost {_listed(gone)}.",
        )
    origin = _origin(session, plan)
    former = trackers.former_markings(session, plan)
    written = write_checked(made.content, shown.sheets, shown.reading, shown.resolved, now, origin, former)
    trackers.keep(session, plan, made.name, written, shown.reading.layout, origin.revision, at)
    return written.notes


def _listed(names: Sequence[str]) -> str:
    """Names as a person lists them: "charts, notes and pictures"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
