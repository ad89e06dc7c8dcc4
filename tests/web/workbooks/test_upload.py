"""This file tells what happens to uploaded files: a good one is compared, of each bad one a sentence tells."""

import html
import io
import re
import zipfile
from datetime import date

import pytest

from blueprints.workbooks import room
from plan import history, uploads
from plan.fields import Kind

PAGE = "/plans/small/workbook"
MEGABYTE = 1024 * 1024
BOUNDED = "multipart/form-data; boundary=x"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)


@pytest.fixture
def refused(client, session, tracked, upload, read):
    """What Eve reads when a file is refused; the plan is as it was and nothing waits."""

    def refused(content, name="tracker.xlsx"):
        before = history.now(session, tracked)
        session.rollback()
        client.sign_in("eve")
        answer = upload(content, name)
        assert answer.status_code == 422
        assert "Nothing was changed" in read(answer)
        assert 'type="file"' in answer.get_data(as_text=True)
        assert "No upload waits" in read(client.get(PAGE))
        assert history.now(session, tracked) == before
        return read(answer)

    return refused


def docx() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<document/>")
    return kept.getvalue()


def test_an_upload_is_kept_and_leads_to_its_preview(client, tracked, edited):
    client.sign_in("eve")
    answer = client.post(PAGE, data={"file": (io.BytesIO(edited({"G2": "Share it"})), "mine.xlsx")})
    assert answer.status_code == 303
    assert "/plans/small/uploads/" in answer.location
    assert client.get(answer.location).status_code == 200


def test_a_picture_is_not_a_workbook(refused):
    assert "The file is not an Excel workbook." in refused(PNG, "plan.png")


def test_a_word_document_named_as_a_workbook_is_found_out(refused):
    assert "There is a problem" in refused(docx())


def test_a_web_page_named_as_a_workbook_is_found_out(refused):
    assert "The file is not an Excel workbook." in refused(b"<html><table><tr><td>No.</td></tr></table></html>")


def test_an_empty_file_is_told_as_such(refused):
    assert "The file is empty." in refused(b"")


def test_a_workbook_with_a_password_is_told_as_such(refused, make_tracker):
    from msoffcrypto.format.ooxml import OOXMLFile

    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(make_tracker())).encrypt("secret", locked)
    assert "password" in refused(locked.getvalue())


def test_a_workbook_with_no_table_says_which_headings_are_looked_for(refused, make_tracker):
    assert "no row holds headings such as" in refused(make_tracker(("Shopping", "Price"), [("Milk", 1)]))


def test_a_file_over_the_limit_is_refused_with_the_limit(client, tracked, read):
    answer = client.sign_in("eve").post(PAGE, data=multipart(b"PK" + bytes(21 * MEGABYTE)), content_type=BOUNDED)
    assert answer.status_code == 422
    assert "larger than 20 MB, the most that is accepted. Nothing was changed." in read(answer)


def test_a_file_far_over_the_limit_is_not_even_read(client, tracked, read):
    answer = client.sign_in("eve").post(PAGE, data=multipart(bytes(26 * MEGABYTE)), content_type=BOUNDED)
    assert answer.status_code == 413
    assert "A workbook may have 20 MB" in read(answer)


def multipart(content) -> bytes:
    """A form with one file as a browser sends it (the test client would leave a temporary file open)."""
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="big.xlsx"\r\n\r\n'
    return head + content + b"\r\n--x--\r\n"


def test_pressing_the_button_without_a_file_says_to_choose_one(client, tracked, read):
    answer = client.sign_in("eve").post(PAGE, data={"file": (io.BytesIO(b""), "")})
    assert answer.status_code == 422
    assert "No file was chosen. Nothing was changed." in read(answer)


def test_the_workbook_of_another_plan_is_refused_by_name(session, cast, tracked, make_tracker, refused):
    from blueprints.extensions import now
    from plan.ledger import Step
    from plan.models import Source
    from sync import roundtrip

    step = Step(cast["olga"], now(), Source.IMPORT)
    other, _ = roundtrip.import_plan(session(), make_tracker(), "other.xlsx", step, title="Another plan", slug="other")
    session.commit()
    content = roundtrip.download(session(), other, on=date(2013, 8, 1)).content
    session.rollback()
    assert "downloaded from the plan “Another plan”, not from “Small plan”" in refused(content)


def test_an_unknown_status_is_listed_and_the_rest_is_taken(client, edited, upload, read, record, shown):
    client.sign_in("eve")
    page = read(upload(edited({"D2": "Purple", "G2": "Share it"})))
    assert "Not understood 1" in page
    assert "Sheet “Plan”, cell D2" in page
    assert "“Purple” is not on the plan's scale" in page
    assert "Will change 1" in page


def test_two_columns_with_one_heading_are_both_left_alone_and_told(client, plan, upload, make_tracker, read):
    headings = ("No.", "Theme", "Requirement", "RAG", "Achievements", "Evidence", "Action", "Lead", "Lead")
    rows = [("2", "Leadership", "Set out a vision", "Green", "Vision agreed", "Minutes", "Share the vision", "A", "B")]
    client.sign_in("eve")
    page = read(upload(make_tracker(headings, rows)))
    assert "Sheet “Plan”, cell H1" in page
    assert "Columns H “Lead” and I “Lead” have one heading, so nobody can tell which is meant" in page


