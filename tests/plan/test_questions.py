"""This file tests what the pages ask of the plan: names, lateness, finding, and the past in words."""

from datetime import UTC, date, datetime

import pytest

from plan import edits, history, ledger, questions
from plan.edits import Edit
from plan.fields import Kind
from plan.models import Source
from plan.questions import Asked, Sort
from plan.snapshot import Item
from plan.timescale import parse

TODAY = date(2014, 1, 1)
LATER = datetime(2013, 10, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def position(session, plan):
    return questions.position(session, plan, TODAY)


def references(answer):
    return [one.item.get("reference") for theme in answer.themes for one in theme.requirements]


def change(session, plan, by, *changes, source=Source.BROWSER, file=None):
    step = ledger.Step(by, LATER, source, file=file)
    return edits.apply(session, plan, [Edit(*one) for one in changes], step)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Quarter 2", "1 July to 30 September 2013"),
        ("Quarters 3 and 4", "1 October 2013 to 31 March 2014"),
        ("Quarter 2 and on going", "1 July to 30 September 2013, then on going"),
        ("by 31 March 2014", "By 31 March 2014"),
        ("1 May 2013", "1 May 2013"),
        ("On going", "On going, with no end"),
        ("In place", "Done"),
        ("TBC", "No day can be worked out from these words"),
    ],
)
def test_a_timescale_is_told_as_the_days_it_promises(words, said):
    assert questions.due_words(parse(words, 2013)) == said


def test_lateness_is_reckoned_on_the_position_date_where_the_plan_has_one(position):
    assert (position.day, position.is_today) == (date(2013, 10, 15), False)
    assert position.is_late(position.snapshot["act1"])
    assert not position.is_late(position.snapshot["act2"])


def test_lateness_is_reckoned_on_today_where_it_has_none(session, plan, cast):
    change(session, plan, cast["olga"], (Kind.PLAN, plan.id, "position_date", None))
    position = questions.position(session, plan, date(2014, 4, 2))
    assert position.is_today
    assert position.is_late(position.snapshot["act2"])


def test_a_blue_action_is_never_late(session, plan, cast):
    change(session, plan, cast["eve"], (Kind.ACTION, "act1", "status", "blue"))
    position = questions.position(session, plan, TODAY)
    assert not position.is_late(position.snapshot["act1"])


def test_everything_is_found_in_the_plans_order(position):
    answer = questions.find(position, Asked())
    assert references(answer) == ["2", "20", "7"]
    assert (answer.shown, answer.total) == (3, 3)


def test_the_counts_by_status_add_up_to_all_requirements(position):
    answer = questions.find(position, Asked(status="red"))
    assert answer.counts == {"red": 1, "amber": 1, "green": 1, "blue": 0, "none": 0}
    assert sum(answer.counts.values()) == answer.total


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Asked(status="red"), ["7"]),
        (Asked(theme="th1"), ["2", "20"]),
        (Asked(lead="Head of Review"), ["7"]),
        (Asked(late=True), ["2"]),
        (Asked(awaiting=True), []),
        (Asked(q="MINUTES"), ["2"]),
        (Asked(q="procedure publish"), ["7"]),
        (Asked(q="2.1"), ["2"]),
        (Asked(q="visits six weeks"), ["7"]),
        (Asked(q="vision", status="red"), []),
    ],
)
def test_requirements_are_found_by(position, asked, found):
    assert references(questions.find(position, asked)) == found


def test_a_requirement_awaits_sign_off_when_anything_under_it_does(session, plan, cast):
    change(session, plan, cast["ned"], (Kind.READING, "rd2", "value", 80))
    position = questions.position(session, plan, TODAY)
    assert references(questions.find(position, Asked(awaiting=True))) == ["7"]


def test_what_was_removed_before_it_was_ever_signed_off_awaits_nothing(session, plan, cast):
    made = edits.new(Kind.ACTION, "act9", "r7", {"text": "A slip"})
    edits.apply(session, plan, made, ledger.Step(cast["eve"], LATER, Source.BROWSER))
    change(session, plan, cast["eve"], (Kind.ACTION, "act9", "present", False))
    assert questions.position(session, plan, TODAY).waiting == frozenset()


