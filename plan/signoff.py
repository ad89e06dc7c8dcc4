"""This file is the rule of who decides on what awaits sign-off: one table (design 4).

| the requirement has | who asks | no hand in the change | a hand in the change |
| --- | --- | --- | --- |
| a team | a lead of that team | decides | somebody else decides |
| a team | a deputy of its lead, on a day of their time | decides, for the lead | somebody else decides |
| a team | whom the office named for it, on a day of their time | decides, for the office | somebody else decides |
| a team | anybody else | not theirs | not theirs |
| no team (or it is a theme) | any lead | decides | somebody else decides |
| no team (or it is a theme) | anybody else | not theirs | not theirs |
| either | whom the office named for just this one, on such a day | decides, for the office | somebody else decides |
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
    """What a person may decide on a day: for the teams they lead, and in place of others.

    `stands_in` says, for each team, in whose place the person decides: the lead's who named them, or the
    office's. `named_for` says the same for single requirements and themes, by their ids. Somebody who is no
    lead and stands in for nobody has none of these.
    """

    person: int
    name: str
    is_lead: bool = False
    leads: frozenset[str] = frozenset()
    stands_in: Mapping[str, str] = field(default_factory=dict)
    named_for: Mapping[str, str] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        """Whether there is anything at all that this person could decide on."""
        return self.is_lead or bool(self.stands_in or self.named_for)

    def verdict(self, team: str | None, authors: Collection[int], head: str | None = None) -> Verdict:
        """The table's answer for a change that `authors` had a hand in, to the requirement or theme `head`."""
        if not self._as_themselves(team) and self.instead_of(team, head) is None:
            return Verdict.NOT_THEIRS
        return Verdict.SOMEBODY_ELSE if self.person in authors else Verdict.DECIDES

    def instead_of(self, team: str | None, head: str | None = None) -> str | None:
        """In whose place this person decides there, None where they decide as themselves (or not at all)."""
        if self._as_themselves(team):
            return None
        for_team = None if team is None else self.stands_in.get(team)
        return for_team or self.named_for.get(head or "")

    def _as_themselves(self, team: str | None) -> bool:
        return self.is_lead if team is None else team in self.leads


def explain(verdict: Verdict, team: str | None) -> str:
    """Why a person does not decide, in a sentence; empty where they do."""
    if verdict is Verdict.SOMEBODY_ELSE:
        return "You had a hand in this change, so somebody else signs it off."
    if verdict is Verdict.NOT_THEIRS and team is not None:
        return f"It belongs to the team {team}; a lead of that team decides, or somebody named to decide for it."
    return "Only a team lead decides on this." if verdict is Verdict.NOT_THEIRS else ""
