"""This file gives workbooks back: the plan's own, a person's brought up to date, or one with notes on its problems."""

from dataclasses import replace
from datetime import date
from pathlib import PurePath

from sqlalchemy.orm import Session

from plan import awaiting, history
from plan.models import Plan
from plan.undisturbed import undisturbed
from sync import trackers
from sync.as_downloaded import rendered
from sync.checked import Unwritable, write_checked
from sync.layout import Layout
from sync.ooxml import Refused
from sync.other_kinds import in_xlsx
from sync.problem_notes import noted
from sync.read_workbook import grids
from sync.roundtrip.answers import Download, NoTracker
from sync.roundtrip.bringing import read_tracker
from sync.roundtrip.comparing import preview
from sync.roundtrip.noticing import noticed
from sync.roundtrip.noting import with_awaiting, without_ours
from sync.roundtrip.signing import with_signatures


@undisturbed
def download(session: Session, plan: Plan, *, on: date, signed_off: bool = False, with_notes: bool = False) -> Download:
    """The plan's own tracker, up to date (or as signed off): only the cells that differ are changed.

    `on` is the day that the file's name says. With notes, each cell of a working copy that awaits sign-off has one.
    """
    tracker = trackers.newest(session, plan)
    if tracker is None:
        raise NoTracker("This plan has no workbook yet. Nothing is wrong; bring a tracker in first.")
    now = history.now(session, plan)
    target = history.set_back(now, awaiting.of_plan(session, plan.id)) if signed_off else now
    origin = replace(trackers.origin(session, plan), signed_off=signed_off)
    notice = noticed(session, plan, now, origin)
    written = rendered(session, plan, tracker, target, origin, now, notice)
    layout = Layout.from_json(tracker.layout)
    content, notes = with_signatures(session, plan, written.content, layout, target, signed_off=signed_off)
    told = [*written.notes, *notes]
    if with_notes and not signed_off:
        content, of_notes = with_awaiting(session, plan, content, layout)
        told += of_notes
    return Download(trackers.file_name(plan, tracker.name, origin, on), content, tuple(told))


@undisturbed
def updated(session: Session, plan: Plan, content: bytes, name: str, *, on: date) -> Download:
    """A workbook that a person brought, with the plan's present words in the cells that differ; `on` as above."""
    seen = preview(session, plan, content)
    origin = trackers.origin(session, plan)
    made, former = without_ours(in_xlsx(content).content), trackers.former_markings(session, plan)
    notice = noticed(session, plan, seen.plan, origin)
    written = write_checked(made, seen.sheets, seen.reading, seen.resolved, seen.plan, origin, former, notice)
    content, notes = with_signatures(session, plan, written.content, seen.reading.layout, seen.plan, signed_off=False)
    return Download(trackers.file_name(plan, name, origin, on), content, (*written.notes, *notes))


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
