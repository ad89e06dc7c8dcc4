"""This file says who may take which step: one table of steps and roles (design 1 and 4)."""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a person is to the plan; each person has exactly one role."""

    READER = "reader"
    EDITOR = "editor"
    LEAD = "lead"
    OFFICE = "office"


class Step(StrEnum):
    """Something a person can do; each is a row of the table below."""

    READ = "read the plan"
    EDIT = "edit the plan"
    UPLOAD = "upload a workbook"
    SIGN_OFF = "sign updates off"
    ADMINISTER = "set the plan up"


EVERYONE = frozenset(Role)
STAFF = frozenset({Role.EDITOR, Role.LEAD, Role.OFFICE})
LEADS_AND_OFFICE = frozenset({Role.LEAD, Role.OFFICE})
OFFICE_ONLY = frozenset({Role.OFFICE})

MAY: Mapping[Step, frozenset[Role]] = {
    Step.READ: EVERYONE,
    Step.EDIT: STAFF,
    Step.UPLOAD: STAFF,
    Step.SIGN_OFF: frozenset({Role.LEAD}),
    Step.ADMINISTER: OFFICE_ONLY,
}

ROLE_NAMES: Mapping[Role, str] = {
    Role.READER: "Reader",
    Role.EDITOR: "Editor",
    Role.LEAD: "Team lead",
    Role.OFFICE: "Programme office",
}


def may(role: Role, step: Step) -> bool:
    """Whether a person of this role may take this step at all."""
    return role in MAY[step]
