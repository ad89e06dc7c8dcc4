"""This file is who may decide: leads, deputies for a time, and nobody on their own change."""

from datetime import date

import pytest

from plan import signoffs
from plan.fields import Kind
from tests.plan.signoffs.conftest import ON, deputise


def test_nobody_decides_on_a_change_they_had_a_hand_in(session, plan, cast, write, decide, lines):
    write("eve", Kind.REQUIREMENT, "r2", "lead", "Director")
    write("fay", Kind.REQUIREMENT, "r2", "lead", "Deputy director")
    write("eve", Kind.REQUIREMENT, "r2", "lead", "Assistant director")
    assert signoffs.queue(session, plan, cast["fay"], ON) == []
    with pytest.raises(signoffs.NotYours, match="hand in this change"):
        decide("fay", lines())


def test_a_lead_of_another_team_is_refused_by_name_of_the_team(session, plan, cast, write, decide, lines):
    write("eve", Kind.REQUIREMENT, "r2", "lead", "Director")
    assert signoffs.queue(session, plan, cast["ravi"], ON) == []
    with pytest.raises(signoffs.NotYours, match="team Fieldwork"):
        decide("ravi", lines())


def test_one_line_of_another_team_refuses_the_whole_decision(write, decide, lines):
    write("eve", Kind.REQUIREMENT, "r2", "lead", "Director")
    write("eve", Kind.REQUIREMENT, "r7", "lead", "Director")
    with pytest.raises(signoffs.NotYours):
        decide("fay", lines())
    assert len(lines()) == 2


@pytest.mark.parametrize("who", ["rita", "eve", "olga"])
def test_who_is_neither_lead_nor_deputy_decides_on_nothing(write, decide, lines, who):
    write("ned", Kind.REQUIREMENT, "r2", "lead", "Director")
    with pytest.raises(signoffs.NotYours, match="Only a team lead"):
        decide(who, lines())


@pytest.mark.parametrize("who", ["fay", "ravi"])
def test_a_requirement_without_a_team_is_any_leads(write, decide, lines, who):
    write("olga", Kind.REQUIREMENT, "r2", "team", None)
    write("eve", Kind.REQUIREMENT, "r2", "lead", "Director")
    decide(who, lines())
    assert lines() == []


def test_a_theme_is_any_leads(write, decide, lines):
    write("olga", Kind.THEME, "th1", "title", "Required by Easter")
    decide("ravi", lines())
    assert lines() == []


@pytest.mark.parametrize(
    ("day", "may"),
    [(date(2013, 7, 7), False), (date(2013, 7, 8), True), (date(2013, 7, 9), True), (date(2013, 7, 10), False)],
)
def test_a_deputy_decides_from_the_first_to_the_last_day(session, plan, cast, write, day, may):
    deputise(session, cast, "ravi", "eve", date(2013, 7, 8), date(2013, 7, 9))
    write("ned", Kind.REQUIREMENT, "r7", "lead", "Director")
    assert bool(signoffs.queue(session, plan, cast["eve"], day)) is may


def test_the_record_says_for_whom_a_deputy_decided(session, cast, write, decide, lines):
    deputise(session, cast, "ravi", "eve", ON, ON)
    write("ned", Kind.REQUIREMENT, "r7", "lead", "Director")
    assert [d.on_behalf_of for d in decide("eve", lines()).decisions] == ["Ravi Review-Lead"]


def test_a_deputy_does_not_decide_on_their_own_change(session, cast, write, decide, lines):
    deputise(session, cast, "ravi", "eve", ON, ON)
    write("eve", Kind.REQUIREMENT, "r7", "lead", "Director")
    with pytest.raises(signoffs.NotYours, match="hand in this change"):
        decide("eve", lines())


def test_a_deputys_powers_end_with_those_of_the_lead(session, plan, cast, write):
    deputise(session, cast, "ravi", "eve", ON, ON)
    write("ned", Kind.REQUIREMENT, "r7", "lead", "Director")
    cast["ravi"].active = False
    session.flush()
    assert signoffs.queue(session, plan, cast["eve"], ON) == []


def test_a_reader_cannot_be_made_to_decide_by_deputising(session, plan, cast, write):
    deputise(session, cast, "ravi", "rita", ON, ON)
    write("ned", Kind.REQUIREMENT, "r7", "lead", "Director")
    assert signoffs.queue(session, plan, cast["rita"], ON) == []


def test_the_names_of_those_who_may_decide_are_told(session, cast, write, lines):
    deputise(session, cast, "fay", "ned", ON, ON)
    write("eve", Kind.REQUIREMENT, "r2", "lead", "Director")
    everybody = signoffs.all_powers(session, ON)
    assert signoffs.names_for(lines()[0], everybody) == ["Fay Fieldwork-Lead", "Ned Editor"]
