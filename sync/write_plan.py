"""This file turns what was decided and chosen into edits of the plan, in the plan's own order of making things."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from plan.edits import Edit
from plan.fields import Kind, Value
from plan.snapshot import Snapshot
from sync.choices import Choices, Take, settled
from sync.merge import Decision, Outcome, Stated

TAKEN = (Outcome.TAKE, Outcome.COMBINED)
ORDER = {kind: place for place, kind in enumerate(Kind)}


def edits_for(
    decisions: Sequence[Decision], choices: Choices, stated: Mapping[str, Stated], plan: Snapshot
) -> list[Edit]:
    """The edits that carry the decisions out; an undecided clash gives none."""
    places = _Places(stated, plan)
    made = [edit for d in decisions for edit in _edits(d, choices, stated, places)]
    return sorted(made, key=lambda edit: (ORDER[edit.kind], edit.field != "present"))


def new_records(stated: Iterable[Stated]) -> Iterator[Edit]:
    """The edits that make all these records, each after the one before it."""
    for one in stated:
        yield from _new(one, one.position)


def _edits(decision: Decision, choices: Choices, stated: Mapping[str, Stated], places: "_Places") -> Iterator[Edit]:
    d = decision
    if d.outcome is Outcome.ADDED:
        if stated[d.record].parent is not None:
            yield from _new(stated[d.record], places.after(d.record))
    elif d.outcome in TAKEN and d.field:
        yield Edit(d.kind, d.record, d.field, d.result, d.sheet, d.cell)
    elif d.outcome is Outcome.CLEARED and d.field and choices.takes(d):
        yield Edit(d.kind, d.record, d.field, None, d.sheet, d.cell)
    elif d.outcome is Outcome.MISSING and choices.takes(d):
        yield Edit(d.kind, d.record, "present", False)
    elif d.outcome is Outcome.CONFLICT and d.field:
        yield from _clash(d, choices, stated, places)


def _clash(d: Decision, choices: Choices, stated: Mapping[str, Stated], places: "_Places") -> Iterator[Edit]:
    choice = choices.of(d)
    if choice is None or d.field is None:
        return
    if d.field != "present":
        if d.field == "parent" and choice.take is not Take.PLAN:
            yield from places.removed_above(stated[d.record], stated[d.record].parent)
        yield Edit(d.kind, d.record, d.field, settled(d, choice), d.sheet, d.cell)
    elif choice.take is not Take.PLAN:
        yield from _bring_back(stated[d.record], dict(d.brought), places)


def _bring_back(one: Stated, brought: Mapping[str, Value], places: "_Places") -> Iterator[Edit]:
    """The record with what the workbook changed in it, and all it stands under, back in the plan."""
    above = brought.get("parent") or places.above(one)
    yield from places.removed_above(one, None if above is None else str(above))
    if places.knows(one.id):
        yield Edit(one.kind, one.id, "present", True, one.sheet, one.cell)
        for name, value in brought.items():
            said = one.values.get(name)
            yield Edit(one.kind, one.id, name, value, one.sheet, said.cell if said else one.cell)
    else:
        yield from _new(one, places.after(one.id))


def _new(stated: Stated, position: float) -> Iterator[Edit]:
    yield Edit(stated.kind, stated.id, "present", True, stated.sheet, stated.cell)
    yield Edit(stated.kind, stated.id, "parent", stated.parent, stated.sheet, stated.cell)
    yield Edit(stated.kind, stated.id, "position", position, stated.sheet, stated.cell)
    for name, said in stated.values.items():
        if said.value is not None:
            yield Edit(stated.kind, stated.id, name, said.value, said.sheet, said.cell)


class _Places:
    """Where new records stand: after the sibling they follow in the workbook, before the plan's next one."""

    def __init__(self, stated: Mapping[str, Stated], plan: Snapshot) -> None:
        self._plan = plan
        self._stated = stated
        self._given: dict[str, float] = {}
        self._siblings: dict[tuple[str | None, Kind], list[Stated]] = {}
        for one in stated.values():
            self._siblings.setdefault((one.parent, one.kind), []).append(one)

    def knows(self, id: str) -> bool:
        """Whether the plan has the record, removed or not."""
        return id in self._plan

    def above(self, one: Stated) -> str | None:
        """Under which record it stands in the plan, or in the workbook where the plan does not know it."""
        return self._plan[one.id].parent if one.id in self._plan else one.parent

    def removed_above(self, one: Stated, above: str | None) -> Iterator[Edit]:
        """The edits that bring back every removed record from `above` upwards, for the sake of this one."""
        while above is not None and (item := self._plan.get(above)) is not None:
            if not item.present:
                yield Edit(item.kind, item.id, "present", True, one.sheet, one.cell)
            above = item.parent

    def after(self, id: str) -> float:
        """The position for a new record."""
        me = self._stated[id]
        before = [one.id for one in self._siblings[me.parent, me.kind] if one.position < me.position]
        siblings = self._plan.under(me.parent, me.kind, removed=True)
        start = next((self._position(one) for one in reversed(before) if self._known(one)), None)
        if start is None:
            start = siblings[0].position - 1 if siblings and before == [] else 0.0
        later = [one.position for one in siblings if one.position > start]
        taken = [p for p in self._given.values() if start < p < min(later, default=float("inf"))]
        low = max([start, *taken])
        self._given[id] = (low + min(later)) / 2 if later else low + 1
        return self._given[id]

    def _known(self, id: str) -> bool:
        return id in self._plan or id in self._given

    def _position(self, id: str) -> float:
        return self._given[id] if id in self._given else self._plan[id].position
