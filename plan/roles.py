"""This file says who may do what: the one table of steps and people, from which all else is drawn (design 1 and 4).

| step | reader | limited editor | editor | team lead | programme office | their own |
| --- | --- | --- | --- | --- | --- | --- |
| read the plan | everywhere | everywhere | everywhere | everywhere | everywhere | |
| edit the plan | no | own | everywhere | everywhere | everywhere | the requirements named to them |
| upload a workbook | no | own | everywhere | everywhere | everywhere | the requirements named to them |
| change themes | no | no | no | everywhere | everywhere | |
| say that nothing has changed | no | own | own | own | own | what the cycle asks of them |
| sign updates off | no | no | own | own | own | the teams they lead, or where they stand in |
| answer the board's questions | no | no | own | own | everywhere | the teams they lead, or where they stand in |
| name a deputy | no | no | no | own | no | for the teams they lead |
| set the plan up | no | no | no | no | everywhere | |

A limited editor is an editor of a partner agency. Signing off has a second table, of four eyes: plan/signoff.py.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """What a person is to the plan; each person has exactly one role."""

    READER = "reader"
    EDITOR = "editor"
    LEAD = "lead"
    OFFICE = "office"


class Who(StrEnum):
    """A kind of person: each is a column of the table. An editor may be limited to named requirements."""

    READER = "reader"
    LIMITED_EDITOR = "limited editor"
    EDITOR = "editor"
    LEAD = "lead"
    OFFICE = "office"


class Step(StrEnum):
    """Something a person can do: each is a row of the table."""

    READ = "read the plan"
    EDIT = "edit the plan"
    UPLOAD = "upload a workbook"
    EDIT_THEMES = "change themes"
    CONFIRM = "say that nothing has changed"
    SIGN_OFF = "sign updates off"
    ANSWER = "answer the board's questions"
    NAME_DEPUTY = "name a deputy"
    ADMINISTER = "set the plan up"


class Reach(StrEnum):
    """How far somebody may take a step."""

    NO = "no"
    OWN = "own"
    EVERYWHERE = "everywhere"


class Right(NamedTuple):
    """One row of the table; `own` says what is a person's own there."""

    reader: Reach
    limited_editor: Reach
    editor: Reach
    lead: Reach
    office: Reach
    own: str = ""


NO, OWN, ALL = Reach.NO, Reach.OWN, Reach.EVERYWHERE
NAMED, STANDS_IN = "the requirements named to them", "the teams they lead, or where they stand in"

RIGHTS: Mapping[Step, Right] = {
    Step.READ: Right(ALL, ALL, ALL, ALL, ALL),
    Step.EDIT: Right(NO, OWN, ALL, ALL, ALL, NAMED),
    Step.UPLOAD: Right(NO, OWN, ALL, ALL, ALL, NAMED),
    Step.EDIT_THEMES: Right(NO, NO, NO, ALL, ALL),
    Step.CONFIRM: Right(NO, OWN, OWN, OWN, OWN, "what the cycle asks of them"),
    Step.SIGN_OFF: Right(NO, NO, OWN, OWN, OWN, STANDS_IN),
    Step.ANSWER: Right(NO, NO, OWN, OWN, ALL, STANDS_IN),
    Step.NAME_DEPUTY: Right(NO, NO, NO, OWN, NO, "for the teams they lead"),
    Step.ADMINISTER: Right(NO, NO, NO, NO, ALL),
}

ROLE_NAMES: Mapping[Role, str] = {
    Role.READER: "Reader",
    Role.EDITOR: "Editor",
    Role.LEAD: "Team lead",
    Role.OFFICE: "Programme office",
}

WHO_NAMES: Mapping[Who, str] = {
    Who.READER: ROLE_NAMES[Role.READER],
    Who.LIMITED_EDITOR: "Limited editor",
    Who.EDITOR: ROLE_NAMES[Role.EDITOR],
    Who.LEAD: ROLE_NAMES[Role.LEAD],
    Who.OFFICE: ROLE_NAMES[Role.OFFICE],
}

ASKED: Mapping[Role, str] = {
    Role.READER: "a reader",
    Role.EDITOR: "an editor",
    Role.LEAD: "a team lead",
    Role.OFFICE: "the programme office",
}


def who_is(role: Role, *, limited: bool) -> Who:
    """The column of the table for somebody of this role; only an editor can be limited."""
    return Who.LIMITED_EDITOR if limited and role is Role.EDITOR else Who(role.value)


def role_of(who: Who) -> Role:
    """The role of such a person."""
    return Role.EDITOR if who is Who.LIMITED_EDITOR else Role(who.value)


def reach(who: Who, step: Step) -> Reach:
    """What the table says."""
    said: Reach = getattr(RIGHTS[step], who.name.lower())
    return said


def may(who: Who, step: Step, *, own: bool = True) -> bool:
    """Whether such a person may take the step on what is their own, or, with `own` false, on what is not."""
    return reach(who, step) is Reach.EVERYWHERE or (own and reach(who, step) is Reach.OWN)


def whom_to_ask(step: Step) -> str:
    """Who may take a step anywhere, as a sentence says it: "a team lead or the programme office"."""
    *others, last = (one for role, one in ASKED.items() if may(Who(role.value), step, own=False))
    return f"{', '.join(others)} or {last}" if others else last
