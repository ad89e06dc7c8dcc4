"""This file gets the list of what is asked for ready: line by line, and gathered by team and lead."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from flask import url_for

from blueprints.pages import moment
from plan import questions
from plan.cycles import Owed
from plan.fields import Kind
from plan.models import Plan
from plan.snapshot import Snapshot

NO_TEAM, NO_LEAD = "No team", "No lead named"


@dataclass(frozen=True)
class LineView:
    """One requirement or action: where it is seen and changed, and its update in words, empty while it is owed."""

    id: str
    name: str
    words: str
    address: str
    update: str

    @property
    def is_owed(self) -> bool:
        """Whether an update is still to come."""
        return not self.update


@dataclass(frozen=True)
class LeadView:
    """What one lead answers for within a team."""

    name: str
    lines: tuple[LineView, ...]

    @property
    def owed(self) -> tuple[LineView, ...]:
        """The lines still to come."""
        return tuple(line for line in self.lines if line.is_owed)

    @property
    def progress(self) -> str:
        """How far it has come: "3 of 7"."""
        return f"{len(self.lines) - len(self.owed)} of {len(self.lines)}"


@dataclass(frozen=True)
class TeamView:
    """A team with its leads."""

    name: str
    leads: tuple[LeadView, ...]


def line(plan: Plan, snapshot: Snapshot, owed: Owed) -> LineView:
    """One line of a list."""
    requirement = url_for("requirements.show", slug=plan.slug, id=owed.requirement.id)
    anchor = "" if owed.item.kind is Kind.REQUIREMENT else f"#row-{owed.item.id}"
    return LineView(
        owed.item.id,
        questions.first_upper(questions.name(snapshot, owed.item)),
        str(owed.item.get("text") or ""),
        requirement + anchor,
        _update(owed),
    )


def by_team(plan: Plan, snapshot: Snapshot, asked: Iterable[Owed]) -> list[TeamView]:
    """All lines under their teams and leads, by name; those without stand last."""
    ordered = sorted(asked, key=lambda one: (*_last(one.team), *_last(one.lead)))
    return [
        TeamView(
            team or NO_TEAM,
            tuple(
                LeadView(lead or NO_LEAD, tuple(line(plan, snapshot, one) for one in of_lead))
                for lead, of_lead in groupby(of_team, key=lambda one: one.lead)
            ),
        )
        for team, of_team in groupby(ordered, key=lambda one: one.team)
    ]


def _update(owed: Owed) -> str:
    update = owed.update
    if update is None:
        return ""
    said = "No change, confirmed" if update.confirmed else "Updated"
    return f"{said} by {update.by} on {moment(update.at)}"


def _last(name: str) -> tuple[bool, str, str]:
    return not name, name.casefold(), name
