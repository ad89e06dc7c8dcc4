"""This file is the challenge list: each row a question that a board would ask, and the test that finds it.

| rule | the question |
| --- | --- |
| green-without-evidence | Green or blue, and nothing stands as evidence |
| off-track-without-reason | Amber or red, and no reason is given |
| amber-past-timescale | Amber, and its timescale has passed |
| green-while-worse | Green or blue, while a figure got worse |
| done-unsigned | Done, and never signed off as done |
| unchanged | The same status and the same words for three cycles |
| evidence-elsewhere | Evidence that only points somewhere else |
| timescale-unknown | A timescale that nobody can compute |
| figures-off | Figures that do not add up |
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from plan.challenges import looking
from plan.challenges.ground import Finding, Found, Ground, finding


@dataclass(frozen=True)
class Rule:
    """One row of the list: its name in addresses and answers, the question in words, and the test."""

    name: str
    sentence: str
    test: Callable[[Ground], Iterable[Found]]


RULES: tuple[Rule, ...] = (
    Rule("green-without-evidence", "Green or blue, and nothing stands as evidence", looking.green_without_evidence),
    Rule("off-track-without-reason", "Amber or red, and no reason is given", looking.off_track_without_reason),
    Rule("amber-past-timescale", "Amber, and its timescale has passed", looking.amber_past_timescale),
    Rule("green-while-worse", "Green or blue, while a figure got worse", looking.green_while_worse),
    Rule("done-unsigned", "Done, and never signed off as done", looking.done_unsigned),
    Rule("unchanged", "The same status and the same words for three cycles", looking.unchanged),
    Rule("evidence-elsewhere", "Evidence that only points somewhere else", looking.evidence_elsewhere),
    Rule("timescale-unknown", "A timescale that nobody can compute", looking.timescale_unknown),
    Rule("figures-off", "Figures that do not add up", looking.figures_off),
)
BY_NAME: Mapping[str, Rule] = {rule.name: rule for rule in RULES}


def find(ground: Ground) -> list[Finding]:
    """Every finding of every rule, rule by rule, each in the plan's order."""
    return [finding(ground, rule.name, found) for rule in RULES for found in rule.test(ground)]


def rule(name: str) -> Rule:
    """The rule of this name. Raises KeyError where there is none."""
    return BY_NAME[name]
