"""This file shows which requirements a limited editor may change, for the office to choose from."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from blueprints.extensions import db
from plan import limits, questions
from plan.limits import Named
from plan.models import Person

LONGEST_WORDS = 120


@dataclass(frozen=True)
class RequirementChoice:
    """One requirement to tick."""

    id: str
    name: str
    words: str
    is_named: bool


@dataclass(frozen=True)
class PlanChoices:
    """The requirements of one plan."""

    title: str
    requirements: tuple[RequirementChoice, ...]


@dataclass(frozen=True)
class LimitsView:
    """What is named to a limited editor; `was` is what the form showed, so that no two overwrite each other unseen."""

    plans: tuple[PlanChoices, ...]
    was: str
    count: str


def limits_view(person: Person) -> LimitsView | None:
    """The choices of a limited editor, None for anybody else."""
    if not person.is_limited:
        return None
    return LimitsView(tuple(_plans(limits.choices(db.session(), person))), named(person), many(len(person.limits)))


def named(person: Person) -> str:
    """What is named to somebody, as the form keeps it."""
    return " ".join(sorted(limit.requirement_id for limit in person.limits))


def in_words(person: Person) -> str:
    """What is named to somebody, as the audit log keeps it."""
    return ", ".join(f"{one.name} ({one.plan.title})" for one in limits.named_to(db.session(), person)) or "none"


def many(count: int) -> str:
    """How many requirements, in words: "1 requirement", "no requirement yet"."""
    if not count:
        return "no requirement yet"
    return "1 requirement" if count == 1 else f"{count} requirements"


def _plans(every: list[Named]) -> Iterator[PlanChoices]:
    for plan, some in groupby(every, key=lambda one: one.plan):
        yield PlanChoices(plan.title or plan.slug, tuple(_choice(one) for one in some))


def _choice(one: Named) -> RequirementChoice:
    words = questions.shorten(str(one.requirement.get("text") or ""), LONGEST_WORDS)
    gone = "" if one.requirement.present else " (taken out of the plan)"
    numbered = bool(one.requirement.get("reference"))
    return RequirementChoice(one.requirement.id, f"{one.name}{gone}", words if numbered else "", one.is_named)
