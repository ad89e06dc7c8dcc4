"""This file walks the preview: what would change, settling clashes, accepting once, and others moving meanwhile."""

import html
import re

import pytest

from blueprints.workbooks import preview_page, turning
from plan import history
from plan.fields import Kind
from plan.models import Upload

TITLE = "Share the vision"


@pytest.fixture
def eve(client, tracked):
    return client.sign_in("eve")


@pytest.fixture
def clash(edited, upload, record, write, cast, eve):
    """Ned and the workbook Eve uploads changed the same action; the workbook also moved another one's timescale."""
    content = edited({"G2": "Share the vision with partners", "I3": "Quarter 3"})
    write("ned", record(Kind.ACTION, TITLE), "text", "Share our vision")
    return upload(content)


@pytest.fixture
def action(session, tracked):
    return next(i for i in history.now(session, tracked).of(Kind.ACTION) if i.get("lead") == "Director")


def address_of(page):
    return re.search(r'action="(/plans/small/uploads/\w+)/accept"', page.get_data(as_text=True))[1]


def form_of(page, **more):
    revision = re.search(r'name="revision" value="(\d+)"', page.get_data(as_text=True))[1]
    return {"revision": revision, **more}


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


def test_nothing_is_chosen_for_anybody_in_a_clash(clash):
    assert "checked" not in clash.get_data(as_text=True)


def test_accepting_with_a_clash_unsettled_applies_nothing_and_leads_to_it(client, clash, read, session, tracked):
    before = history.now(session, tracked)
    answer = client.post(f"{address_of(clash)}/accept", data=form_of(clash))
    assert answer.status_code == 422
    assert "Requirement 2, action 2.1: area for development: Choose which words shall stand." in read(answer)
    link = re.search(r'<a href="#([\w-]+)">Requirement 2', answer.get_data(as_text=True))[1]
    assert f'id="{link}"' in answer.get_data(as_text=True)
    session.rollback()
    assert history.now(session, tracked) == before


@pytest.mark.parametrize(
    ("take", "says"),
    [
        ("plan", "Share our vision"),
        ("workbook", "Share the vision with partners"),
        ("both", "Share our vision\nShare the vision with partners"),
        ("write", "Share it all"),
    ],
)
def test_a_clash_ends_as_it_was_settled(client, clash, action, shown, take, says):
    chosen = {f"take.{action.id}.text": take, f"words.{action.id}.text": "Share it all"}
    answer = client.post(f"{address_of(clash)}/accept", data=form_of(clash, **chosen))
    assert answer.status_code == 303
    assert shown(action, "text") == says


@pytest.mark.parametrize(("take", "present"), [("plan", False), ("workbook", True)])
def test_what_was_taken_out_here_and_changed_there_is_a_clash_of_the_whole_row(
    client, eve, edited, upload, record, write, session, tracked, read, take, present
):
    content, action = edited({"G2": "Share the vision with partners"}), record(Kind.ACTION, TITLE)
    write("ned", action, "present", False)
    page = upload(content)
    assert "Leave it out of the plan" in read(page)
    client.post(f"{address_of(page)}/accept", data=form_of(page, **{f"take.{action.id}.present": take}))
    session.rollback()
    now = history.now(session, tracked)[action.id]
    assert now.present is present
    assert now.get("text") == ("Share the vision with partners" if present else TITLE)


def test_what_was_written_must_not_be_blank(client, clash, action, read):
    chosen = {f"take.{action.id}.text": "write", f"words.{action.id}.text": "  "}
    answer = client.post(f"{address_of(clash)}/accept", data=form_of(clash, **chosen))
    assert answer.status_code == 422
    assert "Write the words that shall stand" in read(answer)


