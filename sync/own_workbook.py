"""This file reads the plan's own workbook beside the revision it was written at, and remembers the last small ones."""

import hashlib
import threading
from collections import OrderedDict
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan import history
from plan.models import Plan, Revision, Tracker
from sync.checked import resolve_checked
from sync.grid import Grid
from sync.identity import Resolved
from sync.layout import Layout
from sync.read_workbook import grids, read_grids
from sync.reading import Reading

MOST = 4  # workbooks
MOST_CELLS = 60_000  # of one that is remembered: with its records some fifty megabytes


class Own(NamedTuple):
    """What the plan's own workbook says, and whose each of its rows is."""

    sheets: tuple[Grid, ...]
    reading: Reading
    resolved: Resolved


_lock = threading.Lock()
_remembered: OrderedDict[str, Own] = OrderedDict()


def read_own(session: Session, plan: Plan, tracker: Tracker) -> Own:
    """The tracker as read; the same bytes written at the same point of history are read once."""
    of = _made_of(session, plan, tracker)
    with _lock:
        known = _remembered.get(of)
    own = known or _read(session, plan, tracker)
    if sum(len(grid.cells) for grid in own.sheets) <= MOST_CELLS:
        with _lock:
            _remembered[of] = own
            _remembered.move_to_end(of)
            while len(_remembered) > MOST:
                _remembered.popitem(last=False)
    return own


def _read(session: Session, plan: Plan, tracker: Tracker) -> Own:
    sheets = grids(tracker.content)
    reading = read_grids(sheets, Layout.from_json(tracker.layout))
    base = history.as_at(session, plan, tracker.revision)
    return Own(tuple(sheets), reading, resolve_checked(reading, base, base, f"{plan.id}/{tracker.id}"))


def _made_of(session: Session, plan: Plan, tracker: Tracker) -> str:
    """All that the reading depends on; the revision's hash binds the history up to it."""
    at = select(Revision.hash).where(Revision.plan_id == plan.id, Revision.number == tracker.revision)
    made_of = repr((plan.id, tracker.id, tracker.revision, session.scalar(at), tracker.layout))
    return hashlib.sha256(made_of.encode("utf-8", "surrogatepass") + tracker.content).hexdigest()
