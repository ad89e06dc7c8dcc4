"""This file makes a new plan of what a workbook says: its settings, then its records in the workbook's order."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import PurePath
from textwrap import shorten

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan import edits, rag, timescale
from plan.edits import Edit
from plan.fields import PARENT, Kind, Value, field
from plan.models import Plan, new_id
from sync.merge import Stated
from sync.reading import Reading
from sync.write_plan import new_records

FIRST_MONTH = 4  # the financial year begins in April
DEFAULT_MARKING = "OFFICIAL-SENSITIVE"
REQUIRED_BY = re.compile(r"\bby\s+(.+)$", re.IGNORECASE)


def begin(session: Session, reading: Reading, name: str, *, title: str | None, slug: str | None) -> Plan:
    """The plan's own row under a free address; it holds nothing until its edits are applied."""
    wanted = slug or _slug(title or reading.title or PurePath(name).stem)
    taken = set(session.scalars(select(Plan.slug)))
    free = (
        wanted
        if wanted not in taken
        else next(f"{wanted}-{n}" for n in range(2, 10_000) if f"{wanted}-{n}" not in taken)
    )
    plan = Plan(id=new_id(), slug=free, present=False)
    session.add(plan)
    session.flush()
    return plan


def edits_for(
    plan: Plan,
    reading: Reading,
    stated: Mapping[str, Stated],
    name: str,
    title: str | None,
    year: int | None,
    at: datetime,
    scale: Mapping[str, str] | None = None,
) -> list[Edit]:
    """The edits that fill the new plan; `scale` is what people say each colour means, else the workbook's key says."""
    settings: dict[str, Value] = {
        "title": title or reading.title or PurePath(name).stem,
        "year": year or _financial_year(reading, at.date()),
        "position_date": reading.position_date,
        "marking": reading.marking or DEFAULT_MARKING,
        **{f"scale_{status}": words or None for status, words in {**scale_of(reading), **(scale or {})}.items()},
    }
    return [
        *edits.new(Kind.PLAN, plan.id, None, settings),
        *_homes(plan, stated),
        *new_records(_housed(plan, stated)),
        *_required_by(stated),
    ]


def scale_of(reading: Reading) -> dict[str, str]:
    """What each colour means: as the workbook's own key says, in one line, else as a new plan starts."""
    said = {**rag.DEFAULT_SCALE, **reading.scale}
    longest = {status: field(Kind.PLAN, f"scale_{status.value}").limit for status in said}
    return {status.value: shorten(words, longest[status], placeholder="…") for status, words in said.items()}


def _housed(plan: Plan, stated: Mapping[str, Stated]) -> Iterator[Stated]:
    """Every record with the parent it needs: what stands under no requirement or theme gets one without words."""
    for one in sorted(stated.values(), key=lambda s: list(Kind).index(s.kind)):
        if one.parent is not None and _fits(one, stated, plan):
            yield one
        elif one.kind is Kind.REQUIREMENT:
            yield replace(one, parent=_home(plan, "theme"))
        elif one.kind in (Kind.ACHIEVEMENT, Kind.ACTION, Kind.INDICATOR):
            yield replace(one, parent=_home(plan, one.parent or "requirement"))


def _homes(plan: Plan, stated: Mapping[str, Stated]) -> Iterator[Edit]:
    loose = [one for one in stated.values() if not _fits(one, stated, plan)]
    children = [one for one in loose if one.kind in (Kind.ACHIEVEMENT, Kind.ACTION, Kind.INDICATOR)]
    under = {one.parent for one in children}
    if any(one.kind is Kind.REQUIREMENT for one in loose) or None in under:
        yield from edits.new(Kind.THEME, _home(plan, "theme"), plan.id, {"title": "Requirements"}, position=1000)
    for theme in sorted(under, key=str):
        parent = theme or _home(plan, "theme")
        yield from edits.new(Kind.REQUIREMENT, _home(plan, theme or "requirement"), parent, {}, position=1000)


def _fits(one: Stated, stated: Mapping[str, Stated], plan: Plan) -> bool:
    if one.parent is None:
        return False
    if one.parent == plan.id:
        return one.kind is Kind.THEME
    return stated[one.parent].kind is PARENT[one.kind]


def _home(plan: Plan, what: str) -> str:
    """An id for a record the workbook does not have but its rows need to stand under."""
    return f"{plan.id[:4]}{what[:6]:0<6}"


def _required_by(stated: Mapping[str, Stated]) -> Iterator[Edit]:
    """A theme that says "required by 31 March 2013" is required by that day."""
    for one in stated.values():
        title = one.values.get("title")
        found = REQUIRED_BY.search(str(title.value)) if title and one.kind is Kind.THEME else None
        day = timescale.canonical_date(found[1]) if found else None
        if day and title:
            yield Edit(Kind.THEME, one.id, "required_by", day.isoformat(), title.sheet, title.cell)


def _financial_year(reading: Reading, today: date) -> int:
    day = date.fromisoformat(reading.position_date) if reading.position_date else today
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "plan"