def test_a_row_copied_with_its_hidden_ids_is_a_new_row_and_not_a_second_owner(
    client, session, tracked, edited, upload, read
):
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(edited()))
    sheet = book.active
    copied = [cell.value for cell in sheet[4]]
    sheet.append([*copied[:6], "Tell the regulator", *copied[7:]])
    kept = io.BytesIO()
    book.save(kept)
    client.sign_in("eve")
    page = read(upload(kept.getvalue()))
    assert "New 2" in page  # the achievement that was copied along, and the action
    assert "Tell the regulator" in page


def test_a_posted_name_is_shown_without_its_folders(client, edited, upload, read):
    client.sign_in("eve")
    page = read(upload(edited({"G2": "Share it"}), "secret/../my tracker.xlsx"))
    assert "What “my tracker.xlsx” would change" in page


def test_a_reader_may_not_upload(client, tracked, upload, read):
    client.sign_in("rita")
    answer = upload(PNG)
    assert answer.status_code == 403
    assert "Nothing was changed" in read(answer)


def test_an_upload_is_not_there_for_other_people_but_for_the_office(client, session, cast, edited, tracked):
    from blueprints.extensions import now

    content = edited({"G2": "Share it"})
    kept = uploads.keep(session, cast["eve"], "mine.xlsx", content, at=now(), plan=tracked)
    session.commit()
    address = f"/plans/small/uploads/{kept.id}"
    assert client.sign_in("ned").get(address).status_code == 404
    assert client.post(f"{address}/accept").status_code == 404
    assert client.sign_in("olga").get(address).status_code == 200
    assert client.sign_in("eve").get(address).status_code == 200


def test_the_upload_of_one_plan_is_not_found_under_another(client, session, cast, edited, tracked, make_tracker):
    from blueprints.extensions import now

    kept = uploads.keep(session, cast["eve"], "mine.xlsx", edited(), at=now(), plan=tracked)
    session.commit()
    assert client.sign_in("eve").get(f"/import/{kept.id}").status_code == 403
    assert client.sign_in("olga").get(f"/import/{kept.id}").status_code == 404


def test_a_large_workbook_is_kept_first_and_read_when_its_page_asks(client, tracked, edited, monkeypatch, read):
    monkeypatch.setattr(room, "LONG", 100)
    client.sign_in("eve")
    answer = client.post(PAGE, data={"file": (io.BytesIO(edited({"G2": "Share it"})), "mine.xlsx")})
    waiting = client.get(answer.location)
    assert answer.status_code == 303
    assert "Reading “mine.xlsx”" in read(waiting)
    goes_on = re.search(r'<meta http-equiv="refresh" content="0; url=([^"]+)">', waiting.get_data(as_text=True))
    assert "Will change 1" in read(client.get(html.unescape(goes_on[1])))


def test_a_large_workbook_that_was_left_waits_on_the_workbook_page(client, tracked, edited, monkeypatch, read):
    monkeypatch.setattr(room, "LONG", 100)
    client.sign_in("eve")
    client.post(PAGE, data={"file": (io.BytesIO(edited({"G2": "Share it"})), "mine.xlsx")})
    assert "mine.xlsx" in read(client.get(PAGE)).split("Waiting for you to settle")[1]


def test_a_large_file_that_is_no_workbook_is_refused_at_once(refused, monkeypatch):
    monkeypatch.setattr(room, "LONG", 100)
    assert "The file is not an Excel workbook." in refused(PNG, "plan.png")


def test_a_large_workbook_that_cannot_be_read_says_so_on_its_page(client, tracked, make_tracker, monkeypatch, read):
    monkeypatch.setattr(room, "LONG", 100)
    client.sign_in("eve")
    content = make_tracker(("Shopping", "Price"), [("Milk", 1)])
    answer = client.post(PAGE, data={"file": (io.BytesIO(content), "mine.xlsx")})
    page = client.get(f"{answer.location}?read=yes")
    assert page.status_code == 422
    assert "no row holds headings such as" in read(page)


def test_a_large_upload_says_when_the_plan_moved_before_it_was_accepted(
    client, tracked, edited, monkeypatch, record, write, read
):
    monkeypatch.setattr(room, "LONG", 100)
    client.sign_in("eve")
    answer = client.post(PAGE, data={"file": (io.BytesIO(edited({"G2": "Share it"})), "mine.xlsx")})
    seen = client.get(f"{answer.location}?read=yes").get_data(as_text=True)
    revision = re.search(r'name="revision" value="(\d+)"', seen)[1]
    write("ned", record(Kind.ACTION, "Sharpen the focus"), "lead", "Somebody else")
    stale = client.post(f"{answer.location}/accept", data={"revision": revision})
    assert stale.status_code == 409
    assert "Somebody changed the plan while you were looking" in read(stale)
