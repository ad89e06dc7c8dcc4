"""This file reads the tables of steps and of sign-off aloud, row by row."""

import pytest

from plan.roles import MAY, Role, Step, may
from plan.signoff import Powers, Verdict, explain

FAY, EVE = 1, 2
LEAD = Powers(FAY, "Fay", is_lead=True, leads=frozenset({"Fieldwork"}))
DEPUTY = Powers(FAY, "Fay", stands_in={"Review": "Ravi"})
NOBODY = Powers(FAY, "Fay")


@pytest.mark.parametrize(
    ("step", "roles"),
    [
        (Step.READ, {Role.READER, Role.EDITOR, Role.LEAD, Role.OFFICE}),
        (Step.EDIT, {Role.EDITOR, Role.LEAD, Role.OFFICE}),
        (Step.UPLOAD, {Role.EDITOR, Role.LEAD, Role.OFFICE}),
        (Step.SIGN_OFF, {Role.LEAD}),
        (Step.ADMINISTER, {Role.OFFICE}),
    ],
)
def test_each_step_is_open_to_exactly_these_roles(step, roles):
    assert {role for role in Role if may(role, step)} == roles


def test_no_step_is_without_a_row():
    assert set(MAY) == set(Step)


@pytest.mark.parametrize(
    ("powers", "team", "no_hand", "a_hand"),
    [
        (LEAD, "Fieldwork", Verdict.DECIDES, Verdict.SOMEBODY_ELSE),
        (DEPUTY, "Review", Verdict.DECIDES, Verdict.SOMEBODY_ELSE),
        (LEAD, "Review", Verdict.NOT_THEIRS, Verdict.NOT_THEIRS),
        (DEPUTY, "Fieldwork", Verdict.NOT_THEIRS, Verdict.NOT_THEIRS),
        (NOBODY, "Fieldwork", Verdict.NOT_THEIRS, Verdict.NOT_THEIRS),
        (LEAD, None, Verdict.DECIDES, Verdict.SOMEBODY_ELSE),
        (DEPUTY, None, Verdict.NOT_THEIRS, Verdict.NOT_THEIRS),
        (NOBODY, None, Verdict.NOT_THEIRS, Verdict.NOT_THEIRS),
    ],
)
def test_who_decides_is_the_table_of_sign_off(powers, team, no_hand, a_hand):
    assert powers.verdict(team, {EVE}) is no_hand
    assert powers.verdict(team, {EVE, FAY}) is a_hand


def test_a_deputy_decides_for_the_lead_and_a_lead_as_themselves():
    assert DEPUTY.instead_of("Review") == "Ravi"
    assert LEAD.instead_of("Fieldwork") is None
    assert LEAD.instead_of(None) is None


def test_a_refusal_says_why_in_a_sentence():
    assert "hand in this change" in explain(Verdict.SOMEBODY_ELSE, "Fieldwork")
    assert "team Review" in explain(Verdict.NOT_THEIRS, "Review")
    assert "team lead" in explain(Verdict.NOT_THEIRS, None)
    assert explain(Verdict.DECIDES, "Review") == ""
