"""This file tests the dashboard's counts on random plans: they add up, and each is exactly the rows behind its link."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan import questions, show
from plan.fields import Kind, of
from plan.questions import Asked, Position, Surroundings
from plan.questions.moves import moved
from plan.snapshot import Item, Snapshot

DAY, BOARD = date(2013, 10, 15), date(2014, 1, 20)
statuses = st.sampled_from([None, "red", "amber", "green", "blue"])
teams = st.sampled_from([None, "Fieldwork", "Review"])
leads = st.sampled_from([None, "Director", "Head of Review"])
timescales = st.sampled_from([None, "Quarter 1", "Quarter 3", "Quarter 4", "On going", "In place", "TBC"])
pasts = st.lists(timescales, max_size=4)
values = st.sampled_from([None, 70, 71.5, 80])


def item(kind, id, parent, place, **said) -> Item:
    return Item(id, kind, parent, place, said.pop("present", True), {row.name: said.get(row.name) for row in of(kind)})


def requirement(draw, id, theme, place) -> list[Item]:
    made = [
        item(
            Kind.REQUIREMENT, id, theme, place, reference=id, status=draw(statuses), team=draw(teams), lead=draw(leads)
        ),
        item(Kind.INDICATOR, f"{id}i", id, 0, name="Visits", better=draw(st.sampled_from([None, "higher", "lower"]))),
        item(Kind.READING, f"{id}p", f"{id}i", 0, period="2013-01", value=draw(values)),
        item(Kind.READING, f"{id}q", f"{id}i", 1, period="2013-05", value=draw(values)),
    ]
    for n in range(draw(st.integers(0, 3))):
        said = {"status": draw(statuses), "lead": draw(leads), "timescale": draw(timescales)}
        made.append(item(Kind.ACTION, f"{id}a{n}", id, n, present=draw(st.integers(0, 5)) > 0, **said))
    return made


@st.composite
def snapshots(draw) -> Snapshot:
    made = [item(Kind.PLAN, "p", None, 0, title="Plan", year=2013)]
    for theme in ("t1", "t2"):
        made.append(item(Kind.THEME, theme, "p", 0, title=theme))
        for n in range(draw(st.integers(0, 3))):
            made += requirement(draw, f"{theme}r{n}", theme, n)
    return Snapshot(made)


@st.composite
def positions(draw) -> Position:
    snapshot = draw(snapshots())
    some = st.frozensets(st.sampled_from([one.id for one in snapshot.of(Kind.REQUIREMENT)] or ["none"]))
    past = {action.id: moved([*draw(pasts), action.get("timescale")], 2013) for action in snapshot.of(Kind.ACTION)}
    around = Surroundings(
        moves=past,
        board=draw(st.sampled_from([None, BOARD])),
        last=draw(st.none() | snapshots()),
        owing=draw(st.none() | some),
        deciders=dict.fromkeys(draw(some), "Fay or Ravi"),
    )
    waiting = frozenset((id, "status") for id in draw(some))
    return Position(snapshot, waiting, 2013, DAY, False, around)


scopes = st.builds(
    Asked,
    theme=st.sampled_from(["", "", "t1"]),
    team=st.sampled_from(["", "", "Fieldwork", "none"]),
    lead=st.sampled_from(["", "", "Director"]),
)


def every(summary) -> list[questions.Counts]:
    of_requirements = [summary.status, summary.since, summary.decider, summary.update, summary.owing, summary.figures]
    return [counts for counts in (*of_requirements, summary.when, summary.slipped) if counts]


def rows(position, counts, asked) -> int:
    found = questions.find(position, asked)
    if counts.of == "requirements":
        return found.shown
    return len(questions.found_actions(position, asked, found.requirements))


@settings(max_examples=50)
@given(position=positions(), scope=scopes)
def test_every_set_of_counts_adds_up_to_its_total(position, scope):
    sets = every(questions.summary(position, scope))
    assert [sum(one.number for one in counts.counts) for counts in sets] == [counts.total for counts in sets]


def test_the_sum_says_the_numbers_and_what_they_count(session, plan):
    summary = questions.summary(questions.position(session, plan, DAY), Asked())
    assert summary.status.sum == "1 + 1 + 1 = 3 requirements"
    narrow = questions.summary(questions.position(session, plan, DAY), Asked(theme="th2"))
    assert (narrow.status.sum, narrow.when.sum) == ("1 = 1 requirement", "1 = 1 action")


@settings(max_examples=50)
@given(position=positions(), scope=scopes)
def test_every_number_is_exactly_the_rows_that_its_address_shows(position, scope):
    numbers = [(counts, one) for counts in every(questions.summary(position, scope)) for one in counts.counts]
    asked_again = [Asked.of(one.asked.query()) for _, one in numbers]
    assert [one.number for _, one in numbers] == [
        rows(position, counts, asked) for (counts, _), asked in zip(numbers, asked_again, strict=True)
    ]


@settings(max_examples=50)
@given(position=positions())
def test_a_recount_from_the_plan_told_as_json_comes_to_the_same(position):
    told = show.as_json(position.snapshot, 1)
    requirements = [one for theme in told["themes"] for one in theme["requirements"]]
    actions = [(one, action) for one in requirements for action in one["actions"]]
    closed = [action for one, action in actions if (action["status"] or one["status"]) == "blue"]
    dated = [a for _, a in actions if a not in closed and a["due_by"] and a["timescale"] != "In place"]
    summary = questions.summary(position, Asked())
    assert {one.group: one.number for one in summary.status.counts if one.number} == Counter(
        one["status"] or "none" for one in requirements
    )
    assert summary.when["late"].number == sum(action["due_by"] < DAY.isoformat() for action in dated)
    due = sum(DAY.isoformat() <= action["due_by"] <= BOARD.isoformat() for action in dated)
    assert summary.when["before-board"].number == (due if position.around.board else 0)
    assert summary.when.total == summary.slipped.total == len(actions)


@settings(max_examples=50)
@given(position=positions())
def test_better_and_worse_since_the_last_board_are_told_by_the_scale_from_red_to_blue(position):
    scale, last = ["red", "amber", "green", "blue"], position.around.last
    summary = questions.summary(position, Asked())
    if last is None:
        assert summary.since is None
        return
    then = {one.id: one.get("status") for one in last.of(Kind.REQUIREMENT)}
    now = {one.id: one.get("status") for one in position.snapshot.of(Kind.REQUIREMENT)}
    both = [(then.get(id), now[id]) for id in now if then.get(id) and now[id]]
    assert summary.since["better"].number == sum(scale.index(new) > scale.index(old) for old, new in both)
    assert summary.since["worse"].number == sum(scale.index(new) < scale.index(old) for old, new in both)
    assert summary.status.then == len(then)


@settings(max_examples=50)
@given(position=positions())
def test_a_plan_without_surroundings_is_counted_without_the_questions_that_need_them(position):
    summary = questions.summary(replace(position, around=Surroundings()), Asked())
    assert (summary.since, summary.update, summary.owing) == (None, None, None)
    assert summary.when["before-board"].number == 0


@pytest.mark.parametrize(
    ("timescale", "day", "when"),
    [
        ("Quarter 2", date(2013, 9, 30), "before-board"),
        ("Quarter 2", date(2013, 10, 1), "late"),
        ("Quarter 4", date(2013, 9, 30), "before-board"),
        ("30 April 2014", date(2013, 9, 30), "later"),
        ("Quarter 2 and on going", date(2013, 10, 1), "late"),
        ("On going", date(2013, 10, 1), "on-going"),
        ("In place", date(2013, 10, 1), "done"),
        ("TBC", date(2013, 10, 1), "unknown"),
        (None, date(2013, 10, 1), "no-timescale"),
    ],
)
def test_an_action_is_late_the_day_after_its_window_and_due_up_to_the_boards_own_day(timescale, day, when):
    action = item(Kind.ACTION, "a", "r", 0, timescale=timescale)
    around = Surroundings(board=date(2014, 3, 31))
    assert Position(Snapshot([action]), frozenset(), 2013, day, False, around).when(action) == when


def test_an_action_without_a_lead_is_its_requirements_leads():
    requirement = item(Kind.REQUIREMENT, "r", "t", 0, lead="Director")
    theirs, other = item(Kind.ACTION, "a", "r", 0), item(Kind.ACTION, "b", "r", 1, lead="Head of Review")
    heads = item(Kind.PLAN, "p", None, 0), item(Kind.THEME, "t", "p", 0)
    position = Position(Snapshot([*heads, requirement, theirs, other]), frozenset(), 2013, DAY, False)
    assert [one.item for one in questions.summary(position, Asked(lead="Director")).actions] == [theirs]
    assert [one.item for one in questions.summary(position, Asked(lead="Head of Review")).actions] == [other]


def test_a_requirement_that_was_not_in_the_plan_at_the_last_board_is_not_compared():
    heads = item(Kind.PLAN, "p", None, 0), item(Kind.THEME, "t", "p", 0)
    now = Snapshot([*heads, item(Kind.REQUIREMENT, "r", "t", 0, status="green")])
    then = Snapshot([*heads, item(Kind.REQUIREMENT, "r", "t", 0, status="red", present=False)])
    summary = questions.summary(Position(now, frozenset(), 2013, DAY, False, Surroundings(last=then)), Asked())
    assert (summary.since["not-compared"].number, summary.since["better"].number) == (1, 0)


@pytest.mark.parametrize(
    ("said", "count", "slips"),
    [
        (["Quarter 2"], 0, 0),
        (["Quarter 2", "Quarter 4"], 1, 1),
        (["Quarter 4", "Quarter 2"], 1, 0),
        (["Quarter 2", "Quarter 3", "Quarter 4"], 2, 2),
        (["Quarter 2", "Quarter 4", "Quarter 2"], 0, 0),
        (["Quarter 2", "TBC"], 1, 1),
        (["TBC", "Quarter 2"], 1, 0),
        (["Quarter 2", None, "Quarter 3"], 1, 1),
        (["Quarter 2", "In place"], 1, 0),
        (["Quarter 2", "On going"], 1, 1),
        ([None], 0, 0),
    ],
)
def test_a_timescale_slips_when_its_end_moves_back_and_what_was_taken_back_does_not_count(said, count, slips):
    moves = moved(said, 2013)
    assert (moves.count, moves.slips) == (count, slips)
    assert moves.first == (said[0] or "")


def test_of_a_plan_held_at_a_day_of_its_own_as_much_falls_due_soon_as_the_board_is_away():
    action = item(Kind.ACTION, "a", "r", 0, text="Do it", timescale="Quarter 3")
    snapshot = Snapshot([item(Kind.PLAN, "p", None, 0), item(Kind.REQUIREMENT, "r", None, 0), action])
    around = Surroundings(board=date(2026, 12, 1), held=date(2026, 11, 1) - DAY)
    position = Position(snapshot, frozenset(), 2013, DAY, is_today=False, around=around)
    assert around.due_until == date(2013, 11, 14)
    assert position.when(action) == "later"
    assert replace(position, around=replace(around, board=date(2027, 2, 1))).when(action) == "before-board"
