"""This file proves that the project's own workbooks read as `expected.json` says: drop one in, get a test."""

import json
from pathlib import Path

import pytest

from plan.fields import Kind
from sync.read_workbook import read

PROJECT = Path(__file__).resolve().parents[2]
WORKBOOKS = PROJECT / "tests" / "workbooks"
EXPECTED = json.loads((WORKBOOKS / "expected.json").read_text(encoding="utf-8"))
PLACES = (WORKBOOKS, PROJECT / "plan" / "sample")


def reading(name):
    place = next(folder / name for folder in PLACES if (folder / name).exists())
    return read(place.read_bytes())


def as_told(reading, kind, names, parent=None):
    pieces = [piece for piece in reading.pieces if piece.kind is kind and parent in (None, piece.parent)]
    return [(piece.key, tuple(said(piece, name) for name in names)) for piece in pieces]


def said(piece, name):
    return next((one.value for one in piece.values.get(name, ()) if one.value is not None), None)


def expected(records, names):
    return [tuple(record[name] for name in names) for record in records]


def under(reading, kind, names):
    """The records of one kind, in a list for each requirement."""
    requirements = as_told(reading, Kind.REQUIREMENT, ())
    return [[told for _, told in as_told(reading, kind, names, key)] for key, _ in requirements]


def requirements_of(name):
    return [each for theme in EXPECTED[name]["plan"]["themes"] for each in theme["requirements"]]


@pytest.mark.parametrize("name", EXPECTED)
def test_themes_and_requirements_are_read_in_order(name):
    got = reading(name)
    fields = ("reference", "text", "status")
    themes = as_told(got, Kind.THEME, ("title",))
    assert [told for _, told in themes] == expected(EXPECTED[name]["plan"]["themes"], ("title",))
    assert [told for key, _ in themes for _, told in as_told(got, Kind.REQUIREMENT, fields, key)] == expected(
        requirements_of(name), fields
    )


@pytest.mark.parametrize("name", EXPECTED)
def test_achievements_actions_and_figures_stand_under_their_requirements(name):
    got, wanted = reading(name), requirements_of(name)
    proved, planned, counted = (
        ("text", "evidence"),
        ("text", "lead", "timescale", "status"),
        ("name", "unit", "target"),
    )
    assert under(got, Kind.ACHIEVEMENT, proved) == [expected(each["achievements"], proved) for each in wanted]
    assert under(got, Kind.ACTION, planned) == [expected(each["actions"], planned) for each in wanted]
    assert under(got, Kind.INDICATOR, counted) == [expected(each["indicators"], counted) for each in wanted]


@pytest.mark.parametrize("name", EXPECTED)
def test_each_month_that_has_a_figure_is_a_reading(name):
    months = [
        (reading["period"], reading["value"])
        for requirement in requirements_of(name)
        for indicator in requirement["indicators"]
        for reading in indicator["readings"]
    ]
    assert [told for _, told in as_told(reading(name), Kind.READING, ("period", "value"))] == months


@pytest.mark.parametrize("name", EXPECTED)
def test_what_was_not_understood_is_a_problem_with_its_cell(name):
    found = [{"sheet": p.sheet, "cell": p.cell, "found": p.found} for p in reading(name).problems]
    assert found == EXPECTED[name]["problems"]
