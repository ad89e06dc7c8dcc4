"""This file is sign-off: what a signature binds, who may give it, and what comes back to its author."""

from datetime import UTC, date, datetime, timedelta

import pytest

from plan import edits, history, ledger, signoffs
from plan.edits import Edit
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Deputy, Outcome, Plan, Source, new_id
from plan.signoffs import Shown, Sort

MONDAY = datetime(2013, 7, 8, 9, 0, tzinfo=UTC)
ON = MONDAY.date()
SIGNED_OFF, RETURNED = Outcome.SIGNED_OFF, Outcome.RETURNED


@pytest.fixture
def write(session, plan, cast):
    """Somebody changes one field in the browser."""

    def write(who, kind, record, field, value, at=MONDAY):
        step = Step(cast[who], at, Source.BROWSER)
        return edits.apply(session, plan, [Edit(kind, record, field, value)], step)

    return write


@pytest.fixture
def decide(session, plan, cast):
    """Somebody decides on these lines."""

    def decide(who, lines, outcome=SIGNED_OFF, reason=None, at=MONDAY):
        shown = [Shown(line.key, line.token) for line in lines]
        return signoffs.decide(session, plan, shown, outcome, Step(cast[who], at, Source.SIGN_OFF), reason=reason)

    return decide


@pytest.fixture
def add_achievement(session, plan, cast):
    """Eve adds an achievement to requirement 2."""
    made = edits.new(Kind.ACHIEVEMENT, "ach9", "r2", {"text": "New guide", "evidence": "Web page"}, position=9)
    edits.apply(session, plan, made, Step(cast["eve"], MONDAY, Source.BROWSER))


@pytest.fixture
def lines(session, plan):
    return lambda: signoffs.lines(session, plan)


def deputise(session, cast, lead, deputy, starts, ends):
    session.add(Deputy(lead_id=cast[lead].id, deputy_id=cast[deputy].id, starts=starts, ends=ends))
    session.flush()


def test_a_line_is_the_net_change_with_everybody_who_touched_it(write, lines):
    write("eve", Kind.REQUIREMENT, "r2", "lead", "Director")
    write("ned", Kind.REQUIREMENT, "r2", "lead", "Deputy director", MONDAY + timedelta(hours=1))
    [line] = lines()
    assert [(net.field, net.signed, net.current) for net in line.nets] == [("lead", None, "Deputy director")]
    assert [change.revision.by_name for change in line.touches] == ["Ned Editor", "Eve Editor"]
    assert line.waiting_since == MONDAY


def test_there_and_back_leaves_nothing_to_decide(write, lines):
    write("eve", Kind.REQUIREMENT, "r2", "status", "red")
    write("ned", Kind.REQUIREMENT, "r2", "status", "green")
    assert lines() == []


def test_signing_off_binds_these_exact_words(session, plan, write, decide, lines):
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 3")
    revision = decide("fay", lines())
    [decision] = revision.decisions
    assert (decision.before, decision.after, decision.outcome) == ("Quarter 2", "Quarter 3", "signed off")
    assert lines() == []
    assert history.signed_now(session, plan)["act1"].get("timescale") == "Quarter 3"


def test_a_later_edit_is_a_new_change_against_the_signed_words(session, plan, write, decide, lines):
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 3")
    decide("fay", lines())
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 4")
    assert [net.signed for line in lines() for net in line.nets] == ["Quarter 3"]
    assert history.signed_now(session, plan)["act1"].get("timescale") == "Quarter 3"


def test_a_line_that_moved_while_the_lead_looked_is_refused(write, decide, lines):
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 3")
    on_the_screen = lines()
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 4")
    with pytest.raises(signoffs.Stale, match="nothing was decided"):
        decide("fay", on_the_screen)
    assert len(lines()) == 1


def test_a_decision_cannot_be_taken_twice(write, decide, lines):
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 3")
    on_the_screen = lines()
    decide("fay", on_the_screen)
    with pytest.raises(signoffs.Stale):
        decide("fay", on_the_screen)


def test_the_same_line_ticked_twice_is_decided_once(write, decide, lines):
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 3")
    assert len(decide("fay", lines() * 2).decisions) == 1


def test_deciding_on_nothing_is_refused(decide):
    with pytest.raises(signoffs.Stale):
        decide("fay", [])


@pytest.mark.parametrize("reason", [None, "", "  \n "])
def test_returning_needs_a_reason(write, decide, lines, reason):
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 3")
    with pytest.raises(signoffs.ReasonNeeded):
        decide("fay", lines(), RETURNED, reason)


def test_a_reason_longer_than_the_limit_is_refused_with_both_numbers(write, decide, lines):
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 3")
    with pytest.raises(signoffs.ReasonNeeded, match=r"4,000 .* 4,001"):
        decide("fay", lines(), RETURNED, "x" * 4001)