def test_a_clash_can_be_left_while_the_rest_is_taken(client, clash, action, shown, read, session, tracked):
    answer = client.post(f"{address_of(clash)}/accept", data=form_of(clash, rest="leave"))
    page = read(client.get(answer.location))
    assert shown(action, "text") == "Share our vision"
    assert "It made 1 change, as revision 4" in page
    assert "1 that both sides changed was left as the plan has it" in page


def test_all_that_is_not_settled_can_take_the_workbooks_words_at_once(client, clash, action, shown):
    client.post(f"{address_of(clash)}/accept", data=form_of(clash, rest="workbook"))
    assert shown(action, "text") == "Share the vision with partners"


def test_afterwards_the_up_to_date_workbook_is_offered_and_the_way_to_undo(client, clash, read):
    answer = client.get(client.post(f"{address_of(clash)}/accept", data=form_of(clash, rest="leave")).location)
    assert "Download the up-to-date workbook" in read(answer)
    assert "/plans/small/history/4" in answer.get_data(as_text=True)


def test_pressing_accept_twice_applies_once(client, clash, session, tracked):
    address, form = f"{address_of(clash)}/accept", form_of(clash, rest="leave")
    first, second = client.post(address, data=form), client.post(address, data=form)
    assert first.location == second.location
    session.rollback()
    assert history.number_at(session, tracked, max(r.at for r in revisions(session, tracked)).date()) == 4


def revisions(session, plan):
    from sqlalchemy import select

    from plan.models import Revision

    return list(session.scalars(select(Revision).where(Revision.plan_id == plan.id)))


def test_when_the_plan_moved_meanwhile_nothing_is_applied_and_the_other_choices_stay(
    client, edited, upload, record, write, eve, read, session, tracked
):
    content = edited({"G2": "Share it", "G3": "Sharpen it", "I3": "Quarter 3"})
    first, second = record(Kind.ACTION, TITLE), record(Kind.ACTION, "Sharpen the focus")
    write("ned", first, "text", "Share our vision")
    write("ned", second, "text", "Sharpen our focus")
    page = upload(content)
    write("ned", second, "text", "Blunt our focus")
    chosen = {f"take.{first.id}.text": "workbook", f"take.{second.id}.text": "workbook"}
    answer = client.post(f"{address_of(page)}/accept", data=form_of(page, **chosen))
    assert answer.status_code == 409
    assert "Somebody changed the plan while you were looking, so nothing was applied." in read(answer)
    assert "Changed since you looked" in read(answer)
    body = answer.get_data(as_text=True)
    assert re.search(rf'name="take.{first.id}.text" value="workbook" checked', body)
    assert not re.search(rf'name="take.{second.id}.text" value="workbook" checked', body)
    session.rollback()
    assert history.now(session, tracked)[first.id].get("text") == "Share our vision"


def test_the_page_shown_after_a_refusal_can_be_accepted(client, clash, action, write, shown, record):
    write("ned", record(Kind.ACTION, "Publish the procedure"), "lead", "Somebody")
    chosen = {f"take.{action.id}.text": "workbook"}
    again = client.post(f"{address_of(clash)}/accept", data=form_of(clash, **chosen))
    assert again.status_code == 409
    assert client.post(f"{address_of(again)}/accept", data=form_of(again, **chosen)).status_code == 303
    assert shown(action, "text") == "Share the vision with partners"


def test_choices_can_be_saved_and_come_back_to(client, clash, action, read):
    chosen = {f"take.{action.id}.text": "write", f"words.{action.id}.text": "My own"}
    answer = client.post(f"{address_of(clash)}/save", data=form_of(clash, **chosen))
    page = client.get(answer.location)
    assert "Your choices are saved" in read(page)
    assert "My own" in read(page)
    assert re.search(r'value="write" checked', page.get_data(as_text=True))


def test_letting_go_forgets_the_file_and_changes_nothing(client, clash, session, read):
    address = address_of(clash)
    page = client.get(client.post(f"{address}/let-go").location)
    assert "The upload of tracker.xlsx was let go. Nothing of the plan was changed." in read(page)
    assert client.get(address).status_code == 404
    session.rollback()
    assert session.get(Upload, address.rpartition("/")[2]).content == b""


