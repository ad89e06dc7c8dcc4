"""This file reads `sample.json`, the plan of an invented council, as plain values."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).with_name("sample.json")


@dataclass(frozen=True)
class Achievement:
    """A thing done and its evidence; `bold` is the one word of the text that a workbook may show in bold."""

    text: str | None
    evidence: str | None
    bold: str | None = None


@dataclass(frozen=True)
class Action:
    """An area for development, with the words that staff use for when."""

    text: str
    timescale: str | None


@dataclass(frozen=True)
class Indicator:
    """A figure followed over time: its readings by month ("2013-05")."""

    name: str
    unit: str
    target: float | None
    readings: dict[str, float]


@dataclass(frozen=True)
class Requirement:
    """One numbered demand of the notice, with all that stands under it."""

    reference: str
    text: str
    status: str
    achievements: tuple[Achievement, ...]
    actions: tuple[Action, ...]
    indicators: tuple[Indicator, ...]
    audits: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Theme:
    """A heading of the plan; the job title of its lead stands beside each of its actions."""

    title: str
    required_by: str | None
    lead: str
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True)
class Plan:
    """The sample plan; `windows` says which days each timescale promises, as ISO dates or None."""

    title: str
    council: str
    as_at: date
    year: int
    marking: str
    windows: dict[str, dict[str, str | None]]
    themes: tuple[Theme, ...]

    @property
    def made_at(self) -> datetime:
        """When the workbooks say that they were made: midnight of the plan's day, whenever it really was."""
        return datetime.combine(self.as_at, time(), UTC)

    @property
    def requirements(self) -> list[Requirement]:
        """All requirements, in the order of the plan."""
        return [requirement for theme in self.themes for requirement in theme.requirements]


def read_sample() -> Plan:
    """Promise the sample plan as it stands in `sample.json`."""
    words = json.loads(SAMPLE.read_text(encoding="utf-8"))
    return Plan(
        title=words["title"],
        council=words["council"],
        as_at=date.fromisoformat(words["as_at"]),
        year=words["year"],
        marking=words["marking"],
        windows=words["windows"],
        themes=tuple(_theme(theme) for theme in words["themes"]),
    )


def _theme(words: dict[str, Any]) -> Theme:
    requirements = tuple(_requirement(requirement) for requirement in words["requirements"])
    return Theme(words["title"], words["required_by"], words["lead"], requirements)


def _requirement(words: dict[str, Any]) -> Requirement:
    return Requirement(
        reference=words["reference"],
        text=words["text"],
        status=words["status"],
        achievements=tuple(Achievement(**achievement) for achievement in words["achievements"]),
        actions=tuple(Action(**action) for action in words["actions"]),
        indicators=tuple(_indicator(indicator) for indicator in words.get("indicators", [])),
        audits=tuple(words.get("audits", [])),
    )


def _indicator(words: dict[str, Any]) -> Indicator:
    readings = {reading["period"]: reading["value"] for reading in words["readings"]}
    return Indicator(words["name"], words["unit"], words["target"], readings)
