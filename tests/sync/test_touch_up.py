"""This file tells when a download is only touched up, and that this says the same as writing the whole workbook."""

from dataclasses import replace

import pytest

from plan import history
from plan.fields import Kind
from sync import trackers
from sync.checked import write_checked
from sync.layout import Layout
from sync.own_workbook import read_own
from sync.reading import Origin
from sync.roundtrip.noticing import noticed
from sync.touch_up import touch_up
from sync.write_workbook.foot import feet


@pytest.fixture
def touched():
    """What the touched-up workbook is, None where it has to be written whole."""

    def touched(desk, target=None):
        tracker = trackers.newest(desk.session, desk.plan)
        then = history.as_at(desk.session, desk.plan, tracker.revision)
        written_as, origin = Origin(desk.plan.id, tracker.revision), trackers.origin(desk.session, desk.plan)
        layout = Layout.from_json(tracker.layout)
        said = feet(noticed(desk.session, desk.plan, desk.now, origin), layout.tables, tracker.places)
        return touch_up(tracker.content, layout, then, target or desk.now, written_as, origin, said)

    return touched


@pytest.fixture
def whole():
    """The workbook as it is written when all of it is read."""

    def whole(desk):
        tracker = trackers.newest(desk.session, desk.plan)
        sheets, reading, resolved = read_own(desk.session, desk.plan, tracker)
        origin = trackers.origin(desk.session, desk.plan)
        notice = noticed(desk.session, desk.plan, desk.now, origin)
        return write_checked(tracker.content, sheets, reading, resolved, desk.now, origin, notice=notice)

    return whole


def an_action(desk):
    return next(item for item in desk.now.of(Kind.ACTION) if item.get("text") and item.get("lead"))


@pytest.mark.parametrize("shape", ["one-sheet", "tables", "sheet-per-theme"])
def test_a_lead_changed_since_is_touched_up_byte_for_byte_as_the_whole_would_be(desk_of, touched, whole, shape):
    desk = desk_of(shape)
    desk.change(an_action(desk), "lead", "Head of Review")
    desk.change(desk.now.of(Kind.ACTION)[-1], "text", "Ask the last family too")
    quick, long = touched(desk), whole(desk)
    assert quick.content == long.content
    assert quick.wrote == long.wrote


def test_a_status_that_other_rows_have_is_said_as_the_whole_would_say_it(desk_of, touched, whole):
    desk = desk_of("one-sheet")
    item = next(i for i in desk.now.of(Kind.REQUIREMENT) if i.get("status") == "amber")
    desk.change(item, "status", "green")
    quick = touched(desk)
    assert quick.content == whole(desk).content


def test_what_was_touched_up_comes_back_as_no_change(desk):
    desk.change(an_action(desk), "lead", "Head of Review")
    assert desk.decided(desk.download()) == {}


def test_words_longer_than_a_cell_holds_are_left_to_the_whole_way(desk_of, touched):
    desk = desk_of("one-sheet")
    then = desk.now
    item = an_action(desk)
    desk.change(item, "lead", "x" * 400)
    too_long = replace(desk.now[item.id], values={**item.values, "lead": "y" * 40_000})
    target = type(then)([*(each for each in desk.now.values() if each.id != item.id), too_long])
    assert touched(desk, target) is None


def test_a_new_record_needs_the_whole_workbook(desk_of, touched):
    desk = desk_of("one-sheet")
    desk.add(Kind.ACTION, desk.requirement("7").id, text="Ask each family")
    assert touched(desk) is None


def test_a_removed_record_needs_the_whole_workbook(desk_of, touched):
    desk = desk_of("one-sheet")
    desk.remove(an_action(desk))
    assert touched(desk) is None


def test_a_cleared_cell_needs_the_whole_workbook(desk_of, touched):
    desk = desk_of("one-sheet")
    desk.change(an_action(desk), "lead", None)
    assert touched(desk) is None


def test_words_by_which_a_row_is_known_need_the_whole_workbook(desk_of, touched):
    desk = desk_of("one-sheet")
    desk.change(desk.requirement("7"), "text", "Other words altogether")
    assert touched(desk) is None


def test_a_day_in_place_of_words_needs_the_whole_workbook(desk_of, touched):
    desk = desk_of("one-sheet")
    desk.change(an_action(desk), "timescale", "30 September 2013")
    assert touched(desk) is None


def test_a_workbook_altered_since_it_was_written_is_not_touched_up(desk_of, in_excel, find_cell):
    desk = desk_of("one-sheet")
    item, tracker = an_action(desk), trackers.newest(desk.session, desk.plan)
    words = item.get("text")
    tracker.content = in_excel(tracker.content, lambda b: setattr(find_cell(b, words), "value", "Others"))
    then = desk.now
    desk.change(item, "text", "Third words")
    layout, written_as = Layout.from_json(tracker.layout), Origin(desk.plan.id, tracker.revision)
    assert (
        touch_up(tracker.content, layout, then, desk.now, written_as, trackers.origin(desk.session, desk.plan)) is None
    )


def test_a_workbook_of_another_revision_is_not_touched_up(desk_of):
    desk = desk_of("one-sheet")
    then, tracker = desk.now, trackers.newest(desk.session, desk.plan)
    desk.change(an_action(desk), "lead", "Head of Review")
    layout, other = Layout.from_json(tracker.layout), Origin(desk.plan.id, tracker.revision + 1)
    assert touch_up(tracker.content, layout, then, desk.now, other, trackers.origin(desk.session, desk.plan)) is None
