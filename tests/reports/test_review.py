"""This file proves the review of plain values: purpose, sums, reasons, figures as at, audits by grade."""

from datetime import date

import pytest

from plan.fields import Kind
from plan.snapshot import Item, Snapshot
from reports.document import Heading, Paragraph, Table
from reports.review import review
from reports.source import Source, Wanted

PLAN = {
    "title": "Plan",
    "council": "Wyebridge Council",
    "marking": "OFFICIAL",
    "year": 2013,
    "notice_date": "2013-02-14",
}
CASES = {"total": 1440, "outstanding": 18, "good": 315, "adequate": 658, "inadequate": 449}
RECORDS = (
    Item("p", Kind.PLAN, None, values=PLAN),
    Item("t", Kind.THEME, "p", values={"title": "Care planning", "required_by": "2013-03-31"}),
    Item(
        "r",
        Kind.REQUIREMENT,
        "t",
        values={"reference": "20", "text": "Audit", "status": "amber", "status_reason": "Late"},
    ),
    Item(
        "c",
        Kind.ACTION,
        "r",
        values={"reference": "20.1", "text": "Do it", "timescale": "Quarter 2", "progress": "Half"},
    ),
    Item("i", Kind.INDICATOR, "r", values={"name": "Visits", "unit": "%", "target": 80, "better": "higher"}),
    Item("x", Kind.READING, "i", values={"period": "2013-01", "value": 74.89}),
    Item("y", Kind.READING, "i", values={"period": "2013-05", "value": 71.0}),
    Item("u", Kind.AUDIT, "r", values={"title": "All cases", "as_at": "2013-05-31", **CASES}),
)


def of(*records: Item):
    snapshot = Snapshot(records)
    return review(
        Source(
            snapshot=snapshot,
            working=snapshot,
            signed=snapshot,
            plan=snapshot["p"],
            wanted=Wanted(),
            as_at=date(2013, 9, 30),
            cycle_day=date(2013, 9, 30),
            number=12,
            record="3f9a" * 16,
            pending=frozenset(),
        )
    )


@pytest.fixture
def document():
    return of(*RECORDS)


def table(document, heading):
    """The rows of the table whose first heading this is."""
    tables = (block for block in document.blocks if isinstance(block, Table))
    found = next(one for one in tables if one.headings[:1] == (heading,))
    return [tuple(cell.text for cell in row) for row in found.rows]


def paragraphs(document):
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def test_its_purpose_names_the_council_and_the_month_of_the_notice(document):
    assert paragraphs(document)[0].endswith(
        "the requirements of the Improvement Notice issued to Wyebridge Council in February 2013."
    )


def test_the_day_by_which_a_theme_is_required_is_told(document):
    assert "Required by 31 March 2013." in paragraphs(document)


def test_a_day_that_the_themes_title_says_already_is_not_told_twice():
    theme = Item("t", Kind.THEME, "p", values={"title": "Required by 31 March 2013", "required_by": "2013-03-31"})
    assert "Required by 31 March 2013." not in paragraphs(of(*(theme if one.id == "t" else one for one in RECORDS)))


def test_a_status_is_told_with_its_reason(document):
    told = next(block for block in document.blocks if isinstance(block, Table) and not block.headings)
    assert [tuple(cell.text for cell in row) for row in told.rows] == [("Status", "Amber"), ("Reason", "Late")]


def test_figures_are_told_as_at_their_month_with_unit_and_target(document):
    assert table(document, "Figure") == [
        ("Visits", "January 2013", "74.89%", "80%"),
        ("Visits", "May 2013", "71%", "80%"),
    ]
    assert "Visits: worse by 3.89 percentage points over 4 months (January 2013 to May 2013)." in paragraphs(document)


def test_audits_are_told_by_grade_with_shares_that_add_up(document):
    row = ("All cases", "31 May 2013", "1,440", "18 (1.2%)", "315 (21.9%)", "658 (45.7%)", "449 (31.2%)")
    assert table(document, "Audit") == [row]


def test_an_actions_progress_stands_under_its_words(document):
    assert table(document, "Key areas for development") == [("Do it\nProgress: Half", "Quarter 2")]


def test_what_is_not_recorded_is_said_so(document):
    assert "No achievements are recorded yet." in paragraphs(document)


def test_a_plan_without_requirements_is_told_too():
    assert "None = 0 requirements." in paragraphs(of(RECORDS[0]))


def test_the_contents_list_every_theme_and_requirement(document):
    listed = [(heading.level, heading.text) for heading in document.listed if isinstance(heading, Heading)]
    assert listed[-2:] == [(2, "Care planning"), (3, "Requirement 20")]
