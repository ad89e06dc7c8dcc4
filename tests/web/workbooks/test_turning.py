"""This file turns the sections of a large preview from page to page: nothing chosen on one is lost on another."""

import re

import pytest

from blueprints.workbooks import turning
from plan import history
from plan.fields import Kind


@pytest.fixture(autouse=True)
def two_at_once(monkeypatch):
    monkeypatch.setattr(turning, "ASKED_AT_ONCE", 2)
    monkeypatch.setattr(turning, "TOLD_AT_ONCE", 2)


@pytest.fixture
def turn(client, press):
    """Somebody turns a section of a preview, having chosen this; the answer is the page that follows."""

    def turn(page, where, **chosen):
        answer = press(page, "save", turn=where, **chosen)
        assert answer.location.endswith(f"#{where.partition('.')[0]}")
        return client.get(answer.location)

    return turn


@pytest.fixture
def leads(session, tracked):
    """The leads that the plan's actions have."""
    return lambda: [str(item.get("lead")) for item in history.now(session, tracked).of(Kind.ACTION)]


@pytest.fixture
def clashes(eve, edited, upload, session, tracked, write):
    """Every action's lead was changed by Ned and, otherwise, in the workbook that Eve uploads."""
    content = edited({f"H{row}": f"Lead of row {row}" for row in (2, 3, 4, 5)})
    for item in history.now(session, tracked).of(Kind.ACTION):
        write("ned", item, "lead", f"Ned's {item.get('reference')}")
    return upload(content)


def keys(page, name="take"):
    """The keys of what is asked on this page, in order."""
    found = re.findall(rf'name="{name}\.([^"]+)"', page.get_data(as_text=True))
    return list(dict.fromkeys(found))


def checked(page):
    return re.findall(r'name="take\.([^"]+)" value="(\w+)" checked', page.get_data(as_text=True))


@pytest.mark.slow
def test_a_preview_of_many_changes_is_turned_a_page_at_a_time(eve, edited, upload, read, turn):
    page = upload(edited({f"H{row}": f"Lead of row {row}" for row in (2, 3, 4, 5)}))
    assert "1 to 2 of 4; accepting takes all of them" in read(page)
    assert "cell H5" not in read(page)
    turned = read(turn(page, "changes.2"))
    assert "3 to 4 of 4;" in turned
    assert "cell H5" in turned
    assert "cell H2" not in turned


@pytest.mark.slow
def test_accepting_takes_also_what_was_not_on_the_page(eve, edited, upload, leads, press):
    press(upload(edited({f"H{row}": f"Lead of row {row}" for row in (2, 3, 4, 5)})), "accept")
    assert sorted(leads()) == [f"Lead of row {row}" for row in (2, 3, 4, 5)]


def test_what_was_chosen_on_one_page_is_kept_on_the_others_and_accepted(clashes, turn, press, leads, read):
    first = keys(clashes)
    second = turn(clashes, "clashes.2", **{f"take.{key}": "workbook" for key in first})
    assert "2 not settled" in read(second)
    assert len(first) == len(keys(second)) == 2
    assert checked(turn(second, "clashes.0")) == [(key, "workbook") for key in first]
    assert press(second, "accept", **{f"take.{key}": "workbook" for key in keys(second)}).status_code == 303
    assert sorted(leads()) == [f"Lead of row {row}" for row in (2, 3, 4, 5)]


@pytest.mark.slow
def test_the_bar_leads_to_the_page_of_what_is_not_settled(clashes, turn):
    assert re.search(r'<a class="govuk-link" href="#c-', clashes.get_data(as_text=True))
    settled = turn(clashes, "clashes.0", **{f"take.{key}": "plan" for key in keys(clashes)})
    assert 'name="turn" value="clashes.2"' in settled.get_data(as_text=True).partition("app-bar__words")[2]


@pytest.mark.slow
def test_accepting_with_some_unsettled_shows_the_page_that_they_are_on(clashes, turn, press, read):
    again = press(clashes, "accept", **{f"take.{key}": "plan" for key in keys(clashes)})
    assert again.status_code == 422
    assert "3 to 4 of 4" in read(again)
    assert read(again).count(": lead: Choose which words shall stand.") == 2
    assert "And 2 more on other pages of the same list." in read(press(turn(clashes, "clashes.0"), "accept"))


@pytest.mark.slow
def test_what_is_to_become_of_the_rest_is_kept_when_turning(clashes, turn):
    assert 'value="leave" selected' in turn(clashes, "clashes.2", rest="leave").get_data(as_text=True)


def test_what_moved_since_it_was_chosen_on_another_page_is_asked_again(
    clashes, turn, press, write, record, read, client, leads
):
    second = turn(clashes, "clashes.2", **{f"take.{key}": "workbook" for key in keys(clashes)})
    write("ned", record(Kind.ACTION, "Ned's 2.1"), "lead", "Ned again")
    last = press(second, "accept", **{f"take.{key}": "workbook" for key in keys(second)})
    assert last.status_code == 409
    again = press(last, "accept", **{f"take.{key}": "workbook" for key in keys(second)})
    assert again.status_code == 422
    assert read(again).count("Choose which words shall stand.") == 2
    assert "Ned again" in leads()


@pytest.mark.slow
def test_a_box_unticked_on_a_page_that_was_turned_back_to_is_unticked(eve, edited, upload, turn):
    page = upload(edited({"F2": None, "F3": None, "F4": None}))
    boxes = re.findall(r'name="clear" value="([^"]+)"', page.get_data(as_text=True))
    second = turn(page, "cleared.2", clear=boxes)
    back = turn(second, "cleared.0")
    assert len(re.findall(r'name="clear" value="[^"]+" checked', back.get_data(as_text=True))) == 2
    again = turn(turn(back, "cleared.2", clear=boxes[:1]), "cleared.0")
    assert re.findall(r'name="clear" value="([^"]+)" checked', again.get_data(as_text=True)) == boxes[:1]


@pytest.mark.slow
def test_a_place_that_there_is_none_of_turns_nowhere(client, clashes, press):
    answer = press(clashes, "save", turn="slug.5")
    assert answer.location.partition("#")[0] == clashes.request.path


@pytest.mark.parametrize("said", ["", "clashes", "clashes.", "clashes.-2", "clashes.²", ".x"])
def test_words_that_are_no_button_turn_nothing(said):
    assert turning.pressed(said) == {}


@pytest.mark.parametrize(("asked", "start"), [(-3, 0), (0, 0), (3, 2), (4, 4), (5, 4), (99, 4)])
def test_a_section_of_five_is_turned_to_a_whole_page_of_two(asked, start):
    assert turning.Turned({"clashes": asked}).start("clashes", 5, 2) == start
