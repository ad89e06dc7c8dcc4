"""This file brings a tracker in as a new plan: how it is read, putting that right, making it, what may go wrong."""

import io
import re

import pytest
from sqlalchemy import select

from plan import audit, history
from plan.fields import Kind
from plan.models import Plan

START = "/import"


@pytest.fixture
def olga(client, cast):
    return client.sign_in("olga")


@pytest.fixture
def bring(olga, upload):
    """Olga uploads a tracker; the answer is the page that says how it is read."""

    def bring(content, name="tracker.xlsx"):
        return upload(content, name, to=START)

    return bring


def address_of(page):
    return re.search(r'action="(/import/\w+)"', page.get_data(as_text=True))[1]


def selects_of(page):
    """What each column's select box says now, by its name."""
    body = page.get_data(as_text=True)
    boxes = re.findall(r'<select[^>]*name="([^"]+)">(.*?)</select>', body, re.DOTALL)
    return {name: re.search(r'value="([^"]*)" selected', options)[1] for name, options in boxes}


def make(client, page, **said):
    form = {**selects_of(page), "title": "New plan", "year": "2013/14", "do": "make", **said}
    return client.post(address_of(page), data=form)


def newest(session):
    session.rollback()
    return session.scalar(select(Plan).order_by(Plan.slug.desc()))


def test_only_the_office_brings_a_tracker_in(client, cast):
    assert client.sign_in("eve").get(START).status_code == 403
    assert client.sign_in("fay").post(START, data={}).status_code == 403


def test_the_reading_is_told_in_words_with_samples_and_counts(bring, make_tracker, read):
    page = read(bring(make_tracker()))
    assert "2 themes, 3 requirements" in page
    assert "Column D “RAG” is the requirement's status." in page
    assert "“Green”, “Amber”, “Red”" in page
    assert "Nothing is made yet" in page


def test_every_column_offers_what_else_it_may_mean(bring, make_tracker):
    page = bring(make_tracker())
    assert selects_of(page)["column.0.D"] == "requirement.status"
    assert selects_of(page)["column.0.H"] == "action.lead"


def test_the_first_requirements_are_shown_as_they_will_stand(bring, make_tracker, read):
    page = read(bring(make_tracker()))
    assert "Vision agreed · Minutes" in page
    assert "Share the vision · Q2" in page


def test_a_column_said_to_mean_otherwise_is_read_again_and_nothing_made(bring, olga, make_tracker, read, session):
    page = bring(make_tracker())
    said = {**selects_of(page), "column.0.H": "requirement.lead", "do": "read", "title": "Kept", "year": "2014/15"}
    again = olga.get(olga.post(address_of(page), data=said).location)
    assert selects_of(again)["column.0.H"] == "requirement.lead"
    assert "Column H “Lead” is the requirement's lead." in read(again)
    assert 'value="Kept"' in again.get_data(as_text=True)
    assert newest(session) is None


def test_a_table_can_be_left_out_or_its_themes_be_shown_otherwise(bring, olga, make_tracker, read):
    page = bring(make_tracker())
    assert selects_of(page)["table.0"] == "column"
    form = {**selects_of(page), "table.0": "sheet", "do": "read"}
    shown = olga.post(address_of(page), data=form, follow_redirects=True)
    assert "The theme is the sheet's name." in read(shown)
    assert "1 theme, 3 requirements" in read(shown)
    form = {**selects_of(shown), "table.0": "left out", "do": "read"}
    assert "nothing yet" in read(olga.post(address_of(page), data=form, follow_redirects=True))


def test_making_the_plan_keeps_what_was_corrected_and_leads_to_it(bring, olga, make_tracker, read, session):
    page = bring(make_tracker())
    answer = make(olga, page, **{"column.0.H": "requirement.lead"})
    assert answer.location == "/plans/new-plan"
    assert "The plan “New plan” was made from tracker.xlsx: 2 themes, 3 requirements" in read(olga.get(answer.location))
    leads = [item.get("lead") for item in history.now(session, newest(session)).of(Kind.REQUIREMENT)]
    assert leads == ["Director", "Auditor", "Head of Review"]


def test_the_correction_is_remembered_for_that_shape_of_workbook(bring, olga, make_tracker):
    make(olga, bring(make_tracker()), **{"column.0.H": "requirement.lead"})
    assert selects_of(bring(make_tracker()))["column.0.H"] == "requirement.lead"


