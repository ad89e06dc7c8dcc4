"""This file proves that what people take away, bring and decide is noted in the audit log."""

import re

import pytest

from plan import audit
from plan.audit import Asked
from plan.fields import Kind


@pytest.fixture
def noted(session):
    """`noted()` is what the log says, oldest first, without the comings and goings."""

    def noted() -> list[tuple]:
        session.rollback()
        events = reversed(audit.all_of(session(), Asked()))
        return [(e.name, e.what, e.plan, e.about, e.detail) for e in events if e.what != "signed in"]

    return noted


def form_of(page):
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.get_data(as_text=True)))


def test_a_download_is_noted_with_whose_words_it_says(client, tracked, noted):
    with client.sign_in("rita").get("/plans/small/workbook/download") as taken:
        name = re.search(r'filename="?([^";]+)', taken.headers["Content-Disposition"])[1]
    with client.get("/plans/small/workbook/download?position=signed-off"):
        pass
    told = noted()
    assert [one[:3] + one[4:] for one in told] == [
        ("Rita Reader", "downloaded", "small", "working"),
        ("Rita Reader", "downloaded", "small", "signed off"),
    ]
    assert told[0][3] == name


def test_reading_what_is_made_to_be_printed_is_noted_once_for_a_revision(client, tracked, noted, write, record):
    requirement = record(Kind.REQUIREMENT, "2").id
    review, signed = "/plans/small/reports/document", f"/plans/small/requirements/{requirement}/record"
    client.sign_in("rita")
    told = [client.get(address) and len(noted()) for address in (review, review, signed, signed)]
    assert told == [1, 1, 2, 2]
    assert noted()[0] == (
        "Rita Reader",
        "read to print",
        "small",
        "Small plan: Six-month review – Signed-off position",
        "revision 2",
    )
    write("eve", record(Kind.ACTION, "Share the vision"), "progress", "Half done")
    assert client.get(signed).status_code == 200
    assert noted()[-1] == ("Rita Reader", "read to print", "small", "Sign-off record: Requirement 2", "revision 3")
    client.sign_in("eve").get(review)
    assert [one[0] for one in noted()] == ["Rita Reader"] * 3 + ["Eve Editor"]


def test_an_upload_its_acceptance_and_its_undoing_are_noted(client, edited, upload, noted):
    client.sign_in("eve")
    page = upload(edited({"C2": "Amber"}), "October.xlsx")
    address = re.search(r'action="(/plans/small/uploads/\w+)/accept"', page.get_data(as_text=True))[1]
    assert client.post(f"{address}/accept", data=form_of(page)).status_code == 303
    number = noted()[-1][4].removeprefix("revision ")
    assert client.post(f"/plans/small/history/{number}/undo").status_code == 303
    assert noted() == [
        ("Eve Editor", "uploaded", "small", "October.xlsx", None),
        ("Eve Editor", "upload accepted", "small", "October.xlsx", f"revision {number}"),
        ("Eve Editor", "undone", "small", f"revision {number}", None),
    ]


def test_a_file_that_is_refused_is_not_noted(client, tracked, upload, noted):
    client.sign_in("eve")
    assert upload(b"not a workbook").status_code == 422
    assert noted() == []


def test_a_decision_is_noted_with_what_was_decided_and_why(client, edited, write, record, noted, tracked):
    write("eve", record(Kind.ACTION, "Share the vision"), "progress", "Half done")
    page = client.sign_in("fay").get("/plans/small/sign-off").get_data(as_text=True)
    line = re.search(r'name="line" value="([^"]+)"', page)[1]
    shown = re.findall(r'name="shown" value="([^"]+)"', page)
    form = {"line": line, "shown": shown, "outcome": "returned", "reason": "Say which half"}
    assert client.post("/plans/small/sign-off", data=form).status_code == 303
    assert noted() == [("Fay Fieldwork-Lead", "returned", "small", "1 line", "Say which half")]
