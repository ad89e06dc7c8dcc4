"""This file accepts once, and never what moved while somebody was looking."""

import re

from plan import history
from plan.fields import Kind

TITLE = "Share the vision"


def test_pressing_accept_twice_applies_once(clash, press, session, tracked):
    first, second = press(clash, "accept", rest="leave"), press(clash, "accept", rest="leave")
    assert first.location == second.location
    session.rollback()
    assert history.number_at(session, tracked, max(r.at for r in revisions(session, tracked)).date()) == 4


def revisions(session, plan):
    from sqlalchemy import select

    from plan.models import Revision

    return list(session.scalars(select(Revision).where(Revision.plan_id == plan.id)))


def test_when_the_plan_moved_meanwhile_nothing_is_applied_and_the_other_choices_stay(
    edited, upload, record, write, eve, read, session, tracked, press
):
    content = edited({"G2": "Share it", "G3": "Sharpen it", "I3": "Quarter 3"})
    first, second = record(Kind.ACTION, TITLE), record(Kind.ACTION, "Sharpen the focus")
    write("ned", first, "text", "Share our vision")
    write("ned", second, "text", "Sharpen our focus")
    page = upload(content)
    write("ned", second, "text", "Blunt our focus")
    chosen = {f"take.{first.id}.text": "workbook", f"take.{second.id}.text": "workbook"}
    answer = press(page, "accept", **chosen)
    assert answer.status_code == 409
    assert "Somebody changed the plan while you were looking, so nothing was applied." in read(answer)
    assert "Changed since you looked" in read(answer)
    body = answer.get_data(as_text=True)
    assert re.search(rf'name="take.{first.id}.text" value="workbook" checked', body)
    assert not re.search(rf'name="take.{second.id}.text" value="workbook" checked', body)
    session.rollback()
    assert history.now(session, tracked)[first.id].get("text") == "Share our vision"


def test_the_page_shown_after_a_refusal_can_be_accepted(clash, action, write, shown, record, press):
    write("ned", record(Kind.ACTION, "Publish the procedure"), "lead", "Somebody")
    chosen = {f"take.{action.id}.text": "workbook"}
    again = press(clash, "accept", **chosen)
    assert again.status_code == 409
    assert press(again, "accept", **chosen).status_code == 303
    assert shown(action, "text") == "Share the vision with partners"


def test_two_peoples_uploads_are_settled_one_after_the_other_on_the_plan_as_it_then_is(
    client, eve, edited, upload, action, shown, press
):
    eves = upload(edited({"G2": "Share it with partners", "I3": "Quarter 3"}))
    client.sign_in("ned")
    neds = upload(edited({"G2": "Share it with schools", "H5": "Head of Care"}))
    assert press(neds, "accept").status_code == 303
    client.sign_in("eve")
    stale = press(eves, "accept")
    assert stale.status_code == 409
    assert shown(action, "text") == "Share it with schools"
    chosen = {f"take.{action.id}.text": "both"}
    assert press(stale, "accept", **chosen).status_code == 303
    assert shown(action, "text") == "Share it with schools\nShare it with partners"
