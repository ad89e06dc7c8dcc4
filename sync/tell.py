"""This file tells a preview as the JSON document of design 9 (`flask plan compare --json`)."""

from typing import Any

from sync.merge import Decision, Outcome
from sync.reading import Problem
from sync.roundtrip import Preview

LISTS = (
    Outcome.TAKE,
    Outcome.KEEP,
    Outcome.AGREED,
    Outcome.COMBINED,
    Outcome.CONFLICT,
    Outcome.ADDED,
    Outcome.MISSING,
    Outcome.CLEARED,
)


def as_json(preview: Preview) -> dict[str, Any]:
    """The base, whether it is certain, each decision in its list, the problems, and how many there are of each."""
    told: dict[str, Any] = {outcome.value: [_decision(d) for d in preview.of(outcome)] for outcome in LISTS}
    told["problems"] = [*(_problem(p) for p in preview.problems), *_doubts(preview)]
    counts = {name: len(entries) for name, entries in told.items()}
    return {"base": preview.base, "certain": preview.certain, **told, "counts": counts}


def _decision(d: Decision) -> dict[str, Any]:
    return {
        "kind": d.kind.value,
        "record": d.record,
        "field": d.field,
        "base": d.base,
        "plan": d.plan,
        "workbook": d.workbook,
        "sheet": d.sheet,
        "cell": d.cell,
    }


def _problem(p: Problem) -> dict[str, Any]:
    return {"sheet": p.sheet, "cell": p.cell, "found": p.found, "message": p.message}


def _doubts(preview: Preview) -> list[dict[str, Any]]:
    return [
        {
            "sheet": d.sheet,
            "cell": f"A{d.row}" if d.row else None,
            "found": "a row that is not certain",
            "message": d.message,
        }
        for d in preview.doubts
    ]
