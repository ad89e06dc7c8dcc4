"""This file counts for the dashboard: groups that add up, each with the question whose answer is exactly its rows."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from plan.questions import facets
from plan.questions.facets import NOBODY, NONE, OF_ACTION, OF_REQUIREMENT, FoundAction, FoundRequirement
from plan.questions.finding import Asked, find, found_actions
from plan.questions.position import Position, When
from plan.rag import Status, say

LABELS: dict[str, dict[str, str]] = {
    "status": {**{status.value: say(status) for status in Status}, NONE: "No status"},
    "since": {
        "better": "Better",
        "worse": "Worse",
        "same": "The same",
        "not-compared": "Not compared: new, or without a status then or now",
    },
    "team": {NONE: "No team"},
    "decider": {NOBODY: "Nobody yet: no lead may decide", "nothing": "Nothing awaits sign-off"},
    "update": {"owes": "Owes an update", "made": "Updated, or none is needed"},
    "figures": {"worse": "A figure got worse", "not-worse": "No figure got worse", NONE: "No figures to compare"},
    "when": {
        When.LATE: "Late",
        When.BEFORE_BOARD: "Due before the board",
        When.LATER: "Due later",
        When.ON_GOING: "On going, with no end",
        When.DONE: "Done or closed",
        When.UNKNOWN: "No day can be worked out",
        When.NO_TIMESCALE: "No timescale",
    },
    "slipped": {"never": "Not put back", "once": "Put back once", "more": "Put back twice or more"},
}
ORDER: dict[str, Sequence[str]] = {
    "status": facets.STATUSES,
    "since": facets.SINCE,
    "update": facets.UPDATES,
    "figures": facets.FIGURES,
    "when": facets.WHENS,
    "slipped": facets.SLIPPED,
}
LAST = ("nothing", NONE)
Row = TypeVar("Row")


ONLY = {
    "team": "Team: {}",
    "since": "Since the last board: {}",
    "decider": "Awaiting sign-off with: {}",
    "update": "This cycle: {}",
    "figures": "Figures: {}",
    "when": "With an action: {}",
    "slipped": "With a timescale: {}",
}


@dataclass(frozen=True)
class Count:
    """How many are in one group, and what to ask for to see exactly those. `then` is the number at the last board."""

    group: str
    label: str
    number: int
    asked: Asked
    then: int | None = None


@dataclass(frozen=True)
class Counts:
    """Groups in which everything is exactly once, so that they add up to the total."""

    question: str
    of: str
    counts: tuple[Count, ...]
    total: int
    then: int | None = None

    @property
    def sum(self) -> str:
        """The counts as a sum that anybody can check: "5 + 21 + 2 = 28 requirements"."""
        terms = [str(one.number) for one in self.counts if one.number]
        return f"{' + '.join(terms) or '0'} = {self.total} {self.of if self.total != 1 else self.of.removesuffix('s')}"

    def __getitem__(self, group: str) -> Count:
        return next(one for one in self.counts if one.group == group)


@dataclass(frozen=True)
class Summary:
    """Where the plan, a theme, a team or a lead stands. A question that cannot be asked is None."""

    asked: Asked
    requirements: tuple[FoundRequirement, ...]
    actions: tuple[FoundAction, ...]
    status: Counts
    since: Counts | None
    when: Counts
    slipped: Counts
    decider: Counts
    update: Counts | None
    owing: Counts | None
    figures: Counts

    def of_action(self, position: Position, question: str, *groups: str) -> tuple[FoundAction, ...]:
        """The actions in these groups."""
        return tuple(one for one in self.actions if OF_ACTION[question](position, one.item) in groups)


def summary(position: Position, asked: Asked) -> Summary:
    """Every count of the dashboard for what was asked: the plan, or a theme, a team, a lead of it."""
    scope = asked.scope
    requirements = find(position, scope).requirements
    actions = found_actions(position, scope, requirements)
    around = position.around

    def of(question: str) -> Counts:
        return _count(
            question, "requirements", requirements, lambda one: OF_REQUIREMENT[question](position, one), scope
        )

    def of_actions(question: str) -> Counts:
        return _count(question, "actions", actions, lambda one: OF_ACTION[question](position, one.item), scope)

    return Summary(
        asked=scope,
        requirements=requirements,
        actions=actions,
        status=_with_then(of("status"), position, scope),
        since=of("since") if around.last is not None else None,
        when=of_actions("when"),
        slipped=of_actions("slipped"),
        decider=of("decider"),
        update=of("update") if around.owing is not None else None,
        owing=_owing(position, scope, requirements) if around.owing is not None else None,
        figures=of("figures"),
    )


def _owing(position: Position, scope: Asked, requirements: Sequence[FoundRequirement]) -> Counts:
    """Those that owe an update, by team."""
    owing = [one for one in requirements if facets.update(position, one) == "owes"]
    return _count(
        "team", "requirements", owing, lambda one: facets.team(position, one), scope.narrowed("update", "owes")
    )


def _count(question: str, of: str, rows: Sequence[Row], group: Callable[[Row], str], scope: Asked) -> Counts:
    counted = Counter(group(row) for row in rows)
    found = sorted((one for one in counted if one not in LAST), key=str.casefold)
    order = ORDER.get(question) or (*found, *LAST)
    counts = (
        Count(one, LABELS[question].get(one, one), counted[one], scope.narrowed(question, one))
        for one in order
        if question in ORDER or counted[one]
    )
    return Counts(question, of, tuple(counts), len(rows))


def _with_then(now: Counts, position: Position, scope: Asked) -> Counts:
    """The same counts with those of the last board beside them, reckoned alike over the plan as it stood."""
    last = position.around.last
    if last is None:
        return now
    then = find(replace(position, snapshot=last), scope).requirements
    counted = Counter(facets.status(position, one) for one in then)
    return replace(now, counts=tuple(replace(one, then=counted[one.group]) for one in now.counts), then=len(then))


def only(asked: Asked) -> tuple[tuple[str, str], ...]:
    """The questions asked beside those that the plan's page has lists for, each with its group in words."""
    found = ((question, getattr(asked, question)) for question in ONLY)
    return tuple(
        (question, ONLY[question].format(LABELS[question].get(group, group).lower() if question in ORDER else group))
        for question, group in found
        if group
    )
