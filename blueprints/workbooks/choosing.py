"""This file reads what a person chose in a preview, keeps it with the upload, and says what is still to be chosen."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from plan import fields, history
from plan.fields import BY_NAME, Invalid, Shape
from plan.models import Change, Person
from sync import by_right
from sync.choices import Choice, Choices, Take, settled
from sync.merge import Decision, Outcome
from sync.roundtrip import Preview

CHOOSE = "Choose which words shall stand."
WRITE = "Write the words that shall stand, or choose one of the other answers."
ASKED_ABOUT = (Outcome.CONFLICT, Outcome.CLEARED, Outcome.MISSING)
WRITTEN = frozenset({Shape.LINE, Shape.TEXT, Shape.TIMESCALE, Shape.NUMBER, Shape.COUNT, Shape.DATE})


class Rest(StrEnum):
    """What becomes of clashes that nobody settled one by one."""

    ASK = ""
    LEAVE = "leave"
    WORKBOOK = "workbook"


@dataclass(frozen=True)
class Asked:
    """What the form said: the choices, the revision they were made on, and what becomes of the rest.

    `shown` are the keys of the boxes on the page: one of them that is not ticked was left empty or emptied.
    """

    choices: Choices
    revision: int | None = None
    rest: Rest = Rest.ASK
    shown: frozenset[str] = frozenset()

    def as_json(self) -> dict[str, Any]:
        """Plain values, kept with the upload."""
        return {**self.choices.as_json(), "on": self.revision, "rest": self.rest.value}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Asked":
        """What was kept with the upload."""
        return cls(Choices.from_json(kept), kept.get("on"), Rest(kept.get("rest", "")))


def read(form: MultiDict[str, str]) -> Asked:
    """The choices of the form; an answer that nobody offered counts as none."""
    named = ((name.partition(".")[2], take) for name, take in form.items() if name.startswith("take."))
    clashes = {key: Choice(Take(take), form.get(f"words.{key}")) for key, take in named if take in set(Take)}
    choices = Choices(clashes, frozenset(form.getlist("clear")), frozenset(form.getlist("remove")))
    rest = form.get("rest", "")
    rest = Rest(rest) if rest in set(Rest) else Rest.ASK
    return Asked(choices, form.get("revision", type=int), rest, frozenset(form.getlist("shown")))


def all_said(session: Session, kept: Mapping[str, Any], form: MultiDict[str, str]) -> Asked:
    """What the form says, and for all that is not on its page what was kept with the upload.

    Of what was kept that does not count whose words had moved by the time the page was shown.
    """
    said, before = read(form), Asked.from_json(kept)
    before = without(before, _moved_between(session, before, said.revision))
    chosen, other = said.choices, before.choices
    clashes = {**other.clashes, **chosen.clashes}
    clear, remove = (other.clear - said.shown) | chosen.clear, (other.remove - said.shown) | chosen.remove
    return replace(said, choices=Choices(clashes, clear, remove))


def offered(decision: Decision) -> tuple[Take, ...]:
    """The answers a clash can have: whole records and places can only be one side's."""
    row = BY_NAME.get((decision.kind, decision.field or ""))
    if row is None:
        return Take.PLAN, Take.WORKBOOK
    both = (Take.BOTH,) if row.shape is Shape.TEXT else ()
    write = (Take.WRITE,) if row.shape in WRITTEN else ()
    return Take.PLAN, Take.WORKBOOK, *both, *write


def moved_since(session: Session, seen: Preview, revision: int | None) -> frozenset[str]:
    """The keys of what was asked about and has changed in the plan since the person looked at it."""
    if revision is None or revision >= seen.revision:
        return frozenset()
    asked = {d.record for d in seen.of(*ASKED_ABOUT)}
    return _keys(c for c in history.changes_of(session, asked) if c.revision.number > revision)


def _moved_between(session: Session, before: Asked, until: int | None) -> frozenset[str]:
    if before.revision is None or until is None or before.revision >= until:
        return frozenset()
    kept = before.choices
    records = {key.partition(".")[0] for key in (*kept.clashes, *kept.clear, *kept.remove)}
    return _keys(c for c in history.changes_of(session, records) if before.revision < c.revision.number <= until)


def _keys(changes: Iterable[Change]) -> frozenset[str]:
    return frozenset(key for c in changes for key in (f"{c.record_id}.{c.field}", f"{c.record_id}.record"))


def without(asked: Asked, moved: Collection[str]) -> Asked:
    """The same choices but for those that were made on words that have moved."""
    chosen = asked.choices
    clashes = {key: choice for key, choice in chosen.clashes.items() if key not in moved}
    left = Choices(clashes, chosen.clear - frozenset(moved), chosen.remove - frozenset(moved))
    return replace(asked, choices=left)


def with_rest(asked: Asked) -> Choices:
    """The choices, with what was said of the rest."""
    return replace(asked.choices, otherwise=Take.WORKBOOK if asked.rest is Rest.WORKBOOK else None)


def undecided(seen: Preview, asked: Asked, person: Person) -> list[Decision]:
    """The clashes that still need an answer and that this person may answer."""
    return [d for d in seen.of(Outcome.CONFLICT) if asked.choices.leaves_open(d) and may_settle(seen, person, d)]


def may_settle(seen: Preview, person: Person, decision: Decision) -> bool:
    """Whether the person may make the change that a decision is about."""
    return by_right.may_settle(person, decision, seen.plan, seen.resolved.stated)


def wrong(seen: Preview, asked: Asked, person: Person) -> Mapping[str, str]:
    """What stands in the way of accepting, a sentence for each clash by its key; empty where nothing does."""
    open_ones = undecided(seen, asked, person) if asked.rest is Rest.ASK else ()
    faults = {key: sentence for d in seen.of(Outcome.CONFLICT) for key, sentence in _faults(d, asked.choices.of(d))}
    return {**{d.key: CHOOSE for d in open_ones}, **faults}


def _faults(decision: Decision, choice: Choice | None) -> Iterator[tuple[str, str]]:
    row = BY_NAME.get((decision.kind, decision.field or ""))
    if choice is None:
        return
    if choice.take not in offered(decision):
        yield decision.key, CHOOSE
    elif choice.take is Take.WRITE and not (choice.words or "").strip():
        yield decision.key, WRITE
    elif row is not None and choice.take in (Take.WRITE, Take.BOTH):
        try:
            fields.clean(row, settled(decision, choice))
        except Invalid as fault:
            yield decision.key, str(fault)