def test_a_blank_cell_clears_only_what_is_ticked(client, eve, edited, upload, record, shown, read):
    minutes, report = record(Kind.ACHIEVEMENT, "Minutes"), record(Kind.ACHIEVEMENT, "Report")
    page = upload(edited({"F2": None, "F4": None}))
    assert "Blank in the workbook 2" in read(page)
    client.post(f"{address_of(page)}/accept", data=form_of(page, clear=f"{minutes.id}.evidence"))
    assert shown(minutes, "evidence") is None
    assert shown(report, "evidence") == "Report"


def test_a_missing_row_takes_out_only_what_is_ticked(client, eve, edited, upload, record, read, session, tracked):
    action = record(Kind.ACTION, "Sharpen the focus")
    page = upload(edited(without=[3]))
    assert "Not in the workbook any more" in read(page)
    client.post(f"{address_of(page)}/accept", data=form_of(page, remove=f"{action.id}.record"))
    session.rollback()
    now = history.now(session, tracked)
    assert not now[action.id].present
    assert [i.get("evidence") for i in now.of(Kind.ACHIEVEMENT)] == ["Minutes", "Web page", "Report"]


def test_a_new_row_is_shown_with_all_its_words_and_added(client, eve, edited, upload, read, record):
    row = ("7", "Care planning", "Escalate concerns", "Red", None, None, "Train the managers", "Head of Review", "Q3")
    page = upload(edited(rows=[row]))
    assert "New 1" in read(page)
    assert "Train the managers" in read(page)
    client.post(f"{address_of(page)}/accept", data=form_of(page))
    assert record(Kind.ACTION, "Train the managers").get("reference") == "7.2"


def test_what_the_plan_changed_meanwhile_is_told_and_kept(eve, edited, upload, record, write, read):
    content = edited({"I3": "Quarter 3"})
    write("ned", record(Kind.ACTION, TITLE), "text", "Share our vision")
    page = upload(content)
    assert "Changed here meanwhile, kept: 1" in read(page)
    assert "Nothing left to settle" in read(page)


def test_what_the_role_may_not_change_is_marked_and_left(client, eve, edited, upload, read, record, shown):
    page = upload(edited({"B5": "Planning of care", "I3": "Quarter 3"}))
    assert "Not yours to change, so it stays as it is." in read(page)
    done = client.get(client.post(f"{address_of(page)}/accept", data=form_of(page)).location)
    assert "your account may not change" in read(done)
    assert record(Kind.THEME, "Care planning").present


def test_rows_under_a_theme_the_role_may_not_add_do_not_stand_in_the_way(client, eve, edited, upload, read, record):
    row = ("30", "A new theme", "A new demand", "Red", None, None, "Begin", "Director", "Q3")
    page = upload(edited({"I3": "Quarter 3"}, rows=[row]))
    assert read(page).count("Not yours to change") == 3
    answer = client.post(f"{address_of(page)}/accept", data=form_of(page))
    assert answer.status_code == 303
    assert record(Kind.ACTION, "Quarter 3").present


def test_the_words_of_a_workbook_are_shown_as_words_and_never_as_markup(eve, edited, upload):
    page = upload(edited({"G2": "<script>alert(1)</script>"})).get_data(as_text=True)
    assert "<script>alert(1)" not in page
    assert "&lt;" in page


def ticked(page, name):
    return len(re.findall(rf'name="{name}" value="[^"]+" checked', page.get_data(as_text=True)))


