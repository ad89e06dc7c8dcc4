"""This file is what comes back to its authors: their words and the reason, to take up again or let go."""

from datetime import timedelta

import pytest

from plan import history, signoffs
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Source
from tests.plan.signoffs.conftest import MONDAY, RETURNED


def test_a_returned_field_goes_back_and_its_author_finds_words_and_reason(session, plan, cast, write, decide, lines):
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 3")
    decide("fay", lines(), RETURNED, "Too late for the board")
    assert history.now(session, plan)["act1"].get("timescale") == "Quarter 2"
    [one] = signoffs.returned_to(session, plan, cast["eve"])
    assert (one.decision.after, one.decision.reason) == ("Quarter 3", "Too late for the board")
    assert signoffs.returned_to(session, plan, cast["ned"]) == []


def test_a_line_comes_back_to_everybody_who_had_a_hand_in_its_net_change(session, plan, cast, write, decide, lines):
    write("olga", Kind.ACTION, "act1", "timescale", "Quarter 1")
    decide("fay", lines())
    write("ned", Kind.ACTION, "act1", "timescale", "Quarter 3")
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 4")
    decide("fay", lines(), RETURNED, "Too late for the board")
    [one] = signoffs.returned_to(session, plan, cast["ned"])
    assert (one.decision.after, one.authors) == ("Quarter 4", (cast["eve"].name, cast["ned"].name))
    assert len(signoffs.returned_to(session, plan, cast["eve"])) == 1
    assert signoffs.returned_to(session, plan, cast["olga"]) == []  # hers was signed before


def test_a_new_record_comes_back_to_whoever_wrote_in_it_too(session, plan, cast, write, decide, lines, add_achievement):
    write("ned", Kind.ACHIEVEMENT, "ach9", "evidence", "A page that Ned made")
    decide("fay", lines(), RETURNED, "Not yet")
    assert [one.item.id for one in signoffs.returned_to(session, plan, cast["ned"])] == ["ach9"]
    assert [one.item.id for one in signoffs.returned_to(session, plan, cast["eve"])] == ["ach9"]


@pytest.mark.parametrize("is_let_go", [True, False])
def test_what_one_of_them_settles_is_told_to_the_others(session, plan, cast, write, decide, lines, is_let_go):
    write("ned", Kind.ACTION, "act1", "timescale", "Quarter 3")
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 4")
    decide("fay", lines(), RETURNED, "No")
    [one] = signoffs.returned_to(session, plan, cast["eve"])
    step = Step(cast["eve"], MONDAY, Source.BROWSER)
    signoffs.let_go(session, one, step) if is_let_go else signoffs.take_up_again(session, plan, one, step)
    assert signoffs.returned_to(session, plan, cast["ned"]) == []
    [told] = signoffs.settled_by_others(session, plan, cast["ned"], MONDAY)
    assert (told.line.id, told.by, told.is_let_go) == (one.id, cast["eve"].name, is_let_go)
    assert signoffs.settled_by_others(session, plan, cast["eve"], MONDAY) == []
    assert signoffs.settled_by_others(session, plan, cast["ned"], MONDAY + timedelta(days=15)) == []


def test_words_taken_up_again_await_sign_off_again(session, plan, cast, write, decide, lines):
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 3")
    decide("fay", lines(), RETURNED, "No")
    [one] = signoffs.returned_to(session, plan, cast["eve"])
    signoffs.take_up_again(session, plan, one, Step(cast["eve"], MONDAY, Source.BROWSER))
    assert [net.current for line in lines() for net in line.nets] == ["Quarter 3"]
    assert signoffs.returned_to(session, plan, cast["eve"]) == []
    decide("fay", lines())


def test_words_let_go_are_off_the_list_and_on_record(session, plan, cast, write, decide, lines):
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 3")
    decide("fay", lines(), RETURNED, "No")
    [one] = signoffs.returned_to(session, plan, cast["eve"])
    signoffs.let_go(session, one, Step(cast["eve"], MONDAY, Source.BROWSER))
    assert signoffs.returned_to(session, plan, cast["eve"]) == []
    assert [d.after for d in history.decisions_of(session, ["act1"])] == ["Quarter 3"]


def test_what_was_settled_or_is_not_mine_cannot_be_taken_up(session, plan, cast, write, decide, lines):
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 3")
    decide("fay", lines(), RETURNED, "No")
    [one] = signoffs.returned_to(session, plan, cast["eve"])
    with pytest.raises(signoffs.NoLongerReturned):
        signoffs.find_returned(session, plan, cast["ned"], one.id)
    write("ned", Kind.ACTION, "act1", "timescale", "Quarter 1")
    with pytest.raises(signoffs.NoLongerReturned):
        signoffs.find_returned(session, plan, cast["eve"], one.id)


def test_a_returned_new_record_can_be_taken_up_and_decided_by_the_same_lead(
    session, plan, cast, add_achievement, decide, lines
):
    decide("fay", lines(), RETURNED, "Not yet")
    assert not history.now(session, plan)["ach9"].present
    assert lines() == []
    [one] = signoffs.returned_to(session, plan, cast["eve"])
    signoffs.take_up_again(session, plan, one, Step(cast["eve"], MONDAY + timedelta(days=3), Source.BROWSER))
    [line] = lines()
    assert line.waiting_since == MONDAY + timedelta(days=3)
    decide("fay", [line])
    assert history.signed_now(session, plan)["ach9"].get("text") == "New guide"
