"""This file walks the other ways through the queue: by upload, by person, withdrawing, and whom the office names."""

import re
from datetime import UTC, datetime

import pytest

from blueprints.extensions import now, today
from plan import edits, history, signoffs
from plan.edits import Edit
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Source
from tests.web.conftest import words

QUEUE = "/plans/small/sign-off"


@pytest.fixture
def upload(session, plan, cast):
    """Somebody's workbook changes these fields."""

    def upload(who, file, *places):
        made = [Edit(kind, id, name, value, "Plan", cell) for kind, id, name, value, cell in places]
        number = edits.apply(session, plan, made, Step(cast[who], now(), Source.WORKBOOK, file=file)).number
        session.commit()
        return number

    return upload


@pytest.fixture
def write(session, plan, cast):
    def write(who, record, field, value, kind=Kind.REQUIREMENT):
        edits.apply(session, plan, [Edit(kind, record, field, value)], Step(cast[who], now(), Source.BROWSER))
        session.commit()

    return write


@pytest.fixture
def two_uploads(upload, write):
    """Eve uploads two lines of Fieldwork and one of Review, Ned one; she writes one in the browser. Her upload."""
    first = upload(
        "eve",
        "july.xlsx",
        (Kind.REQUIREMENT, "r2", "lead", "Director", "C5"),
        (Kind.ACTION, "act1", "timescale", "Quarter 3", "F5"),
        (Kind.REQUIREMENT, "r7", "lead", "Director", "C9"),
    )
    upload("ned", "ned.xlsx", (Kind.REQUIREMENT, "r20", "lead", "Director", "C7"))
    write("eve", "r20", "status", "green")
    return first


def waiting(session, plan):
    keys = [line.key for line in signoffs.lines(session, plan)]
    session.rollback()
    return keys


def as_shown(answer):
    """The form as a browser would post it, with nothing ticked."""
    return {"shown": re.findall(r'name="shown" value="([^"]+)"', answer.text), "by": "upload"}


def own_line(answer):
    """What the first Withdraw button posts."""
    found = re.search(r'name="line" value="([^"]+)">\s*<input type="hidden" name="token" value="([^"]+)"', answer.text)
    return {"line": found[1], "token": found[2]}


def test_uploads_are_one_group_each_with_file_sheet_and_cell(client, two_uploads):
    page = client.sign_in("fay").get(f"{QUEUE}?by=upload")
    assert re.findall(r'<h3 [^>]*id="mine-([^"]+)"', page.text) == [
        f"upload-{two_uploads + 1}",
        f"upload-{two_uploads}",
        "browser",
    ]
    assert f"july.xlsx (revision {two_uploads}) Uploaded by Eve Editor" in words(page)
    assert "Requirement 2: Action 2.1: Timescale" in words(page)
    assert "from the workbook july.xlsx, sheet Plan, cell F5" in words(page)


def test_all_lines_of_my_team_of_an_upload_are_signed_off_at_once(client, session, plan, two_uploads):
    page = client.sign_in("fay").get(f"{QUEUE}?by=upload")
    assert "Sign off all 2 lines of this upload" in words(page)
    answer = client.post(QUEUE, data={**as_shown(page), "whole": f"upload-{two_uploads}"})
    assert answer.location == f"{QUEUE}?by=upload"
    assert waiting(session, plan) == ["r20.lead", "r20.status", "r7.lead"]


def test_an_upload_of_which_a_line_moved_since_is_not_signed_off_at_all(client, session, plan, write, two_uploads):
    asked = {**as_shown(client.sign_in("fay").get(f"{QUEUE}?by=upload")), "whole": f"upload-{two_uploads}"}
    write("ned", "r2", "lead", "Chief executive")
    answer = client.post(QUEUE, data=asked)
    assert answer.status_code == 409
    assert "Changed since you looked" in words(answer)
    assert len(waiting(session, plan)) == 5


def test_only_what_one_person_had_a_hand_in_is_shown_and_stays_so_after_deciding(client, session, plan, two_uploads):
    page = client.sign_in("fay").get(f"{QUEUE}?who=Ned+Editor")
    assert "Awaiting you: 4, 1 shown" in words(page)
    form = {"shown": as_shown(page)["shown"], "line": "r20.lead", "outcome": "signed off", "who": "Ned Editor"}
    assert client.post(QUEUE, data=form).location == f"{QUEUE}?who=Ned+Editor"
    assert "None of what awaits you is among what you asked to see" in words(client.get(f"{QUEUE}?who=Ned+Editor"))


def test_a_comment_given_when_signing_off_is_kept(client, session, plan, two_uploads):
    page = client.sign_in("fay").get(QUEUE)
    form = {**as_shown(page), "line": "r2.lead", "outcome": "signed off", "reason": "Agreed on Monday"}
    client.post(QUEUE, data=form)
    assert [d.reason for d in history.decisions_of(session, ["r2"])] == ["Agreed on Monday"]