def test_a_position_that_is_agreed_awaits_no_sign_off_and_the_log_says_so(bring, olga, make_tracker, session):
    make(olga, bring(make_tracker()), agreed="yes")
    plan = newest(session)
    assert history.signed_now(session, plan) == history.now(session, plan)
    assert audit.head(session()).what == "declared agreed"


def test_pressing_make_twice_makes_one_plan(bring, olga, make_tracker, session):
    page = bring(make_tracker())
    make(olga, page)
    assert make(olga, page).status_code == 404
    assert len(session.scalars(select(Plan)).all()) == 1


def test_a_year_that_is_none_is_asked_for_again_with_all_else_kept(bring, olga, make_tracker, read, session):
    answer = make(olga, bring(make_tracker()), year="soon", title="Kept")
    assert answer.status_code == 422
    assert "Write the year as 2013/14" in read(answer)
    assert 'value="Kept"' in answer.get_data(as_text=True)
    assert newest(session) is None


def test_a_title_is_needed(bring, olga, make_tracker, read):
    answer = make(olga, bring(make_tracker()), title=" ")
    assert answer.status_code == 422
    assert "Title cannot be empty" in read(answer)


def test_a_meaning_that_is_not_offered_is_refused(bring, olga, make_tracker, read):
    answer = make(olga, bring(make_tracker()), **{"column.0.H": "plan.slug"})
    assert answer.status_code == 422
    assert "Choose from the list. Nothing was made yet." in read(answer)


def test_cells_that_are_not_understood_are_listed_before_and_told_after(bring, olga, make_tracker, read):
    rows = [("2", "Leadership", "Set out a vision", "Purple", "Vision agreed", "Minutes", "Share it", "Director", "Q2")]
    page = bring(make_tracker(rows=rows))
    assert "Sheet “Plan”, cell D2" in read(page)
    assert "1 cell could not be read" in read(olga.get(make(olga, page).location))
    listed = re.search(r'href="(/plans/new-plan/uploads/\w+/done)"', olga.get("/plans/new-plan/workbook").text)[1]
    assert "Sheet “Plan”, cell D2: “Purple” is not on the plan's scale" in read(olga.get(listed))


def test_two_columns_with_one_heading_can_be_told_apart_by_hand(bring, olga, make_tracker, read):
    headings = ("No.", "Theme", "Requirement", "RAG", "Achievements", "Evidence", "Action", "Lead", "Lead")
    page = bring(make_tracker(headings))
    assert selects_of(page)["column.0.H"] == ""
    assert selects_of(page)["column.0.I"] == ""
    said = {**selects_of(page), "column.0.H": "action.lead", "do": "read"}
    again = olga.get(olga.post(address_of(page), data=said).location)
    assert selects_of(again)["column.0.H"] == "action.lead"
    assert selects_of(again)["column.0.I"] == ""


def test_letting_go_makes_nothing(bring, olga, make_tracker, read, session):
    page = bring(make_tracker())
    answer = olga.get(olga.post(address_of(page), data={"do": "let go"}).location)
    assert "was let go. No plan was made." in read(answer)
    assert olga.get(address_of(page)).status_code == 404
    assert newest(session) is None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\x89PNG\r\n\x1a\n", "The file is not an Excel workbook."),
        (b"<html></html>", "The file is not an Excel workbook."),
    ],
)
def test_what_is_no_tracker_is_refused_with_a_sentence(bring, read, content, sentence):
    answer = bring(content)
    assert answer.status_code == 422
    assert sentence in read(answer)


def test_pressing_the_button_without_a_file_says_to_choose_one(olga, read):
    answer = olga.post(START, data={"file": (io.BytesIO(b""), "")})
    assert answer.status_code == 422
    assert "No file was chosen." in read(answer)


def test_sheets_with_the_same_columns_are_corrected_together(bring, olga, read):
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for theme in ("Leadership", "Care planning"):
        sheet = book.create_sheet(theme)
        sheet.append(("No.", "Requirement", "RAG", "Action", "Lead"))
        sheet.append((len(book.sheetnames), f"Improve {theme}", "Red", "Begin", "Director"))
    kept = io.BytesIO()
    book.save(kept)
    page = bring(kept.getvalue())
    assert "on 1 more sheet: “Care planning”" in read(page)
    said = {**selects_of(page), "column.0.E": "requirement.lead", "do": "read"}
    again = olga.get(olga.post(address_of(page), data=said).location)
    assert "on 1 more sheet: “Care planning”" in read(again)
    assert selects_of(again)["column.0.E"] == "requirement.lead"
