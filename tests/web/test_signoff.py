"""This file walks sign-off on the web as its people do: the queue, returning, taking up again, agreeing."""

import re
from datetime import timedelta

import pytest

from blueprints.extensions import now
from plan import edits, history, signoffs
from plan.edits import Edit
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Deputy, Plan, Source, new_id

QUEUE = "/plans/small/sign-off"


def words(response):
    text = re.sub(r"<[^>]+>", " ", response.get_data(as_text=True))
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def write(session, plan, cast):
    def write(who, kind, record, field, value, **where):
        step = Step(cast[who], now(), where.pop("source", Source.BROWSER), file=where.pop("file", None))
        edits.apply(session, plan, [Edit(kind, record, field, value, **where)], step)
        session.commit()

    return write


@pytest.fixture
def three_changes(write):
    """Eve changes two fields of requirement 2 and one of requirement 20."""
    write("eve", Kind.REQUIREMENT, "r2", "lead", "Director")
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 3")
    write("eve", Kind.REQUIREMENT, "r20", "status", "green")


def form(session, plan, *keys, outcome="signed off", groups=(), reason=""):
    """The form as the page would post it now, with these lines and groups ticked."""
    shown = [f"{(line.requirement or line.item).id} {line.key} {line.token}" for line in signoffs.lines(session, plan)]
    session.rollback()
    return {"shown": shown, "line": list(keys), "group": list(groups), "outcome": outcome, "reason": reason}


def waiting(session, plan):
    keys = [line.key for line in signoffs.lines(session, plan)]
    session.rollback()
    return keys


def test_a_lead_sees_differences_word_by_word_with_who_when_and_where(client, write):
    write(
        "eve",
        Kind.ACTION,
        "act1",
        "text",
        "Share the vision with partners",
        sheet="Plan",
        cell="C5",
        source=Source.WORKBOOK,
        file="tracker.xlsx",
    )
    page = client.sign_in("fay").get(QUEUE)
    html = page.get_data(as_text=True)
    assert re.search(r"<del[^>]*><span[^>]*>removed: </span>widely</del>", html)
    assert re.search(r"<ins[^>]*><span[^>]*>added: </span>with partners</ins>", html)
    assert "Eve Editor" in words(page)
    assert "from the workbook tracker.xlsx, sheet Plan, cell C5" in words(page)
    assert "Waiting since today" in words(page)


def test_lines_are_grouped_by_requirement(client, three_changes):
    page = words(client.sign_in("fay").get(QUEUE))
    assert "Awaiting you: 3" in page
    assert "Select all 2 of Requirement 2" in page
    assert "Action 2.1: Timescale" in page


def test_selected_lines_are_signed_off_and_the_others_wait(client, session, plan, three_changes):
    client.sign_in("fay")
    answer = client.post(QUEUE, data=form(session, plan, "r2.lead"))
    assert answer.status_code == 303
    assert "Signed off 1 line." in words(client.get(QUEUE))
    assert waiting(session, plan) == ["act1.timescale", "r20.status"]


def test_all_of_a_requirement_is_signed_off_at_once_without_any_script(client, session, plan, three_changes):
    client.sign_in("fay").post(QUEUE, data=form(session, plan, groups=["r2"]))
    assert waiting(session, plan) == ["r20.status"]


def test_nothing_selected_is_said_and_decides_nothing(client, session, plan, three_changes):
    answer = client.sign_in("fay").post(QUEUE, data=form(session, plan))
    assert answer.status_code == 422
    assert "Choose at least one line" in words(answer)
    assert len(waiting(session, plan)) == 3


def test_returning_without_a_reason_is_refused_and_keeps_the_ticks(client, session, plan, three_changes):
    answer = client.sign_in("fay").post(QUEUE, data=form(session, plan, "r2.lead", outcome="returned"))
    assert answer.status_code == 422
    assert "Say why you return it" in words(answer)
    assert re.search(r'value="r2.lead"[^>]*checked', answer.get_data(as_text=True))
    assert len(waiting(session, plan)) == 3


def test_a_reason_that_cannot_be_kept_is_refused_in_a_sentence(client, session, plan, three_changes):
    asked = form(session, plan, "r2.lead", outcome="returned", reason="Not\x00yet")
    answer = client.sign_in("fay").post(QUEUE, data=asked)
    assert answer.status_code == 422
    assert "holds a control character" in words(answer)
    assert len(waiting(session, plan)) == 3


