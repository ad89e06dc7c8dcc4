"""This file tests the history's pages: every step, its changes word by word, and undoing one."""

import re

from plan import edits, history, signoffs
from plan.edits import Edit
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Outcome, Source
from tests.conftest import THEN
from tests.web.conftest import words


def ticked(page):
    return {"also": re.findall(r'name="also" value="([^"]+)"', page.text)}


def change(session, plan, by, value):
    step = Step(by, THEN, Source.BROWSER, note="After the board")
    edits.apply(session, plan, [Edit(Kind.REQUIREMENT, "r2", "text", value)], step)
    session.commit()


def test_every_step_is_listed_newest_first(client, session, plan, cast):
    change(session, plan, cast["eve"], "Set out a clear vision")
    answer = client.sign_in("rita").get("/plans/small/history")
    assert re.findall(r">Revision (\d)</a>", answer.text) == ["3", "2", "1"]
    said = words(answer)
    assert "Eve Editor in the browser After the board" in said
    assert "Command line from the first import small.xlsx" in said


def test_a_step_shows_its_changes_word_by_word(client, session, plan, cast):
    change(session, plan, cast["eve"], "Set out a clear vision")
    answer = client.sign_in("rita").get("/plans/small/history/3")
    assert "Changed: Requirement of requirement 2" in words(answer)
    assert ">added: </span>clear </ins>" in answer.text
    assert "Undo" not in words(answer)


def test_an_agreed_position_changes_no_words(client, plan):
    assert "It changed no words of the plan" in words(client.sign_in("rita").get("/plans/small/history/2"))


def test_a_step_that_is_not_there_is_a_page_that_says_so(client, plan):
    assert client.sign_in("rita").get("/plans/small/history/99").status_code == 404


def test_an_editor_undoes_a_step(client, session, plan, cast):
    change(session, plan, cast["eve"], "Set out a clear vision")
    answer = client.sign_in("ned").post("/plans/small/history/3/undo", follow_redirects=True)
    assert "Revision 3 is undone, by revision 4" in words(answer)
    session.expire_all()
    assert history.now(session, plan)["r2"].get("text") == "Set out a vision"


def test_what_was_changed_since_stays_unless_it_is_ticked(client, session, plan, cast):
    change(session, plan, cast["eve"], "First")
    change(session, plan, cast["ned"], "Second")
    client.sign_in("eve")
    page = client.get("/plans/small/history/3")
    assert "Requirement of requirement 2: now “Second”, before it “Set out a vision”" in words(page)
    left = client.post("/plans/small/history/3/undo", follow_redirects=True)
    assert "were left alone" in words(left)
    client.post("/plans/small/history/3/undo", data=ticked(page))
    session.expire_all()
    assert history.now(session, plan)["r2"].get("text") == "Set out a vision"


def test_a_tick_holds_only_for_the_words_that_were_on_the_page(client, session, plan, cast):
    change(session, plan, cast["eve"], "First")
    change(session, plan, cast["ned"], "Second")
    asked = ticked(client.sign_in("eve").get("/plans/small/history/3"))
    change(session, plan, cast["ned"], "Third")
    answer = client.post("/plans/small/history/3/undo", data=asked)
    assert answer.status_code == 409
    assert "was changed while you were looking, so nothing was undone" in words(answer)
    session.expire_all()
    assert history.now(session, plan)["r2"].get("text") == "Third"


def test_what_was_undone_awaits_sign_off(client, session, plan, cast):
    change(session, plan, cast["eve"], "First")
    [line] = signoffs.lines(session, plan)
    shown = [signoffs.Shown(line.key, line.token)]
    signoffs.decide(session, plan, shown, Outcome.SIGNED_OFF, Step(cast["fay"], THEN, Source.SIGN_OFF))
    session.commit()
    client.sign_in("ned").post("/plans/small/history/3/undo")
    session.expire_all()
    assert [line.key for line in signoffs.lines(session, plan)] == ["r2.text"]


def test_the_import_is_not_undone(client, session, plan):
    answer = client.sign_in("eve").post("/plans/small/history/1/undo")
    assert answer.status_code == 409
    assert "Nothing was changed; edit the plan instead" in words(answer)


def test_a_reader_undoes_nothing(client, session, plan, cast):
    change(session, plan, cast["eve"], "First")
    assert client.sign_in("rita").post("/plans/small/history/3/undo").status_code == 403
