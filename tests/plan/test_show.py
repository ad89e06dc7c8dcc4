"""This file proves the plan as one JSON document, with exactly the keys that design 9 lays down."""

import json

import pytest

from plan import history, show
from plan.edits import new, remove
from plan.fields import Kind

PLAN = {"title", "council", "revision", "year", "themes"}
THEME = {"title", "required_by", "requirements"}
REQUIREMENT = {
    "id",
    "reference",
    "text",
    "status",
    "status_reason",
    "impact_status",
    "lead",
    "team",
    "achievements",
    "actions",
    "indicators",
    "audits",
}
ACTION = {"id", "reference", "text", "lead", "timescale", "due_from", "due_by", "status", "progress", "evidence"}


@pytest.fixture
def told(session, plan, save, cast):
    """`told()` is the small plan as JSON, with an audit added."""
    grades = {"outstanding": 1, "good": 2, "adequate": 3, "inadequate": 4}
    save(*new(Kind.AUDIT, "aud", "r7", {"title": "Cases", "as_at": "2013-05", "total": 10, **grades}), by=cast["eve"])

    def told() -> dict:
        written = json.dumps(show.as_json(history.now(session, plan), 3))
        return json.loads(written)

    return told


def test_its_keys_are_those_of_the_design(told):
    plan = told()
    theme, other = plan["themes"]
    requirement, figures = theme["requirements"][0], other["requirements"][0]
    assert set(plan) == PLAN
    assert set(theme) == THEME
    assert set(requirement) == REQUIREMENT
    assert set(requirement["achievements"][0]) == {"id", "text", "evidence"}
    assert set(requirement["actions"][0]) == ACTION
    assert set(figures["indicators"][0]) == {"id", "name", "unit", "target", "readings"}
    assert figures["indicators"][0]["readings"][0] == {"period": "2013-01", "value": 74.89}
    grades = {"outstanding": 1, "good": 2, "adequate": 3, "inadequate": 4}
    assert figures["audits"] == [{"title": "Cases", "as_at": "2013-05", "total": 10, "grades": grades}]


def test_it_tells_the_plan_in_the_plans_order(told):
    plan = told()
    assert (plan["title"], plan["council"], plan["revision"], plan["year"]) == (
        "Small plan",
        "Wyebridge Council",
        3,
        2013,
    )
    assert [theme["title"] for theme in plan["themes"]] == ["Required by 31 March 2013", "Care planning"]
    assert [one["reference"] for one in plan["themes"][0]["requirements"]] == ["2", "20"]


def test_absent_values_are_null_and_dates_iso(told):
    theme = told()["themes"][0]
    assert theme["required_by"] == "2013-03-31"
    assert theme["requirements"][0]["lead"] is None
    assert theme["requirements"][0]["achievements"][1] == {"id": "ach2", "text": None, "evidence": "Web page"}


def test_a_timescale_carries_its_window(told):
    first = told()["themes"][0]["requirements"][0]["actions"][0]
    assert (first["timescale"], first["due_from"], first["due_by"]) == ("Quarter 2", "2013-07-01", "2013-09-30")


def test_an_open_timescale_has_no_day_to_be_done_by(told):
    action = told()["themes"][1]["requirements"][0]["actions"][0]
    assert (action["timescale"], action["due_by"]) == ("On going", None)


def test_what_was_removed_is_not_told(told, save, cast):
    save(*remove(Kind.ACTION, "act1"), by=cast["eve"])
    assert [one["id"] for one in told()["themes"][0]["requirements"][0]["actions"]] == ["act2"]


def test_it_tells_the_past_as_well(session, plan, told):
    past = show.as_json(history.as_at(session, plan, 2), 2)
    assert past["revision"] == 2
    assert past["themes"][1]["requirements"][0]["audits"] == []
