"""This file reads a tracker that somebody brings, and makes a new plan of it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from plan import edits, history
from plan.ledger import Step
from plan.models import Plan, Source
from plan.snapshot import Snapshot
from plan.undisturbed import undisturbed
from sync import new_plan, open_workbook, trackers
from sync.checked import resolve_checked, write_checked
from sync.grid import Grid
from sync.layout import Layout
from sync.listed_cells import remembering
from sync.other_kinds import Made, in_xlsx, recognise
from sync.read_workbook import grids, read_grids, shape
from sync.reading import Reading
from sync.roundtrip.noticing import noticed
from sync.roundtrip.noting import without_ours


def read_tracker(session: Session, content: bytes, layout: Layout | None = None) -> Reading:
    """Read a workbook by the given layout, by the one remembered for its shape, or as it is detected.

    An .xls, .ods or .csv file is read as the .xlsx workbook made of it. Raises Unreadable with a sentence for staff.
    """
    return read_sheets(session, content, layout)[0]


def read_sheets(session: Session, content: bytes, layout: Layout | None = None) -> tuple[Reading, Sequence[Grid]]:
    """The same with the sheets that were read, to show samples of them."""
    made = in_xlsx(content)
    sheets = grids(made.content)
    return told(read_grids(sheets, layout or trackers.remembered(session, shape(sheets))), made), sheets


def check_file(content: bytes) -> None:
    """Refuse in a moment what is no workbook of any kind that is taken, by its bytes and size. Raises Unreadable."""
    if len(content) > open_workbook.LIMIT or recognise(content) is None:
        open_workbook.check_file(content)
        open_workbook.look_at(content)


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
    known_as = shape(sheets)
    reading = told(read_grids(sheets, layout or trackers.remembered(session, known_as)), made)
    plan = new_plan.begin(session, reading, name, title=title, slug=slug)
    empty = Snapshot([history.now(session, plan)[plan.id]])
    resolved = resolve_checked(reading, empty, empty, f"{plan.id}/{hashlib.sha256(content).hexdigest()}")
    filling = new_plan.edits_for(plan, reading, resolved.stated, name, title, year, step.at, scale)
    edits.apply(session, plan, filling, step)
    if agreed:
        history.declare_agreed(session, plan, replace(step, source=Source.BASELINE))
    reading = replace(reading, layout=remembering(reading, resolved.ids))
    trackers.remember(session, known_as, reading.layout, step.at)
    origin = trackers.origin(session, plan)
    now = history.now(session, plan)
    notice = noticed(session, plan, now, origin)
    written = write_checked(without_ours(made.content), sheets, reading, resolved, now, origin, notice=notice)
    trackers.keep(session, plan, made.name, written, reading.layout, origin.revision, step.at)
    return plan, reading


def told(reading: Reading, made: Made) -> Reading:
    """The reading with a word on the workbook that was made for it, where one was."""
    return replace(reading, notes=(made.note, *reading.notes)) if made.note else reading
