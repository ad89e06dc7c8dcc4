"""This file tests the office's way out: where nobody may decide is found, and somebody is named for a time."""

from datetime import UTC, date, datetime

import pytest

from plan import edits, signoffs
from plan.deputies import CannotName
from plan.edits import Edit
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Outcome, Source
from plan.signoffs import Shown, naming
from plan.signoffs.naming import Place

MONDAY = datetime(2013, 7, 8, 9, 0, tzinfo=UTC)
ON = MONDAY.date()
FRIDAY = date(2013, 7, 12)
FIELDWORK = Place(team="Fieldwork")


@pytest.fixture
def write(session, plan, cast):
    """Somebody changes one field in the browser."""

    def write(who, record, field, value, kind=Kind.REQUIREMENT):
        edits.apply(session, plan, [Edit(kind, record, field, value)], Step(cast[who], MONDAY, Source.BROWSER))

    return write


@pytest.fixture
def stuck(session, plan):
    def stuck():
        return naming.stuck(session, plan, signoffs.lines(session, plan), signoffs.all_powers(session, ON))

    return stuck


@pytest.fixture
def name(session, cast, stuck):
    """Olga names somebody; by default where anything is stuck."""

    def name(place, who, starts=ON, ends=FRIDAY, *, by="olga"):
        offered = [place for one in stuck() for place in one.places]
        step = Step(cast[by], MONDAY, Source.BROWSER)
        return naming.name(session, place, cast[who], starts, ends, step, offered=offered, on=ON)

    return name


def sign(session, plan, cast, who, at=MONDAY):
    shown = [Shown(line.key, line.token) for line in signoffs.queue(session, plan, cast[who], at.date())]
    return signoffs.decide(session, plan, shown, Outcome.SIGNED_OFF, Step(cast[who], at, Source.SIGN_OFF))


def test_nothing_is_stuck_where_a_lead_may_decide(write, stuck):
    write("eve", "r2", "lead", "Director")
    assert stuck() == []


def test_what_every_lead_of_the_team_had_a_hand_in_is_stuck(write, stuck):
    write("fay", "r2", "lead", "Director")
    [one] = stuck()
    assert (one.team, one.has_lead, [line.key for line in one.lines]) == ("Fieldwork", True, ["r2.lead"])
    assert one.places == (FIELDWORK, Place(record="r2"))


def test_a_team_that_nobody_leads_is_found_before_anything_waits(session, cast, stuck):
    cast["ravi"].active = False
    session.flush()
    [one] = stuck()
    assert (one.team, one.has_lead, one.lines) == ("Review", False, ())


def test_a_theme_that_both_leads_touched_is_stuck_without_a_team(write, stuck):
    write("fay", "th1", "title", "By Easter", Kind.THEME)
    write("ravi", "th1", "title", "By Whitsun", Kind.THEME)
    assert [(one.team, one.places) for one in stuck()] == [(None, (Place(record="th1"),))]


def test_whom_the_office_named_signs_off_and_the_record_says_for_whom(session, plan, cast, write, name, stuck):
    write("fay", "r2", "lead", "Director")
    name(FIELDWORK, "ned")
    assert stuck() == []
    assert [d.on_behalf_of for d in sign(session, plan, cast, "ned").decisions] == [
        "the programme office (named by Olga Office)"
    ]


def test_who_is_named_for_one_requirement_decides_on_no_other(session, plan, cast, write, name):
    write("fay", "r2", "lead", "Director")
    write("fay", "r20", "lead", "Director")
    name(Place(record="r20"), "ned")
    assert [line.key for line in signoffs.queue(session, plan, cast["ned"], ON)] == ["r20.lead"]


def test_whom_the_office_named_does_not_decide_on_their_own_change(session, plan, cast, write, name):
    write("fay", "r2", "lead", "Director")
    name(FIELDWORK, "ned")
    write("ned", "r2", "lead", "Deputy director")
    assert signoffs.queue(session, plan, cast["ned"], ON) == []


@pytest.mark.parametrize(("day", "may"), [(7, False), (8, True), (12, True), (13, False)])
def test_they_decide_from_the_first_to_the_last_day(session, plan, cast, write, name, day, may):
    write("fay", "r2", "lead", "Director")
    name(FIELDWORK, "ned")
    assert bool(signoffs.queue(session, plan, cast["ned"], date(2013, 7, day))) is may


def test_the_office_ends_it_from_that_day_on(session, plan, cast, write, name):
    write("fay", "r2", "lead", "Director")
    named = name(FIELDWORK, "ned")
    naming.end(session, plan, named.id, on=ON)
    assert signoffs.queue(session, plan, cast["ned"], ON) == []
    assert naming.standing(session, plan, ON) == []
    assert naming.end(session, plan, named.id, on=ON) is None


@pytest.mark.parametrize("who", ["rita", "olga"])
def test_neither_a_reader_nor_the_one_who_names_is_named(write, name, who):
    write("fay", "r2", "lead", "Director")
    with pytest.raises(CannotName, match="Readers and limited editors may not decide"):
        name(FIELDWORK, who)


def test_nobody_is_named_where_a_lead_may_decide(write, name):
    write("eve", "r2", "lead", "Director")
    with pytest.raises(CannotName, match="Somebody may decide there already"):
        name(FIELDWORK, "ned")


@pytest.mark.parametrize(
    ("starts", "ends", "sentence"),
    [
        (date(2013, 7, 1), FRIDAY, "not in the past"),
        (FRIDAY, ON, "before the first"),
        (ON, date(2015, 7, 1), "A year is the longest"),
    ],
)
def test_days_that_cannot_be_are_refused_in_a_sentence(write, name, starts, ends, sentence):
    write("fay", "r2", "lead", "Director")
    with pytest.raises(CannotName, match=sentence):
        name(FIELDWORK, "ned", starts, ends)
