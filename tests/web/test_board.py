"""This file walks the board's cycle on the web: the office plans a year, staff give updates, the pack is frozen."""

import hashlib
import json
import re
from datetime import timedelta

import pytest

from blueprints.extensions import now, today
from plan import cycles, edits, history
from plan.cycles import Document
from plan.edits import Edit
from plan.fields import Kind
from plan.ledger import Step
from plan.models import PackFormat, PackKind, Plan, Source, new_id
from plan.timescale import say_date

BOARD, UPDATES = "/plans/small/board", "/plans/small/updates"


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)))


@pytest.fixture
def make(session, plan, cast):
    """`make(opens, cut_off, board)` adds a cycle; the numbers are days from today."""

    def make(*from_today: int, title="Next board") -> str:
        days = ((today() + timedelta(days=day)).isoformat() for day in from_today)
        values = {"title": title, **dict(zip(("opens", "cut_off", "board_date"), days, strict=True))}
        id = cycles.add(session, plan, values, Step(cast["olga"], now(), Source.BROWSER))
        session.commit()
        return id

    return make


@pytest.fixture
def is_open(make) -> str:
    return make(-3, 4, 11)


@pytest.fixture
def is_cut_off(make) -> str:
    return make(-9, -1, 6)


def year(**said):
    first = say_date(today() + timedelta(days=30))
    return {"first": first, "every": "weekday", "weeks": "4", "opens_before": "14", "cut_off_before": "7", **said}


def test_without_cycles_the_page_says_what_one_is_and_who_makes_them(client, plan):
    assert "The programme office makes them" in words(client.sign_in("fay").get(BOARD))


def test_the_office_makes_a_year_of_boards_at_once(client, session, plan):
    answer = client.sign_in("olga").post(f"{BOARD}/year", data=year(), follow_redirects=True)
    assert "Made 12 cycles." in words(answer)
    made = cycles.of_plan(session, plan)
    assert [(one.board - one.opens, one.board - one.cut_off) for one in made] == [
        (timedelta(days=14), timedelta(days=7))
    ] * 12


def test_making_the_same_year_again_leaves_out_what_there_is(client, plan):
    client.sign_in("olga").post(f"{BOARD}/year", data=year())
    answer = client.post(f"{BOARD}/year", data=year(), follow_redirects=True)
    assert "Made 0 cycles. 12 cycles would have been open at once" in words(answer)


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"first": "soon"}, "Write the day of the first board in full"),
        ({"every": "weeks", "weeks": "0"}, "1 to 26 weeks"),
        ({"opens_before": "7", "cut_off_before": "14"}, "check the two numbers of days"),
        ({"every": "weeks", "weeks": "1"}, "let each open fewer days before"),
        ({"opens_before": "x"}, "is not a whole number"),
    ],
)
def test_a_year_that_cannot_be_is_refused_with_what_was_typed(client, session, plan, said, says):
    answer = client.sign_in("olga").post(f"{BOARD}/year", data=year(**said))
    assert answer.status_code == 422
    assert says in words(answer)
    assert f'value="{year(**said)["first"]}"' in answer.get_data(as_text=True)
    assert cycles.of_plan(session, plan) == []


def test_one_cycle_is_added_by_hand_and_a_mistake_shown_beside_its_input(client, session, plan):
    typed = {"title": "Special board", "opens": "2 September 2013", "cut_off": "sometime", "board_date": "20/9/2013"}
    refused = client.sign_in("olga").post(f"{BOARD}/add", data=typed)
    assert refused.status_code == 422
    assert "“sometime” is not one day" in words(refused)
    answer = client.post(f"{BOARD}/add", data={**typed, "cut_off": "13 September 2013"}, follow_redirects=True)
    assert "Special board" in words(answer)
    assert [str(one.cut_off) for one in cycles.of_plan(session, plan)] == ["2013-09-13"]


def test_the_office_changes_a_day_in_place_and_an_impossible_one_is_refused(client, session, plan, is_open):
    shown = client.sign_in("olga").get(f"{BOARD}/{is_open}").get_data(as_text=True)
    address = f"/plans/small/cycle/{is_open}/cut_off"
    assert address in shown
    was = cycles.find(session, plan, is_open).cut_off.isoformat()
    wrong = client.post(address, data={"cut_off.was": was, "cut_off": say_date(today() + timedelta(days=99))})
    assert wrong.status_code == 422
    assert "put the days in order" in words(wrong)
    right = client.post(address, data={"cut_off.was": was, "cut_off": say_date(today() + timedelta(days=5))})
    assert right.status_code == 303
    assert cycles.find(session, plan, is_open).cut_off == today() + timedelta(days=5)


