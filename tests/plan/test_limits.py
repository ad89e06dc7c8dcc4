"""This file proves that an editor of a partner agency changes the requirements named to them, and nothing else."""

from datetime import UTC, date, datetime

import pytest

from plan import deputies, history, leaving, limits, signoffs, undo
from plan.edits import Edit, NotAllowed, bring_back, new, remove
from plan.fields import Kind
from plan.ledger import Step
from plan.limits import CannotLimit
from plan.models import Outcome, Source
from plan.rights import may_add, may_change, may_remove
from plan.roles import Role, Who
from plan.signoffs import CannotWithdraw, Shown

MONDAY = datetime(2013, 7, 8, 9, 0, tzinfo=UTC)
READING = {"period": "2013-06", "value": 80}
ON_R7 = [
    [Edit(Kind.REQUIREMENT, "r7", "status", "amber")],
    [Edit(Kind.READING, "rd1", "value", 75)],
    new(Kind.READING, "rd9", "ind1", READING),
    [*new(Kind.READING, "rd9", "ind9", READING), *new(Kind.INDICATOR, "ind9", "r7", {"name": "Visits"})],
    remove(Kind.ACTION, "act7"),
    [Edit(Kind.ACTION, "act7", "position", 3)],
]
ELSEWHERE = [
    [Edit(Kind.REQUIREMENT, "r2", "status", "amber")],
    [Edit(Kind.ACTION, "act1", "text", "Ours now")],
    [*ON_R7[0], Edit(Kind.ACTION, "act1", "text", "Ours now")],
    new(Kind.ACTION, "act9", "r2", {"text": "Do more"}),
    [*new(Kind.ACTION, "act9", "r7", {"text": "Do more"}), Edit(Kind.ACTION, "act9", "parent", "r2")],
    new(Kind.REQUIREMENT, "r9", "th2", {"text": "A new demand"}),
    [*new(Kind.READING, "rd9", "ind9", READING), *new(Kind.INDICATOR, "ind9", "r2", {"name": "Visits"})],
    [Edit(Kind.ACTION, "act1", "parent", "r7")],
    [Edit(Kind.ACTION, "act7", "parent", "r2")],
    remove(Kind.ACTION, "act1"),
    remove(Kind.REQUIREMENT, "r20"),
    [Edit(Kind.REQUIREMENT, "r7", "team", "Fieldwork")],
    [Edit(Kind.THEME, "th2", "title", "Ours")],
]


@pytest.fixture
def ned(session, plan, cast):
    """Ned of a partner agency, who may change requirement 7."""
    cast["ned"].become(Who.LIMITED_EDITOR)
    limits.name(session, cast["ned"], ["r7"])
    session.flush()
    return cast["ned"]


@pytest.mark.parametrize("made", ON_R7)
def test_what_is_under_a_named_requirement_is_theirs_to_change(save, ned, made):
    assert save(*made, by=ned)


@pytest.mark.parametrize("made", ELSEWHERE)
def test_everything_else_is_refused_and_nothing_of_the_batch_applied(session, plan, save, ned, made):
    session.commit()
    with pytest.raises(NotAllowed, match=r"only the requirements that .* named to you.* Nothing was changed"):
        save(*made, by=ned)
    session.rollback()
    assert history.now(session, plan)["act1"].get("text") == "Share the vision widely"
    assert history.now(session, plan)["r7"].get("status") == "red"


@pytest.mark.parametrize("source", [Source.WORKBOOK, Source.UNDO])
def test_no_other_way_leads_around_the_limit(save, ned, source):
    assert save(*ON_R7[0], by=ned, source=source)
    with pytest.raises(NotAllowed):
        save(*ELSEWHERE[0], by=ned, source=source)


def test_bringing_back_what_others_removed_elsewhere_is_refused(save, cast, ned):
    save(*remove(Kind.ACTION, "act1"), by=cast["eve"])
    save(*remove(Kind.ACTION, "act7"), by=cast["eve"])
    assert save(*bring_back(Kind.ACTION, "act7"), by=ned)
    with pytest.raises(NotAllowed):
        save(*bring_back(Kind.ACTION, "act1"), by=ned)


