"""This file carries a preview out as one revision and adopts the workbook as the plan's own."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from plan import edits, history
from plan.ledger import Step
from plan.models import Plan, Tracker
from plan.undisturbed import undisturbed
from sync import trackers
from sync.by_right import split_by_right
from sync.checked import write_checked
from sync.choices import Choices
from sync.listed_cells import remembering
from sync.ooxml import lost
from sync.other_kinds import in_xlsx
from sync.roundtrip.answers import Accepted, Preview, Unsettled
from sync.roundtrip.noticing import noticed
from sync.roundtrip.noting import without_ours
from sync.write_plan import edits_for


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
    allowed, withheld = split_by_right(wanted, step.by, shown.plan)
    base = shown.reading.origin.revision if shown.reading.origin else None
    revision = edits.apply(session, plan, allowed, replace(step, file=name, base=base))
    notes = _adopt(session, plan, content, name, shown, step)
    return Accepted(revision, undecided, tuple(withheld), notes)


def _adopt(session: Session, plan: Plan, content: bytes, name: str, shown: Preview, step: Step) -> tuple[str, ...]:
    """Make the uploaded workbook the plan's tracker, unless it holds less than the one before."""
    tracker: Tracker | None = trackers.newest(session, plan)
    now = history.now(session, plan)
    if tracker is not None and step.by is not None and step.by.is_limited:
        return ("The plan's own workbook stays the earlier one, for your account is limited to named requirements.",)
    made = in_xlsx(content, name)
    if tracker is not None and made.note:
        return ("The plan's own workbook stays the earlier one, for this file is not an .xlsx workbook.",)
    if tracker is not None and not trackers.holds_all_of(tracker, shown.reading.layout, shown.resolved.stated, now):
        return ("The plan's own workbook stays the earlier one, for this one does not hold all of it.",)
    if tracker is not None and any(grid.left_behind for grid in shown.sheets):
        return ("The plan's own workbook stays the earlier one, for in this one rows moved and merged cells did not.",)
    own = without_ours(made.content)
    if tracker is not None and (copies := shown.resolved.copies):
        copy, original = next(iter(copies.items()))
        note = (
            f"The plan's own workbook stays the earlier one, for in this one “{copy}” repeats “{original}”; "
            "to have this one kept, take the copy out and upload it again."
        )
        return (note,)
    if tracker is not None and (gone := lost(tracker.content, own)):
        return (
            f"The plan's own workbook stays the earlier one, for the program that saved this one lost {_listed(gone)}.",
        )
    origin = trackers.origin(session, plan)
    former = trackers.former_markings(session, plan)
    reading = replace(shown.reading, layout=remembering(shown.reading, shown.resolved.ids))
    notice = noticed(session, plan, now, origin)
    written = write_checked(own, shown.sheets, reading, shown.resolved, now, origin, former, notice)
    trackers.keep(session, plan, made.name, written, reading.layout, origin.revision, step.at)
    return written.notes


def _listed(names: Sequence[str]) -> str:
    """Names as a person lists them: "charts, notes and pictures"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
