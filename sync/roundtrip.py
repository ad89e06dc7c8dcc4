"""This file is the only entrance of sync: bring a tracker in, preview an upload, accept it, download the tracker.

    staff's file --read--> reading --identity--> what it states --\\
    history ------------------------------------> the base      --> merge.decide() --> preview --> a person accepts
    the plan now -------------------------------> the plan     --/                                  |-> one revision
                                                                                                    '-> the same file
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from plan import edits, fields, history, ledger
from plan.edits import Edit
from plan.fields import BY_NAME, Invalid, Kind
from plan.ledger import Step
from plan.models import Plan, Revision, Source, Tracker
from plan.snapshot import Snapshot
from sync import merge, new_plan, trackers, write_workbook
from sync.base import nearest_revision
from sync.choices import Choices
from sync.grid import Grid
from sync.identity import Doubt, Resolved, resolve
from sync.layout import Layout
from sync.merge import Decision, Outcome, Stated
from sync.read_workbook import Unreadable, grids, read_grids, shape
from sync.ooxml import Refused
from sync.reading import Origin, Problem, Reading
from sync.write_plan import edits_for, split_by_right
from sync.write_workbook import Written

__all__ = [
    "Accepted", "Download", "NoTracker", "Preview", "Unreadable", "Unsettled", "Unwritable", "WrongPlan", "accept", "download",
    "import_plan", "preview", "read_tracker", "updated",
]


class WrongPlan(Exception):
    """The workbook was downloaded from another plan."""


class NoTracker(Exception):
    """The plan has no workbook to download."""


class Unwritable(Exception):
    """The workbook is of a kind that cannot be written back; the message says which and what to do."""


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

    Raises Unreadable with a sentence for staff.
    """
    sheets = grids(content)
    return read_grids(sheets, layout or trackers.remembered(session, shape(sheets)))


def import_plan(
    session: Session, content: bytes, name: str, step: Step, *, title: str | None = None, slug: str | None = None,
    year: int | None = None, agreed: bool = False, layout: Layout | None = None,
) -> tuple[Plan, Reading]:
    """Make a new plan of staff's workbook; `agreed` declares it the signed-off baseline (the office's to say)."""
    sheets = grids(content)
    reading = read_grids(sheets, layout or trackers.remembered(session, shape(sheets)))
    plan = new_plan.begin(session, reading, name, title=title, slug=slug)
    empty = Snapshot([history.now(session, plan)[plan.id]])
    resolved = _resolve(reading, empty, empty, f"{plan.id}/{hashlib.sha256(content).hexdigest()}")
    edits.apply(session, plan, new_plan.edits_for(plan, reading, resolved.stated, name, title, year, step.at), step)
    if agreed:
        history.declare_agreed(session, plan, replace(step, source=Source.BASELINE))
    trackers.remember(session, shape(sheets), reading.layout, step.at)
    written = _written(content, sheets, reading, resolved, history.now(session, plan), _origin(session, plan))
    trackers.keep(session, plan, name, written, reading.layout, _origin(session, plan).revision, step.at)
    return plan, reading


def preview(session: Session, plan: Plan, content: bytes, *, layout: Layout | None = None) -> Preview:
    """What uploading this workbook would do to the plan as it is now.

    Raises Unreadable for what is no tracker and WrongPlan for one of another plan.
    """
    tracker = trackers.newest(session, plan)
    sheets = grids(content)
    own = Layout.from_json(tracker.layout) if tracker else None
    known = layout or trackers.remembered(session, shape(sheets)) or own
    reading = read_grids(sheets, known)
    _refuse_other_plan(session, plan, reading.origin)
    now = history.now(session, plan)
    latest = ledger.latest(session, plan.id)
    seed = f"{plan.id}/{latest}/{hashlib.sha256(content).hexdigest()}"
    base, snapshot, how = _base(session, plan, reading, now, seed)
    resolved = _resolve(reading, snapshot, now, seed)
    expected = _expected(session, plan, base, snapshot, resolved)
    decisions = merge.decide(snapshot, now, resolved.stated, expected)
    homeless = [
        Problem(d.sheet or "", d.cell, str(d.workbook or ""), "This row belongs to no requirement, so it was not added. "
                "Give it the number of its requirement.")
        for d in decisions if d.outcome is Outcome.ADDED and resolved.stated[d.record].parent is None
    ]
    return Preview(
        base, reading.origin is not None and not resolved.doubts, how, latest,
        tuple(d for d in decisions if not (d.outcome is Outcome.ADDED and resolved.stated[d.record].parent is None)),
        resolved.doubts, (*reading.problems, *resolved.problems, *homeless), reading, resolved, now, tuple(sheets),
    )


