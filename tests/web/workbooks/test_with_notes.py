"""This file has the workbook back with a note on each problem, from every page that lists problems."""

import io
import re

import openpyxl
import pytest

LINK = "Have this workbook back with a note on each problem"


def notes_of(response):
    assert response.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(response.data)).active
    return {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}


def link_of(page):
    return re.search(r'href="([^"]+/with-notes)"', page.text)[1]


@pytest.fixture
def puzzling(edited):
    """An upload with a status that nobody understands."""
    return edited({"D2": "Purple", "G2": "Share it"})


def test_a_preview_gives_the_workbook_back_with_a_note_on_each_problem(client, puzzling, upload):
    page = upload_of(client, upload, puzzling)
    answer = client.get(link_of(page))
    assert "tracker-with-notes.xlsx" in answer.headers["Content-Disposition"]
    assert "“Purple” is not on the plan's scale" in notes_of(answer)["D2"]


def upload_of(client, upload, content):
    client.sign_in("eve")
    return upload(content)


def test_a_preview_without_problems_offers_no_notes(client, edited, upload, read):
    assert LINK not in read(upload_of(client, upload, edited({"G2": "Share it"})))


def test_what_was_not_understood_can_still_be_had_after_accepting(client, puzzling, upload, read):
    page = upload_of(client, upload, puzzling)
    address = re.search(r'action="(/plans/small/uploads/\w+)/accept"', page.text)[1]
    revision = re.search(r'name="revision" value="(\d+)"', page.text)[1]
    done = client.get(client.post(f"{address}/accept", data={"revision": revision}).location)
    assert "1 thing in it was not understood or not certain." in read(done)
    assert "D2" in notes_of(client.get(link_of(done)))


def test_a_tracker_that_is_brought_in_can_be_had_back_with_notes(client, cast, make_tracker, upload):
    rows = [("2", "Leadership", "Set out a vision", "Purple", "Vision agreed", "Minutes", "Share it", "Director", "Q2")]
    client.sign_in("olga")
    page = upload(make_tracker(rows=rows), to="/import")
    assert "D2" in notes_of(client.get(link_of(page)))


def test_nobody_else_gets_the_workbook_with_notes(client, puzzling, upload):
    address = link_of(upload_of(client, upload, puzzling))
    assert client.sign_in("ned").get(address).status_code == 404
    assert client.sign_in("rita").get(address).status_code == 403


def test_a_list_of_values_is_taken_and_the_workbook_made_of_it_is_told(client, cast, upload, read):
    client.sign_in("olga")
    page = upload(b"No.,Requirement,RAG,Action\n1,Improve,Purple,Begin\n", "tracker.csv", to="/import")
    assert "A new .xlsx workbook was made from the file, which is a list of values (.csv)." in read(page)
    answer = client.get(link_of(page))
    assert "tracker-with-notes.xlsx" in answer.headers["Content-Disposition"]
    assert "C2" in notes_of(answer)


def test_every_kind_of_file_that_is_taken_is_offered(client, tracked, read):
    page = client.sign_in("eve").get("/plans/small/workbook")
    assert 'accept=".xlsx,.xlsm,.xls,.ods,.csv"' in page.text
    assert ".xls, .ods or .csv, of which a new .xlsx workbook is made" in read(page)


def test_after_accepting_staff_can_have_their_own_file_brought_up_to_date(client, edited, upload):
    page = upload_of(client, upload, edited({"G2": "Share it"}))
    address = re.search(r'action="(/plans/small/uploads/\w+)/accept"', page.text)[1]
    revision = re.search(r'name="revision" value="(\d+)"', page.text)[1]
    done = client.get(client.post(f"{address}/accept", data={"revision": revision}).location)
    assert f'href="{address}/up-to-date"' in done.text
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}/up-to-date").data)).active
    assert sheet["G2"].value == "Share it"
