"""This file shows what an upload would do, and takes what is accepted of it."""

import re

from plan import history
from plan.fields import Kind
from plan.models import Upload

TITLE = "Share the vision"


def sides(page):
    """The words of the page with differences in brackets: what goes in [- -], what comes in [+ +]."""
    body = page.get_data(as_text=True).replace('<span class="govuk-visually-hidden">removed: </span>', "")
    body = body.replace('<span class="govuk-visually-hidden">added: </span>', "")
    body = re.sub(r"<del[^>]*>(.*?)</del>", r"[-\1-]", re.sub(r"<ins[^>]*>(.*?)</ins>", r"[+\1+]", body))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def test_the_preview_shows_what_will_change_word_by_word_and_where(eve, edited, upload):
    page = sides(upload(edited({"G2": "Share the whole vision"})))
    assert "Share the [+whole +]vision" in page
    assert "Sheet “Plan”, cell G2" in page
    assert "Requirement 2" in page
    assert "downloaded at revision 2" in page
    assert "Every row was recognised for certain." in page


def test_looking_at_a_preview_changes_nothing(clash, session, tracked):
    assert [r.get("timescale") for r in history.now(session, tracked).of(Kind.ACTION)][1] == "Quarter 4"


def test_an_untouched_download_says_there_is_nothing_to_accept(eve, edited, upload, read):
    page = upload(edited())
    assert "says nothing that the plan does not say already" in read(page)
    assert ">Accept<" not in page.get_data(as_text=True)


def test_a_clash_shows_both_sides_and_who_changed_it_here(clash):
    page = sides(clash)
    assert "Share [-the-][+our+] vision" in page
    assert "Share the vision [+ with partners+]" in page.replace("vision[+", "vision [+")
    assert "Ned Editor" in page
    assert "in the browser" in page


def test_a_new_row_is_shown_with_all_its_words_and_added(eve, edited, upload, read, record, press):
    row = ("7", "Care planning", "Escalate concerns", "Red", None, None, "Train the managers", "Head of Review", "Q3")
    page = upload(edited(rows=[row]))
    assert "New 1" in read(page)
    assert "Train the managers" in read(page)
    press(page, "accept")
    assert record(Kind.ACTION, "Train the managers").get("reference") == "7.2"


def test_what_the_plan_changed_meanwhile_is_told_and_kept(eve, edited, upload, record, write, read):
    content = edited({"I3": "Quarter 3"})
    write("ned", record(Kind.ACTION, TITLE), "text", "Share our vision")
    page = upload(content)
    assert "Changed here meanwhile, kept: 1" in read(page)
    assert "Nothing left to settle" in read(page)


def test_what_the_role_may_not_change_is_marked_and_left(client, eve, edited, upload, read, record, shown, press):
    page = upload(edited({"B5": "Planning of care", "I3": "Quarter 3"}))
    assert "Not yours to change, so it stays as it is." in read(page)
    done = client.get(press(page, "accept").location)
    assert "your account may not change" in read(done)
    assert record(Kind.THEME, "Care planning").present


def test_rows_under_a_theme_the_role_may_not_add_do_not_stand_in_the_way(eve, edited, upload, read, record, press):
    row = ("30", "A new theme", "A new demand", "Red", None, None, "Begin", "Director", "Q3")
    page = upload(edited({"I3": "Quarter 3"}, rows=[row]))
    assert read(page).count("Not yours to change") == 3
    answer = press(page, "accept")
    assert answer.status_code == 303
    assert record(Kind.ACTION, "Quarter 3").present


def test_the_words_of_a_workbook_are_shown_as_words_and_never_as_markup(eve, edited, upload):
    page = upload(edited({"G2": "<script>alert(1)</script>"})).get_data(as_text=True)
    assert "<script>alert(1)" not in page
    assert "&lt;" in page


def test_afterwards_the_up_to_date_workbook_is_offered_and_the_way_to_undo(client, clash, read, press):
    answer = client.get(press(clash, "accept", rest="leave").location)
    assert "Download the up-to-date workbook" in read(answer)
    assert "/plans/small/history/4" in answer.get_data(as_text=True)


def test_letting_go_forgets_the_file_and_changes_nothing(client, clash, press, session, read):
    address = clash.request.path
    page = client.get(press(clash, "let-go").location)
    assert "The upload of tracker.xlsx was let go. Nothing of the plan was changed." in read(page)
    assert client.get(address).status_code == 404
    session.rollback()
    assert session.get(Upload, address.rpartition("/")[2]).content == b""