def test_readers_see_a_cycle_and_can_change_nothing_in_it(client, plan, is_open):
    shown = client.sign_in("rita").get(f"{BOARD}/{is_open}").get_data(as_text=True)
    assert "Open, 4 days left to its cut-off" in shown
    assert "app-field__change" not in shown
    assert "Take this cycle out" not in shown
    assert "My updates" not in shown


def test_a_cycle_without_a_pack_can_be_taken_out_and_that_undone(client, session, plan, is_open):
    client.sign_in("olga").post(f"{BOARD}/{is_open}/remove")
    assert cycles.of_plan(session, plan) == []
    session.rollback()
    client.post(f"/plans/small/history/{history.number_at(session, plan, today())}/undo")
    assert [one.id for one in cycles.of_plan(session, plan)] == [is_open]


def test_the_office_sees_who_owes_by_team_and_lead(client, plan, is_open):
    shown = words(client.sign_in("olga").get(f"{BOARD}/{is_open}"))
    assert "0 of 6 updated" in shown
    assert "Fieldwork Director: 0 of 2 updated" in shown
    assert "Review Head of Review: 0 of 1 updated" in shown


def test_everybody_finds_their_own_updates_and_how_far_they_are(client, plan, is_open):
    shown = words(client.sign_in("eve").get(UPDATES))
    assert "0 of 2 done" in shown
    assert "Update requirement 2 " in shown
    assert "requirement 7" not in shown
    assert re.search(r"My updates 2 updates due", shown)


def test_no_change_is_recorded_with_name_and_day(client, plan, is_open):
    answer = client.sign_in("eve").post(UPDATES, data={"shown": ["r2", "r20"], "record": "r2"}, follow_redirects=True)
    shown = words(answer)
    assert "Recorded “no change” for 1 line" in shown
    assert "1 of 2 done" in shown
    assert f"No change, confirmed by Eve Editor on {say_date(today())}" in shown
    assert "My updates 1 update due" in shown


def test_no_change_to_everything_at_once(client, session, plan, is_open):
    answer = client.sign_in("eve").post(UPDATES, data={"shown": ["r2", "r20"], "all": "yes"}, follow_redirects=True)
    assert "Everything is done" in words(answer)
    assert "My updates 2" not in words(answer)


def test_an_edit_is_an_update_and_clears_the_line(client, session, plan, cast, is_open):
    edit = Edit(Kind.REQUIREMENT, "r2", "status_reason", "Agreed by cabinet")
    edits.apply(session, plan, [edit], Step(cast["fay"], now(), Source.BROWSER))
    session.commit()
    assert "Updated by Fay Fieldwork-Lead" in words(client.sign_in("eve").get(UPDATES))


def test_htmx_gets_the_list_alone_with_the_counter_and_an_announcement(client, plan, is_open):
    data = {"shown": ["r2", "r20"], "record": "r2"}
    answer = client.sign_in("eve").post(UPDATES, data=data, headers={"HX-Request": "true"})
    body = answer.get_data(as_text=True)
    assert body.lstrip().startswith('<div id="updates">')
    assert 'id="updates-count" class="app-count" hx-swap-oob="true"' in body
    assert body.count("autofocus") == 1
    assert "Recorded" in json.loads(answer.headers["HX-Trigger"])["announce"]


def test_what_is_somebody_elses_is_refused_and_nothing_recorded(client, session, plan, is_open):
    answer = client.sign_in("eve").post(UPDATES, data={"record": "r7"})
    assert answer.status_code == 409
    assert "not asked of you any more" in words(answer)


def test_pressing_nothing_is_told(client, plan, is_open):
    assert "Nothing was chosen" in words(client.sign_in("eve").post(UPDATES, data={}))


def test_after_the_cut_off_no_update_is_asked_and_a_late_word_is_refused(client, plan, is_cut_off):
    assert "No cycle is open today" in words(client.sign_in("eve").get(UPDATES))
    answer = client.post(UPDATES, data={"record": "r2"})
    assert answer.status_code == 409
    assert "so nothing was recorded" in words(answer)