def test_a_revision_that_changed_anything_else_is_not_theirs_to_undo(session, plan, save, cast, ned):
    both = save(Edit(Kind.ACTION, "act7", "lead", "Ned"), Edit(Kind.ACTION, "act1", "lead", "Eve"), by=cast["eve"])
    with pytest.raises(NotAllowed):
        undo.undo(session, plan, both.number, Step(ned, MONDAY, Source.UNDO))


def test_without_any_requirement_named_a_limited_editor_changes_nothing(session, save, ned):
    limits.name(session, ned, [])
    with pytest.raises(NotAllowed):
        save(*ON_R7[0], by=ned)


def test_buttons_are_drawn_from_what_the_door_refuses_by(session, plan, cast, ned):
    now = history.now(session, plan)
    assert [may_change(ned, now, id, "text") for id in ("r7", "act7", "r2", "act1")] == [True, True, False, False]
    assert [may_remove(ned, now, id) for id in ("rd1", "act1", "th2")] == [True, False, False]
    assert [may_add(ned, now, under, Kind.ACTION) for under in ("r7", "r2")] == [True, False]
    assert not may_add(ned, now, "th2", Kind.REQUIREMENT)
    assert may_add(cast["eve"], now, "th2", Kind.REQUIREMENT)


def test_words_that_came_back_from_elsewhere_are_not_taken_up_once_limited(session, plan, save, sign, cast):
    save(Edit(Kind.ACTION, "act1", "timescale", "Quarter 3"), by=cast["ned"])
    sign(Outcome.RETURNED, reason="Too late")
    cast["ned"].become(Who.LIMITED_EDITOR)
    [line] = signoffs.returned_to(session, plan, cast["ned"])
    with pytest.raises(NotAllowed):
        signoffs.take_up_again(session, plan, line, Step(cast["ned"], MONDAY, Source.BROWSER))


def test_a_change_made_elsewhere_before_is_not_withdrawn_once_limited(session, plan, save, cast):
    save(Edit(Kind.ACTION, "act1", "timescale", "Quarter 3"), by=cast["ned"])
    [line] = signoffs.lines(session, plan)
    cast["ned"].become(Who.LIMITED_EDITOR)
    assert not signoffs.may_withdraw(line, cast["ned"])
    with pytest.raises(CannotWithdraw, match="named to you"):
        signoffs.withdraw(session, plan, Shown(line.key, line.token), Step(cast["ned"], MONDAY, Source.BROWSER))


def test_a_limited_editor_stands_in_for_nobody(session, cast, ned):
    assert ned not in deputies.eligible(session, cast["ravi"])
    assert not signoffs.powers_of(session, ned, date(2013, 7, 8)).any


def test_who_was_named_a_deputy_decides_no_more_once_limited(session, cast):
    deputies.name(session, cast["ravi"], cast["ned"], MONDAY.date(), MONDAY.date(), on=MONDAY.date())
    assert signoffs.powers_of(session, cast["ned"], MONDAY.date()).any
    cast["ned"].become(Who.LIMITED_EDITOR)
    assert not signoffs.powers_of(session, cast["ned"], MONDAY.date()).any


def test_requirements_are_named_to_a_limited_editor_only_and_must_be_there(session, cast, ned):
    with pytest.raises(CannotLimit, match="limited editor only"):
        limits.name(session, cast["eve"], ["r7"])
    with pytest.raises(CannotLimit, match="no requirement of any plan"):
        limits.name(session, ned, ["r7", "act1"])
    assert [one.name for one in limits.named_to(session, ned)] == ["Requirement 7"]


def test_another_role_ends_the_limit_and_the_limit_does_not_come_back_by_itself(session, cast, ned):
    changed = leaving.change(session, ned, Role.EDITOR, ["Review"], by=cast["olga"], at=MONDAY)
    assert (changed.role, ned.who, ned.limits) == (True, Who.EDITOR, [])
    leaving.change(session, ned, Who.LIMITED_EDITOR, ["Review"], by=cast["olga"], at=MONDAY)
    assert limits.named_to(session, ned) == []