def test_a_returned_field_goes_back_and_its_author_finds_words_and_reason(session, plan, cast, write, decide, lines):
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 3")
    decide("fay", lines(), RETURNED, "Too late for the board")
    assert history.now(session, plan)["act1"].get("timescale") == "Quarter 2"
    [one] = signoffs.returned_to(session, plan, cast["eve"])
    assert (one.decision.after, one.decision.reason) == ("Quarter 3", "Too late for the board")
    assert signoffs.returned_to(session, plan, cast["ned"]) == []


def test_one_line_is_returned_without_the_rest(write, decide, lines):
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 3")
    write("eve", Kind.ACTION, "act2", "timescale", "Quarter 3")
    decide("fay", [line for line in lines() if line.item.id == "act1"], RETURNED, "No")
    assert [line.item.id for line in lines()] == ["act2"]


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


def test_a_new_record_is_one_line(add_achievement, lines):
    [line] = lines()
    assert (line.sort, line.item.id) == (Sort.ADDED, "ach9")
    assert {net.field for net in line.nets} >= {"present", "text", "evidence"}


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


def test_a_removal_is_one_line_and_returning_it_brings_the_record_back(session, plan, write, decide, lines):
    write("eve", Kind.ACHIEVEMENT, "ach1", "present", False)
    [line] = lines()
    assert line.sort is Sort.REMOVED
    decide("fay", [line], RETURNED, "It still stands")
    assert history.now(session, plan)["ach1"].present
    assert lines() == []


def test_what_was_added_and_removed_before_sign_off_leaves_nothing(add_achievement, write, lines):
    write("eve", Kind.ACHIEVEMENT, "ach9", "present", False)
    assert lines() == []


def test_changes_under_a_removed_requirement_wait_until_it_is_back(write, decide, lines):
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 3")
    write("eve", Kind.REQUIREMENT, "r2", "present", False)
    assert [line.item.id for line in lines()] == ["r2"]
    decide("fay", lines(), RETURNED, "The Notice demands it")
    assert [line.item.id for line in lines()] == ["act1"]


def test_an_audits_counts_are_decided_as_one_and_come_back_as_one(session, plan, cast, decide, lines):
    counts = {"title": "Cases", "total": 10, "outstanding": 1, "good": 2, "adequate": 3, "inadequate": 4}
    office = Step(cast["olga"], MONDAY, Source.BROWSER)
    edits.apply(session, plan, edits.new(Kind.AUDIT, "aud1", "r2", counts), office)
    decide("fay", lines())
    moved = [Edit(Kind.AUDIT, "aud1", "good", 3), Edit(Kind.AUDIT, "aud1", "adequate", 2)]
    edits.apply(session, plan, moved, Step(cast["eve"], MONDAY, Source.BROWSER))
    [line] = lines()
    assert line.key == "aud1.counts"
    decide("fay", [line], RETURNED, "Count again")
    [one] = signoffs.returned_to(session, plan, cast["eve"])
    signoffs.take_up_again(session, plan, one, Step(cast["eve"], MONDAY, Source.BROWSER))
    assert history.now(session, plan)["aud1"].get("good") == 3


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


@pytest.fixture
def fresh(session, cast):
    """A plan just brought in, of which nothing is agreed."""
    made = Plan(id=new_id(), slug="fresh", present=False)
    session.add(made)
    records = [
        *edits.new(Kind.PLAN, made.id, None, {"title": "Fresh plan", "year": 2013}),
        *edits.new(Kind.THEME, "fth", made.id, {"title": "Everything"}),
        *edits.new(Kind.REQUIREMENT, "fr1", "fth", {"reference": "1", "text": "Do it"}),
    ]
    edits.apply(session, made, records, Step(None, MONDAY, Source.IMPORT, file="fresh.xlsx"))
    return made


def test_the_whole_position_is_agreed_once(session, cast, fresh):
    number = ledger.latest(session, fresh.id)
    signoffs.agree(session, fresh, number, Step(cast["olga"], MONDAY, Source.BASELINE))
    assert signoffs.lines(session, fresh) == []
    with pytest.raises(signoffs.AlreadyAgreed):
        signoffs.agree(session, fresh, number + 1, Step(cast["olga"], MONDAY, Source.BASELINE))


def test_a_position_that_moved_since_it_was_shown_is_not_agreed(session, cast, fresh):
    with pytest.raises(signoffs.Stale, match="nothing was agreed"):
        signoffs.agree(
            session, fresh, ledger.latest(session, fresh.id) - 1, Step(cast["olga"], MONDAY, Source.BASELINE)
        )
    assert signoffs.can_be_agreed(session, fresh)


def test_history_is_whole_after_every_kind_of_decision(session, plan, cast, add_achievement, write, decide, lines):
    write("eve", Kind.ACTION, "act1", "timescale", "Quarter 3")
    write("eve", Kind.ACHIEVEMENT, "ach1", "present", False)
    decide("fay", lines()[:1])
    decide("fay", lines(), RETURNED, "No")
    assert history.verify(session, plan) == []