def accept(
    session: Session, plan: Plan, content: bytes, name: str, choices: Choices, step: Step, *, shown: Preview,
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
    revision = edits.apply(session, plan, allowed, replace(step, file=name))
    notes = _adopt(session, plan, content, name, shown, step.at)
    return Accepted(revision, undecided, tuple(withheld), notes)


def download(session: Session, plan: Plan, *, signed_off: bool = False) -> Download:
    """The plan's own tracker, up to date (or as signed off): only the cells that differ are changed."""
    tracker = trackers.newest(session, plan)
    if tracker is None:
        raise NoTracker("This plan has no workbook yet. Nothing is wrong; bring a tracker in first.")
    base = history.as_at(session, plan, tracker.revision)
    target = history.signed_now(session, plan) if signed_off else history.now(session, plan)
    sheets = grids(tracker.content)
    reading = read_grids(sheets, Layout.from_json(tracker.layout))
    resolved = _resolve(reading, base, base, f"{plan.id}/{tracker.id}")
    origin = replace(_origin(session, plan), signed_off=signed_off)
    written = _written(tracker.content, sheets, reading, resolved, target, origin)
    return Download(trackers.file_name(plan, tracker.name, origin), written.content, written.notes)


def updated(session: Session, plan: Plan, content: bytes, name: str) -> Download:
    """A workbook that a person brought, with the plan's present words in the cells that differ."""
    seen = preview(session, plan, content)
    origin = _origin(session, plan)
    written = _written(content, seen.sheets, seen.reading, seen.resolved, seen.plan, origin)
    return Download(trackers.file_name(plan, name, origin), written.content, written.notes)


def _origin(session: Session, plan: Plan) -> Origin:
    return Origin(plan.id, ledger.latest(session, plan.id))


def _refuse_other_plan(session: Session, plan: Plan, origin: Origin | None) -> None:
    if origin is None or origin.plan == plan.id:
        return
    other = session.get(Plan, origin.plan)
    title = f"the plan “{other.title}”" if other else "a plan that is not kept here"
    raise WrongPlan(f"This workbook was downloaded from {title}, not from “{plan.title}”. Nothing was changed.")


def _base(
    session: Session, plan: Plan, reading: Reading, now: Snapshot, seed: str
) -> tuple[int, Snapshot, str]:
    """The revision the workbook started from: as its heading says, or the one it differs from least."""
    origin = reading.origin
    if origin is not None and origin.revision <= ledger.latest(session, plan.id):
        snapshot = history.as_at(session, plan, origin.revision, signed_off=origin.signed_off)
        return origin.revision, snapshot, f"The workbook says it was downloaded at revision {origin.revision}."
    resolved = resolve(reading, now, now, seed=seed)
    number = nearest_revision(session, plan, now, resolved.stated)
    return number, history.as_at(session, plan, number), (
        f"The workbook does not say when it was downloaded. It differs least from revision {number}, "
        "so it is compared with that."
    )


def _resolve(reading: Reading, base: Snapshot, plan: Snapshot, seed: str) -> Resolved:
    """Identity, and every value checked against its field: what cannot be kept becomes a problem."""
    resolved = resolve(reading, base, plan, seed=seed)
    problems = list(resolved.problems)
    checked = {id: _checked(one, problems) for id, one in resolved.stated.items()}
    return replace(resolved, stated=checked, problems=tuple(problems))


def _checked(stated: Stated, problems: list[Problem]) -> Stated:
    kept = {}
    for name, said in stated.values.items():
        try:
            which = BY_NAME[stated.kind, name]
            value = None if said.value is None else fields.clean(which, said.value)
            kept[name] = replace(said, value=value)
        except Invalid as fault:
            problems.append(Problem(said.sheet or "", said.cell, str(said.value)[:200], str(fault)))
    return replace(stated, values=kept)


def _expected(
    session: Session, plan: Plan, base: int, snapshot: Snapshot, resolved: Resolved
) -> frozenset[str]:
    """The records a whole workbook would hold: those that stood in the tracker, on sheets that are still there."""
    places: Mapping[str, str] = trackers.places_at(session, plan, base)
    seen: Counter[tuple[str, Kind]] = Counter(
        (places[id], one.kind) for id, one in resolved.stated.items() if id in places
    )
    return frozenset(
        id for id, place in places.items() if id in snapshot and snapshot[id].present and seen[place, snapshot[id].kind]
    )


def _written(
    content: bytes, sheets: Sequence[Grid], reading: Reading, resolved: Resolved, target: Snapshot, origin: Origin
) -> Written:
    """The workbook written and read again: what it would not say rightly is left as it was and told."""
    try:
        written = write_workbook.write(content, sheets, reading, resolved.ids, target, origin)
    except Refused as refusal:
        raise Unwritable(str(refusal)) from None
    wrong = _misread(written, reading.layout, target)
    if not wrong:
        return written
    careful = write_workbook.write(content, sheets, reading, resolved.ids, target, origin, leave=frozenset(wrong))
    notes = [
        f"{BY_NAME[kind, name].label} of {id} could not be written so that it reads the same again; its cell was left."
        for kind, id, name in sorted(wrong)
    ]
    return replace(careful, notes=(*careful.notes, *notes))


def _misread(written: Written, layout: Layout, target: Snapshot) -> list[tuple[Kind, str, str]]:
    reading = read_grids(grids(written.content), layout)
    again = _resolve(reading, target, target, "reread")
    found: Sequence[Decision] = merge.decide(target, target, again.stated, frozenset())
    return [
        (d.kind, d.record, d.field) for d in found
        if d.field and d.field != "parent" and d.record in target and d.outcome in (Outcome.TAKE, Outcome.CLEARED)
        and (d.record, d.field) in written.wrote
    ]


def _adopt(
    session: Session, plan: Plan, content: bytes, name: str, shown: Preview, at: datetime
) -> tuple[str, ...]:
    """Make the uploaded workbook the plan's tracker, unless it holds less than the one before."""
    tracker: Tracker | None = trackers.newest(session, plan)
    now = history.now(session, plan)
    if tracker is not None and not trackers.holds_all_of(tracker, shown.reading.layout, shown.resolved.stated, now):
        return ("The plan's own workbook stays the earlier one, for this one does not hold all of it.",)
    origin = _origin(session, plan)
    written = _written(content, shown.sheets, shown.reading, shown.resolved, now, origin)
    trackers.keep(session, plan, name, written, shown.reading.layout, origin.revision, at)
    return written.notes
