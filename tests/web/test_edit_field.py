"""This file tests the inline edit: one mechanism for every field, with and without JavaScript."""

import json
import re

import pytest

from plan import awaiting, edits, fields, history
from plan.edits import Edit
from plan.fields import Kind
from plan.ledger import Step, latest
from plan.models import Source
from tests.conftest import THEN
from tests.web.conftest import words

HTMX = {"HX-Request": "true"}
TEXT = "/plans/small/requirement/r2/text"
RECORDS = {
    Kind.THEME: "th1",
    Kind.REQUIREMENT: "r2",
    Kind.ACHIEVEMENT: "ach1",
    Kind.ACTION: "act1",
    Kind.INDICATOR: "ind1",
    Kind.READING: "rd1",
    Kind.AUDIT: "aud1",
    Kind.CYCLE: "cyc1",
}


@pytest.fixture
def says(session, plan):
    def said(record, field):
        session.expire_all()
        return history.now(session, plan)[record].get(field)

    return said


@pytest.fixture
def change(session, plan, cast):
    def changed(first, record, field, value, kind=Kind.REQUIREMENT):
        edits.apply(session, plan, [Edit(kind, record, field, value)], Step(cast[first], THEN, Source.BROWSER))
        session.commit()

    return changed


@pytest.fixture
def audit(session, plan):
    counts = {"title": "Case audit", "total": 4, "outstanding": 0, "good": 1, "adequate": 2, "inadequate": 1}
    edits.apply(session, plan, edits.new(Kind.AUDIT, "aud1", "r7", counts), Step(None, THEN, Source.IMPORT))
    session.commit()


@pytest.fixture
def cycle(session, plan):
    days = {"title": "July board", "opens": "2013-07-01", "cut_off": "2013-07-12", "board_date": "2013-07-19"}
    edits.apply(session, plan, edits.new(Kind.CYCLE, "cyc1", plan.id, days), Step(None, THEN, Source.IMPORT))
    session.commit()


@pytest.mark.parametrize("row", fields.FIELDS, ids=lambda row: f"{row.kind}.{row.name}")
def test_every_field_of_the_table_can_be_opened(client, plan, audit, cycle, row):
    record = RECORDS.get(row.kind, plan.id)
    answer = client.sign_in("olga").get(f"/plans/small/{row.kind}/{record}/{row.name}")
    assert answer.status_code == 200
    assert f'name="{row.name}"' in answer.text
    assert f'name="{row.name}.was"' in answer.text


def test_htmx_gets_the_block_alone_with_the_keyboard_in_its_input(client, plan):
    answer = client.sign_in("eve").get(TEXT, headers=HTMX)
    assert answer.text.strip().startswith('<div class="app-field app-field--editing" id="f-r2-text">')
    assert answer.text.count("autofocus") == 1
    assert "Set out a vision</textarea>" in answer.text


def test_a_saved_edit_comes_back_shown_announced_and_awaiting(client, says):
    typed = {"text": "Set out a clear vision", "text.was": "Set out a vision"}
    answer = client.sign_in("eve").post(TEXT, data=typed, headers=HTMX)
    assert answer.status_code == 200
    assert 'class="app-field app-field--shown" id="f-r2-text"' in answer.text
    assert re.search(r"<a [^>]*autofocus", answer.text)
    assert "Awaiting sign-off" in answer.text
    assert json.loads(answer.headers["HX-Trigger"])["announce"] == "Saved: requirement of requirement 2."
    assert says("r2", "text") == "Set out a clear vision"


def test_a_plain_browser_goes_back_to_where_it_came_from(client, plan):
    typed = {"text": "New", "text.was": "Set out a vision", "back": "/plans/small?status=green"}
    answer = client.sign_in("eve").post(TEXT, data=typed)
    assert (answer.status_code, answer.location) == (303, "/plans/small?status=green#f-r2-text")
    assert "Saved: requirement of requirement 2." in words(client.get("/plans/small"))


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "plans"])
def test_back_never_leads_elsewhere(client, plan, back):
    typed = {"text": "New", "text.was": "Set out a vision", "back": back}
    assert client.sign_in("eve").post(TEXT, data=typed).location == "/plans/small#f-r2-text"


def test_giving_up_shows_the_block_again(client, plan):
    client.sign_in("eve")
    assert "app-field--shown" in client.get(f"{TEXT}?shown=yes", headers=HTMX).text
    assert client.get(f"{TEXT}?shown=yes&back=/plans/small").location == "/plans/small#f-r2-text"


def test_saving_what_was_there_changes_nothing(client, session, plan):
    typed = {"text": "Set out a vision", "text.was": "Set out a vision"}
    answer = client.sign_in("eve").post(TEXT, data=typed, headers=HTMX)
    assert "Nothing was changed" in answer.headers["HX-Trigger"]
    assert latest(session, plan.id) == 2