def test_a_line_that_moved_is_refused_and_the_ticks_of_the_others_are_kept(client, session, plan, write, three_changes):
    asked = form(session, plan, "r2.lead", "r20.status", reason="Seen on Monday")
    write("eve", Kind.REQUIREMENT, "r2", "lead", "Chief executive")
    answer = client.sign_in("fay").post(QUEUE, data=asked)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Changed since you looked" in html
    assert "Chief executive" in html
    assert "Seen on Monday" in html
    assert re.search(r'value="r20.status"[^>]*checked', html)
    assert not re.search(r'value="r2.lead"[^>]*checked', html)
    assert len(waiting(session, plan)) == 3


def test_returned_words_are_found_and_taken_up_in_one_step(client, session, plan, cast, three_changes):
    client.sign_in("fay").post(
        QUEUE, data=form(session, plan, "act1.timescale", outcome="returned", reason="Too late for the board")
    )
    [one] = signoffs.returned_to(session, plan, cast["eve"])
    address = f"/plans/small/returned/{one.id}/take-up"
    session.rollback()
    page = words(client.sign_in("eve").get("/plans/small/returned"))
    assert "Too late for the board" in page
    assert "Returned by Fay Fieldwork-Lead" in page
    assert "Quarter" in page
    assert client.post(address).status_code == 303
    assert history.now(session, plan)["act1"].get("timescale") == "Quarter 3"
    session.rollback()
    assert client.post(address).status_code == 409


def test_returned_words_are_let_go(client, session, plan, cast, three_changes):
    client.sign_in("fay").post(QUEUE, data=form(session, plan, "r2.lead", outcome="returned", reason="No"))
    [one] = signoffs.returned_to(session, plan, cast["eve"])
    id = one.id
    session.rollback()
    assert client.sign_in("eve").post(f"/plans/small/returned/{id}/let-go").status_code == 303
    assert "Nothing was returned to you" in words(client.get("/plans/small/returned"))


def test_nobody_takes_up_what_was_returned_to_somebody_else(client, session, plan, cast, three_changes):
    client.sign_in("fay").post(QUEUE, data=form(session, plan, "r2.lead", outcome="returned", reason="No"))
    [one] = signoffs.returned_to(session, plan, cast["eve"])
    id = one.id
    session.rollback()
    assert client.sign_in("ned").post(f"/plans/small/returned/{id}/take-up").status_code == 409
    assert client.post(f"/plans/small/returned/{id}/let-go").status_code == 409


def test_a_returned_new_record_shows_all_of_its_words(client, session, plan, cast):
    made = edits.new(Kind.ACHIEVEMENT, "ach9", "r2", {"text": "New guide", "evidence": "Web page"}, position=9)
    edits.apply(session, plan, made, Step(cast["eve"], now(), Source.BROWSER))
    session.commit()
    client.sign_in("fay")
    assert "New: Achievement “New guide”" in words(client.get(QUEUE))
    client.post(QUEUE, data=form(session, plan, "ach9", outcome="returned", reason="Not yet"))
    page = words(client.sign_in("eve").get("/plans/small/returned"))
    assert "New guide" in page
    assert "Web page" in page


def test_a_removed_record_shows_all_of_its_words_as_going(client, write):
    write("eve", Kind.ACHIEVEMENT, "ach1", "present", False)
    html = client.sign_in("fay").get(QUEUE).get_data(as_text=True)
    assert "Taken out: Achievement “Vision agreed by cabinet”" in html
    assert re.search(r"<del[^>]*><span[^>]*>removed: </span>Minutes</del>", html)


def test_what_i_had_a_hand_in_is_listed_apart_with_why(client, write):
    write("fay", Kind.REQUIREMENT, "r2", "lead", "Director")
    page = words(client.sign_in("fay").get(QUEUE))
    assert "Awaiting you: 0" in page
    assert "Awaiting others: 1" in page
    assert "You had a hand in this change" in page
    assert "Nobody may decide on it yet" in page


@pytest.mark.parametrize("who", ["eve", "olga", "rita"])
def test_others_see_what_awaits_and_with_whom_but_nothing_to_press(client, three_changes, who):
    page = client.sign_in(who).get(QUEUE)
    assert "Awaiting sign-off: 3" in words(page)
    assert "With Fay Fieldwork-Lead." in words(page)
    assert "Sign off selected" not in words(page)