@pytest.mark.parametrize(("tick", "count"), [("clear", 2), ("no clear", 0)])
def test_all_blank_cells_are_ticked_or_unticked_at_once(client, eve, edited, upload, record, shown, tick, count):
    page = upload(edited({"F2": None, "F4": None}))
    minutes = record(Kind.ACHIEVEMENT, "Minutes")
    form = form_of(page, tick=tick, clear=f"{minutes.id}.evidence")
    answer = client.post(f"{address_of(page)}/save", data=form)
    assert answer.location.endswith("#cleared")
    assert ticked(client.get(answer.location), "clear") == count
    assert shown(minutes, "evidence") == "Minutes"


def test_all_missing_rows_are_ticked_at_once_and_the_other_choices_stay(client, eve, edited, upload):
    page = upload(edited({"F2": None}, without=[3, 5]))
    blank = re.search(r'name="clear" value="([^"]+)"', page.get_data(as_text=True))[1]
    again = client.get(client.post(f"{address_of(page)}/save", data=form_of(page, tick="remove", clear=blank)).location)
    assert ticked(again, "remove") == len(re.findall('name="remove"', again.get_data(as_text=True))) > 1
    assert ticked(again, "clear") == 1


def test_two_peoples_uploads_are_settled_one_after_the_other_on_the_plan_as_it_then_is(
    client, eve, edited, upload, action, shown
):
    eves = upload(edited({"G2": "Share it with partners", "I3": "Quarter 3"}))
    client.sign_in("ned")
    neds = upload(edited({"G2": "Share it with schools", "H5": "Head of Care"}))
    assert client.post(f"{address_of(neds)}/accept", data=form_of(neds)).status_code == 303
    client.sign_in("eve")
    stale = client.post(f"{address_of(eves)}/accept", data=form_of(eves))
    assert stale.status_code == 409
    assert shown(action, "text") == "Share it with schools"
    chosen = {f"take.{action.id}.text": "both"}
    assert client.post(f"{address_of(eves)}/accept", data=form_of(stale, **chosen)).status_code == 303
    assert shown(action, "text") == "Share it with schools\nShare it with partners"


def test_many_clashes_say_where_all_of_them_are_settled_at_once(eve, edited, upload, record, write, read):
    content = edited({"G2": "Share it", "G3": "Sharpen it"})
    write("ned", record(Kind.ACTION, TITLE), "text", "Share our vision")
    write("ned", record(Kind.ACTION, "Sharpen the focus"), "text", "Sharpen our focus")
    page = read(upload(content))
    assert "To settle all that you do not choose one by one, say it beside the button" in page
    assert "Not chosen one by one Ask me again Keep the plan's words Take the workbook's words" in page


def test_a_preview_of_very_many_changes_is_turned_a_page_at_a_time(client, eve, edited, upload, read, monkeypatch):
    monkeypatch.setattr(turning, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(preview_page, "MOST_AT_ONCE", 2)
    page = upload(edited({f"H{row}": f"Lead of row {row}" for row in (2, 3, 4, 5)}))
    later = html.unescape(re.search(r'href="([^"]+)">The ones after', page.get_data(as_text=True))[1])
    assert "Shown here: 1 to 2 of 4. Accepting takes all of them." in read(page)
    assert "cell H5" not in read(page)
    turned = read(client.get(later))
    assert "Shown here: 3 to 4 of 4." in turned
    assert "cell H5" in turned
    assert "cell H2" not in turned


def test_accepting_takes_also_what_was_not_on_the_page(client, eve, edited, upload, history_of_leads, monkeypatch):
    monkeypatch.setattr(turning, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(preview_page, "MOST_AT_ONCE", 2)
    page = upload(edited({f"H{row}": f"Lead of row {row}" for row in (2, 3, 4, 5)}))
    client.post(f"{address_of(page)}/accept", data=form_of(page))
    assert history_of_leads() == [f"Lead of row {row}" for row in (2, 3, 4, 5)]


@pytest.fixture
def history_of_leads(session, tracked):
    return lambda: sorted(str(item.get("lead")) for item in history.now(session, tracked).of(Kind.ACTION))
