"""This file parts what an upload would change into what its person may change and what is not theirs."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from plan import placing
from plan.edits import Edit
from plan.models import Person
from plan.placing import ParentOf
from plan.rights import may_edit
from plan.snapshot import Snapshot
from sync.merge import Decision, Stated


def split_by_right(wanted: Iterable[Edit], by: Person | None, plan: Snapshot) -> tuple[list[Edit], list[Edit]]:
    """The edits this person may make, and those they may not, with all that would stand under what they add."""
    edits = list(wanted)
    under = {edit.record: str(edit.value) for edit in edits if edit.field == "parent" and edit.value}
    places = _places(plan, under.get)
    unmade = _unmade(edits, by, places)
    allowed: list[Edit] = []
    withheld: list[Edit] = []
    for edit in edits:
        homeless = edit.record in unmade or (edit.field == "parent" and edit.value in unmade)
        may = not homeless and _may(by, edit, places)
        (allowed if may else withheld).append(edit)
    return allowed, withheld


def may_settle(by: Person, decision: Decision, plan: Snapshot, stated: Mapping[str, Stated]) -> bool:
    """Whether this person may make the change that a decision is about."""
    places = _places(plan, lambda id: stated[id].parent if id in stated else None)
    field, value = decision.field or "present", decision.workbook if decision.field == "parent" else None
    return _may(by, Edit(decision.kind, decision.record, field, value), places)


def _places(plan: Snapshot, new: Callable[[str], str | None]) -> ParentOf:
    """Where records stand: in the plan or, for new ones, where the workbook puts them."""
    return lambda id, _: plan[id].parent if id in plan else new(id)


def _may(by: Person | None, edit: Edit, places: ParentOf) -> bool:
    moved_to = str(edit.value) if edit.field == "parent" and edit.value else None
    about = placing.requirements_of(edit.record, edit.kind, moved_to, places)
    return all(may_edit(by, edit.kind, edit.field, requirement) for requirement in about)


def _unmade(wanted: Sequence[Edit], by: Person | None, places: ParentOf) -> frozenset[str]:
    """The new records the person may not make, and the new ones under them; `wanted` names parents first."""
    new = {edit.record: edit for edit in wanted if edit.field == "present" and edit.value}
    unmade = {id for id, edit in new.items() if not _may(by, edit, places)}
    for edit in wanted:
        if edit.field == "parent" and edit.value in unmade and edit.record in new:
            unmade.add(edit.record)
    return frozenset(unmade)
