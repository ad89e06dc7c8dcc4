"""This file is the rule of who decides on what awaits sign-off: one table (design 4).

| the requirement has | who asks | no hand in the change | a hand in the change |
| --- | --- | --- | --- |
| a team | a lead of that team | decides | somebody else decides |
| a team | a deputy of its lead, on a day of their time | decides, for the lead | somebody else decides |
| a team | anybody else | not theirs | not theirs |
| no team (or it is a theme) | any lead | decides | somebody else decides |
| no team (or it is a theme) | anybody else | not theirs | not theirs |
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """What the table says of one person and one change."""

    DECIDES = "decides"
    SOMEBODY_ELSE = "somebody else decides"
    NOT_THEIRS = "not theirs"


@dataclass(frozen=True)
class Powers:
    """What a person may decide on a day: for the teams they lead, and in place of other leads.

    `stands_in` names, for each team, the lead in whose place the person decides. Somebody who is no lead and
    stands in for nobody has none of these.
    """

    person: int
    name: str
    is_lead: bool = False
    leads: frozenset[str] = frozenset()
    stands_in: Mapping[str, str] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        """Whether there is anything at all that this person could decide on."""
        return self.is_lead or bool(self.stands_in)

    def verdict(self, team: str | None, authors: Collection[int]) -> Verdict:
        """The table's answer for a change that `authors` had a hand in, to a requirement of this team."""
        theirs = self.is_lead if team is None else team in self.leads or team in self.stands_in
        if not theirs:
            return Verdict.NOT_THEIRS
        return Verdict.SOMEBODY_ELSE if self.person in authors else Verdict.DECIDES

    def instead_of(self, team: str | None) -> str | None:
        """The lead in whose place this person decides for the team, None where they decide as themselves."""
        return None if team is None or team in self.leads else self.stands_in.get(team)


def explain(verdict: Verdict, team: str | None) -> str:
    """Why a person does not decide, in a sentence; empty where they do."""
    if verdict is Verdict.SOMEBODY_ELSE:
        return "You had a hand in this change, so somebody else signs it off."
    if verdict is Verdict.NOT_THEIRS and team is not None:
        return f"It belongs to the team {team}; a lead of that team decides, or the deputy they named."
    return "Only a team lead decides on this." if verdict is Verdict.NOT_THEIRS else ""
