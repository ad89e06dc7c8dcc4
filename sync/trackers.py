"""This file keeps the plan's own workbooks and remembers how each shape of workbook was read."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import PurePath

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from plan import ledger
from plan.fields import Kind
from plan.models import Change, KnownLayout, Plan, Tracker
from plan.snapshot import Item, Snapshot
from sync.layout import Layout
from sync.merge import Stated, stands
from sync.reading import Origin
from sync.write_workbook import Written


def newest(session: Session, plan: Plan) -> Tracker | None:
    """The workbook that downloads start from."""
    found = select(Tracker).where(Tracker.plan_id == plan.id).order_by(Tracker.id.desc()).limit(1)
    return session.scalar(found)


def newest_at(session: Session, plan: Plan, revision: int) -> Tracker | None:
    """The workbook that downloads started from at a revision."""
    found = (
        select(Tracker)
        .where(Tracker.plan_id == plan.id, Tracker.revision <= revision)
        .order_by(Tracker.id.desc())
        .limit(1)
    )
    return session.scalar(found) or newest(session, plan)


def keep(
    session: Session, plan: Plan, name: str, written: Written, layout: Layout, revision: int, at: datetime
) -> Tracker:
    """Keep a workbook, with its hidden column, as the plan's own from now on."""
    tracker = Tracker(
        plan_id=plan.id,
        revision=revision,
        name=name,
        content=written.content,
        layout=layout.as_json(),
        places={**written.places, **{f"{id}.{name}": "" for id, name in written.left}},
        at=at,
    )
    session.add(tracker)
    session.flush()
    return tracker


def holds_all_of(tracker: Tracker, layout: Layout, stated: Mapping[str, Stated], now: Snapshot) -> bool:
    """Whether a workbook has every column the tracker has and every record that still stands in it."""
    columns = {pair for t in layout.tables for c in t.columns for pair in c.says}
    needed = {pair for t in Layout.from_json(tracker.layout).tables for c in t.columns for pair in c.says}
    there = all(id in stated for id in tracker.places if id in now and stands(now, id) and not _is_blank(now[id]))
    return needed <= columns and there


def _is_blank(item: Item) -> bool:
    """Whether the record is a figure that was taken back: its month's cell is blank, and no row tells of it."""
    return item.kind is Kind.READING and item.get("value") is None


def remembered(session: Session, shape: str) -> Layout | None:
    """How this shape of workbook was read last time, None where it is new."""
    known = session.get(KnownLayout, shape)
    return Layout.from_json(known.layout) if known else None


def last_remembered(session: Session) -> tuple[int, datetime | None]:
    """How many shapes are known and when the last was learnt: while both stay, all are read as before."""
    count, at = session.execute(select(func.count(), func.max(KnownLayout.at))).one()
    return int(count), at


def remember(session: Session, shape: str, layout: Layout, at: datetime) -> None:
    """Read this shape of workbook in the same way from now on."""
    session.merge(KnownLayout(shape=shape, layout=layout.as_json(), at=at))
    session.flush()


def origin(session: Session, plan: Plan) -> Origin:
    """The plan as it is now, as the heading of a workbook's hidden column will name it."""
    return Origin(plan.id, ledger.latest(session, plan.id))


def former_markings(session: Session, plan: Plan) -> frozenset[str]:
    """The protective markings that the plan had before its present one."""
    changes = select(Change.before).where(Change.record_id == plan.id, Change.field == "marking")
    return frozenset(str(before) for before in session.scalars(changes) if before) - {plan.marking or ""}


def file_name(plan: Plan, name: str, origin: Origin, on: date) -> str:
    """The name of a download: the plan, the day, its revision, working or signed off, its marking, the kind of file."""
    position = "signed-off" if origin.signed_off else "working"
    marking = "-".join(re.findall(r"\w+", plan.marking or ""))
    parts = (plan.slug, on.isoformat(), "revision", str(origin.revision), position, marking)
    ending = PurePath(name).suffix.lower() if PurePath(name).suffix.lower() in {".xlsx", ".xlsm"} else ".xlsx"
    return "-".join(part for part in parts if part) + ending
