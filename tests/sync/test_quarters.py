"""This file proves the round trip of a scorecard by quarter: read, untouched, changed on either side, a new quarter."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from plan.fields import Kind


@pytest.fixture
def desk(bring):
    """A plan brought from a tracker with a scorecard whose columns are quarters, however their headings write them."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Tracker"
    sheet.append(["Theme", "No.", "Requirement", "RAG", "Action", "By when"])
    sheet.append(["Visits", "12", "Visit children in time.", "Amber", "Visit weekly.", "Quarter 2"])
    scorecard = book.create_sheet("Scorecard")
    scorecard.append(["Requirement No.", "Indicator", "Unit", "Target", "Q1 13/14", "2013/14 Q2", "Quarter 3 2013/14"])
    scorecard.append(["12", "Visits in time", "%", 100, 70, 75.5, None])
    kept = BytesIO()
    book.save(kept)
    return bring(kept.getvalue())


def readings(desk):
    return {item.get("period"): item.get("value") for item in desk.now.of(Kind.READING)}


def test_quarters_are_read_as_readings_of_the_financial_year(desk):
    assert readings(desk) == {"2013-Q1": 70, "2013-Q2": 75.5}


def test_an_untouched_download_of_quarters_changes_nothing(desk):
    assert desk.decided(desk.download()) == {}


def test_a_reading_for_the_next_quarter_is_written_into_its_column(desk, opened):
    figure = desk.now.of(Kind.INDICATOR)[0]
    desk.add(Kind.READING, figure.id, period="2013-Q3", value=80)
    content = desk.download()
    assert opened(content)["Scorecard"]["G2"].value == 80
    assert desk.decided(content) == {}


def test_a_figure_written_under_a_quarter_becomes_its_reading(desk, in_excel):
    def write(book):
        book["Scorecard"]["G2"] = 81

    desk.upload(in_excel(desk.download(), write))
    assert readings(desk)["2013-Q3"] == 81
