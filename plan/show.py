"""This file tells a plan as one JSON document, exactly as design 9 lays down for `flask plan show --json`."""

from typing import Any

from plan import periods, timescale
from plan.fields import Kind
from plan.figures import GRADES
from plan.snapshot import Item, Snapshot


def as_json(snapshot: Snapshot, revision: int) -> dict[str, Any]:
    """The whole plan as plain values: absent ones None, dates ISO, records in the plan's order."""
    plan = snapshot.plan
    year = plan.get("year") if plan else None
    themes = snapshot.under(plan.id if plan else None, Kind.THEME)
    return {
        "title": plan.get("title") if plan else None,
        "council": plan.get("council") if plan else None,
        "revision": revision,
        "year": year,
        "themes": [_theme(snapshot, theme, int(year or 0)) for theme in themes],
    }


def _theme(snapshot: Snapshot, theme: Item, year: int) -> dict[str, Any]:
    return {
        "title": theme.get("title"),
        "required_by": theme.get("required_by"),
        "requirements": [_requirement(snapshot, one, year) for one in snapshot.under(theme.id, Kind.REQUIREMENT)],
    }


def _requirement(snapshot: Snapshot, item: Item, year: int) -> dict[str, Any]:
    names = ("reference", "text", "status", "status_reason", "impact_status", "lead", "team")
    return {
        "id": item.id,
        **_fields(item, names),
        "achievements": [
            {"id": one.id, **_fields(one, ("text", "evidence"))} for one in snapshot.under(item.id, Kind.ACHIEVEMENT)
        ],
        "actions": [_action(one, year) for one in snapshot.under(item.id, Kind.ACTION)],
        "indicators": [_indicator(snapshot, one) for one in snapshot.under(item.id, Kind.INDICATOR)],
        "audits": [_audit(one) for one in snapshot.under(item.id, Kind.AUDIT)],
    }


def _action(item: Item, year: int) -> dict[str, Any]:
    words = item.get("timescale")
    window = timescale.parse(str(words), year) if words is not None else None
    return {
        "id": item.id,
        **_fields(item, ("reference", "text", "lead", "timescale")),
        "due_from": window.starts.isoformat() if window and window.starts else None,
        "due_by": window.ends.isoformat() if window and window.ends else None,
        **_fields(item, ("status", "progress", "evidence")),
    }


def _indicator(snapshot: Snapshot, item: Item) -> dict[str, Any]:
    readings = sorted(snapshot.under(item.id, Kind.READING), key=lambda one: periods.order(one.get("period")))
    return {
        "id": item.id,
        **_fields(item, ("name", "unit", "target")),
        "readings": [_fields(one, ("period", "value")) for one in readings],
    }


def _audit(item: Item) -> dict[str, Any]:
    return {**_fields(item, ("title", "as_at", "total")), "grades": _fields(item, GRADES)}


def _fields(item: Item, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: item.get(name) for name in names}
