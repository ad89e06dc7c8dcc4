"""This file proves the only door to change: who may, what is refused, what one batch leaves behind."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from plan import edits, history
from plan.edits import Edit, NoSuchRecord, NotAllowed, bring_back, new, remove
from plan.fields import Invalid, Kind
from plan.ledger import Step
from plan.models import Action, Plan, Requirement, Source, new_id
from plan.rights import may_edit

THEN = datetime(2013, 7, 1, tzinfo=UTC)
ACTION, REQUIREMENT, AUDIT = Kind.ACTION, Kind.REQUIREMENT, Kind.AUDIT


def status(value) -> Edit:
    return Edit(REQUIREMENT, "r2", "status", value)


def numbers(session, requirement="r2") -> list[str]:
    found = select(Action.reference).where(Action.parent == requirement).order_by(Action.id)
    return list(session.scalars(found))


def audit(total: int, inadequate: int) -> list[Edit]:
    grades = {"outstanding": 1, "good": 20, "adequate": 30, "inadequate": inadequate}
    return new(AUDIT, "aud", "r7", {"title": "Cases", "total": total, **grades})


def other_plan(session) -> Plan:
    other = Plan(id=new_id(), slug="other", present=False)
    session.add(other)
    said = [
        *new(Kind.PLAN, other.id, None, {"title": "Other", "year": 2013}),
        *new(Kind.THEME, "o1", other.id, {"title": "T"}),
    ]
    edits.apply(session, other, said, Step(None, THEN, Source.IMPORT))
    return other


def test_a_batch_is_one_revision_with_a_change_for_each_field(save, cast):
    revision = save(status("amber"), Edit(ACTION, "act1", "lead", "Assistant director"), by=cast["eve"])
    said = [(change.record_id, change.field, change.before, change.after) for change in revision.changes]
    assert said == [("r2", "status", "green", "amber"), ("act1", "lead", "Director", "Assistant director")]
    assert (revision.number, revision.by_name, revision.source) == (3, "Eve Editor", "browser")


def test_saving_what_stands_there_already_leaves_no_revision(save, cast):
    assert save(status("green"), by=cast["eve"]) is None


def test_a_change_from_a_workbook_keeps_its_file_sheet_and_cell(save, cast):
    edit = Edit(REQUIREMENT, "r2", "status", "amber", "Tracker", "C5")
    revision = save(edit, by=cast["eve"], source=Source.WORKBOOK, file="tracker.xlsx")
    assert (revision.file, revision.changes[0].sheet, revision.changes[0].cell) == ("tracker.xlsx", "Tracker", "C5")


def test_a_reader_changes_nothing_and_is_told_who_may(save, cast):
    with pytest.raises(
        NotAllowed,
        match=r"may not change “Status”\. Nothing was changed.*ask an editor, a team lead or the programme office",
    ):
        save(status("red"), by=cast["rita"])


def test_a_theme_is_for_leads_and_the_office(save, cast):
    edit = Edit(Kind.THEME, "th1", "title", "Leadership")
    with pytest.raises(NotAllowed):
        save(edit, by=cast["eve"])
    assert save(edit, by=cast["fay"])


@pytest.mark.parametrize(
    ("first", "kind", "name", "may"),
    [
        ("rita", REQUIREMENT, "status", False),
        ("eve", REQUIREMENT, "status", True),
        ("eve", REQUIREMENT, "team", False),
        ("eve", REQUIREMENT, "present", True),
        ("fay", REQUIREMENT, "team", False),
        ("eve", Kind.THEME, "present", False),
        ("fay", Kind.PLAN, "title", False),
        ("olga", Kind.PLAN, "title", True),
    ],
)
def test_each_role_may_edit_what_the_table_says(cast, first, kind, name, may):
    assert may_edit(cast[first], kind, name, None) is may


def test_an_account_that_was_closed_may_edit_nothing(cast):
    cast["olga"].active = False
    assert not may_edit(cast["olga"], REQUIREMENT, "status", "r2")


def test_nothing_of_a_batch_is_kept_when_one_edit_is_refused(session, save, cast):
    with pytest.raises(Invalid):
        save(Edit(REQUIREMENT, "r20", "lead", "Head of Audit"), status("purple"), by=cast["eve"])
    session.rollback()
    assert session.get_one(Requirement, "r20").lead is None


def test_a_record_that_is_not_there_is_refused(save, cast):
    with pytest.raises(NoSuchRecord, match="no such record in this plan"):
        save(Edit(REQUIREMENT, "r99", "status", "red"), by=cast["eve"])


def test_a_record_of_another_plan_is_refused(session, plan, save, cast):
    other_plan(session)
    with pytest.raises(NoSuchRecord):
        save(Edit(Kind.THEME, "o1", "title", "Taken over"), by=cast["olga"])


def test_a_record_of_another_plan_cannot_be_made_again_here(session, plan, save, cast):
    other_plan(session)
    with pytest.raises(NoSuchRecord):
        save(*new(Kind.THEME, "o1", plan.id, {"title": "Taken over"}), by=cast["olga"])


def test_an_id_names_one_kind_of_record_for_ever(save, cast):
    with pytest.raises(NoSuchRecord):
        save(*new(ACTION, "r20", "r2", {"text": "An action with a requirement's id"}), by=cast["eve"])


@pytest.mark.parametrize("parent", ["o1", "nowhere", "act1"])
def test_a_record_is_put_only_under_what_can_hold_it_in_this_plan(session, plan, save, cast, parent):
    other_plan(session)
    with pytest.raises(NoSuchRecord):
        save(*new(REQUIREMENT, "r30", parent, {"text": "Lost"}), by=cast["olga"])


def test_a_new_action_gets_the_next_number_of_its_requirement(session, save, cast):
    assert numbers(session) == ["2.1", "2.2"]
    save(*new(ACTION, "act3", "r2", {"text": "Report yearly"}), by=cast["eve"])
    assert numbers(session) == ["2.1", "2.2", "2.3"]


def test_an_action_that_brings_a_number_keeps_it(session, save, cast):
    save(*new(ACTION, "act3", "r2", {"text": "Report yearly", "reference": "AP 14"}), by=cast["eve"])
    assert numbers(session) == ["2.1", "2.2", "AP 14"]


def test_a_number_that_comes_in_the_same_batch_is_not_given_again(session, save, cast):
    given = new(ACTION, "act3", "r2", {"text": "One", "reference": "2.3"})
    save(*given, *new(ACTION, "act4", "r2", {"text": "Two"}), by=cast["eve"])
    assert numbers(session) == ["2.1", "2.2", "2.3", "2.4"]


def test_the_number_of_a_removed_action_is_never_used_again(session, save, cast):
    save(*remove(ACTION, "act2"), by=cast["eve"])
    save(*new(ACTION, "act3", "r2", {"text": "Report yearly"}), by=cast["eve"])
    assert session.get_one(Action, "act3").reference == "2.3"


def test_a_number_that_an_action_gave_up_is_never_used_again(session, save, cast):
    save(Edit(ACTION, "act2", "reference", "AP 2"), by=cast["eve"])
    save(*new(ACTION, "act3", "r2", {"text": "Report yearly"}), by=cast["eve"])
    assert session.get_one(Action, "act3").reference == "2.3"


def test_a_moved_action_keeps_its_number_and_leaves_no_gap_to_fill(session, save, cast):
    save(Edit(ACTION, "act2", "parent", "r20"), by=cast["eve"])
    save(*new(ACTION, "act3", "r2", {"text": "Report yearly"}), by=cast["eve"])
    assert session.get_one(Action, "act2").reference == "2.2"
    assert session.get_one(Action, "act3").reference == "2.3"


def test_a_removed_record_comes_back_as_it_was(session, plan, save, cast):
    before = history.now(session, plan)
    save(*remove(ACTION, "act1"), by=cast["eve"])
    assert not history.now(session, plan)["act1"].present
    save(*bring_back(ACTION, "act1"), by=cast["eve"])
    assert history.now(session, plan) == before


def test_an_audit_that_does_not_add_up_is_refused_with_the_difference(save, cast):
    with pytest.raises(Invalid, match=r"64 cases but the grades add up to 61: 3 too few\. Nothing was changed"):
        save(*audit(total=64, inadequate=10), by=cast["eve"])


def test_an_audit_that_adds_up_or_is_not_complete_yet_is_kept(save, cast):
    assert save(*audit(total=61, inadequate=10), by=cast["eve"])
    assert save(Edit(AUDIT, "aud", "good", None), by=cast["eve"])


def test_a_figure_has_one_reading_for_a_period(save, cast):
    second = new(Kind.READING, "rd9", "ind1", {"period": "2013-05", "value": 72})
    with pytest.raises(Invalid, match=r"The figure has 71 for May 2013 already\. Nothing was changed"):
        save(*second, by=cast["eve"])


def test_two_requirements_may_not_share_a_number_typed_in_the_browser(save, cast):
    with pytest.raises(Invalid, match="Another requirement has the number 20"):
        save(Edit(REQUIREMENT, "r2", "reference", "20"), by=cast["eve"])


def test_two_requirements_may_both_be_without_a_number(save, cast):
    assert save(Edit(REQUIREMENT, "r2", "reference", None), by=cast["eve"])
    assert save(Edit(REQUIREMENT, "r20", "reference", ""), by=cast["eve"])


def test_a_thousand_edits_keep_their_order(session, plan, save, cast):
    made = [edit for n in range(600) for edit in new(ACTION, f"m{n:03}", "r20", {"text": f"Action {n}"})]
    revision = save(*made, by=cast["eve"])
    texts = [change.after for change in revision.changes if change.field == "text"]
    assert texts == [f"Action {n}" for n in range(600)]
    session.commit()
    assert history.verify(session, plan) == []
