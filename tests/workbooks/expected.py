"""This file says what each made workbook must read as, in the shape of `flask plan show --json`.

Ids, the title and the council are left out: they come from the import, not from the cells.
"""

from datetime import date
from typing import Any

from sample import Action, Plan, Requirement, Theme
from shapes.sheet_per_theme import place_of_statuses, typed_status, typed_timescale

STATUSES = {"r": "red", "a": "amber", "g": "green", "b": "blue"}


def expect_one_sheet(plan: Plan) -> dict[str, Any]:
    """Promise the whole plan: nothing is lost."""
    return _reading(plan, [_theme(plan, theme) for theme in plan.themes])


def expect_tables(plan: Plan) -> dict[str, Any]:
    """Promise the plan without its indicators and without the evidence that has no achievement beside it."""
    themes = [_theme(plan, theme) for theme in plan.themes]
    for requirement in (requirement for theme in themes for requirement in theme["requirements"]):
        requirement["achievements"] = [it for it in requirement["achievements"] if it["text"]]
        requirement["indicators"] = []
    return _reading(plan, themes)


def expect_sheet_per_theme(plan: Plan) -> dict[str, Any]:
    """Promise the plan without its indicators, with the actions' statuses, and what was not understood."""
    themes = [_theme(plan, theme) for theme in plan.themes]
    read = [requirement for theme in themes for requirement in theme["requirements"]]
    for written, requirement in zip(plan.requirements, read, strict=True):
        requirement["indicators"] = []
        for at, (typed, action) in enumerate(zip(written.actions, requirement["actions"], strict=True)):
            action["status"] = STATUSES.get(typed_status(written, at).strip().lower())
            action.update(_when(plan, typed_timescale(plan, typed, at)))
    problems = [
        {"sheet": place.sheet, "cell": place.cell, "found": typed}
        for place, typed in place_of_statuses(plan).items()
        if typed.strip().lower() not in STATUSES
    ]
    return _reading(plan, themes, problems=problems)


def _reading(plan: Plan, themes: list[dict[str, Any]], problems: list[dict[str, str]] | None = None) -> dict[str, Any]:
    told = {"year": plan.year, "themes": themes}
    return {"counts": _counts(themes), "problems": problems or [], "plan": told}


def _counts(themes: list[dict[str, Any]]) -> dict[str, int]:
    requirements = [requirement for theme in themes for requirement in theme["requirements"]]
    achievements = [it for requirement in requirements for it in requirement["achievements"]]
    indicators = [it for requirement in requirements for it in requirement["indicators"]]
    statuses = [requirement["status"] for requirement in requirements]
    return {
        "themes": len(themes),
        "requirements": len(requirements),
        **{status: statuses.count(status) for status in ("green", "red", "amber")},
        "achievements": sum(it["text"] is not None for it in achievements),
        "evidence": sum(it["evidence"] is not None for it in achievements),
        "actions": sum(len(requirement["actions"]) for requirement in requirements),
        "indicators": len(indicators),
        "readings": sum(len(indicator["readings"]) for indicator in indicators),
        "audits": sum(len(requirement["audits"]) for requirement in requirements),
    }


def _theme(plan: Plan, theme: Theme) -> dict[str, Any]:
    requirements = [_requirement(plan, requirement, theme.lead) for requirement in theme.requirements]
    return {"title": theme.title, "required_by": theme.required_by, "requirements": requirements}


def _requirement(plan: Plan, requirement: Requirement, lead: str) -> dict[str, Any]:
    return {
        "reference": requirement.reference,
        "text": requirement.text,
        "status": requirement.status,
        "status_reason": None,
        "impact_status": None,
        "lead": None,
        "team": None,
        "achievements": [{"text": it.text, "evidence": it.evidence} for it in requirement.achievements],
        "actions": [
            _action(plan, f"{requirement.reference}.{number}", action, lead)
            for number, action in enumerate(requirement.actions, start=1)
        ],
        "indicators": [
            {
                "name": indicator.name,
                "unit": indicator.unit,
                "target": indicator.target,
                "readings": [{"period": month, "value": value} for month, value in indicator.readings.items()],
            }
            for indicator in requirement.indicators
        ],
        "audits": list(requirement.audits),
    }


def _action(plan: Plan, reference: str, action: Action, lead: str) -> dict[str, Any]:
    return {
        "reference": reference,
        "text": action.text,
        "lead": lead,
        **_when(plan, action.timescale),
        "status": None,
        "progress": None,
        "evidence": None,
    }


def _when(plan: Plan, timescale: str | date | None) -> dict[str, str | None]:
    if timescale is None:
        return {"timescale": None, "due_from": None, "due_by": None}
    if isinstance(timescale, date):
        day = timescale.isoformat()
        return {"timescale": f"{timescale.day} {timescale:%B %Y}", "due_from": day, "due_by": day}
    return {"timescale": timescale, **plan.windows[timescale]}