def test_line_breaks_and_staffs_own_marks_are_kept(client, says):
    kept = "\n “£5 – done”\u00a0 \n=SUM(A1)\t–x "
    typed = {"text": kept.replace("\n", "\r\n"), "text.was": "Set out a vision"}
    client.sign_in("eve").post(TEXT, data=typed)
    assert says("r2", "text") == kept
    assert f">\n{kept}</textarea>" in client.get(TEXT).text


def test_two_lines_in_a_one_line_field_are_not_swallowed(client, change):
    change("olga", "act1", "lead", "Director\nHead of Review", Kind.ACTION)
    page = client.sign_in("eve").get("/plans/small/action/act1/lead").text
    assert ">\nDirector\nHead of Review</textarea>" in page


def test_a_status_is_saved_with_its_reason_in_one_step(client, says, session, plan):
    typed = {"status": "red", "status.was": "green", "status_reason": "It slipped", "status_reason.was": ""}
    answer = client.sign_in("eve").post("/plans/small/requirement/r2/status", data=typed, headers=HTMX)
    assert "It slipped" in answer.text
    assert says("r2", "status") == "red"
    assert says("r2", "status_reason") == "It slipped"
    assert latest(session, plan.id) == 3


def test_no_status_is_a_choice(client, says):
    typed = {"status": "", "status.was": "green", "status_reason": "", "status_reason.was": ""}
    client.sign_in("eve").post("/plans/small/requirement/r2/status", data=typed)
    assert says("r2", "status") is None


def test_what_a_form_does_not_speak_of_stays(client, says, change):
    change("eve", "r2", "status_reason", "As agreed")
    typed = {"status": "red", "status.was": "green"}
    client.sign_in("eve").post("/plans/small/requirement/r2/status", data=typed)
    assert says("r2", "status_reason") == "As agreed"


def test_the_grades_of_an_audit_are_saved_together(client, says, audit):
    counts = {"total": "5", "outstanding": "0", "good": "2", "adequate": "2", "inadequate": "1"}
    shown = {"total.was": "4", "outstanding.was": "0", "good.was": "1", "adequate.was": "2", "inadequate.was": "1"}
    answer = client.sign_in("eve").post("/plans/small/audit/aud1/good", data={**counts, **shown}, headers=HTMX)
    assert answer.status_code == 200
    assert says("aud1", "good") == 2


def test_grades_that_do_not_add_up_are_refused_with_the_difference(client, says, audit):
    counts = {"total": "5", "outstanding": "0", "good": "1", "adequate": "2", "inadequate": "1"}
    shown = {"total.was": "4", "outstanding.was": "0", "good.was": "1", "adequate.was": "2", "inadequate.was": "1"}
    answer = client.sign_in("eve").post("/plans/small/audit/aud1/total", data={**counts, **shown}, headers=HTMX)
    assert answer.status_code == 422
    assert "5 cases but the grades add up to 4: 1 too few" in words(answer)
    assert 'value="5"' in answer.text
    assert says("aud1", "total") == 4


def test_a_new_timescale_comes_back_with_the_days_it_promises(client, plan):
    typed = {"timescale": "Quarter 3 and on going", "timescale.was": "Quarter 2"}
    answer = client.sign_in("eve").post("/plans/small/action/act1/timescale", data=typed, headers=HTMX)
    assert "1 October to 31 December 2013, then on going" in words(answer)
    assert "Late" not in words(answer).replace("Lateness", "")


@pytest.mark.parametrize(
    "asked",
    [
        ("/plans/small/reading/rd1/value", {"value": "many", "value.was": "74.89"}, "“many” is not a number"),
        ("/plans/small/theme/th1/title", {"title": " ", "title.was": "x"}, "cannot be empty"),
        ("/plans/small/theme/th1/required_by", {"required_by": "soon", "required_by.was": ""}, "is not one day"),
        ("/plans/small/requirement/r2/lead", {"lead": "x" * 201, "lead.was": ""}, "takes 200 characters at most"),
        ("/plans/small/requirement/r2/reference", {"reference": "7", "reference.was": "2"}, "has the number 7"),
    ],
)
def test_what_a_field_cannot_hold_is_refused_in_words_and_kept_in_the_input(client, session, plan, asked):
    address, typed, sentence = asked
    revision = latest(session, plan.id)
    answer = client.sign_in("olga").post(address, data=typed, headers=HTMX)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert f'value="{next(iter(typed.values()))}"' in answer.text
    assert latest(session, plan.id) == revision


def test_without_javascript_a_refusal_is_a_whole_page_that_leads_to_the_input(client, plan):
    answer = client.sign_in("eve").post("/plans/small/reading/rd1/value", data={"value": "many", "value.was": "74.89"})
    assert answer.status_code == 422
    assert "<title>Error: Change value of January 2013" in answer.text
    assert 'href="#i-rd1-value"' in answer.text


