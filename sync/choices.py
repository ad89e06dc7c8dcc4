"""This file is what a person chose in a preview: for each clash a side, and what may be cleared or removed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from plan.fields import BY_NAME, Shape, Value
from sync.merge import Decision, Outcome


class Take(StrEnum):
    """Whose words a clash shall end with."""

    PLAN = "plan"
    WORKBOOK = "workbook"
    BOTH = "both"
    WRITE = "write"


@dataclass(frozen=True)
class Choice:
    """One clash settled; `words` are what the person wrote, for WRITE."""

    take: Take
    words: str | None = None


@dataclass(frozen=True)
class Choices:
    """All that was chosen. `otherwise` settles clashes not named; None leaves them undecided.

    `clear` and `remove` name decisions by key; `clear_all` and `remove_all` take every one that the plan has
    not changed since (one that it has needs naming, or `otherwise`).
    """

    clashes: Mapping[str, Choice] = field(default_factory=dict)
    clear: frozenset[str] = frozenset()
    remove: frozenset[str] = frozenset()
    otherwise: Take | None = None
    clear_all: bool = False
    remove_all: bool = False

    def takes(self, decision: Decision) -> bool:
        """Whether the workbook's blank or missing row is taken as meant."""
        named, every = (
            (self.clear, self.clear_all) if decision.outcome is Outcome.CLEARED else (self.remove, self.remove_all)
        )
        return decision.key in named or (every and (not decision.plan_changed or self.otherwise is Take.WORKBOOK))

    def leaves_open(self, decision: Decision) -> bool:
        """Whether the decision still needs a person."""
        if decision.outcome is Outcome.CONFLICT:
            return self.of(decision) is None
        every = self.clear_all if decision.outcome is Outcome.CLEARED else self.remove_all
        needs = decision.outcome in (Outcome.CLEARED, Outcome.MISSING) and every and decision.plan_changed
        return needs and not self.takes(decision) and self.otherwise is None

    def of(self, decision: Decision) -> Choice | None:
        """The choice for a clash, None while it is undecided. Only a long text can hold both sides' words."""
        chosen = self.clashes.get(decision.key) or (Choice(self.otherwise) if self.otherwise else None)
        return None if chosen and chosen.take is Take.BOTH and not holds_both(decision) else chosen

    def as_json(self) -> dict[str, Any]:
        """Plain values, kept with an upload that is left and come back to."""
        return {
            "clashes": {key: [choice.take.value, choice.words] for key, choice in self.clashes.items()},
            "clear": sorted(self.clear),
            "remove": sorted(self.remove),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Choices":
        """The choices that `as_json` gave."""
        return cls(
            {key: Choice(Take(take), words) for key, (take, words) in kept.get("clashes", {}).items()},
            frozenset(kept.get("clear", ())),
            frozenset(kept.get("remove", ())),
        )


def holds_both(decision: Decision) -> bool:
    """Whether both sides' words can stand in the field, one below the other."""
    which = BY_NAME.get((decision.kind, decision.field or ""))
    return which is not None and which.shape is Shape.TEXT


def settled(decision: Decision, choice: Choice) -> Value:
    """What a clash ends with. Both: the plan's words, then the workbook's on lines of their own."""
    if choice.take is Take.PLAN:
        return decision.plan
    if choice.take is Take.WORKBOOK:
        return decision.workbook
    if choice.take is Take.WRITE:
        return choice.words
    return "\n".join(str(words) for words in (decision.plan, decision.workbook) if words is not None)
