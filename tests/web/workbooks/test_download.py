"""This file tests the workbook page and what is downloaded from it."""

import io

import openpyxl

from blueprints.extensions import today
from plan.fields import Kind

PAGE = "/plans/small/workbook"
DOWNLOAD = f"{PAGE}/download"


def sheet_of(response):
    return openpyxl.load_workbook(io.BytesIO(response.data)).active


def test_a_download_is_the_same_workbook_with_what_the_plan_says_now(client, tracked, record, write):
    write("eve", record(Kind.ACTION, "Share the vision"), "text", "Share it with everybody")
    answer = client.sign_in("eve").get(DOWNLOAD)
    assert answer.mimetype.endswith("spreadsheetml.sheet")
    assert f"small-{today()}-revision-3-working-OFFICIAL-SENSITIVE.xlsx" in answer.headers["Content-Disposition"]
    assert "attachment" in answer.headers["Content-Disposition"]
    assert sheet_of(answer)["G2"].value == "Share it with everybody"


def test_the_signed_off_position_can_be_downloaded_beside_it(client, tracked, record, write):
    write("eve", record(Kind.ACTION, "Share the vision"), "text", "Share it with everybody")
    answer = client.sign_in("rita").get(f"{DOWNLOAD}?position=signed-off")
    assert f"small-{today()}-revision-3-signed-off-OFFICIAL-SENSITIVE.xlsx" in answer.headers["Content-Disposition"]
    assert sheet_of(answer)["G2"].value == "Share the vision"


def test_the_page_says_how_much_of_the_workbook_is_not_signed_off(client, tracked, record, write, read):
    assert "Signed off All of it" in read(client.sign_in("rita").get(PAGE))
    write("eve", record(Kind.ACTION, "Share the vision"), "text", "Share it with everybody")
    assert "Awaiting sign-off 1 line of it." in read(client.get(PAGE))


def test_each_entry_that_awaits_sign_off_can_have_a_note_in_the_download(client, tracked, record, write, read):
    assert "Put a note on each entry" not in read(client.sign_in("rita").get(PAGE))
    write("eve", record(Kind.ACTION, "Share the vision"), "text", "Share it with everybody")
    assert "Put a note on each entry" in read(client.get(PAGE))
    sheet = sheet_of(client.get(f"{DOWNLOAD}?notes=yes"))
    assert "changed by Eve Editor on " in sheet["G2"].comment.text
    assert sheet.oddFooter.center.text.endswith("revision 3: 1 entry awaits sign-off (G2)")
    assert "1 note was put into the workbook." in read(client.get(PAGE))


def test_a_plan_without_a_workbook_says_so_and_what_to_do(client, plan, read):
    client.sign_in("eve")
    assert "This plan has no workbook yet" in read(client.get(PAGE))
    assert "Upload your tracker below" in read(client.get(PAGE))
    answer = client.get(DOWNLOAD)
    assert answer.status_code == 404
    assert "Nothing is wrong; bring a tracker in first." in read(answer)


def test_a_reader_can_download_but_is_offered_no_upload(client, tracked):
    page = client.sign_in("rita").get(PAGE).get_data(as_text=True)
    assert "Download the up-to-date workbook" in page
    assert 'type="file"' not in page


def test_uploads_that_wait_are_listed_for_their_owner_and_for_the_office(client, tracked, edited, upload, read):
    client.sign_in("eve")
    upload(edited({"G2": "Share it"}), "eves.xlsx")
    assert "eves.xlsx" in read(client.get(PAGE))
    assert "eves.xlsx" in read(client.sign_in("olga").get(PAGE))
    assert "eves.xlsx" not in read(client.sign_in("ned").get(PAGE))
