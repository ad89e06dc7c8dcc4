"""This file tells of figures changed in the browser or in the scorecard."""

from plan.fields import Kind
from sync.merge import Outcome
from tests.sync.stories.conftest import told


def test_a_figure_changed_in_the_browser_is_in_the_scorecard(desk_of, opened):
    desk = desk_of("one-sheet")
    reading = next(r for r in desk.now.of(Kind.READING) if r.get("value") == 23.7)
    desk.change(reading, "value", 25.5)
    content = desk.download()
    assert opened(content)["Scorecard"]["F2"].value == 25.5
    assert desk.decided(content) == {}


def test_a_figure_changed_in_the_scorecard_is_taken(desk_of, in_excel):
    desk = desk_of("one-sheet")
    edited = in_excel(desk.download(), lambda book: book["Scorecard"].__setitem__("F2", 25.5))
    assert told(desk, edited) == [(Outcome.TAKE, "value", 25.5)]


def test_a_figure_for_a_new_month_is_added_to_its_indicator(desk_of, in_excel):
    desk = desk_of("one-sheet")
    edited = in_excel(desk.download(), lambda book: book["Scorecard"].__setitem__("G2", 31))
    desk.upload(edited)
    reading = next(r for r in desk.now.of(Kind.READING) if r.get("value") == 31)
    assert (reading.get("period"), desk.decided(desk.download())) == ("2013-06", {})


def test_a_figure_added_in_the_browser_goes_into_its_months_column(desk_of, opened):
    desk = desk_of("one-sheet")
    indicator = desk.now.of(Kind.INDICATOR)[0]
    desk.add(Kind.READING, indicator.id, period="2013-06", value=31)
    content = desk.download()
    assert (opened(content)["Scorecard"]["G2"].value, desk.decided(content)) == (31, {})


def test_a_figure_for_a_month_without_a_column_is_told_and_stays_in_the_plan(desk_of):
    desk = desk_of("one-sheet")
    desk.add(Kind.READING, desk.now.of(Kind.INDICATOR)[0].id, period="2013-09", value=31)
    assert "2013-09" in " ".join(desk.notes())
    assert desk.decided(desk.download()) == {}


def test_a_figure_taken_back_in_the_browser_is_blank_in_the_scorecard(desk_of, opened):
    desk = desk_of("one-sheet")
    desk.change(next(r for r in desk.now.of(Kind.READING) if r.get("value") == 23.7), "value", None)
    content = desk.download()
    assert (opened(content)["Scorecard"]["F2"].value, desk.decided(content)) == (None, {})


def test_a_figure_removed_in_the_browser_is_gone_from_the_scorecard(desk_of, opened):
    desk = desk_of("one-sheet")
    desk.remove(next(r for r in desk.now.of(Kind.READING) if r.get("value") == 23.7))
    content = desk.download()
    assert (opened(content)["Scorecard"]["F2"].value, desk.decided(content)) == (None, {})
