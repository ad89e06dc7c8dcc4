"""This file proves staff's own columns for sign-offs: filled from the record, never taken, and told where typed."""

import re
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from plan import ledger, people, signoffs
from plan.fields import Kind
from plan.models import Outcome, Source
from plan.roles import Role
from plan.signoffs import Shown
from sync import roundtrip
from sync.explain import explain

SIGNED_AT = datetime(2013, 8, 5, 9, 0, tzinfo=UTC)
HEADINGS = ("No", "Requirement", "RAG", "Action", "By when", "Signed off by", "Date signed off", "Closed date")
ROWS = (
    ("1", "Set out a vision", "Green", "Share it widely", "Q2", "J Smith", "3 March 2013", "4 March 2013"),
    (None, None, None, "Sharpen the focus", "Q4", None, None, None),
    ("2", "Audit closed cases", "Amber", "Audit fifty", "Q3", None, None, None),
)


def tracker(*, merged=False) -> bytes:
    book = openpyxl.Workbook()
    for row in (HEADINGS, *ROWS):
        book.active.append(row)
    for area in ("A2:A3", "B2:B3", "C2:C3", "F2:F3", "G2:G3") if merged else ():
        book.active.merge_cells(area)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.fixture
def desk(bring):
    return bring(tracker())


@pytest.fixture
def sign(session):
    """Lena, a lead, signs off all that awaits."""

    def sign(desk, name="Lena Lead"):
        lead = people.add(session, "lena@council.example", name, None, role=Role.LEAD, at=SIGNED_AT)
        shown = [Shown(line.key, line.token) for line in signoffs.lines(session, desk.plan)]
        step = ledger.Step(lead, SIGNED_AT, Source.SIGN_OFF)
        signoffs.decide(session, desk.plan, shown, Outcome.SIGNED_OFF, step)

    return sign


def said(desk, opened, columns="FG", **how):
    """What stands in the columns for sign-offs, row by row."""
    sheet = opened(desk.download(**how)).active
    return [tuple(sheet[f"{letter}{row}"].value for letter in columns) for row in (2, 3, 4)]


def test_each_row_says_the_last_sign_off_of_all_that_stands_on_it(desk, opened, sign):
    desk.change(desk.find(Kind.ACTION, "Sharpen"), "timescale", "Q3")
    sign(desk)
    agreed = ("Command line", datetime(2013, 7, 1))
    assert said(desk, opened) == [agreed, ("Lena Lead", datetime(2013, 8, 5)), agreed]


def test_a_row_that_awaits_sign_off_says_nothing(desk, opened):
    desk.change(desk.find(Kind.ACTION, "Audit fifty"), "timescale", "Q4")
    assert [by is None for by, _on in said(desk, opened)] == [False, False, True]


def test_a_download_of_the_signed_off_position_says_who_signed_it_though_something_waits(desk, opened):
    desk.change(desk.find(Kind.ACTION, "Audit fifty"), "timescale", "Q4")
    assert [by for by, _on in said(desk, opened, signed_off=True)] == ["Command line"] * 3


def test_a_merged_cell_speaks_of_all_its_rows(bring, opened):
    desk = bring(tracker(merged=True))
    desk.change(desk.find(Kind.ACTION, "Sharpen"), "timescale", "Q3")
    assert [by for by, _on in said(desk, opened)] == [None, None, "Command line"]


def test_a_cell_that_is_covered_by_another_is_not_written(bring, in_excel):
    desk = bring(in_excel(tracker(), lambda book: book.active.merge_cells("F4:G4")))
    with ZipFile(BytesIO(desk.download())) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert re.search(r'<c r="F4"[^>]*>.*?Command line', sheet)
    assert not re.search(r'<c r="G4"[^>]*>\s*<(v|is)>', sheet)


def test_a_new_row_says_it_too(desk, opened, sign):
    desk.add(Kind.ACTION, desk.requirement("2").id, text="Audit a hundred", timescale="Q4")
    assert opened(desk.download()).active["F5"].value is None
    sign(desk)
    assert opened(desk.download()).active["F5"].value == "Lena Lead"


def test_other_columns_of_that_kind_stay_as_staff_have_them(desk, opened):
    assert opened(desk.download()).active["H2"].value == "4 March 2013"


def test_an_untouched_download_changes_nothing_and_has_nothing_to_tell(desk, sign):
    desk.change(desk.find(Kind.ACTION, "Sharpen"), "timescale", "Q3")
    sign(desk)
    assert desk.decided(desk.download()) == {}
    assert desk.preview(desk.download()).problems == ()


def test_a_download_from_before_a_sign_off_has_nothing_to_tell_afterwards(desk, sign):
    before = desk.download()
    desk.change(desk.find(Kind.ACTION, "Sharpen"), "timescale", "Q3")
    sign(desk)
    assert desk.preview(before).problems == ()


def test_what_staff_type_there_is_told_and_not_taken(desk, in_excel, opened):
    def type_a_name(book):
        book.active["F4"], book.active["G4"] = "J Smith", datetime(2013, 9, 1)

    typed = in_excel(desk.download(), type_a_name)
    assert desk.decided(typed) == {}
    told = {(problem.cell, problem.found) for problem in desk.preview(typed).problems}
    assert ("F4", "J Smith") in told
    assert {cell for cell, _found in told} == {"F4", "G4"}
    desk.upload(typed)
    assert said(desk, opened)[2] == ("Command line", datetime(2013, 7, 1))


def test_words_that_no_sign_off_bears_out_are_told_when_they_give_way(desk):
    assert "“J Smith” in cell F2 of sheet Sheet and 1 more" in desk.notes()[-1]


def test_a_persons_own_file_brought_up_to_date_says_it_as_well(desk, session, opened):
    made = roundtrip.updated(session, desk.plan, desk.original, "mine.xlsx", on=SIGNED_AT.date())
    assert opened(made.content).active["F4"].value == "Command line"


def test_what_the_columns_are_is_said_in_words(desk):
    told = [column.words for table in explain(desk.preview(desk.download()).reading) for column in table.columns]
    rest = "; what is typed there is not taken."
    assert f"Column F “Signed off by” is filled by the app with who signed the row off{rest}" in told
    assert f"Column G “Date signed off” is filled by the app with when the row was signed off{rest}" in told


def test_a_workbook_without_such_columns_is_written_as_ever(desk_of):
    assert desk_of("tables").notes() == ()