def test_before_the_cut_off_the_pack_cannot_be_frozen(client, plan, is_open):
    assert "Freeze the pack" not in words(client.sign_in("olga").get(f"{BOARD}/{is_open}"))
    answer = client.post(f"{BOARD}/{is_open}/freeze", data={"edition": 1})
    assert answer.status_code == 409
    assert "come back the day after" in words(answer)


@pytest.fixture
def long_past(client, plan, make) -> str:
    """A cycle whose cut-off came after the plan was made, in July 2013."""
    return make(*((day - today()).days for day in (now().date().replace(2013, 7, day) for day in (2, 10, 17))))


@pytest.fixture
def frozen(session, plan, cast, long_past) -> str:
    """That cycle with its position and one page frozen."""
    page = Document(PackKind.BOARD, PackFormat.HTML, "Board pack.html", "<p>Näher – 12</p>".encode())
    step = Step(cast["olga"], now(), Source.BROWSER)
    cycles.freeze(session, plan, cycles.find(session, plan, long_past), [page], step, edition=1, on=today())
    session.commit()
    return long_past


@pytest.fixture
def edit_often(session, plan, cast):
    """`edit_often(100)` gives requirement 2 other words a hundred times."""

    def edit_often(times: int) -> None:
        for number in range(times):
            edit = Edit(Kind.REQUIREMENT, "r2", "text", f"Other words {number}")
            edits.apply(session, plan, [edit], Step(cast["eve"], now(), Source.BROWSER))
        session.commit()

    return edit_often


def frozen_files(client, id):
    return re.findall(r"/plans/small/board/packs/\d+", client.get(f"{BOARD}/{id}").get_data(as_text=True))


def test_a_frozen_pack_is_given_back_byte_for_byte_whatever_is_edited_later(client, edit_often, frozen):
    first = [client.get(file) for file in frozen_files(client.sign_in("olga"), frozen)]
    edit_often(1)
    again = [client.get(file) for file in frozen_files(client, frozen)]
    assert [one.data for one in again] == [one.data for one in first]
    assert again[1].data == "<p>Näher – 12</p>".encode()
    assert "attachment" in again[1].headers["Content-Disposition"]
    shown = words(client.get(f"{BOARD}/{frozen}"))
    assert all(hashlib.sha256(one.data).hexdigest() in shown for one in first)


def test_a_second_press_freezes_nothing_again(client, session, plan, frozen):
    refused = client.sign_in("olga").post(f"{BOARD}/{frozen}/freeze", data={"edition": 1})
    assert refused.status_code == 409
    assert "nothing was frozen again" in words(refused)
    assert "Freeze edition 2" in words(refused)
    assert len(frozen_files(client, frozen)) == 2


def test_a_frozen_cycle_stays_and_its_days_are_not_offered_for_change(client, plan, frozen):
    shown = client.sign_in("olga").get(f"{BOARD}/{frozen}").get_data(as_text=True)
    assert re.findall(rf'href="/plans/small/cycle/{frozen}/(\w+)', shown) == ["title", "board_date"]
    assert "Take this cycle out" not in shown
    assert client.post(f"{BOARD}/{frozen}/remove").status_code == 409


def test_a_pack_of_another_plan_is_not_given_away(client, session, plan, frozen):
    file = frozen_files(client.sign_in("olga"), frozen)[0]
    other = Plan(id=new_id(), slug="other", present=True, title="Other")
    session.add(other)
    session.commit()
    assert client.get(file.replace("small", "other")).status_code == 404


@pytest.mark.slow
def test_the_office_freezes_the_board_pack_and_the_review_in_every_form_and_can_make_them_again(
    client, session, plan, edit_often, long_past
):
    freeze = f"{BOARD}/{long_past}/freeze"
    answer = client.sign_in("olga").post(freeze, data={"edition": 1}, follow_redirects=True)
    assert re.search(r"Froze the pack: [79] files as at revision 2", words(answer))
    edit_often(100)
    client.post(freeze, data={"edition": 2})
    cycle = cycles.find(session, plan, long_past)
    kept = {(one.edition, one.kind, one.format): one.sha256 for one in cycles.packs_of(session, cycle)}
    first, second = ({key[1:]: told for key, told in kept.items() if key[0] == edition} for edition in (1, 2))
    assert first == second
    assert {("board", "docx"), ("review", "html"), ("position", "json"), ("board", "xlsx")} <= first.keys()
    assert cycles.verify(session, plan) == []