def test_the_enter_key_in_a_tick_box_decides_nothing(client, two_uploads):
    page = client.sign_in("fay").get(QUEUE)
    first = re.search(r'<button type="submit"[^>]*name="(\w+)" value="([^"]*)"', page.text.partition("data-signoff")[2])
    answer = client.post(QUEUE, data={**as_shown(page), "line": "r2.lead", first[1]: first[2]})
    assert answer.status_code == 422
    assert "Nothing was decided yet; your ticks are kept" in words(answer)
    assert re.search(r'value="r2.lead"[^>]*checked', answer.text)


def test_an_author_withdraws_their_own_change(client, session, plan, write):
    write("eve", "r2", "lead", "Director")
    answer = client.sign_in("eve").post(f"{QUEUE}/withdraw", data=own_line(client.get(QUEUE)), follow_redirects=True)
    assert "Your change is withdrawn" in words(answer)
    assert history.now(session, plan)["r2"].get("lead") is None


def test_what_others_touched_has_no_button_and_is_refused_with_the_way_out(client, session, plan, write):
    write("eve", "r2", "lead", "Director")
    asked = own_line(client.sign_in("eve").get(QUEUE))
    write("ned", "r2", "lead", "Chief executive")
    write("ned", "r2", "lead", "Director")
    assert "Withdraw my change" not in words(client.get(QUEUE))
    answer = client.post(f"{QUEUE}/withdraw", data=asked)
    assert answer.status_code == 409
    assert "ask the lead to return it" in words(answer)


def named(client, **changed):
    form = {"place": "team Fieldwork", "person": "3", "starts": str(today()), "ends": str(today()), **changed}
    return client.sign_in("olga").post(f"{QUEUE}/deciders", data=form, follow_redirects=True)


def test_the_office_sees_where_nobody_may_decide_and_names_somebody(client, session, plan, cast, write):
    write("fay", "r2", "lead", "Director")
    page = words(client.sign_in("olga").get(QUEUE))
    assert "Every lead of the team had a hand in what waits" in page
    assert "Ned Editor decides for the team Fieldwork on" in words(named(client))
    assert "Awaiting you: 1" in words(client.sign_in("ned").get(QUEUE))


def test_a_line_that_nobody_may_decide_on_says_why(client, session, cast, write):
    cast["ravi"].active = False
    write("fay", "r2", "lead", "Director")
    write("fay", "r7", "lead", "Director")
    page = words(client.sign_in("eve").get(QUEUE))
    assert "Nobody may decide on it yet: no lead of the team Fieldwork is free of a hand in it." in page
    assert "Nobody may decide on it yet: there is no lead of the team Review and no deputy today." in page


def test_the_office_ends_it_again(client, session, plan, write):
    write("fay", "r2", "lead", "Director")
    named(client)
    answer = client.post(f"{QUEUE}/deciders/1/end", follow_redirects=True)
    assert "Ned Editor decides there no longer" in words(answer)
    assert "Nothing awaits sign-off" not in words(client.sign_in("ned").get(QUEUE))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"person": "1"}, "Readers and limited editors may not decide"),
        ({"starts": "soon"}, "Give the first and the last day"),
        ({"place": "team Review"}, "Somebody may decide there already"),
    ],
)
def test_a_naming_that_cannot_be_is_refused_and_what_was_typed_is_kept(client, write, changed, sentence):
    write("fay", "r2", "lead", "Director")
    answer = named(client, ends="2999-01-01", **changed)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert 'value="2999-01-01"' in answer.text


@pytest.mark.parametrize("address", ["/plans/small", "/plans/small?open=r2", "/plans/small/requirements/r2"])
def test_what_waits_says_since_when_on_the_plan_and_on_the_requirement(client, session, plan, cast, address):
    quarter = Edit(Kind.ACTION, "act1", "timescale", "Quarter 3")
    edits.apply(session, plan, [quarter], Step(cast["eve"], datetime(2013, 7, 3, 9, tzinfo=UTC), Source.BROWSER))
    later = edits.new(Kind.ACHIEVEMENT, "ach9", "r2", {"text": "Told everybody"})
    edits.apply(session, plan, later, Step(cast["eve"], datetime(2013, 7, 5, 9, tzinfo=UTC), Source.BROWSER))
    session.commit()
    page = client.sign_in("rita").get(address).text
    field = page.partition('id="f-act1-timescale"')[2]
    assert re.match(r'(?s).{,400}Awaiting sign-off</strong> <span class="app-since">since 3 July 2013</span>', field)
    card = page.partition('<article class="app-requirement" id="requirement-r2"')[2]
    assert not card or "since 3 July 2013" in card.partition("app-requirement__text")[0]


@pytest.mark.parametrize("who", ["eve", "fay", "rita"])
def test_nobody_but_the_office_sees_where_nobody_may_decide_and_whom_it_named(client, write, who):
    write("fay", "r2", "lead", "Director")
    assert "Where nobody may decide" not in words(client.sign_in(who).get(QUEUE))
    assert "Where nobody may decide" in words(named(client))
    assert "Where nobody may decide" not in words(client.sign_in(who).get(QUEUE))
