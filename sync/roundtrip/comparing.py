"""This file compares an upload with the plan as it is now, and changes nothing."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy.orm import Session

from plan import history, ledger
from plan.models import Person, Plan
from plan.snapshot import Snapshot
from plan.undisturbed import undisturbed
from sync import merge, open_workbook, trackers
from sync.as_downloaded import Places, as_downloaded, expected, may_say_otherwise
from sync.base import nearest_revision
from sync.checked import resolve_checked
from sync.earlier_uploads import asked_again, earlier_uploads
from sync.identity import Resolved, resolve
from sync.lately import Lately
from sync.layout import Layout
from sync.listed_cells import with_words_of
from sync.merge import Decision, Outcome
from sync.other_kinds import in_xlsx
from sync.read_workbook import read_grids, shape
from sync.reading import Origin, Problem, Reading
from sync.roundtrip.answers import Preview, WrongPlan
from sync.roundtrip.bringing import told
from sync.roundtrip.signing import typed_signatures


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
    opened = open_workbook.begin(made.content)
    now = history.now(session, plan)
    sheets = opened()
    own = Layout.from_json(tracker.layout) if tracker else None
    known = _with_splits(layout or trackers.remembered(session, shape(sheets)) or own, own, now)
    reading = told(read_grids(sheets, known), made)
    _refuse_other_plan(session, plan, reading.origin)
    latest = ledger.latest(session, plan.id)
    seed = f"{plan.id}/{latest}/{hashlib.sha256(content).hexdigest()}"
    base, snapshot, how = _base(session, plan, reading, now, seed)
    earlier = earlier_uploads(session, plan, by, reading.origin)
    known_before = earlier.with_added(snapshot)
    resolved = resolve_checked(reading, known_before, now, seed)
    if (of_this_copy := earlier.of_this_copy(snapshot, resolved.stated)) is not earlier:
        earlier, known_before = of_this_copy, of_this_copy.with_added(snapshot)
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
    typed = typed_signatures(session, plan, sheets, reading, resolved, now)
    return Preview(
        base,
        reading.origin is not None and not resolved.doubts,
        how,
        latest,
        tuple(d for d in decisions if not (d.outcome is Outcome.ADDED and resolved.stated[d.record].parent is None)),
        resolved.doubts,
        (*_open(reading.problems, resolved), *resolved.problems, *homeless, *typed),
        reading,
        resolved,
        now,
        tuple(sheets),
    )


_lately: Lately[Preview] = Lately()


def _with_splits(known: Layout | None, own: Layout | None, now: Snapshot) -> Layout | None:
    """The layout, knowing also what was split in the plan's own workbook since it was remembered."""
    if known is None or own is None or not own.splits:
        return known
    return with_words_of(replace(known, splits={**own.splits, **known.splits}), now)


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