def test_each_view_has_one_address():
    asked = Asked.of({"q": " vision ", "theme": "", "status": "red", "late": "yes", "page": "9"})
    assert asked.query_string() == "?q=vision&status=red&late=yes"


def test_a_requirement_without_a_lead_has_its_actions_leads(position):
    found = questions.found_requirement(position, position.snapshot["r2"])
    assert found.leads == ("Director",)
    assert found.achievements == 1


def test_records_are_named_in_a_few_words(position):
    named = {id: questions.name(position.snapshot, position.snapshot[id]) for id in ("r2", "act1", "ach2", "rd2")}
    assert named == {
        "r2": "requirement 2",
        "act1": "action 2.1",
        "ach2": "achievement “Web page”",
        "rd2": "May 2013 of figure “Visits within six weeks”",
    }


def test_a_long_name_is_cut_between_words(position):
    long = Item("x", Kind.ACHIEVEMENT, "r2", values={"text": "Agreed\nby " + "everybody " * 20})
    said = questions.name(position.snapshot, long)
    assert said.startswith("achievement “Agreed by everybody")
    assert said.endswith("everybody…”")


def test_the_past_says_who_when_where_and_word_by_word(session, plan, cast):
    change(
        session,
        plan,
        cast["eve"],
        (Kind.REQUIREMENT, "r2", "text", "Set out a clear vision", "Tracker", "C4"),
        source=Source.WORKBOOK,
        file="tracker.xlsx",
    )
    snapshot = history.now(session, plan)
    newest = questions.requirement_entries(session, snapshot, snapshot["r2"])[0]
    told = newest.told[0]
    assert (newest.by, newest.at, newest.source) == ("Eve Editor", LATER, "from the workbook tracker.xlsx")
    assert (told.sort, told.what, told.cell) == (
        Sort.CHANGED,
        "Requirement of requirement 2",
        "sheet Tracker, cell C4",
    )
    assert [(piece.kind, piece.text) for piece in told.pieces if piece.kind != "same"] == [("added", "clear ")]


def test_a_new_record_is_told_once_with_all_its_words(session, plan):
    snapshot = history.now(session, plan)
    first = questions.requirement_entries(session, snapshot, snapshot["r7"])[-1]
    told = [one for one in first.told if one.record == "act7"]
    assert [(one.sort, one.what) for one in told] == [(Sort.ADDED, "Action 7.1")]
    assert "Timescale: On going" in told[0].pieces[0].text


def test_a_figure_is_told_as_a_whole_before_and_after(session, plan, cast):
    change(session, plan, cast["eve"], (Kind.READING, "rd2", "value", 72.5))
    snapshot = history.now(session, plan)
    told = questions.requirement_entries(session, snapshot, snapshot["r7"])[0].told[0]
    assert [(piece.kind, piece.text) for piece in told.pieces] == [("removed", "71"), ("added", "72.5")]


def test_removing_and_bringing_back_are_told_as_such(session, plan, cast):
    change(session, plan, cast["eve"], (Kind.ACTION, "act1", "present", False))
    change(session, plan, cast["eve"], (Kind.ACTION, "act1", "present", True))
    snapshot = history.now(session, plan)
    told = [one.told[0] for one in questions.requirement_entries(session, snapshot, snapshot["r2"])[:2]]
    assert [(one.sort, one.what) for one in told] == [
        (Sort.BROUGHT_BACK, "Action 2.1"),
        (Sort.REMOVED, "Action 2.1"),
    ]


def test_the_list_of_revisions_is_paged_newest_first(session, plan, cast, monkeypatch):
    monkeypatch.setattr(questions.past, "PAGE", 2)
    change(session, plan, cast["eve"], (Kind.REQUIREMENT, "r2", "lead", "Director"))
    page = questions.page_of(session, plan, 2)
    assert (page.number, page.pages, page.total) == (2, 2, 3)
    assert [line.number for line in questions.page_of(session, plan, 1).lines] == [3, 2]
    assert questions.page_of(session, plan, 1).lines[0].changes == 1
