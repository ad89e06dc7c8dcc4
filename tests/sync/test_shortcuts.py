"""This file tells that each shortcut gives what the long way gives, and is left alone once anything has changed."""

import gc
import weakref
from pathlib import Path

import pytest

from plan import history
from plan.fields import Kind
from plan.undisturbed import undisturbed
from sync import open_workbook, own_workbook, trackers
from sync.detect.blocks import find_blocks
from sync.grid import Cell, Grid
from sync.lately import Lately
from sync.layout import Layout
from sync.own_workbook import read_own
from sync.roundtrip import comparing, preview

SAMPLE = Path(__file__).resolve().parents[2] / "plan" / "sample" / "improvement-plan.xlsx"


@pytest.fixture
def shown(desk_of, in_excel, find_cell):
    """A desk, and an edited download whose preview was made a moment ago to be shown next."""
    desk = desk_of("one-sheet")
    words = desk.now.of(Kind.ACTION)[0].get("text")
    content = in_excel(desk.download(), lambda book: setattr(find_cell(book, words), "value", "Other words"))
    return desk, content, preview(desk.session, desk.plan, content, shown_next=True)


def test_a_preview_made_a_moment_ago_is_handed_on_once(shown):
    desk, content, first = shown
    assert preview(desk.session, desk.plan, content) is first
    again = preview(desk.session, desk.plan, content)
    assert again is not first
    assert (again.decisions, again.problems, again.base) == (first.decisions, first.problems, first.base)


def test_a_preview_is_made_anew_when_the_plan_has_moved(shown):
    desk, content, first = shown
    desk.change(desk.now.of(Kind.ACTION)[1], "lead", "Somebody else")
    assert preview(desk.session, desk.plan, content).revision == first.revision + 1


def test_a_preview_is_made_anew_for_other_bytes_or_another_person(shown):
    desk, content, first = shown
    assert preview(desk.session, desk.plan, desk.download()).decisions == ()
    assert preview(desk.session, desk.plan, content, by=desk.editor) is not first


def test_a_preview_is_made_anew_for_another_reading(shown):
    desk, content, first = shown
    other = first.reading.layout.with_meanings([("Under review", "none")])
    assert preview(desk.session, desk.plan, content, layout=other) is not first


def test_what_was_kept_is_let_go_of_in_time(monkeypatch):
    kept: Lately[str] = Lately()
    monkeypatch.setattr("sync.lately.SECONDS", -1.0)
    kept.keep("a", "made")
    assert kept.take("a") is None


def test_what_was_kept_is_let_go_of_though_nobody_asks(monkeypatch):
    kept: Lately[str] = Lately()
    monkeypatch.setattr("sync.lately.SECONDS", -1.0)
    kept.keep("a", "made")
    kept._clock.join()
    assert not kept._made


def test_only_the_last_few_are_kept():
    kept: Lately[str] = Lately()
    kept.keep("a", "1")
    kept.keep("b", "2")
    kept.keep("c", "3")
    assert (kept.take("a"), kept.take("b"), kept.take("c")) == (None, "2", "3")


def test_the_own_workbook_is_read_once_and_says_what_reading_it_again_says(desk_of):
    desk = desk_of("one-sheet")
    tracker = trackers.newest(desk.session, desk.plan)
    first = read_own(desk.session, desk.plan, tracker)
    assert read_own(desk.session, desk.plan, tracker) is first
    assert own_workbook._read(desk.session, desk.plan, tracker) == first


def test_the_own_workbook_is_read_anew_when_its_bytes_or_its_layout_changed(desk_of, in_excel):
    desk = desk_of("one-sheet")
    tracker = trackers.newest(desk.session, desk.plan)
    first = read_own(desk.session, desk.plan, tracker)
    tracker.layout = Layout.from_json(tracker.layout).with_meanings([("Under review", "none")]).as_json()
    second = read_own(desk.session, desk.plan, tracker)
    assert second is not first
    tracker.content = in_excel(tracker.content, lambda book: None)
    assert read_own(desk.session, desk.plan, tracker) is not second


def test_an_unchanged_plan_gets_the_kept_bytes_and_a_changed_one_does_not(desk_of):
    desk = desk_of("one-sheet")
    kept = trackers.newest(desk.session, desk.plan).content
    assert desk.download() == kept
    desk.change(desk.now.of(Kind.ACTION)[0], "lead", "Somebody else")
    assert desk.download() != kept


def test_the_search_for_rings_is_put_off_while_somebody_is_at_work_and_begins_again():
    inner = undisturbed(gc.isenabled)
    outer = undisturbed(lambda: (inner(), gc.isenabled()))
    assert outer() == (False, False)
    assert gc.isenabled()


def test_the_search_for_rings_begins_again_after_work_that_failed():
    with pytest.raises(ZeroDivisionError):
        undisturbed(lambda: 1 / 0)()
    assert gc.isenabled()


def test_a_base_taken_back_from_the_plan_now_is_the_one_replayed(desk_of):
    desk = desk_of("one-sheet")
    before = desk.now
    desk.change(desk.now.of(Kind.ACTION)[0], "lead", "Somebody else")
    revision = trackers.newest(desk.session, desk.plan).revision
    assert dict(history.as_at(desk.session, desk.plan, revision, standing=desk.now)) == dict(before)


def test_nothing_is_kept_of_a_preview_that_is_not_shown_next(desk_of):
    desk = desk_of("one-sheet")
    made = preview(desk.session, desk.plan, desk.original)
    assert preview(desk.session, desk.plan, desk.original) is not made
    assert comparing._lately.take("anything") is None


def test_what_is_made_at_work_counts_as_old_afterwards():
    made = undisturbed(lambda: [[] for _ in range(10)])()
    assert not any(one is made for one in gc.get_objects(generation=0))


def test_a_sheet_that_was_looked_through_is_let_go_of_without_a_search_for_rings():
    headings = {(1, col): Cell(words) for col, words in enumerate(("Ref", "Requirement", "Action"), start=1)}
    gone = undisturbed(lambda: _looked_through(Grid("Plan", cells=headings)))()
    assert gone() is None


def _looked_through(grid):
    assert find_blocks(grid) == find_blocks(grid)
    assert find_blocks(grid)[0].grid is grid
    return weakref.ref(grid)


def test_a_workbook_is_opened_while_other_work_is_done():
    content = SAMPLE.read_bytes()
    assert open_workbook.begin(content)() == open_workbook.grids(content)


def test_what_is_no_workbook_is_refused_before_other_work_and_a_damaged_one_after():
    with pytest.raises(open_workbook.Unreadable, match="not an Excel workbook"):
        open_workbook.begin(b"words")
    opened = open_workbook.begin(b"PK\x03\x04 and no more")
    with pytest.raises(open_workbook.Unreadable, match="damaged"):
        opened()
