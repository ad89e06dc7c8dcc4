"""This file proves that the shared trackers are read completely: field by field what the review says."""

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from plan.fields import Kind
from sync.read_workbook import read

SHARED = Path(os.environ.get("TRACKERS") or Path(__file__).resolve().parents[3] / "shared")
pytestmark = pytest.mark.skipif(
    not (SHARED / "seed" / "review.json").exists(), reason="the shared trackers are not here"
)
NAMES = ("tracker.xlsx", "tracker-tables.xlsx", "tracker-sheet-per-theme.xlsx")


def review():
    return json.loads((SHARED / "seed" / "review.json").read_text(encoding="utf-8"))


def reading(name):
    return read((SHARED / "trackers" / name).read_bytes())


def said(piece, field):
    values = {one.value for one in piece.values.get(field, ())}
    assert len(values) <= 1
    return values.pop() if values else None


def of(reading, kind, parent=None):
    return [p for p in reading.pieces if p.kind is kind and parent in (None, p.parent)]


def told(reading, kind, field, parent):
    return [value for piece in of(reading, kind, parent) if (value := said(piece, field)) is not None]


def themes_of(reading):
    titles = {theme.key: said(theme, "title") for theme in of(reading, Kind.THEME)}
    return {said(piece, "reference"): titles[piece.parent] for piece in of(reading, Kind.REQUIREMENT)}


@pytest.mark.parametrize("name", NAMES)
def test_the_themes_stand_in_their_order(name):
    titles = [said(theme, "title") for theme in of(reading(name), Kind.THEME)]
    assert titles == [theme["title"] for theme in review()["themes"]]


@pytest.mark.parametrize("name", NAMES)
def test_every_requirement_has_its_number_words_status_and_theme(name):
    got = reading(name)
    themes = themes_of(got)
    read_as = [
        (
            said(piece, "reference"),
            said(piece, "text"),
            said(piece, "status"),
            themes[said(piece, "reference")],
        )
        for piece in of(got, Kind.REQUIREMENT)
    ]
    assert read_as == [
        (str(each["number"]), each["requirement"], each["status"].lower(), each["theme"])
        for each in review()["requirements"]
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_achievement_and_action_stands_under_its_requirement(name):
    got = reading(name)
    read_as = [
        (told(got, Kind.ACHIEVEMENT, "text", piece.key), told(got, Kind.ACTION, "text", piece.key))
        for piece in of(got, Kind.REQUIREMENT)
    ]
    assert read_as == [(each["achievements"], each["developments"]) for each in review()["requirements"]]


@pytest.mark.parametrize("name", ["tracker.xlsx", "tracker-sheet-per-theme.xlsx"])
def test_evidence_is_kept_even_where_no_achievement_stands_beside_it(name):
    got = reading(name)
    read_as = [told(got, Kind.ACHIEVEMENT, "evidence", piece.key) for piece in of(got, Kind.REQUIREMENT)]
    assert read_as == [each["evidence"] for each in review()["requirements"]]


@pytest.mark.parametrize("name", ["tracker.xlsx", "tracker-tables.xlsx"])
def test_timescales_are_kept_in_staffs_words(name):
    got = reading(name)
    read_as = [told(got, Kind.ACTION, "timescale", piece.key) for piece in of(got, Kind.REQUIREMENT)]
    assert read_as == [each["timescales"] for each in review()["requirements"]]


@pytest.mark.parametrize("name", NAMES)
def test_every_action_has_a_lead(name):
    assert all(said(action, "lead") for action in of(reading(name), Kind.ACTION))


def test_timescales_that_are_real_dates_are_read_as_days():
    got = reading("tracker-sheet-per-theme.xlsx")
    assert Counter(said(action, "timescale") for action in of(got, Kind.ACTION))["30 September 2013"] == 24


def test_statuses_that_are_not_on_the_scale_are_problems_with_their_cells():
    got = reading("tracker-sheet-per-theme.xlsx")
    assert {problem.found for problem in got.problems} == {"Amber/Green"}
    assert (len(got.problems), got.problems[0].cell) == (14, "J9")


@pytest.mark.parametrize("name", NAMES[:2])
def test_nothing_else_is_a_problem(name):
    assert reading(name).problems == ()


def test_the_scorecard_gives_figures_with_their_readings():
    got = reading("tracker.xlsx")
    numbers = {piece.key: said(piece, "reference") for piece in of(got, Kind.REQUIREMENT)}
    read_as = [
        {
            "requirement": int(numbers[piece.parent]),
            "name": said(piece, "name"),
            "unit": said(piece, "unit"),
            "target": said(piece, "target"),
            "values": [[said(each, "period"), said(each, "value")] for each in of(got, Kind.READING, piece.key)],
        }
        for piece in of(got, Kind.INDICATOR)
    ]
    assert read_as == [{"target": None} | each for each in review()["indicators"]]


def test_what_stands_above_the_table_and_in_its_margins_is_read():
    got = reading("tracker.xlsx")
    assert (got.title, got.position_date) == ("Improvement Notice – action tracker", "2013-07-01")
    assert got.marking.startswith("OFFICIAL")


def test_rich_text_is_read_as_its_words():
    texts = [said(piece, "text") for piece in of(reading("tracker.xlsx"), Kind.ACHIEVEMENT)]
    assert "Organisations have worked to publicise the Levels of Need document." in texts
