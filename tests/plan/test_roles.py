"""This file reads the tables of steps and of sign-off aloud, row by row."""

import pytest

from plan import roles
from plan.roles import RIGHTS, WHO_NAMES, Role, Step, Who, may, reach, who_is
from plan.signoff import Powers, Verdict, explain

FAY, EVE = 1, 2
LEAD = Powers(FAY, "Fay", is_lead=True, leads=frozenset({"Fieldwork"}))
DEPUTY = Powers(FAY, "Fay", stands_in={"Review": "Ravi"})
NAMED_FOR_TEAM = Powers(FAY, "Fay", stands_in={"Review": "the programme office"})
NAMED_FOR_R2 = Powers(FAY, "Fay", named_for={"r2": "the programme office"})
NOBODY = Powers(FAY, "Fay")


WRITTEN = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in str(roles.__doc__).splitlines()
    if line.startswith("|") and "---" not in line
]


def test_the_table_has_a_column_for_each_kind_of_person_and_a_row_for_each_step():
    assert WRITTEN[0] == ["step", *(name.lower() for name in WHO_NAMES.values()), "their own"]
    assert [row[0] for row in WRITTEN[1:]] == list(Step) == list(RIGHTS)


@pytest.mark.parametrize("row", WRITTEN[1:], ids=lambda row: row[0])
def test_each_may_take_the_step_as_far_as_the_written_table_says(row):
    step = Step(row[0])
    assert [reach(who, step) for who in Who] == row[1:6]
    assert RIGHTS[step].own == row[6]


@pytest.mark.parametrize(
    ("who", "own", "not_own"),
    [(Who.READER, False, False), (Who.LIMITED_EDITOR, True, False), (Who.EDITOR, True, True)],
)
def test_reaching_as_far_as_ones_own_ends_there(who, own, not_own):
    assert may(who, Step.EDIT, own=True) is own
    assert may(who, Step.EDIT, own=False) is not_own


def test_only_an_editor_can_be_limited():
    assert [who_is(role, limited=True) for role in Role] == [Who.READER, Who.LIMITED_EDITOR, Who.LEAD, Who.OFFICE]


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


@pytest.mark.parametrize(
    ("powers", "team", "head", "no_hand"),
    [
        (NAMED_FOR_TEAM, "Review", "r7", Verdict.DECIDES),
        (NAMED_FOR_TEAM, "Fieldwork", "r2", Verdict.NOT_THEIRS),
        (NAMED_FOR_TEAM, None, "th1", Verdict.NOT_THEIRS),
        (NAMED_FOR_R2, "Fieldwork", "r2", Verdict.DECIDES),
        (NAMED_FOR_R2, None, "r2", Verdict.DECIDES),
        (NAMED_FOR_R2, "Fieldwork", "r20", Verdict.NOT_THEIRS),
        (NAMED_FOR_R2, None, "th1", Verdict.NOT_THEIRS),
    ],
)
def test_whom_the_office_named_decides_there_and_nowhere_else(powers, team, head, no_hand):
    assert powers.verdict(team, {EVE}, head) is no_hand
    assert powers.verdict(team, {FAY}, head) is not Verdict.DECIDES


def test_whom_the_office_named_decides_for_the_office_but_a_lead_as_themselves():
    both = Powers(FAY, "Fay", is_lead=True, leads=frozenset({"Fieldwork"}), named_for={"r2": "the office"})
    assert NAMED_FOR_R2.instead_of("Fieldwork", "r2") == "the programme office"
    assert both.instead_of("Fieldwork", "r2") is None


def test_a_deputy_decides_for_the_lead_and_a_lead_as_themselves():
    assert DEPUTY.instead_of("Review") == "Ravi"
    assert LEAD.instead_of("Fieldwork") is None
    assert LEAD.instead_of(None) is None


def test_a_refusal_says_why_in_a_sentence():
    assert "hand in this change" in explain(Verdict.SOMEBODY_ELSE, "Fieldwork")
    assert "team Review" in explain(Verdict.NOT_THEIRS, "Review")
    assert "team lead" in explain(Verdict.NOT_THEIRS, None)
    assert explain(Verdict.DECIDES, "Review") == ""
