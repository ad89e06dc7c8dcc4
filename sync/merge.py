"""This file decides, cell by cell, what an upload would do: the whole policy is one table.

| plan since base | workbook since base | plan and workbook | decision |
| --- | --- | --- | --- |
| same | same | - | nothing |
| changed | same | - | keep |
| same | changed | - | take |
| changed | changed | equal | agreed |
| changed | changed | differ, on different lines of a long text | combined |
| changed | changed | differ | conflict |
| any | blank now, was not | plan not blank | cleared: the plan's words stay unless a person says so |
| any | row gone, was there | plan has it | missing: the record stays unless a person says so |
| has none | row is new | - | added |

A conflict touches neither side until a person has chosen. What a workbook has no column for it does not
speak of, and nothing is decided. A record that the plan removed, or that stands under a removed one, is a
conflict only where the workbook changed or added it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from plan import differences, fields
from plan.fields import BY_NAME, Field, Kind, Shape, Value
from plan.snapshot import Item, Snapshot


class Outcome(StrEnum):
    """The rows of the table above, as they are named in `flask plan compare --json`."""

    NOTHING = "nothing"
    KEEP = "keep"
    TAKE = "take"
    AGREED = "agreed"
    COMBINED = "combined"
    CONFLICT = "conflicts"
    CLEARED = "cleared"
    MISSING = "missing"
    ADDED = "added"


LISTED = frozenset({Kind.ACHIEVEMENT, Kind.ACTION})
Same = Callable[[Value, Value], bool]
Combine = Callable[[Value, Value, Value], Value]


class Statement(NamedTuple):
    """What the workbook says of one field, and where."""

    value: Value
    sheet: str | None = None
    cell: str | None = None


@dataclass(frozen=True)
class Stated:
    """One record as the workbook states it: only the fields it speaks of; `parent` None where it does not say."""

    id: str
    kind: Kind
    parent: str | None
    position: float
    values: Mapping[str, Statement]
    sheet: str | None = None
    cell: str | None = None


class Decision(NamedTuple):
    """What was decided on one field of one record (field None: on the whole record).

    `result` is what the plan will say if the decision is accepted as it stands. `plan_changed` tells of a
    cleared or missing one that the plan changed since the base: taking it needs a choice of its own. `brought` is
    what the workbook changed in a record that the plan removed: it comes back with the record, and nothing else does.
    """

    outcome: Outcome
    kind: Kind
    record: str
    field: str | None
    base: Value
    plan: Value
    workbook: Value
    result: Value
    sheet: str | None = None
    cell: str | None = None
    plan_changed: bool = False
    brought: tuple[tuple[str, Value], ...] = ()

    @property
    def key(self) -> str:
        """Names the decision in a form."""
        return f"{self.record}.{self.field or 'record'}"


def decide_value(base: Value, plan: Value, workbook: Value, *, same: Same, combine: Combine) -> tuple[Outcome, Value]:
    """The table for one value: what is decided, and what the plan shall say."""
    if same(base, workbook):
        return (Outcome.NOTHING if same(base, plan) else Outcome.KEEP), plan
    if same(plan, workbook):
        return Outcome.AGREED, plan
    if workbook is None:
        return Outcome.CLEARED, plan
    if same(base, plan):
        return Outcome.TAKE, workbook
    combined = combine(base, plan, workbook)
    if combined is not None:
        return Outcome.COMBINED, combined
    return Outcome.CONFLICT, plan


def decide_field(which: Field, base: Value, plan: Value, workbook: Value) -> tuple[Outcome, Value]:
    """The table for one field of the plan, with what counts as the same there and whether its lines combine."""

    def same(one: Value, other: Value) -> bool:
        return fields.same(which, one, other)

    return decide_value(
        base, plan, workbook, same=same, combine=_combine_lines if which.shape is Shape.TEXT else _never
    )


def decide(base: Snapshot, plan: Snapshot, workbook: Mapping[str, Stated], expected: frozenset[str]) -> list[Decision]:
    """Every decision on a workbook, in its own order, then what is missing in the plan's order.

    `expected` are the records of the base that a whole workbook of this layout would hold.
    """
    decisions = [d for stated in workbook.values() for d in _decide_record(base, plan, stated)]
    gone = [item for item in plan.values() if item.id in expected and item.id not in workbook]
    leaving = frozenset(d.record for d in decisions if d.field == "parent" and d.outcome is Outcome.TAKE)
    decisions.extend(d for item in gone if (d := _decide_missing(base, plan, item, leaving)))
    return [d for d in decisions if d.outcome is not Outcome.NOTHING]


def stands(snapshot: Snapshot, id: str | None) -> bool:
    """Whether a record and all it stands under are there. What the snapshot does not know stands."""
    while id is not None and (item := snapshot.get(id)) is not None:
        if not item.present:
            return False
        id = item.parent
    return True


def _decide_record(base: Snapshot, plan: Snapshot, stated: Stated) -> Iterator[Decision]:
    before, now = base.get(stated.id), plan.get(stated.id)
    if now is None and _is_blank(stated):
        return
    if now is None and stands(plan, stated.parent):
        yield _added(stated)
    elif now is None or not stands(plan, now.id):
        yield from _decide_removed_here(base, plan, stated)
    else:
        yield from _decide_fields(before, now, stated)
        yield from _decide_place(before, now, stated, plan)


def _is_blank(stated: Stated) -> bool:
    """Whether a row says nothing at all and nothing can stand under it."""
    return stated.kind in LISTED and all(said.value is None for said in stated.values.values())


def _added(stated: Stated) -> Decision:
    told = {name: s.value for name, s in stated.values.items() if s.value is not None}
    main = next((told[name] for name in ("text", "name", "title", "evidence", "value") if name in told), None)
    return Decision(Outcome.ADDED, stated.kind, stated.id, None, None, None, main, main, stated.sheet, stated.cell)


def _decide_removed_here(base: Snapshot, plan: Snapshot, stated: Stated) -> Iterator[Decision]:
    """The plan took the record out; the workbook still has it: a clash if the workbook changed its words or place."""
    before, now = base.get(stated.id), plan.get(stated.id)
    brought = tuple(_brought(before, now, stated)) if now else ()
    was_there = before is not None and stands(base, before.id)
    outcome = Outcome.CONFLICT if now is None or brought or not was_there else Outcome.KEEP
    yield Decision(
        outcome, stated.kind, stated.id, "present", was_there, False, True, False, stated.sheet, stated.cell,
        brought=brought,
    )  # fmt: skip


def _brought(before: Item | None, now: Item, stated: Stated) -> Iterator[tuple[str, Value]]:
    """What the workbook changed in a record that the plan removed, its place among it."""
    if stated.parent not in (None, before.parent if before else now.parent):
        yield "parent", stated.parent
    for decision in _decide_fields(before, now, stated):
        if decision.field and decision.outcome in (Outcome.TAKE, Outcome.COMBINED):
            yield decision.field, decision.result
        elif decision.field and decision.outcome is Outcome.CONFLICT:
            yield decision.field, decision.workbook


def _decide_fields(before: Item | None, now: Item, stated: Stated) -> Iterator[Decision]:
    then = before.values if before else {}
    for name, statement in stated.values.items():
        old, ours = then.get(name), now.values.get(name)
        if old == ours == statement.value:
            continue  # nothing, as for nearly every cell of a tracker
        which = BY_NAME[stated.kind, name]
        outcome, result = decide_field(which, old, ours, statement.value)
        yield Decision(
            outcome,
            now.kind,
            now.id,
            name,
            old,
            ours,
            statement.value,
            result,
            statement.sheet,
            statement.cell,
            plan_changed=outcome is Outcome.CLEARED and not fields.same(which, old, ours),
        )


def _decide_place(before: Item | None, now: Item, stated: Stated, plan: Snapshot) -> Iterator[Decision]:
    """Whether the record stands under another theme or requirement than before.

    Moved under one that the plan took out, it would be out of sight: that is a clash.
    """
    if stated.parent is None:
        return
    old = before.parent if before else now.parent
    if old == now.parent == stated.parent:
        return  # nothing, as for nearly every row of a tracker
    outcome, result = decide_value(old, now.parent, stated.parent, same=_equal, combine=_never)
    if outcome is Outcome.TAKE and not stands(plan, stated.parent):
        outcome, result = Outcome.CONFLICT, now.parent
    yield Decision(
        outcome, now.kind, now.id, "parent", old, now.parent, stated.parent, result, stated.sheet, stated.cell
    )


def _decide_missing(base: Snapshot, plan: Snapshot, now: Item, leaving: frozenset[str]) -> Decision | None:
    """A record whose row is gone; `leaving` are the records that the workbook takes elsewhere."""
    before = base.get(now.id)
    if before is None or not stands(base, now.id) or not stands(plan, now.id):
        return None
    gone = Decision(Outcome.MISSING, now.kind, now.id, None, _main(before), _main(now), None, _main(now))
    staying = _with_all_under(plan, now, leaving)
    moved_on = (one for one in staying if one.id not in base or base[one.id].values != one.values)
    return gone._replace(plan_changed=any(moved_on))


def _with_all_under(plan: Snapshot, item: Item, leaving: frozenset[str]) -> Iterator[Item]:
    if item.id in leaving:
        return
    yield item
    for kind in (kind for kind, above in fields.PARENT.items() if above is item.kind):
        for one in plan.under(item.id, kind):
            yield from _with_all_under(plan, one, leaving)


def _main(item: Item) -> Value:
    return next((item.get(name) for name in ("text", "name", "title", "evidence", "value") if item.get(name)), None)


def _equal(one: Value, other: Value) -> bool:
    return one == other


def _never(base: Value, plan: Value, workbook: Value) -> Value:
    return None


def _combine_lines(base: Value, plan: Value, workbook: Value) -> Value:
    if not (isinstance(base, str) and isinstance(plan, str) and isinstance(workbook, str)):
        return None
    return differences.lines(base, plan, workbook)