def test_an_empty_queue_says_what_to_expect(client, plan):
    assert "Nothing awaits your decision" in words(client.sign_in("fay").get(QUEUE))
    assert "signed-off position" in words(client.sign_in("eve").get(QUEUE))


def test_a_lead_of_another_team_is_refused_with_the_reason(client, session, plan, three_changes):
    answer = client.sign_in("ravi").post(QUEUE, data=form(session, plan, "r2.lead"))
    assert answer.status_code == 403
    assert "It belongs to the team Fieldwork" in words(answer)
    assert len(waiting(session, plan)) == 3


def test_a_deputy_signs_off_in_the_leads_place(client, session, plan, cast, three_changes):
    days = {"starts": now().date() - timedelta(days=1), "ends": now().date() + timedelta(days=1)}
    session.add(Deputy(lead_id=cast["fay"].id, deputy_id=cast["ned"].id, **days))
    session.commit()
    assert "Awaiting you: 3" in words(client.sign_in("ned").get(QUEUE))
    client.post(QUEUE, data=form(session, plan, "r2.lead"))
    assert [d.on_behalf_of for d in history.decisions_of(session, ["r2"])] == ["Fay Fieldwork-Lead"]


def test_an_unknown_decision_is_not_understood(client, session, plan, three_changes):
    assert client.sign_in("fay").post(QUEUE, data=form(session, plan, "r2.lead", outcome="?")).status_code == 400


def test_a_made_up_form_decides_nothing(client, session, plan, three_changes):
    made_up = {"shown": ["x", "r2 r2.lead 0000", "a b c d"], "line": ["r2.lead"], "outcome": "signed off"}
    assert client.sign_in("fay").post(QUEUE, data=made_up).status_code == 409
    assert len(waiting(session, plan)) == 3


def test_the_header_counts_what_awaits_me_and_what_came_back(client, session, plan, three_changes):
    fays = client.sign_in("fay").get(QUEUE).get_data(as_text=True)
    assert re.search(r'id="awaiting-count"[\s\S]*?>3</span>', fays)
    client.post(QUEUE, data=form(session, plan, "r2.lead", outcome="returned", reason="No"))
    eves = words(client.sign_in("eve").get(QUEUE))
    assert "Returned to me 1 to look at" in eves


def test_the_count_is_asked_for_again_as_a_block_of_its_own(client, three_changes):
    count = client.sign_in("fay").get(f"{QUEUE}/count", headers={"HX-Request": "true"})
    assert re.fullmatch(r"3 awaiting you", words(count).strip())


@pytest.fixture
def fresh(session, cast):
    """A plan just brought in, of which nothing is agreed."""
    made = Plan(id=new_id(), slug="fresh", present=False)
    session.add(made)
    records = [
        *edits.new(Kind.PLAN, made.id, None, {"title": "Fresh plan", "year": 2013}),
        *edits.new(Kind.THEME, "fth", made.id, {"title": "Everything"}),
        *edits.new(Kind.REQUIREMENT, "fr1", "fth", {"reference": "1", "text": "Do it"}),
    ]
    edits.apply(session, made, records, Step(None, now(), Source.IMPORT, file="fresh.xlsx"))
    session.commit()
    return made


def test_the_office_agrees_the_whole_position_once(client, session, fresh):
    client.sign_in("olga")
    assert "Agree the whole position" in words(client.get("/plans/fresh/sign-off"))
    assert "All 2 lines" in words(client.get("/plans/fresh/sign-off/agree"))
    assert client.post("/plans/fresh/sign-off/agree", data={"revision": "1"}).status_code == 303
    assert "Agree the whole position" not in words(client.get("/plans/fresh/sign-off"))
    assert client.post("/plans/fresh/sign-off/agree", data={"revision": "2"}).status_code == 409
    assert signoffs.lines(session, fresh) == []


def test_a_position_that_moved_is_shown_again_before_it_is_agreed(client, fresh):
    answer = client.sign_in("olga").post("/plans/fresh/sign-off/agree", data={"revision": "0"})
    assert answer.status_code == 409
    assert "nothing was agreed" in words(answer)