def test_somebody_else_was_faster_and_both_texts_are_shown(client, says, change):
    change("ned", "r2", "text", "Set out Ned's vision")
    typed = {"text": "Set out Eve's vision", "text.was": "Set out a vision"}
    answer = client.sign_in("eve").post(TEXT, data=typed, headers=HTMX)
    assert answer.status_code == 409
    said = words(answer)
    assert "Ned Editor changed this while you were writing (1 July 2013 at" in said
    assert "Set out Ned&#39;s vision" in said
    assert 'name="text.mine" value="Set out Eve&#39;s vision"' in answer.text
    assert 'name="text.was" value="Set out Ned&#39;s vision"' in answer.text
    assert says("r2", "text") == "Set out Ned's vision"


@pytest.mark.parametrize(("choice", "result"), [("plan", "Theirs"), ("mine", "Mine"), ("other", "Both of ours")])
def test_a_clash_is_settled_by_choosing_or_writing(client, says, change, choice, result):
    change("ned", "r2", "text", "Theirs")
    chosen = {"text.was": "Theirs", "text.mine": "Mine", "text.other": "Both of ours", "text.choice": choice}
    assert client.sign_in("eve").post(TEXT, data=chosen, headers=HTMX).status_code == 200
    assert says("r2", "text") == result


def test_a_clash_left_unanswered_asks_again_and_changes_nothing(client, says, change):
    change("ned", "r2", "text", "Theirs")
    left = {"text.was": "Set out a vision", "text.mine": "Mine", "text.other": "Mine"}
    answer = client.sign_in("eve").post(TEXT, data=left, headers=HTMX)
    assert answer.status_code == 422
    assert "Choose one of the answers" in words(answer)
    assert says("r2", "text") == "Theirs"


def test_a_choice_is_asked_again_when_the_plan_moved_on_meanwhile(client, change):
    change("ned", "r2", "text", "Newest")
    chosen = {"text.was": "Theirs", "text.mine": "Mine", "text.choice": "mine"}
    answer = client.sign_in("eve").post(TEXT, data=chosen, headers=HTMX)
    assert answer.status_code == 409
    assert "Newest" in words(answer)


def test_different_lines_of_a_long_text_are_combined_and_it_says_so(client, says, change):
    change("ned", "act1", "progress", "one\ntwo\nthree", Kind.ACTION)
    change("ned", "act1", "progress", "ONE\ntwo\nthree", Kind.ACTION)
    typed = {"progress": "one\r\ntwo\r\nTHREE", "progress.was": "one\r\ntwo\r\nthree"}
    answer = client.sign_in("eve").post("/plans/small/action/act1/progress", data=typed, headers=HTMX)
    assert "both are in it now" in answer.headers["HX-Trigger"]
    assert says("act1", "progress") == "ONE\ntwo\nTHREE"


def test_emptying_a_field_in_the_browser_is_meant(client, says):
    typed = {"evidence": "", "evidence.was": "Minutes"}
    client.sign_in("eve").post("/plans/small/achievement/ach1/evidence", data=typed)
    assert says("ach1", "evidence") is None


def test_emptying_what_somebody_just_rewrote_is_a_clash(client, says, change):
    change("ned", "ach1", "evidence", "Better minutes", Kind.ACHIEVEMENT)
    typed = {"evidence": "", "evidence.was": "Minutes"}
    answer = client.sign_in("eve").post("/plans/small/achievement/ach1/evidence", data=typed, headers=HTMX)
    assert answer.status_code == 409
    assert says("ach1", "evidence") == "Better minutes"


def test_what_was_removed_meanwhile_takes_no_words_and_gives_them_back(client, session, plan, cast):
    client.sign_in("eve")
    edits.apply(session, plan, edits.remove(Kind.ACTION, "act1"), Step(cast["ned"], THEN, Source.BROWSER))
    session.commit()
    typed = {"text": "My new words", "text.was": "Share the vision widely"}
    answer = client.post("/plans/small/action/act1/text", data=typed, headers=HTMX)
    assert answer.status_code == 409
    assert "Ned Editor removed this on 1 July 2013" in words(answer)
    assert "My new words" in answer.text


def test_a_field_that_comes_back_to_its_signed_words_awaits_nothing(client, session, plan):
    client.sign_in("eve")
    client.post(TEXT, data={"text": "New", "text.was": "Set out a vision"})
    client.post(TEXT, data={"text": "Set out a vision", "text.was": "New"})
    assert awaiting.of_plan(session, plan.id) == []


@pytest.mark.parametrize(
    ("first", "address"),
    [
        ("rita", TEXT),
        ("eve", "/plans/small/theme/th1/title"),
        ("eve", "/plans/small/requirement/r2/team"),
        ("fay", "/plans/small/plan/{plan}/marking"),
    ],
)
def test_who_may_not_change_a_field_is_refused(client, plan, first, address):
    client.sign_in(first)
    assert client.get(address.format(plan=plan.id)).status_code == 403
    assert client.post(address.format(plan=plan.id), data={}).status_code == 403


@pytest.mark.parametrize(
    "address", ["requirement/r2/nothing", "requirement/nobody/text", "action/r2/text", "cat/r2/text"]
)
def test_there_is_no_page_for_a_field_that_is_not_there(client, plan, address):
    assert client.sign_in("olga").get(f"/plans/small/{address}").status_code == 404
